"""What linking looks up and keeps, on both databases."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from sayso.errors import StoreError
from sayso.model import (
    Category,
    Deal,
    Interval,
    Kind,
    Match,
    Reason,
    Stage,
    Stand,
    Standing,
    Witness,
)
from sayso.store import Store, Wanted, check
from store_help import put

pytest_plugins = ("store_places",)


def deal(name: str, *claims: str, last_said: dt.date | None = None) -> Deal:
    return Deal(
        name, "Iran", ("IR",), "Russia", ("RU",), "rockets", ("Storm",), Category.ROCKET_ARTILLERY, Kind.TRANSFER,
        Stage.DONE, None, last_said, Interval(dt.date(2023, 1, 1), None), claims=claims,
        witnesses=(Witness("d1", "A", None), Witness("d2", "A", None), Witness("d3", None, None)),
        standing=(Stand(Standing.DENIED, "the supplier says no"),),
    )  # fmt: skip


def test_postings_and_blocks_are_looked_up_by_many_keys(store: Store) -> None:
    with store.adding() as t:
        keys = [put(t, n) for n in range(4)]
        for n, key in enumerate(keys):
            t.put_postings(key, [n, n + 1, -(2**63), 2**63 - 1])
            t.put_blocks({f"{key}.0": [f"b{n}", "common ☂"], f"{key}.1": ["common ☂"]})
    with store.looking() as look:
        assert set(look.postings([1, 2, 2, 77])) == {(1, keys[0]), (1, keys[1]), (2, keys[1]), (2, keys[2])}
        assert len(list(look.postings([-(2**63), 2**63 - 1]))) == 8
        assert set(look.postings([1, -(2**63)], most=3)) == {(1, keys[0]), (1, keys[1])}
        assert len(list(look.postings([-(2**63)], most=4))) == 4
        assert len(list(look.blocks(["common ☂"]))) == 8
        assert set(look.blocks(["common ☂", "b2", "'\""], most=7)) == {("b2", f"{keys[2]}.0")}
        assert len(list(look.postings(range(2_000)))) == 8
    with store.adding() as t:
        t.put_postings(keys[0], [9])
        t.put_blocks({f"{keys[0]}.0": []})
        assert set(t.postings([0, 9])) == {(9, keys[0])}
        assert len(list(t.blocks(["common ☂"]))) == 7


def test_reprints_groups_and_fingerprints(store: Store) -> None:
    with store.adding() as t:
        a, b, c = (put(t, n) for n in range(3))
        t.put_fingerprint(a, b"\x00\xff")
        t.put_fingerprint(a, b"\x01")
        t.put_reprints(a, {b: {"a_in_b": 0.9}, c: None})
        t.set_group("g", [a, b])
    with store.looking() as look:
        assert list(look.fingerprints([a, b])) == [(a, b"\x01")]
        assert list(look.reprints([b])) == [(a, b, {"a_in_b": 0.9})]
        assert {(x, y) for x, y, _ in look.reprints([a])} == {(a, b), (a, c)}
        assert look.groups([a, c, "none"]) == {a: "g", c: None}
        assert [k.key for k in look.documents(group_id="g")] == [a, b]
    with store.adding() as t:
        t.put_reprints(b, {})
        t.set_group(None, [a, b])
        assert {(x, y) for x, y, _ in t.reprints([a, b, c])} == {(a, c)}
        assert set(t.groups([a, b]).values()) == {None}


def test_matches_and_deals(store: Store) -> None:
    reasons = (Reason("item", "same", 3.25), Reason("said", "far apart", -1.5))
    with store.adding() as t:
        key = put(t)
        k = [f"{key}.{n}" for n in range(3)]
        found = [Match(k[0], k[1], 1.75, reasons), Match(k[1], k[2], -2.0)]
        t.put_matches(k, found)
        one, two = deal(k[0], k[0], k[1]), deal("two", k[2], last_said=dt.date(2024, 1, 1))
        t.put_deals([one, two])
    with store.looking() as look:
        assert list(look.matches([k[0]])) == found[:1]
        assert sorted(look.matches(k), key=lambda m: m.a) == found
        assert look.deal(k[0]) == one
        assert list(look.deals()) == [two, one]
        assert list(look.deals(["two", "none"])) == [two]
        assert look.deals_of(k) == {k[0]: k[0], k[1]: k[0], k[2]: "two"}
        assert [c.key for c in look.claims(Wanted(deal="two"))] == [k[2]]
        row = look.connection.execute(sa.text("SELECT documents, outlets, standing FROM deal WHERE id = 'two'")).one()
        assert tuple(row) == (3, 1, '["denied"]')
    with store.adding() as t:
        t.put_deals([deal(k[0], k[1])])
        t.drop_deals(["two"])
        t.put_matches(k[:1], [])
        assert t.deals_of(k) == {k[0]: None, k[1]: k[0], k[2]: None}
        assert list(t.matches(k)) == found[1:]
    assert check(store) == []


def test_links_to_what_is_not_there_are_refused(store: Store) -> None:
    with pytest.raises(StoreError), store.adding() as t:
        t.put_postings("nothing", [1])
    with pytest.raises(StoreError), store.adding() as t:
        t.put_matches([], [Match("a.0", "b.0", 1.0)])
