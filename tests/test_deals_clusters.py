"""Deals are a function of the set of claims: any order, added one by one or gathered at once."""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deals_help import told
from sayso.errors import InputError
from sayso.linking.blocking import block_keys, lookup_keys
from sayso.linking.clusters import deals
from sayso.linking.compare import at_odds, compare, is_match
from sayso.linking.incremental import affected, component
from sayso.linking.units import Place, age, place
from sayso.model import Category, Kind, Match, Told

DAY = dt.date(2031, 5, 1)
ITEMS = ["Kestrel-9 drones", "drones", "weapons", "Harrow-2 howitzers", "a package of military aid"]
TYPES = {"Kestrel-9 drones": ("Kestrel-9",), "Harrow-2 howitzers": ("Harrow-2",)}


def match(a: str, b: str, score: float = 4.0) -> Match:
    return Match(min(a, b), max(a, b), score)


def vague(n: int, day: int = 0) -> Told:
    return told(f"d{n}.0", said=DAY + dt.timedelta(day), item="drones")


@st.composite
def ledgers(draw: st.DrawFn) -> tuple[list[Told], list[Match], list[tuple[str, str]], list[tuple[str, str]]]:
    """Claims of several documents, matches at random, and an analyst's verdicts that agree."""
    rnd = random.Random(draw(st.integers(0, 10**9)))
    tolds = []
    for d in range(rnd.randint(1, 9)):
        said = rnd.choice([None, *(DAY + dt.timedelta(n) for n in range(4))])
        for n in range(rnd.randint(1, 4)):
            item = rnd.choice(ITEMS)
            giver, taker = rnd.choice(["", "FR", "FR", "SE"]), rnd.choice(["", "EG", "EG", "IN"])
            key = f"d{d}.{n}"
            tolds.append(told(key, said=said, item=item, types=TYPES.get(item, ()), supplier=giver, recipient=taker))
    every = list(combinations(sorted(t.key for t in tolds), 2))
    share = rnd.choice([0.1, 0.3, 0.6])
    matches = [match(a, b, rnd.choice([2.0, 2.5, 3.1, 7.3])) for a, b in every if rnd.random() < share]
    rnd.shuffle(every)
    must = every[: rnd.choice([0, 0, 1, 2])]
    groups = {frozenset(deals(tolds, [], [], must).items())}
    one = dict(next(iter(groups)))
    cannot = [(a, b) for a, b in every[2:6] if one[a] != one[b]][: rnd.choice([0, 1, 2])]
    return tolds, matches, cannot, must


@given(ledgers(), st.randoms(use_true_random=False))
def test_order_of_arrival_changes_nothing(
    ledger: tuple[list[Told], list[Match], list[tuple[str, str]], list[tuple[str, str]]], rnd: random.Random
) -> None:
    tolds, matches, cannot, must = ledger
    first = deals(tolds, matches, cannot, must)
    for many in (tolds, matches, cannot, must):
        rnd.shuffle(many)
    flipped = [Match(m.b, m.a, m.score) for m in matches]
    assert deals(tolds, flipped, [(b, a) for a, b in cannot], [(b, a) for a, b in must]) == first


@given(ledgers())
def test_what_always_holds(
    ledger: tuple[list[Told], list[Match], list[tuple[str, str]], list[tuple[str, str]]],
) -> None:
    tolds, matches, cannot, must = ledger
    found = deals(tolds, matches, cannot, must)
    known = {t.key: t for t in tolds}
    assert found.keys() == known.keys()
    assert all(found[a] == found[b] for a, b in must)
    assert all(found[a] != found[b] for a, b in cannot)
    merged = {k for pair in must for k in pair}
    for a, b in combinations(known, 2):
        if found[a] == found[b] and not merged & {a, b}:
            assert not at_odds(known[a], known[b])
    for deal in set(found.values()):
        members = [known[k] for k, d in found.items() if d == deal]
        assert min(members, key=age).key == deal


