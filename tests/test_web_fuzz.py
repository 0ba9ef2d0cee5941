"""The workbench against what nobody sends by accident: random requests, and articles written to break out."""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html
from starlette.testclient import TestClient

from article_help import EXTRA, SCRIPT, make_articles
from deal_help import UNREAD
from sayso.model import (
    Answer,
    Claim,
    Document,
    Drift,
    Kind,
    Party,
    Reading,
    ResponseType,
    Root,
    Scope,
    Span,
    Stage,
    Stand,
    Standing,
    Stated,
    Step,
    Witness,
)
from sayso.store import open_store
from sayso.web import Settings, create_app
from sayso.web.app import GROUPS
from sayso.web.people.csrf import HEADER, token
from sayso.web.security import POLICY
from web_help import HOST, KEYS, STORY

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its own, of its dependencies
    schemathesis = pytest.importorskip("schemathesis")


def _described() -> dict[str, object]:
    """The OpenAPI document, which needs no ledger."""
    app = FastAPI()
    for router in GROUPS:
        app.include_router(router)
    return app.openapi()


OPERATIONS = {o.label: o for o in (r.ok() for r in schemathesis.openapi.from_dict(_described()).get_all_operations())}
KNOWN = {
    "id": [d.id for d in STORY],
    "key": [*KEYS.values(), *EXTRA.values(), *(c for d in STORY for c in d.claims)],
    "other": list(KEYS.values()),
    "name": ["Der Hafenbote", "Abendecho", "Kestrel Daily"],
}
"""Parameters of paths that the ledger knows."""


