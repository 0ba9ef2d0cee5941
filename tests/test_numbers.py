"""Numbers in words and figures, and their bounds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.text.number_bounds import bounded, joined
from sayso.text.numbers import fold, number, numerals


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("twenty-five", 25),
        ("a hundred and twenty", 120),
        ("two hundred thousand", 200_000),
        ("one and a half million", 1_500_000),
        ("half a million", 500_000),
        ("2,000 million", 2e9),
        ("5.6 trillion", 5.6e12),
        ("2 1/2", 2.5),
        ("two dozen", 24),
        ("a", 1),
        ("two hundred and fifty", 250),
        ("three and a half million", 3.5e6),
        ("a quarter of a million", 250_000),
        ("three quarters of a million", 750_000),
        ("a couple of hundred", 200),
        ("2 lakh crore", 2e12),
        ("apples", None),
        ("", None),
    ],
)
def test_value(words: str, value: float | None) -> None:
    assert number(words) == value


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("dozens of boats", 24, None),
        ("several hundred shells", 200, None),
        ("tens of thousands of rounds", 20_000, None),
        ("hundreds of billions", 2e11, None),
        ("a pair of boats", 2, 2),
        ("10\u00a0000 shells", 10_000, 10_000),
        ("1,25,000 rifles", 125_000, 125_000),
        ("5 crore", 5e7, 5e7),
        ("a handful of boats", 3, None),
        ("1.200.000 rounds", 1_200_000, 1_200_000),
        ("1,5 million rounds", 1.5e6, 1.5e6),
        ("5.6 tln", 5.6e12, 5.6e12),
    ],
)
def test_numerals(text: str, low: float, high: float | None) -> None:
    (found,) = numerals(fold(text))
    assert (found.low, found.high) == (low, high)


def test_a_list_is_not_one_number() -> None:
    assert [n.low for n in numerals("one million, a hundred and twenty, a dozen a month")] == [1e6, 120, 12]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("at least 50", (50, None)),
        ("up to 50", (None, 50)),
        ("nearly 50", (50, 50)),
        ("50 or more", (50, None)),
        ("about 50 or so", (50, 50)),
        ("they will take over 50", (50, 50)),
        ("fewer than 50", (None, 50)),
        ("50 tanks or more", (50, None)),
        ("50 tanks or fewer", (None, 50)),
        ("50-plus", (50, None)),
        ("upwards of 50", (50, None)),
        ("in excess of 50", (50, None)),
        ("no more than 50", (None, 50)),
    ],
)
def test_bounds(text: str, expected: tuple[float | None, float | None]) -> None:
    (n,) = numerals(text)
    assert bounded(text, n.start, n.end, n.low, n.high)[2:4] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("35 to 50", (35, 50)),
        ("3-4 billion", (3e9, 4e9)),
        ("between two and three", (2, 3)),
        ("two and three", None),
        ("50-35", None),
        ("two to three dozen", (24, 36)),
        ("two to three hundred", (200, 300)),
        ("from 10 up to 12", (10, 12)),
        ("10 up to 12", None),
        ("rose from 35 to 50", None),
    ],
)
def test_ranges(text: str, expected: tuple[float, float] | None) -> None:
    a, b = numerals(text)
    assert joined(text, a, b, a.end, b.start) == expected


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.integers(min_value=0, max_value=10**12))
def test_separators_do_not_matter(value: int) -> None:
    assert number(f"{value:,}") == value
    (found,) = numerals(f"{value:,}")
    assert found.low == value