class Memory:
    """A ledger in memory, as a store would keep it."""

    def __init__(self, matches: Iterable[Match], cannot: list[tuple[str, str]], must: list[tuple[str, str]]) -> None:
        self.matches, self.cannot, self.must = list(matches), cannot, must
        self.tolds: dict[str, Told] = {}
        self.found: dict[str, str] = {}

    def group(self, key: str) -> set[str]:
        joined: dict[str, set[str]] = defaultdict(set)
        for a, b in self.must:
            if a in self.tolds and b in self.tolds:
                joined[a].add(b)
                joined[b].add(a)
        return set(component([key], lambda k: joined[k]))

    def place(self, key: str) -> Place:
        return min(place(self.tolds[k]) for k in self.group(key))

    def matched(self, keys: Iterable[str], since: Place | None) -> set[str]:
        wanted = set(keys)
        pairs = [(m.a, m.b) for m in self.matches if m.a in self.tolds and m.b in self.tolds]
        near = {b for a, b in pairs if a in wanted} | {a for a, b in pairs if b in wanted}
        return {k for k in near if since is None or self.place(k) >= since}

    def beside(self, keys: Iterable[str]) -> set[str]:
        documents = {self.tolds[k].document for k in keys}
        return {k for k, t in self.tolds.items() if t.document in documents}.union(*(self.group(k) for k in keys))

    def deals(self, keys: Iterable[str]) -> set[str]:
        return {self.found[k] for k in keys if k in self.found}

    def members(self, deals: Iterable[str]) -> set[str]:
        wanted = set(deals)
        return {k for k, d in self.found.items() if d in wanted}

    def add(self, new: list[Told]) -> int:
        """Adds claims; gives how many had to be decided."""
        self.tolds.update((t.key, t) for t in new)
        change = affected([t.key for t in new], self)
        given = [self.tolds[k] for k in change.anew | change.standing]
        standing = {k: self.found[k] for k in change.standing}
        decided = deals(given, self.matches, self.cannot, self.must, standing)
        self.found.update((k, decided[k]) for k in change.anew)
        return len(change.anew)


@given(ledgers(), st.randoms(use_true_random=False), st.booleans())
def test_adding_one_by_one_is_gathering_at_once(
    ledger: tuple[list[Told], list[Match], list[tuple[str, str]], list[tuple[str, str]]],
    rnd: random.Random,
    by_document: bool,
) -> None:
    tolds, matches, cannot, must = ledger
    memory = Memory(matches, cannot, must)
    batches: dict[str, list[Told]] = defaultdict(list)
    for t in tolds:
        batches[t.document if by_document else t.key].append(t)
    order = list(batches.values())
    rnd.shuffle(order)
    for n, batch in enumerate(order, 1):
        memory.add(batch)
        so_far = [t for some in order[:n] for t in some]
        assert memory.found == deals(so_far, matches, cannot, must)


def test_the_latest_decide_themselves_alone() -> None:
    memory = Memory((match(f"d{a:03}.0", f"d{b:03}.0") for a, b in combinations(range(60), 2)), [], [])
    for n in range(60):
        assert memory.add([told(f"d{n:03}.0", said=DAY + dt.timedelta(n), item="drones")]) == 1


def test_one_bridge_joins_no_groups() -> None:
    """Two groups that know each other well, and one match between them."""
    left, right = [vague(n) for n in range(10, 16)], [vague(n) for n in range(20, 26)]
    inner = [match(a.key, b.key) for group in (left, right) for a, b in combinations(group, 2)]
    found = deals([*left, *right], [*inner, match("d15.0", "d20.0")])
    assert len({found[t.key] for t in left}) == 1
    assert found["d10.0"] != found["d25.0"]


def test_a_vague_claim_joins_no_strangers() -> None:
    kestrel = told("a.0", said=DAY, item="Kestrel-9 drones", types=("Kestrel-9",))
    loose = told("b.0", said=DAY, item="drones")
    harrow = told("c.0", said=DAY, item="Harrow-2 drones", types=("Harrow-2",))
    found = deals([kestrel, loose, harrow], [match("a.0", "b.0"), match("b.0", "c.0")])
    assert found["a.0"] != found["c.0"]
    assert found["b.0"] == "a.0"


def test_an_analyst_has_the_last_word() -> None:
    a, b, c = (told(f"{k}.0", said=DAY, item="drones", supplier=s) for k, s in (("a", "FR"), ("b", "FR"), ("c", "SE")))
    matches = [match("a.0", "b.0")]
    assert deals([a, b, c], matches) == {"a.0": "a.0", "b.0": "a.0", "c.0": "c.0"}
    assert deals([a, b, c], matches, cannot_link=[("b.0", "a.0")])["b.0"] == "b.0"
    merged = deals([a, b, c], matches, must_link=[("c.0", "b.0")])  # and so b takes c's side against a
    assert merged == {"a.0": "a.0", "b.0": "b.0", "c.0": "b.0"}
    with pytest.raises(InputError, match=r"a\.0 both merged with and split from b\.0"):
        deals([a, b, c], matches, cannot_link=[("a.0", "b.0")], must_link=[("b.0", "a.0")])