@pytest.fixture(scope="module")
def visitor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A browser for the story with its hostile articles. A fault of the server is raised here."""
    path = tmp_path_factory.mktemp("fuzz") / "ledger.sayso"
    make_articles(path)
    app = create_app(path, Settings(page_size=3))
    with TestClient(app, base_url=HOST, headers={HEADER: token(app.state.door.secret)}) as browser:
        yield browser


@pytest.mark.parametrize("label", OPERATIONS)
def test_no_request_is_a_fault_of_the_server(visitor: TestClient, label: str) -> None:
    operation = OPERATIONS[label]

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(operation.as_strategy(), st.data())
    def sends(case, data) -> None:  # type: ignore[no-untyped-def]
        for name in case.path_parameters or {}:
            if name in KNOWN and data.draw(st.booleans(), label="known"):
                case.path_parameters[name] = data.draw(st.sampled_from(KNOWN[name]), label=name)
        sent = case.as_transport_kwargs(base_url=HOST)
        cookies = sent.pop("cookies", None) or {}
        sent["headers"]["cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
        answer = visitor.request(**sent)
        assert answer.status_code < 500
        assert answer.headers["content-security-policy"]

    sends()


# ---- hostile articles -----------------------------------------------------------------------------

TURNED = "\u202egnihton dlos eW"
BAD = f"{SCRIPT}\"'><img src=x onerror=alert(1)>{TURNED}"
LONG = "Panzer" * 170_000  # a megabyte of one word
START = ("/deals", "/articles", "/outlets", "/search", "/search?q=script", "/search?q=Panzer", "/review", "/account")
SAFE_PARTS = ("", "http", "https")


def _hostile(path: Path) -> None:
    """The story, its hostile articles, and a deal, a verdict and an article of the same kind."""
    make_articles(path)
    claim = f"{EXTRA['hostile']}.0"
    deal = replace(
        STORY[0], id=f"{BAD[:60]}/../%2e", supplier=BAD, recipient=BAD, item=BAD, designations=(BAD,), claims=(claim,),
        steps=(Step(Stage.AGREED, dt.date(2031, 2, 3), claim),), conflicts=(f"quantity: {BAD}",),
        values=(Stated("quantity", BAD, (BAD,), (claim,)), Stated(BAD, "1", (), (claim,))),
        roots=(Root(BAD, f"{BAD} -> {BAD}", (EXTRA["hostile"],), ()),),
        witnesses=(
            Witness(
                EXTRA["hostile"], BAD, dt.date(2031, 2, 3), (claim,), (BAD,), root=BAD, why=BAD, group=BAD,
                answers=(Answer(BAD, ResponseType.DENIED, Scope.SPECIFIC, EXTRA["hostile"], BAD, Span(0, 5)),),
                drifts=(Drift("quantity", claim, claim, BAD, BAD, Span(0, 5), Span(5, 9)),),
            ),
        ),
        standing=(Stand(Standing.SINGLE_ORIGIN, BAD), Stand(Standing.DENIED, BAD)),
    )  # fmt: skip
    long = Document(
        "long.txt", LONG, LONG[:5000], LONG[:5000], sha256=sha256(LONG.encode()).hexdigest(), url="https://a.example/"
    )
    sold = Claim(Span(0, len(LONG)), Kind.TRANSFER, LONG, supplier=(Party(LONG, (), Span(0, len(LONG))),))
    with open_store(path) as store, store.adding() as t:
        t.put_deals((*STORY, deal))
        key = t.put_document(long, LONG.encode(), "text/plain").key
        t.put_reading(key, Reading(long, claims=(sold,)), reader="test 1")


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    path = tmp_path_factory.mktemp("hostile") / "ledger.sayso"
    _hostile(path)
    app = create_app(path, Settings(page_size=4))
    with TestClient(app, base_url=HOST, headers={HEADER: token(app.state.door.secret)}) as browser:
        browser.post("/deals/views", data={"name": BAD[:60], "query": f"q={quote(SCRIPT)}"})
        verdict = {"action": "edit", "edit": {"item": BAD}, "note": BAD}
        assert browser.post(f"/review/claims/{EXTRA['hostile']}.0.json", json=verdict).status_code == 200
        yield browser


def _page(text: str) -> html.HtmlElement:
    return html.document_fromstring(text, parser=html.HTMLParser(huge_tree=True))


def _faults(page: html.HtmlElement) -> list[str]:
    """What could run on a page, or turn its words around."""
    found = []
    for e in page.iter(html.etree.Element):
        if e.tag == "script" and (e.text or not (e.get("src") or "").startswith("/static/")):
            found.append(f"script {e.get('src')}: {e.text}")
        if e.tag in ("style", "iframe", "object", "embed", "base", "img", "template"):
            found.append(str(e.tag))
        for name, value in e.attrib.items():
            if name.startswith("on") or name == "style":
                found.append(f"{e.tag} {name}={value[:80]}")
            if name in ("href", "src", "action", "formaction", "xlink:href") and not _leads_safely(value):
                found.append(f"{e.tag} {name}={value[:80]}")
        if "\u202e" in (e.text or "") and not any(a.tag in _APART or a.get("dir") for a in (e, *e.iterancestors())):
            found.append(f"turned around: {e.tag} {(e.text or '')[:80]!r}")
    return found


_APART = ("bdi", "title", "option", "textarea", "p", "text")  # what stands apart from the words around it


def _leads_safely(address: str) -> bool:
    parts = urlsplit(address.strip())
    return parts.scheme.lower() in SAFE_PARTS and (parts.scheme != "" or not parts.netloc)


def _crawled(browser: TestClient, most: int) -> Iterator[tuple[str, html.HtmlElement]]:
    """Pages that links lead to, breadth first, an address of a list in one form alone."""
    waiting, seen = list(START), set(START)
    kinds: dict[str, int] = {}
    while waiting and most:
        address = waiting.pop(0)
        answer = browser.get(address)
        assert answer.status_code == (404 if UNREAD in address else 200), f"{address}: {answer.status_code}"
        policy = answer.headers["content-security-policy"]
        if not answer.headers["content-type"].startswith("text/html"):
            assert policy.startswith("default-src 'none'"), address
            assert "unsafe" not in policy, address
            continue
        assert policy == POLICY, address
        most -= 1
        page = _page(answer.text)
        yield address, page
        for href in page.xpath("//a/@href"):
            to = urlsplit(href)
            kind = to.path if to.query else ""
            next_one = f"{to.path}?{to.query}" if to.query else to.path
            if to.netloc or not to.path or next_one in seen or kinds.get(kind, 0) > 3:
                continue
            kinds[kind] = kinds.get(kind, 0) + bool(kind)
            seen.add(next_one)
            waiting.append(next_one)


def test_articles_written_to_break_out_are_shown_as_text(attacked: TestClient) -> None:
    pages = 0
    for address, page in _crawled(attacked, 80):
        pages += 1
        assert _faults(page) == [], address
    assert pages > 20


@pytest.mark.parametrize(
    "path",
    [
        f"/deals/{quote(f'{BAD[:60]}/../%2e', safe='')}", f"/deals/{quote(SCRIPT, safe='')}", f"/deals?q={quote(BAD)}",
        f"/deals?page={quote(SCRIPT)}", f"/deals?sort={quote(BAD)}", f"/search?q={quote(BAD)}",
        f"/articles/{quote(BAD, safe='')}", f"/outlets/{quote(BAD, safe='')}", f"/review?outlet={quote(BAD)}",
        f"/review/claims/{quote(BAD, safe='')}", f"/review/merge?a={quote(BAD)}&b=1",
        f"/admin/audit?who={quote(SCRIPT)}",
        f"/{quote(SCRIPT)}", f"/login?next={quote('javascript:alert(1)')}", "/deals/%ff%fe", "/static/../../etc/passwd",
        f"/static/{quote(SCRIPT)}", "/deals/" + "a" * 60_000, f"/search?q={'a' * 60_000}", "/search?q=%00",
    ],
)  # fmt: skip
@pytest.mark.parametrize("accept", ["text/html", "application/json", "*/*"])
def test_what_was_asked_for_is_told_as_text(attacked: TestClient, path: str, accept: str) -> None:
    answer = attacked.get(path, headers={"accept": accept})
    assert answer.status_code < 500
    assert answer.headers["content-security-policy"] == POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"
    kind = answer.headers["content-type"].split(";")[0]
    assert kind in ("text/html", "application/json", "text/plain")
    if kind == "text/html":
        assert _faults(_page(answer.text)) == []


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/deals", {"host": "rebound.example"}, 421),
        ("POST", "/deals/views", {"origin": "https://kestrel.example"}, 403),
        ("POST", "/deals/views", {HEADER: "0" * 64}, 403),
        ("DELETE", "/deals", {}, 405),
        ("TRACE", "/deals", {}, 405),
        ("GET", "/none", {}, 404),
        ("POST", "/review/undo.json", {"content-type": "application/json"}, 422),
    ],
)  # fmt: skip
def test_refusals_are_as_strict(
    attacked: TestClient, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    answer = attacked.request(method, path, headers=headers)
    assert answer.status_code == status
    assert answer.headers["content-security-policy"] == POLICY


def test_the_checks_find_what_they_are_for() -> None:
    bad = (
        "<script>alert(1)</script>", "<script src=//kestrel.example/a.js></script>", "<b onclick=alert(1)>x</b>",
        "<a href=' JavaScript:alert(1)'>x</a>", "<a href='data:text/html,x'>x</a>", "<a href='//kestrel.example'>x</a>",
        "<i style='color:red'>x</i>", "<div>a \u202egnihton</div>", "<img src=x>",
    )  # fmt: skip
    for one in bad:
        assert _faults(_page(f"<html><body><div>{one}</div></body></html>")), one
    good = "<a href='/deals?q=1'>x</a> <bdi>\u202egnihton</bdi> <a href='https://kestrel.example/'>x</a>"
    assert not _faults(_page(f"<html><body><script src='/static/app.js'></script>{good}</body></html>"))
