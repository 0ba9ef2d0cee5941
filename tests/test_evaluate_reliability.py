from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from sayso.evaluate.diagram import diagram, standalone, wilson
from sayso.evaluate.reliability import Point, points, reliabilities, reliability
from test_evaluate import claim, ledger

POINTS = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60)


def sure(**by_slot: float) -> dict[str, Any]:
    return claim(confidence=by_slot)


def test_exact_figures_have_no_error_and_certainty_about_the_wrong_has_all_of_it() -> None:
    exact = [(0.75, n % 4 > 0) for n in range(400)]
    assert reliability(exact).width.ece == pytest.approx(0)
    assert reliability(exact).mass.ece == pytest.approx(0)
    assert reliability([(1.0, False)] * 5).width.ece == 1
    assert reliability([(1.0, False)] * 5).mass.ece == 1


def test_error_by_hand() -> None:
    found = reliability([(0.1, False), (0.1, True), (0.9, True), (0.9, True)])
    assert found.width.ece == pytest.approx((0.4 + 0.1) / 2)
    assert [b.count for b in found.width.bins] == [2, 2]
    assert found.brier == pytest.approx((0.01 + 0.81 + 0.01 + 0.01) / 4)


def test_chance_is_what_exact_figures_show_on_few_values() -> None:
    draw = random.Random(5)
    given_ = [draw.random() for _ in range(200)]
    drawn = [reliability([(p, draw.random() < p) for p in given_]).mass for _ in range(300)]
    assert sum(d.ece for d in drawn) / len(drawn) == pytest.approx(drawn[0].chance, rel=0.08)


@given(POINTS)
def test_order_does_not_matter_and_nothing_is_lost(found: list[Point]) -> None:
    a, b = reliability(found), reliability(found[::-1])
    for one, other in ((a.width, b.width), (a.mass, b.mass)):
        assert sum(x.count for x in one.bins) == len(found)
        assert one.ece == pytest.approx(other.ece)
        assert 0 <= one.ece <= 1
        assert len(one.bins) <= 10


def test_values_of_unpaired_claims_count_for_the_claim_alone() -> None:
    gold = ledger(claim())
    found = ledger(sure(claim=0.9, stage=0.8, hedged=0.7), claim(kind="use", confidence={"claim": 0.4, "stage": 0.6}))
    by_slot = points([gold], {"a": found})
    assert by_slot["claim"] == [(0.9, True), (0.4, False)]
    assert by_slot["stage"] == [(0.8, True)]
    assert by_slot["hedged"] == [(0.7, True)], "not hedged is a value too"
    assert set(reliabilities([gold], {"a": found})) == {"claim", "stage", "hedged"}


def test_a_value_where_the_gold_has_none_is_wrong() -> None:
    gold = ledger(claim(quantity=None))
    assert points([gold], {"a": ledger(sure(quantity=0.8))})["quantity"] == [(0.8, False)]


@given(POINTS)
def test_the_drawing_stays_within_its_frame(found: list[Point]) -> None:
    d = diagram(reliability(found), "stage")
    for dot in d.dots:
        assert d.left <= dot.x <= d.left + d.side
        assert d.top <= dot.high <= dot.y <= dot.low <= d.top + d.side
    assert all(d.left <= c.x and c.x + c.width <= d.left + d.side and c.height >= 0 for c in d.columns)


def test_a_drawing_of_its_own_is_well_formed_and_escaped() -> None:
    source = standalone(reliability([(0.3, True)]), "<b>&stage")
    root = etree.fromstring(source.strip().encode())
    assert root.get("aria-label").startswith("<b>&stage: 1 values")


def test_wilson_by_hand() -> None:
    assert wilson(0.5, 100) == pytest.approx((0.404, 0.596), abs=1e-3)
    assert wilson(1, 10) == pytest.approx((0.722, 1), abs=1e-3)
