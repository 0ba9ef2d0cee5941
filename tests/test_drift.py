"""What changes on the way from a root to a retelling, and what only seems to."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger_help import MAKER, Paper, anonymous, deal, outlet, witness
from sayso.linking.drift import bounds_differ, drifts, figure, times_differ
from sayso.model import (
    Basis,
    Interval,
    Money,
    Quantity,
    Response,
    ResponseType,
    Scope,
    Span,
    Stage,
    Told,
    Voice,
    VoiceKind,
)  # fmt: skip

SPIEGEL = outlet("Der Spiegel")
APRIL = Interval(dt.date(2023, 4, 1), dt.date(2023, 4, 30))


def slots(root: Paper, retold: Paper) -> dict[str, tuple[str, str]]:
    return {d.slot: (d.root_value, d.value) for d in drifts(root.tolds(), retold.tolds())}


def own() -> Paper:
    return Paper("own", "Der Spiegel")


def other() -> Paper:
    return Paper("a", "Metro", 2)


def test_stage_that_the_root_does_not_tell() -> None:
    root = own().tell(stage=Stage.NEGOTIATING).tell(stage=Stage.AGREED)
    assert slots(root, other().tell(stage=Stage.OFFERED)) == {"stage": ("agreed", "offered")}
    assert slots(root, other().tell(stage=Stage.DONE)) == {"stage": ("agreed", "done")}
    assert slots(root, other().tell(stage=Stage.NEGOTIATING)) == {}  # only less is told
    assert slots(root, other().tell(stage=Stage.UNSPECIFIED)) == {}


def test_a_doubted_value_is_not_compared() -> None:
    assert slots(own().tell(), other().tell(stage=Stage.DONE, confidence=(("stage", 0.3),))) == {}


def test_hedge_lost_but_never_gained() -> None:
    assert slots(own().tell(hedged=True), other().tell()) == {"hedged": ("true", "false")}
    assert slots(own().tell(), other().tell(hedged=True)) == {}
    # the root hedges what goes on later, not what the deal is over
    assert slots(own().tell().tell(hedged=True, count=None, designations=()), other().tell()) == {}


@pytest.mark.parametrize(
    ("a", "b", "differ"),
    [
        ((100, 100), (100, 100), False), ((100, 100), (102, 102), False), ((100, 100), (24, None), False),
        ((100, 100), (200, 200), True), ((35, 50), (30, 50), True), ((35, 50), (50, 50), False),
        ((None, 50), (60, None), True), ((0, 0), (0, 0), False), ((None, None), (5, 5), False),
    ],
)  # fmt: skip
def test_figures(a: tuple[float, float], b: tuple[float, float], differ: bool) -> None:
    assert bounds_differ(a, b) is bounds_differ(b, a) is differ


@given(*[st.one_of(st.none(), st.integers(0, 10**9)) for _ in range(2)])
def test_a_figure_never_differs_from_itself(low: int | None, high: int | None) -> None:
    if low is not None and high is not None and low > high:
        low, high = high, low
    assert not bounds_differ((low, high), (low, high))
    assert figure(low, high) or low is high is None


def test_number_and_its_places() -> None:
    root = own().tell(quantity=Quantity(40, 40, span=Span(22, 24)))
    retold = other().tell(quantity=Quantity(400, 400, span=Span(22, 24)))
    (d,) = drifts(root.tolds(), retold.tolds())
    assert (d.slot, d.root, d.told, d.root_value, d.value) == ("quantity", "own.0", "a.0", "40", "400")
    assert d.root_span == d.span == Span(22, 24)


def test_a_rate_is_not_a_number() -> None:
    assert slots(own().tell(), other().tell(quantity=Quantity(None, 100, "month"))) == {}


def test_missing_is_no_change() -> None:
    assert slots(own().tell(when=APRIL).carries(35, 50), other().tell(count=None)) == {}
    assert slots(own().tell(count=None), other().tell(when=APRIL).carries(35, 50)) == {}


def test_payload() -> None:
    assert slots(own().tell().carries(35, 50), other().tell().carries(30, 50)) == {
        "payload": ("35 to 50 kg", "30 to 50 kg")
    }
    assert slots(own().tell().carries(35, 50), other().tell().carries(35, 50)) == {}
    # two weights that do not meet may be of two things
    assert slots(own().tell().carries(35, 50), other().tell().carries(35, 50).carries(180, 200)) == {}


@pytest.mark.parametrize(
    ("when", "differ"),
    [
        (APRIL, False), (Interval(dt.date(2023, 4, 10), dt.date(2023, 4, 12)), False),
        (Interval(dt.date(2023, 1, 1), dt.date(2023, 12, 31)), False), (Interval(APRIL.start, None), True),
        (Interval(None, APRIL.end), True), (Interval(dt.date(2023, 5, 1), dt.date(2023, 5, 31)), True),
    ],
)  # fmt: skip
def test_times(when: Interval, differ: bool) -> None:
    assert times_differ(APRIL, when) is times_differ(when, APRIL) is differ
    assert bool(slots(own().tell(when=APRIL), other().tell(when=when))) is differ


def test_money_in_one_currency_only() -> None:
    a, b, c = Money(5e6, 5e6, "USD"), Money(5e9, 5e9, "USD"), Money(7e6, 7e6, "EUR")
    assert "value" in slots(own().tell(value=a), other().tell(value=b))
    assert slots(own().tell(value=a), other().tell(value=c)) == {}


# Against what ----------------------------------------------------------------------------------


def test_against_the_roots_own_document() -> None:
    found = deal([own().tell(), other().tell(SPIEGEL, stage=Stage.DONE)])
    w = witness(found, "a")
    assert [(d.slot, d.root) for d in w.drifts] == [("stage", "own.0")]
    assert "compared with own" in w.why
    assert witness(found, "own").drifts == ()


def test_else_against_the_nearest_on_the_way() -> None:
    agency = Paper("b", "Reuters").tell(SPIEGEL)
    w = witness(deal([agency, other().tell(SPIEGEL, outlet("Reuters"), stage=Stage.DONE)]), "a")
    assert [d.root for d in w.drifts] == ["b.0"]


def test_else_against_the_first() -> None:
    papers = [Paper(f"d{n}", f"Paper {n}").tell(SPIEGEL) for n in range(3)]
    found = deal([*papers, other().tell(SPIEGEL, count=90)])
    assert [d.slot for d in witness(found, "a").drifts] == ["quantity"]
    assert all(not witness(found, p.key).drifts for p in papers)


def test_a_basis_that_grew() -> None:
    told = [Paper(f"d{n}", f"Paper {n}").tell(SPIEGEL, basis=Basis.UNCITED) for n in range(3)]
    sources = other().tell(anonymous(), SPIEGEL, basis=Basis.ANONYMOUS)
    itself = Paper("b", "Nova", 2).tell(SPIEGEL, basis=Basis.UNCITED)
    itself.tell(Voice(MAKER.name, VoiceKind.ORGANISATION), SPIEGEL, basis=Basis.DIRECT)
    found = deal([own().tell(), *told, sources, itself, Paper("c", "Volt").tell(SPIEGEL)])
    changed = {w.document: [(d.root_value, d.value) for d in w.drifts if d.slot == "basis"] for w in found.witnesses}
    assert {k: v for k, v in changed.items() if v} == {"a": [("uncited", "anonymous")], "b": [("uncited", "direct")]}


def test_a_denial_that_lost_its_limit() -> None:
    root = own().tell().answer("Chinese Foreign Ministry", ResponseType.DENIED, Scope.BROADER)
    root.answer("Chinese Foreign Ministry", ResponseType.SILENT)
    words = "The firm will deliver 40 QX-7 drones. Beijing denies everything."
    plain = other().tell(SPIEGEL, words=words[:38])
    plain.paragraphs[-1] = words
    at = words.index("Beijing")
    plain.responses.append(
        Response("Beijing", ResponseType.DENIED, Span(at, len(words)), Scope.UNKNOWN, Span(at, at + 7))
    )
    kept = Paper("b", "Nova").tell(SPIEGEL).answer("Beijing", ResponseType.DENIED, Scope.BROADER)
    found = deal([root, plain, kept])
    assert [d.slot for d in witness(found, "a").drifts] == ["response"]
    assert witness(found, "b").drifts == ()


def test_each_place_is_in_its_text() -> None:
    papers = [
        own().tell(hedged=True).carries(35, 50),
        other().tell(SPIEGEL, stage=Stage.DONE, count=90).carries(30, 50),
    ]
    texts = {p.key: p.reading().document.text for p in papers}
    found = witness(deal(papers), "a").drifts
    assert {d.slot for d in found} == {"stage", "hedged", "quantity", "payload"}
    for d in found:
        assert d.root_span
        assert d.span
        assert d.root_span.of(texts["own"])
        assert d.span.of(texts["a"])


def test_claims_keep_their_keys() -> None:
    told: list[Told] = own().tell().tolds()
    assert [t.key for t in told] == ["own.0"]