def test_keys_find_what_matches_and_adding_is_gathering_with_them() -> None:
    """The whole way: keys, comparison, deals."""
    rnd = random.Random(5)
    tolds = [
        told(
            f"d{n // 2:02}.{n % 2}", said=DAY + dt.timedelta(rnd.randint(0, 40)) if n % 7 else None,
            item=rnd.choice(ITEMS[:4]), supplier=rnd.choice(["FR", "SE"]), recipient=rnd.choice(["EG", ""]),
        )
        for n in range(60)
    ]  # fmt: skip
    table: dict[str, set[str]] = defaultdict(set)
    by_key: dict[str, Told] = {}
    matches = []
    for t in tolds:
        met = {k for key in lookup_keys(t) for k in table[key]}
        matches += [m for k in met if is_match(m := compare(t, by_key[k]))]
        by_key[t.key] = t
        for key in block_keys(t):
            table[key].add(t.key)
    back: dict[str, set[str]] = defaultdict(set)
    again = set()
    for t in reversed(tolds):
        again |= {frozenset((k, t.key)) for key in lookup_keys(t) for k in back[key] if is_match(compare(t, by_key[k]))}
        for key in block_keys(t):
            back[key].add(t.key)
    assert again == {frozenset((m.a, m.b)) for m in matches}
    assert 1 < len(set(deals(tolds, matches).values())) < len(tolds)


def test_thousands_of_claims_in_one_component() -> None:
    tolds = [told(f"d{n:04}.0", said=DAY + dt.timedelta(n // 40), item="drones") for n in range(3000)]
    matches = [match(tolds[n].key, tolds[m].key) for n in range(3000) for m in range(max(0, n - 20), n)]
    found = deals(tolds, matches)
    assert len(found) == 3000


def test_thousands_of_claims_in_one_document() -> None:
    tolds = [told(f"d.{n:04}", document="d", said=DAY, item="drones") for n in range(1500)]
    matches = [match(tolds[n].key, tolds[m].key) for n in range(1500) for m in range(max(0, n - 20), n)]
    assert len(deals(tolds, matches)) == 1500


def _two_deals(*tolds: Told) -> list[list[str]]:
    found = deals(tolds, [])
    groups: dict[str, list[str]] = defaultdict(list)
    for key, deal in found.items():
        groups[deal].append(key)
    return sorted(groups.values())


def test_a_vague_claim_goes_to_the_one_undertaking_of_its_document_that_it_fits() -> None:
    headline = told("a.0", document="a")
    typed = told("a.1", document="a", types=("ZX-9",), count=100, kind=Kind.PRODUCTION, recipient="")
    other = told("a.2", document="a", types=("QY-7",))
    assert _two_deals(headline, typed) == [["a.0", "a.1"]]
    assert _two_deals(headline, typed, other) == [["a.0"], ["a.1"], ["a.2"]]
    assert _two_deals(told("a.0", document="a", supplier="SE"), typed) == [["a.0"], ["a.1"]]
    assert _two_deals(told("a.0", document="a", category=Category.TANK), typed) == [["a.0"], ["a.1"]]
    assert _two_deals(told("a.0", document="a", kind=Kind.RESTRICTION), typed) == [["a.0"], ["a.1"]]
    open_to_both, egypt = typed, told("a.2", document="a", supplier="FR+SE")
    assert _two_deals(egypt, open_to_both, told("a.3", document="a", recipient="IN")) == [["a.1", "a.2"], ["a.3"]]
    assert _two_deals(told("b.0", document="b"), typed) == [["a.1"], ["b.0"]]


def test_where_an_analyst_split_a_documents_claims_none_of_it_is_joined_by_rule() -> None:
    headline, typed = told("a.0", document="a"), told("a.1", document="a", types=("ZX-9",))
    assert deals([headline, typed], [], cannot_link=[("a.0", "a.1")]) == {"a.0": "a.0", "a.1": "a.1"}
