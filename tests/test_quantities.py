"""Counts and measurements."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.text.quantities import measures, quantities


@pytest.mark.parametrize(
    ("text", "low", "high", "per"),
    [
        ("The plant made 100 drones.", 100, 100, None),
        ("It can make up to 100 drones per month.", None, 100, "month"),
        ("A monthly output of 100 drones.", 100, 100, "month"),
        ("They make hundreds of one-way attack drones a month.", 200, None, "month"),
        ("It sent more than 50 tanks.", 50, None, None),
        ("It sent about 100 tanks.", 100, 100, None),
        ("It sent 35\u201350 tanks.", 35, 50, None),
        ("Dozens of boats left.", 24, None, None),
        ("Thousands of shells.", 2000, None, None),
        ("Tens of thousands of shells.", 20_000, None, None),
        ("Two dozen jets and one more.", 24, 24, None),
        ("A pair of boats.", 2, 2, None),
        ("It bought 4 F-16s.", 4, 4, None),
        ("Twelve Su-27 jets flew.", 12, 12, None),
        ("Ukraine got 14 Leopard 2A6 tanks.", 14, 14, None),
        ("Berlin sent Ukraine 14 tanks.", 14, 14, None),
        ("Around 3,000 were dropped.", 3000, 3000, None),
        ("A 36-aircraft order.", 36, 36, None),
        ("Only two of the licences.", 2, 2, None),
        ("Half a million shells.", 500_000, 500_000, None),
        ("Some 800,000 155-millimetre shells.", 800_000, 800_000, None),
    ],
)
def test_counts(text: str, low: float | None, high: float | None, per: str | None) -> None:
    (found,) = quantities(text)
    assert (found.min, found.max, found.per) == (low, high, per)


@pytest.mark.parametrize(
    "text",
    [
        "An F-16, a T-72, Mk 41 cells, Leopard 2 tanks and Shahed 136 drones.",
        "It was signed on 24 February 2022 and on May 5.",
        "The minister, 45, said it took three days and 20 percent of it.",
        "Article 5, resolution 2231 and No. 7 apply.",
        "Call 555-123-4567 at 10:30.",
        "It cost $100 million, or 90 million euros.",
        "It flies 1,500 km at 185 mph with 40 kg.",
        "The Group of Seven met; one of them left.",
        "In 2022 it grew two-thirds.",
    ],
)
def test_no_counts(text: str) -> None:
    assert quantities(text) == []


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("It carries 35 to 50 kilograms.", 35, 50, "kg"),
        ("A 1,500 km range.", 1500, 1500, "km"),
        ("A 155mm gun.", 155, 155, "mm"),
        ("A 500-pound bomb.", 500, 500, "lb"),
        ("It reaches up to 2,000-2,500\u00a0km.", None, 2000, "km"),
        ("It flew at 185 mph.", 185, 185, "mph"),
    ],
)
def test_measures(text: str, low: float | None, high: float | None, unit: str) -> None:
    (found,) = measures(text)
    assert found.unit == unit
    if "up to" not in text:
        assert (found.min, found.max) == (low, high)


_WORDS = "1 35 to 50 - 2,000 km kg two dozen hundreds of a month F-16 , . ( % about up tanks $ m 2.5 x1 May"
_PIECES = st.sampled_from(_WORDS.split())


@settings(max_examples=200, deadline=None)
@given(st.lists(_PIECES).map(" ".join) | st.text(max_size=60))
def test_any_text_gives_sound_spans(text: str) -> None:
    for q in quantities(text):
        assert q.span is not None
        assert 0 <= q.span.start < q.span.end <= len(text)
        assert q.min is not None or q.max is not None
    for m in measures(text):
        assert m.span is not None
        assert 0 <= m.span.start < m.span.end <= len(text)


@pytest.mark.parametrize("unit", ["1", "1,", "1 ", "two ", "100 km ", "between ", "1-"])
def test_hostile_lines_take_linear_time(unit: str) -> None:
    def cost(size: int) -> float:
        text = unit * (size // len(unit))
        begun = time.process_time()
        quantities(text)
        return time.process_time() - begun

    assert cost(80_000) < 0.1 + 8 * cost(20_000)
