"""Verdicts are appended and never changed; and feeds."""

from __future__ import annotations

import datetime as dt

import pytest

from sayso.errors import InputError, StoreError
from sayso.store import Feed, Store
from store_help import put

pytest_plugins = ("store_places",)


NOON = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)


def test_verdicts_are_appended_and_undone_by_another(store: Store) -> None:
    with store.adding() as t:
        first = t.add_verdict("ann", "merge", {"claims": ["a", "b"]}, before=None, after=[1, 2.5], note="é", at=NOON)
        second = t.add_verdict("bob", "reject", "a")
    with store.adding() as t:
        third = t.undo(first, "bob")
    with store.looking() as look:
        merge = look.verdict(first)
        assert merge is not None
        assert (merge.at, merge.who, merge.target, merge.after) == (NOON, "ann", {"claims": ["a", "b"]}, [1, 2.5])
        assert (merge.before, merge.note, merge.undone_by) == (None, "é", third)
        assert [v.id for v in look.verdicts()] == [first, second, third]
        assert [v.id for v in look.verdicts(undone=False)] == [second, third]
        assert [v.action for v in look.verdicts(after=second)] == ["undo"]
        assert [v.id for v in look.verdicts(action="reject")] == [second]
    with store.adding() as t:
        for number in (first, 99):
            with pytest.raises(InputError, match=r"verdict \d+"):
                t.undo(number, "ann")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE verdict SET note = 'x'",
        "UPDATE verdict SET who = who",
        "UPDATE verdict SET undone_by = NULL WHERE id = 1",
        "DELETE FROM verdict",
        "DELETE FROM verdict WHERE id = 2",
        "INSERT OR REPLACE INTO verdict (id, at, who, action, target) VALUES (1, '2024-01-01', 'x', 'x', 'x')",
        "TRUNCATE verdict",
        "UPDATE document SET text = 'x'",
        "UPDATE document SET outlet = 'x'",
    ],
)
def test_decisions_and_texts_cannot_be_changed(store: Store, statement: str) -> None:
    sqlite = store.engine.dialect.name == "sqlite"
    if ("REPLACE" in statement and not sqlite) or ("TRUNCATE" in statement and sqlite):
        pytest.skip("not in this database's language")
    with store.adding() as t:
        put(t)
        t.undo(t.add_verdict("ann", "accept", "a"), "bob")
    with pytest.raises(StoreError, match=r"rows are (frozen|kept)"), store.adding() as t:
        t.connection.exec_driver_sql(statement)
    with store.looking() as look:
        assert [(v.who, v.undone_by) for v in look.verdicts()] == [("ann", 2), ("bob", None)]


def test_feeds(store: Store) -> None:
    later = NOON + dt.timedelta(hours=1)
    feed = Feed("https://f.example/rss", "F", '"e"', "x", NOON, 200, 900, later)
    with store.adding() as t:
        t.put_feed(Feed("https://f.example/rss"))
        t.put_feed(feed)
        t.put_feed(Feed("https://g.example/"))
    with store.looking() as look:
        assert look.feeds(due=NOON) == [Feed("https://g.example/")]
        assert look.feeds(due=later) == look.feeds() == [Feed("https://g.example/"), feed]
    with store.adding() as t:
        t.drop_feed("https://g.example/")
        assert t.feeds() == [feed]
