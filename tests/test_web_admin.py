"""Managing accounts, and the audit."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import sqlalchemy as sa

from people_help import *  # noqa: F403 - fixtures
from people_help import SECRET, Browse, field, is_in, log_in, send
from sayso.errors import StoreError
from sayso.store import Store, open_store
from sayso.web.people.sessions import now

pytest_plugins = ("store_places",)


def shown(text: str) -> str:
    found = re.search(r'class="secret">([^<]+)<', text)
    assert found
    return found[1]


def test_a_new_account_chooses_its_own_password(browse: Browse) -> None:
    ann, dan = browse("ann"), browse()
    given = shown(send(ann, "/admin/users", name="dan@example.org", role="analyst").text)
    assert given not in ann.get("/admin/users").text
    assert given not in ann.get("/admin/audit").text
    assert log_in(dan, "dan@example.org", given).status_code == 303
    assert dan.get("/deals").headers["location"] == "/account"
    assert dan.post("/probe", data={"csrf": field(dan)}).status_code == 403
    assert send(dan, "/account/password", current=given, new=SECRET, again=SECRET).status_code == 303
    assert dan.post("/probe", data={"csrf": field(dan)}).json() == "dan@example.org"


@pytest.mark.parametrize(
    ("name", "role", "why"),
    [
        ("BEN", "reader", "there already"),
        ("", "reader", "letters, digits"),
        ("a b", "reader", "letters, digits"),
        ("x" * 65, "reader", "letters, digits"),
        ("a\0b", "reader", "letters, digits"),
        ("<b>", "reader", "letters, digits"),
        ("dan", "nobody", "reader, analyst or admin"),
        ("dan", "owner", "reader, analyst or admin"),
    ],
)
def test_what_is_no_account(browse: Browse, name: str, role: str, why: str) -> None:
    ann = browse("ann")
    before = ann.get("/admin/users.json").json()
    found = send(ann, "/admin/users", name=name, role=role)
    assert found.status_code == 422
    assert why in found.text
    assert "<b>" not in found.text
    assert ann.get("/admin/users.json").json() == before


def test_a_disabled_account_is_out_at_once_and_may_come_back(browse: Browse) -> None:
    ann, ben = browse("ann"), browse("ben")
    assert send(ann, "/admin/users/ben/disabled", disabled="yes").status_code == 303
    assert not is_in(ben)
    assert log_in(ben, "ben").status_code == 401
    send(ann, "/admin/users/ben/disabled", disabled="no")
    assert not is_in(ben)  # by a new log-in alone
    assert log_in(ben, "ben").status_code == 303


def test_a_reset_password_is_the_only_one_and_to_be_changed(browse: Browse) -> None:
    ann, ben = browse("ann"), browse("ben")
    given = shown(send(ann, "/admin/users/ben/password").text)
    assert not is_in(ben)
    assert log_in(ben, "ben").status_code == 401
    assert log_in(ben, "ben", given).status_code == 303
    assert ben.get("/deals").headers["location"] == "/account"


def test_an_admin_is_always_left(browse: Browse) -> None:
    ann = browse("ann")
    for to, data in (("role", {"role": "analyst"}), ("disabled", {"disabled": "yes"})):
        found = send(ann, f"/admin/users/ann/{to}", **data)
        assert found.status_code == 422
        assert "nobody left to manage accounts" in found.text
        assert is_in(ann)
    send(ann, "/admin/users/ben/role", role="admin")
    assert send(ann, "/admin/users/ann/role", role="analyst").status_code == 303
    assert not is_in(ann)


def test_no_page_and_no_twin_has_a_hash(browse: Browse) -> None:
    ann = browse("ann")
    for path in ("/admin/users", "/admin/users.json", "/admin/audit", "/account.json"):
        found = ann.get(path)
        assert found.status_code == 200
        assert "argon2" not in found.text


def test_the_audit_says_who_did_what_and_from_where(browse: Browse) -> None:
    ann = browse("ann", address="192.0.2.7")
    log_in(browse(address="192.0.2.8"), "ben", "wrong")
    log_in(browse(address="192.0.2.8"), "my own password", "wrong")
    send(ann, "/admin/users/cat/role", role="analyst")
    ben = browse("ben", address="192.0.2.9")
    ben.post("/probe/admin", data={"csrf": field(ben)})
    send(ben, "/deals/views", name="mine")  # concerns ben alone
    send(ben, "/logout")
    lines = ann.get("/admin/audit.json").json()["lines"]
    assert [(x["who"], x["action"], x["target"], x["detail"], x["address"]) for x in lines] == [
        ("ben", "logged out", "", "", "192.0.2.9"),
        ("ben", "sent", "POST /probe/admin", "403 Forbidden", "192.0.2.9"),
        ("ben", "logged in", "", "", "192.0.2.9"),
        ("ann", "role changed", "cat", "reader to analyst", "192.0.2.7"),
        ("", "log-in failed", "", "", "192.0.2.8"),
        ("", "log-in failed", "ben", "", "192.0.2.8"),
        ("ann", "logged in", "", "", "192.0.2.7"),
    ]
    assert "my own password" not in ann.get("/admin/audit").text
    found = ann.get("/admin/audit.json", params={"who": "ben", "action": "logged in"}).json()["lines"]
    assert [(x["who"], x["action"]) for x in found] == [("ben", "logged in")]
    assert ann.get("/admin/audit?who=%00").status_code == 422


def test_the_audit_goes_page_by_page(browse: Browse, peopled: Path) -> None:
    with open_store(peopled) as store, store.adding() as t:
        for n in range(120):
            t.note("ben", "counted", target=f"n{n}", address="", at=now())
    at, seen, ann = "/admin/audit?action=counted", [], browse("ann")
    while at:
        page = ann.get(at.replace("/audit?", "/audit.json?")).json()
        seen += [x["target"] for x in page["lines"]]
        at = page["older"]
    assert seen == [f"n{n}" for n in reversed(range(120))]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET who = 'x'",
        "DELETE FROM audit",
        "INSERT OR REPLACE INTO audit VALUES (1, '2024-01-01', 'x', 'x', '', '', '')",
        "TRUNCATE audit",
    ],
)
def test_the_audit_cannot_be_changed(store: Store, statement: str) -> None:
    sqlite = store.engine.dialect.name == "sqlite"
    if ("REPLACE" in statement and not sqlite) or ("TRUNCATE" in statement and sqlite):
        pytest.skip("not in this database's language")
    with store.adding() as t:
        t.note("ann", "logged in", address="", at=now())
    with pytest.raises(StoreError, match=r"rows are (frozen|kept)"), store.adding() as t:
        t.connection.exec_driver_sql(statement)
    with store.looking() as look:
        assert [line.who for line in look.audit()] == ["ann"]


def test_accounts_and_sessions_on_each_database(store: Store) -> None:
    moment = now()
    with store.adding() as t:
        assert not t.has_accounts()
        t.add_account("Zoë", "h", "reader", temporary=False, now=moment)
        t.add_session("t", "Zoë", moment, moment.replace(year=moment.year + 1))
        t.add_session("u", "Zoë", moment, moment)
    with store.adding() as t:
        assert t.has_accounts()
        zoe = t.account("ZOË")
        assert zoe is not None
        assert t.session_account("t", moment) == zoe
        assert t.session_account("u", moment) is None
        t.add_session("v", "Zoë", moment, moment.replace(year=moment.year + 1))
        assert list(t.connection.execute(sa.text("SELECT token FROM session ORDER BY token")).scalars()) == ["t", "v"]
        t.set_disabled("Zoë", True)
        assert t.session_account("t", moment) is None
