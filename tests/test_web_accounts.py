"""Logging in and out, roles, tokens of forms, tries of passwords."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.routing import Route
from starlette.testclient import TestClient

import sayso.web
from people_help import *  # noqa: F403 - fixtures
from people_help import PEOPLE, SECRET, Browse, application, field, is_in, log_in, send, session_of
from sayso.web import Settings
from sayso.web.app import GROUPS
from sayso.web.people.csrf import HEADER, token
from sayso.web.people.gate import LOGIN

TEMPLATES = Path(sayso.web.__file__).parent / "templates"


def filled(path: str) -> str:
    return re.sub(r"\{[^}]*\}", "x", path)


def routes(app: FastAPI) -> list[tuple[str, str]]:
    """Every address with every method it takes."""
    every = [*app.routes, *(route for router in GROUPS for route in router.routes)]
    found = [(m, filled(r.path)) for r in every if isinstance(r, Route) for m in sorted(r.methods or ())]
    assert len(found) > 20
    return found


# ---- without accounts ---------------------------------------------------------------------------


def test_alone_nobody_is_asked(path: Path) -> None:
    app = application(path)
    with TestClient(app, base_url="http://localhost", follow_redirects=False) as browser:
        assert browser.get("/deals").status_code == 200
        assert browser.get("/admin/audit").status_code == 200
        assert "No accounts here" in browser.get("/account").text
        assert browser.get("/login").headers["location"] == "/"
        assert browser.post("/probe").status_code == 403
        sent = browser.post("/probe", headers={HEADER: field(browser, "/admin/users")})
        assert (sent.status_code, sent.json()) == (200, "analyst")
        lines = browser.get("/admin/audit.json").json()["lines"]
        assert [x["detail"] for x in lines] == ["200 OK", "403 Forbidden"]
        assert {(x["who"], x["action"], x["target"]) for x in lines} == {("analyst", "sent", "POST /probe")}


def test_accounts_are_asked_for_even_before_there_are_any(path: Path) -> None:
    with TestClient(application(path, Settings(accounts=True)), base_url="http://localhost") as browser:
        assert "Log in" in browser.get("/deals").text


def test_the_first_account_shuts_the_door_at_once(path: Path) -> None:
    with TestClient(application(path), base_url="http://localhost", follow_redirects=False) as browser:
        csrf = field(browser, "/admin/users")
        refused = browser.post("/admin/users", data={"name": "ann", "role": "reader", "csrf": csrf})
        assert refused.status_code == 422
        assert "admin for the first account" in refused.text
        made = browser.post("/admin/users", data={"name": "ann", "role": "admin", "csrf": csrf})
        assert made.headers["cache-control"] == "no-store"
        assert browser.get("/deals").headers["location"] == "/login?next=%2Fdeals"
        given = re.search(r'class="secret">([^<]+)<', made.text)
        assert given
        assert log_in(browser, "ann", given[1]).status_code == 303
        # It was another who chose this password.
        assert browser.get("/deals").headers["location"] == "/account"
        assert browser.get("/deals.json").status_code == 403
        assert send(browser, "/account/password", current=given[1], new=SECRET, again=SECRET).status_code == 303
        assert browser.get("/deals").status_code == 200


# ---- sessions -----------------------------------------------------------------------------------


def test_logging_in_and_out(browse: Browse, peopled: Path) -> None:
    browser = browse()
    assert browser.get("/deals?q=a b").headers["location"] == "/login?next=%2Fdeals%3Fq%3Da%2520b"
    assert browser.get("/deals.json").status_code == 401
    found = log_in(browser, "Ben", next="/deals?q=x")
    assert (found.status_code, found.headers["location"]) == (303, "/deals?q=x")
    (cookie,) = [c for c in found.headers.get_list("set-cookie") if c.startswith("sayso_session=")]
    assert {"HttpOnly", "Path=/", "SameSite=lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert is_in(browser)
    held = session_of(browser)
    assert held.encode() not in b"".join(p.read_bytes() for p in peopled.parent.glob("ledger.sayso*"))
    assert send(browser, "/logout").headers["location"] == "/login"
    assert not browser.cookies.get("sayso_session")
    browser.cookies.set("sayso_session", held)
    assert not is_in(browser)


def test_over_https_the_cookie_is_the_hosts_own(browse: Browse) -> None:
    browser = browse(base="https://localhost")
    found = log_in(browser, "ben")
    (cookie,) = [c for c in found.headers.get_list("set-cookie") if "sayso_session" in c]
    assert cookie.startswith("__Host-sayso_session=")
    assert "Secure" in cookie.split("; ")
    assert is_in(browser)
    planted = browse(base="https://localhost")
    planted.cookies.set("sayso_session", session_of(browser))
    assert not is_in(planted)


def test_a_planted_session_is_never_taken_up(browse: Browse) -> None:
    planted, browser = "A" * 43, browse()
    browser.cookies.set("sayso_session", planted, domain="localhost.local")
    log_in(browser, "ben")
    browser.cookies.delete("sayso_session", domain="localhost.local", path="/")
    other = browse()
    other.cookies.set("sayso_session", planted)
    assert not is_in(other)


def test_logging_in_again_ends_the_session_before(browse: Browse) -> None:
    browser = browse("ben")
    first = session_of(browser)
    assert log_in(browser, "ann").status_code == 303
    assert session_of(browser) != first
    other = browse()
    other.cookies.set("sayso_session", first)
    assert not is_in(other)


def test_a_session_ends_after_a_day_of_work(browse: Browse, later: Callable[..., None]) -> None:
    browser = browse("ben")
    later(hours=11.9)
    assert is_in(browser)
    later(hours=12.1)
    assert not is_in(browser)


def test_a_new_password_ends_all_other_sessions(browse: Browse) -> None:
    here, there = browse("ben"), browse("ben")
    before = session_of(here)
    for wrong in (
        {"current": "not this one, no", "new": "another long one 1", "again": "another long one 1"},
        {"current": SECRET, "new": "another long one 1", "again": "another long one 2"},
        {"current": SECRET, "new": "short 1", "again": "short 1"},
        {"current": SECRET, "new": "ben ben ben ben", "again": "ben ben ben ben"},
        {"current": SECRET, "new": SECRET, "again": SECRET},
    ):
        assert send(here, "/account/password", **wrong).status_code == 422
    assert is_in(there)
    new = "another long one 1"
    assert send(here, "/account/password", current=SECRET, new=new, again=new).status_code == 303
    assert session_of(here) != before
    assert is_in(here)
    assert not is_in(there)
    assert log_in(there, "ben").status_code == 401
    assert log_in(there, "ben", new).status_code == 303


@pytest.mark.parametrize(
    "next", ["//evil.example", "https://evil.example/", "/\\evil.example", "\\\\evil", "/a\r\nX: y", "javascript:1", ""]
)
def test_nobody_is_sent_elsewhere(browse: Browse, next: str) -> None:
    assert log_in(browse(), "ben", next=next).headers["location"] == "/"


# ---- what each may do ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "expected"), [("cat", [200, 403, 403, 403]), ("ben", [200, 200, 403, 403]), ("ann", [200, 200, 200, 200])]
)
def test_roles(browse: Browse, name: str, expected: list[int]) -> None:
    browser = browse(name)
    csrf = {"csrf": field(browser)}
    assert [
        browser.get("/deals").status_code,
        browser.post("/probe", data=csrf).status_code,
        browser.post("/probe/admin", data=csrf).status_code,
        browser.get("/admin/audit.json").status_code,
    ] == expected
    # A route that says nothing of roles takes no form from a reader.
    assert browser.post("/probe/bare", data=csrf).status_code == expected[1]
    assert browser.post("/deals/views", data={"name": "mine", **csrf}).status_code == 303


def test_a_lesser_role_counts_at_once(browse: Browse) -> None:
    ann, ben = browse("ann"), browse("ben")
    assert send(ann, "/admin/users/ben/role", role="reader").status_code == 303
    assert not is_in(ben)
    log_in(ben, "ben")
    assert ben.post("/probe", data={"csrf": field(ben)}).status_code == 403


def test_nobody_sees_anything_but_the_form(browse: Browse, app: FastAPI) -> None:
    browser = browse()
    for method, path in routes(app):
        if path == LOGIN:
            continue
        found = browser.request(method, path)
        shut = found.status_code == 401 or found.headers.get("location", "").startswith("/login?next=")
        assert shut, f"{method} {path}: {found.status_code}"
        assert browser.request(method, path, headers={"accept": "application/json"}).status_code == 401
    assert browser.get("/openapi.json").status_code == 401
    assert browser.get("//login").status_code == 303


# ---- forms --------------------------------------------------------------------------------------


def test_nothing_is_sent_without_the_token(browse: Browse, app: FastAPI) -> None:
    ann, ben = browse("ann"), browse("ben")
    wrong = (None, "", "0" * 64, field(ben), "ä")
    for method, path in routes(app):
        if method in ("GET", "HEAD"):
            continue
        for given in wrong:
            data = {"name": "x", "role": "admin"} | ({} if given is None else {"csrf": given})
            assert ann.request(method, path, data=data).status_code == 403, f"{method} {path} {given}"
        assert ann.request(method, path, json={"csrf": field(ann)}).status_code == 403
    assert is_in(ann)
    assert len(ann.get("/admin/users.json").json()["accounts"]) == len(PEOPLE)


def test_scripts_send_the_token_in_the_header(browse: Browse) -> None:
    ben = browse("ben")
    meta = re.search(r'<meta name="csrf" content="(\w+)">', ben.get("/deals").text)
    assert meta
    assert ben.post("/probe", json={}, headers={HEADER: meta[1]}).json() == "ben"
    assert meta[1] == token(session_of(ben))
    assert ben.post("/probe", files={"csrf": (None, meta[1])}).json() == "ben"


def test_the_log_in_form_is_signed_too(browse: Browse) -> None:
    given = field(browse(), "/login")
    assert browse().post("/login", data={"name": "ben", "password": SECRET, "csrf": given}).status_code == 403


def test_every_form_that_posts_has_the_field() -> None:
    forms = 0
    for path in TEMPLATES.rglob("*.html"):
        for form in re.findall(r"<form\b[^>]*method=\"?post.*?</form>", path.read_text("utf-8"), re.S | re.I):
            forms += 1
            assert "csrf_field(request)" in form, f"{path.name}: {form[:90]}"
    assert forms > 5


def test_nobody_sends_much(browse: Browse) -> None:
    browser = browse()
    data = {"csrf": field(browser, "/login"), "name": "ben", "password": "x" * 100_000}
    assert browser.post("/login", data=data).status_code == 413
