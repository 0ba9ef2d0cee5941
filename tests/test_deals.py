"""Comparing two claims: what each feature finds, that all can be read, and which claims meet at all."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deals_help import told
from sayso.errors import LexiconError
from sayso.lexicon import DATA
from sayso.linking.blocking import block_keys, lookup_keys
from sayso.linking.compare import at_odds, compare, findings, is_match
from sayso.linking.weights import LEVELS, weights
from sayso.model import Category, Interval, Kind, Polarity, Stage, Told

DAY = dt.date(2031, 5, 1)
KINDS = st.sampled_from(list(Kind))
CLAIMS = st.builds(
    told,
    st.sampled_from(["a.0", "a.1", "b.0", "c.0"]),
    said=st.none() | st.dates(dt.date(2029, 1, 1), dt.date(2033, 1, 1)),
    item=st.sampled_from(["weapons", "Kestrel-9 drones", "F-16 jets", "", "howitzers and shells"]),
    types=st.sampled_from([(), ("F-16",), ("Kestrel-9",), ("F16", "Mirage")]),
    supplier=st.sampled_from(["", "FR", "FR+SE", "allies", "Hamas", "the West"]),
    recipient=st.sampled_from(["", "EG", "IN", "contra rebels", "rebels"]),
    kind=KINDS,
    category=st.sampled_from(list(Category)),
    stage=st.sampled_from(list(Stage)),
    count=st.none() | st.sampled_from([0.0, 14.0, 15.0, 300.0]),
    sum_of=st.none() | st.sampled_from([0.0, 1e6, 1.02e6, 5e9]),
    denied=st.booleans(),
)


def found(a: Told, b: Told) -> dict[str, str]:
    return {feature: level for feature, (level, _) in findings(a, b)}


@given(CLAIMS, CLAIMS)
def test_comparison_is_symmetric_and_tells_every_feature(a: Told, b: Told) -> None:
    if a.key == b.key:
        b = replace(b, key="z.0", document="z")
    match = compare(a, b)
    assert match == compare(b, a)
    assert found(a, b) == found(b, a)
    assert at_odds(a, b) == at_odds(b, a)
    assert [r.feature for r in match.reasons] == [f for f in LEVELS if f != "start"]
    assert match.score == pytest.approx(weights().prior + sum(r.weight for r in match.reasons), abs=1e-3)


@given(CLAIMS, CLAIMS)
def test_who_meets_whom_does_not_depend_on_who_came_first(a: Told, b: Told) -> None:
    assert bool(block_keys(a) & lookup_keys(b)) == bool(block_keys(b) & lookup_keys(a))


@given(CLAIMS, CLAIMS)
def test_a_denial_belongs_to_its_deal(a: Told, b: Told) -> None:
    other = replace(b, key="z.0", document="z")
    for polarity in Polarity:
        turned = replace(other, claim=replace(other.claim, polarity=polarity))
        assert compare(a, turned).score == compare(a, other).score
        assert at_odds(a, turned) == at_odds(a, other)


@pytest.mark.parametrize(
    ("one", "other", "feature", "level"),
    [
        ({"supplier": "FR"}, {"supplier": "FR"}, "supplier", "same"),
        ({"supplier": "FR+SE"}, {"supplier": "FR"}, "supplier", "part"),
        ({"supplier": "FR"}, {"supplier": ""}, "supplier", "open"),
        ({"supplier": "FR"}, {"supplier": "western allies"}, "supplier", "open"),
        ({"supplier": "FR"}, {"supplier": "SE"}, "supplier", "different"),
        ({"recipient": "contras"}, {"recipient": "Nicaraguan contra rebels"}, "recipient", "same"),
        ({"recipient": "Hamas"}, {"recipient": "Hezbollah"}, "recipient", "different"),
        ({"types": ("F-16",)}, {"types": ("F16",)}, "designation", "same"),
        ({"types": ("F-16",)}, {"item": "F-16 fighter jets"}, "designation", "same"),
        ({"types": ("Leopard 2",)}, {"types": ("Leopard",)}, "designation", "same"),
        ({"types": ("Leopard 1",)}, {"types": ("Leopard 2",)}, "designation", "different"),
        ({"types": ("Kestrel-9",)}, {}, "designation", "one"),
        ({"category": Category.MISSILE}, {"category": Category.AIR_DEFENCE}, "category", "kin"),
        ({"category": Category.MISSILE}, {"category": Category.TANK}, "category", "different"),
        ({"item": "weapons"}, {"item": "military aid"}, "item", "vague"),
        ({"item": "new howitzers"}, {"item": "howitzer"}, "item", "same"),
        ({"count": 14}, {"count": 14}, "quantity", "same"),
        ({"count": 14}, {"count": 300}, "quantity", "different"),
        ({"count": 14}, {}, "quantity", "one"),
        ({"sum_of": 60e9}, {"sum_of": 61e9}, "value", "same"),
        ({"sum_of": 60e9}, {"sum_of": 95e9}, "value", "different"),
        ({"kind": Kind.FUNDING}, {"kind": Kind.TRANSFER}, "kind", "kin"),
        ({"kind": Kind.RESTRICTION}, {"kind": Kind.TRANSFER}, "kind", "against"),
        ({"kind": Kind.USE, "types": ("F-16",)}, {"types": ("F-16",)}, "kind", "attribute"),
        ({"kind": Kind.USE, "item": "rifles"}, {"item": "drones"}, "kind", "loose_attribute"),
        ({"quote": "a plan to sell drones soon"}, {"quote": "the plan to sell drones"}, "wording", "alike"),
        ({"voices": ("the Meridian",)}, {"voices": ("Meridian",)}, "voices", "shared"),
    ],
)  # fmt: skip
def test_levels(one: dict[str, object], other: dict[str, object], feature: str, level: str) -> None:
    a, b = told("a.0", **one), told("b.0", **other)  # type: ignore[arg-type]
    assert found(a, b)[feature] == level


def test_time_and_stages() -> None:
    may = Interval(dt.date(2031, 5, 1), dt.date(2031, 5, 31))
    after = Interval(dt.date(2032, 9, 1), None)
    early = told("a.0", said=DAY, stage=Stage.DONE, when=may)
    later = told("b.0", said=DAY + dt.timedelta(50), stage=Stage.CONSIDERED, when=after)
    assert found(early, later)["stage"] == "backward"
    assert found(early, later)["when"] == "apart"
    assert found(early, later)["said"] == "quarter"
    assert at_odds(early, later)
    onward = told("c.0", said=DAY - dt.timedelta(3), stage=Stage.CONSIDERED)
    assert found(early, onward)["stage"] == "onward"
    assert found(early, onward)["said"] == "week"
    may_alone = replace(told("f.0", said=None), said_between=may)
    assert found(early, may_alone)["said"] == "month"  # as far as the month allows
    assert found(told("g.0", said=None), may_alone)["said"] == "unknown"
    marked = told("d.0", said=DAY + dt.timedelta(500), types=("F-16",), stage=Stage.CONSIDERED)
    assert found(told("e.0", said=DAY, types=("F-16",), stage=Stage.DONE), marked)["stage"] == "marked"


def test_one_deal_and_two() -> None:
    planned = told("a.0", said=DAY, item="Kestrel-9 drones", types=("Kestrel-9",), stage=Stage.CONSIDERED, count=40)
    agreed = told("b.0", said=DAY + dt.timedelta(4), item="drones", stage=Stage.AGREED, count=40)
    denial = replace(agreed, key="c.0", document="c", claim=told("c.0", denied=True, types=("Kestrel-9",)).claim)
    rival = told("d.0", said=DAY, item="Kestrel-9 drones", types=("Kestrel-9",), recipient="IN")
    assert is_match(compare(planned, agreed))
    assert is_match(compare(planned, denial))
    assert not is_match(compare(planned, rival))
    assert at_odds(planned, rival)


def test_claims_months_apart_meet_only_by_what_is_rare() -> None:
    def meet(a: Told, b: Told) -> bool:
        return bool(block_keys(a) & lookup_keys(b))

    later, years = DAY + dt.timedelta(300), DAY + dt.timedelta(4000)
    assert not meet(told("a.0", said=DAY), told("b.0", said=later))
    assert meet(told("a.0", said=DAY), told("b.0", said=DAY + dt.timedelta(50)))
    assert meet(told("a.0", said=DAY, types=("F-16",)), told("b.0", said=later, types=("F-16",)))
    assert meet(told("a.0", said=DAY, sum_of=3e8), told("b.0", said=later, sum_of=3e8))
    assert not meet(told("a.0", said=DAY, types=("F-16",)), told("b.0", said=years, types=("F-16",)))
    happened = Interval(DAY, DAY)
    assert meet(told("a.0", said=years, when=happened), told("b.0", said=DAY))
    assert meet(told("a.0", supplier=""), told("b.0"))
    assert meet(told("a.0", supplier=""), told("b.0", recipient="EG+IN"))
    assert not meet(told("a.0", supplier="SE"), told("b.0"))
    assert meet(told("a.0", category=Category.UNSPECIFIED, item="weapons"), told("b.0"))
    undated = told("a.0", said=None, types=("F-16",))
    assert meet(undated, told("b.0", said=DAY, types=("F-16",)))
    assert meet(undated, told("b.0", said=None, types=("F-16",)))
    assert not meet(told("a.0", said=None), told("b.0", said=None))
    assert meet(told("a.0", said=None, types=(), count=60), told("b.0", said=DAY, count=60))
    may = replace(told("a.0", said=None), said_between=Interval(dt.date(2031, 5, 1), dt.date(2031, 5, 31)))
    assert meet(may, told("b.0", said=DAY))
    assert meet(told("b.0", said=DAY), may)
    assert not meet(may, told("b.0", said=later))
    assert meet(told("a.0", said=None), told("a.1", said=None))  # one document


def test_steady_news_meets_as_many_in_its_tenth_year_as_in_its_second() -> None:
    every = [told(f"d{n}.0", said=DAY + dt.timedelta(n * 9)) for n in range(400)]
    table: dict[str, int] = {}
    met = []
    for t in every:
        met.append(sum(table.get(k, 0) for k in lookup_keys(t)))
        for k in block_keys(t):
            table[k] = table.get(k, 0) + 1
    assert max(met[300:]) <= max(met[50:100])


def test_keys_are_short_whatever_a_claim_holds() -> None:
    long = told("a.0", document="d" * 9000, item="x " * 4000, supplier="Zed " * 2000, types=("Y" * 9000,))
    assert max(map(len, block_keys(long) | lookup_keys(long))) < 40


def _table(tmp_path: Path, change: tuple[str, str]) -> Path:
    text = (DATA / "deal_weights.csv").read_text("utf-8")
    assert change[0] in text
    file = tmp_path / "deal_weights.csv"
    file.write_text(text.replace(*change, 1), "utf-8")
    return file


@pytest.mark.parametrize(
    ("change", "told_so"),
    [
        (("supplier,same,for,", "supplier,same,against,-"), "bits"),
        (("supplier,same,for,", "supplier,same,perhaps,"), "one of 'for', 'against', 'neither'"),
        (("supplier,same,for,", "supplier,same,neither,"), '"neither" where bits is 0'),
        (("supplier,same,", "supplier,similar,"), "one of 'same', 'part', 'open', 'different'"),
        (("supplier,same,", "price,same,"), "feature 'price'"),
        (("supplier,part,", "supplier,same,"), "not listed yet"),
        (("feature,level", "feature,grade"), "columns"),
    ],
)
def test_a_wrong_row_is_named(tmp_path: Path, change: tuple[str, str], told_so: str) -> None:
    with pytest.raises(LexiconError, match=r"deal_weights\.csv, line \d+: ") as raised:
        weights(_table(tmp_path, change))
    assert told_so in str(raised.value)


def test_a_missing_row_is_named(tmp_path: Path) -> None:
    text = (DATA / "deal_weights.csv").read_text("utf-8")
    file = tmp_path / "deal_weights.csv"
    file.write_text("".join(line for line in text.splitlines(True) if not line.startswith("voices,none")), "utf-8")
    with pytest.raises(LexiconError, match="'voices none'"):
        weights(file)


def test_weights_speak_the_way_they_must() -> None:
    w = weights()
    assert w.of("supplier", "different") < 0 < w.of("supplier", "same")
    assert w.of("polarity", "opposite") == w.of("supplier", "open") == w.of("recipient", "open") == 0
    assert w.of("designation", "different") < w.of("designation", "one") <= w.of("designation", "same")
