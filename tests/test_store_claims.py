"""Claims by what they say, on both databases."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from sayso.model import (
    Kind,
    Party,
)
from sayso.store import Store, Wanted, check
from store_help import READER, article, put

pytest_plugins = ("store_places",)


@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        (Wanted(), lambda n, i: True),
        (Wanted(supplier="IR"), lambda n, i: n % 5 == 0),
        (Wanted(supplier="Iran"), lambda n, i: n % 5 == 0),
        (Wanted(recipient="IR"), lambda n, i: False),
        (Wanted(recipient="a militia", hedged=True), lambda n, i: i == 1),
        (Wanted(party="RU", outlet="Outlet 3"), lambda n, i: n == 3),
        (Wanted(designation="Storm-4", voice="officials"), lambda n, i: n == 4),
        (Wanted(kind="production"), lambda n, i: False),
        (Wanted(kind="transfer", stage="done", category="rocket_artillery", basis="anonymous"), lambda n, i: True),
        (Wanted(said_to=dt.date(2023, 1, 3)), lambda n, i: n <= 2),
        (Wanted(said_from=dt.date(2023, 1, 3)), lambda n, i: n >= 2),
        (Wanted(when_from=dt.date(2024, 1, 1)), lambda n, i: True),  # "from a day on" is open
        (Wanted(when_to=dt.date(2023, 2, 2)), lambda n, i: i <= 1),
        (Wanted(confidence=0.52), lambda n, i: i >= 2),
    ],
)
def test_claims_are_found_by_what_they_say(store: Store, wanted: Wanted, fits: object) -> None:
    assert callable(fits)
    with store.adding() as t:
        keys = [put(t, n) for n in range(6)]
    expected = {f"{key}.{i}" for n, key in enumerate(keys) for i in range(3) if fits(n, i)}
    with store.looking() as look:
        assert {t.key for t in look.claims(wanted)} == expected
        assert look.count_claims(wanted) == len(expected)
        facets = look.facets(wanted)
    assert sum(n for _, n in facets["kind"]) == sum(n for _, n in facets["supplier"]) == len(expected)


def test_facets_count_a_party_once_a_claim(store: Store) -> None:
    reading, raw = article()
    two = (Party("Germany", ("DE",)), Party("Berlin", ("DE",)), Party("a coalition", ("NL", "DK")), Party("rebels"))
    claims = (replace(reading.claims[0], supplier=two), replace(reading.claims[1], kind=Kind.USE, supplier=()))
    with store.adding() as t:
        key = t.put_document(reading.document, raw, "text/plain").key
        t.put_reading(key, replace(reading, claims=claims), reader=READER)
        facets = t.facets()
        assert facets["supplier"] == [("DE", 1), ("DK", 1), ("NL", 1), ("rebels", 1)]
        assert facets["recipient"] == [("RU", 2), ("a militia", 2)]
        assert facets["kind"] == [("transfer", 1), ("use", 1)]
        assert t.facets(Wanted(kind="use"))["supplier"] == []
        assert t.facets(most=1)["recipient"] == [("RU", 2)]
        assert [one.claim for one in t.claims(Wanted(supplier="Berlin"))] == [claims[0]]
    assert check(store) == []


def test_the_latest_said_come_first_and_the_undated_last(store: Store) -> None:
    undated, raw = article(7, 1)
    bare = replace(undated.document, published=None)
    with store.adding() as t:
        key = t.put_document(bare, raw, "text/plain").key
        t.put_reading(key, replace(undated, document=bare), reader=READER)
        early, late = put(t, 1, claims=1), put(t, 2, claims=1)
        assert [c.document for c in t.claims()] == [late, early, key]
        assert [c.document for c in t.claims(limit=1, offset=1)] == [early]
