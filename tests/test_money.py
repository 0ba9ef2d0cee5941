"""Amounts of money and their currencies."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.text.money import moneys


@pytest.mark.parametrize(
    ("text", "low", "high", "currency"),
    [
        ("$2bn", 2e9, 2e9, "USD"),
        ("USD 2,000 million", 2e9, 2e9, "USD"),
        ("US$1.5 billion", 1.5e9, 1.5e9, "USD"),
        ("£50m", 5e7, 5e7, "GBP"),
        ("€100 million", 1e8, 1e8, "EUR"),
        ("EUR100m", 1e8, 1e8, "EUR"),
        ("5.6 trillion won", 5.6e12, 5.6e12, "KRW"),
        ("A$100m", 1e8, 1e8, "AUD"),
        ("100 million dollars", 1e8, 1e8, "USD"),
        ("32 mln dlrs", 3.2e7, 3.2e7, "USD"),
        ("3-4 billion euros", 3e9, 4e9, "EUR"),
        ("$1.5\u20132 billion", 1.5e9, 2e9, "USD"),
        ("between $1bn and $2bn", 1e9, 2e9, "USD"),
        ("up to $400 million", None, 4e8, "USD"),
        ("more than $1 billion", 1e9, None, "USD"),
        ("billions of dollars", 2e9, None, "USD"),
        ("a few thousand dollars", 2000, None, "USD"),
        ("a multibillion-dollar plan", 2e9, None, "USD"),
        ("a $275 million package", 2.75e8, 2.75e8, "USD"),
        ("$800 million-worth", 8e8, 8e8, "USD"),
        ("PLN 20 billion", 2e10, 2e10, "PLN"),
        ("Rs 500 crore", 5e9, 5e9, "INR"),
        ("5 million pounds", 5e6, 5e6, "GBP"),
        ("40 million Deutsche marks", 4e7, 4e7, "DEM"),
    ],
)
def test_amounts(text: str, low: float | None, high: float | None, currency: str) -> None:
    (found,) = moneys(f"It cost {text}.")
    assert (found.min, found.max, found.currency) == (low, high, currency)


@pytest.mark.parametrize(
    "text",
    [
        "He won 3 medals.",
        "A 2,000-pound bomb.",
        "She won 12 of them.",
        "They try 500 times.",
        "It left 40 marks.",
        "100 tanks",
    ],
)
def test_no_money(text: str) -> None:
    assert moneys(text) == []


def test_two_currencies_are_two_amounts_and_spans_hold_the_hedge() -> None:
    text = "It gave about $375m (£283m)."
    assert [(m.span.of(text) if m.span else "", m.currency) for m in moneys(text)] == [
        ("about $375m", "USD"),
        ("£283m", "GBP"),
    ]


@given(
    st.lists(
        st.sampled_from(
            [
                "$",
                "€",
                "1",
                "2,000",
                "m",
                "bn",
                "million",
                "to",
                "-",
                "up",
                "dollars",
                "euros",
                "of",
                "billions",
                "US$",
                ".",
                "and",
                "between",
            ]
        )
    )
)
def test_any_mixture_gives_ordered_spans(pieces: list[str]) -> None:
    text = " ".join(pieces)
    end = 0
    for m in moneys(text):
        assert m.span is not None
        assert end <= m.span.end <= len(text)
        assert m.min is not None or m.max is not None
        end = m.span.end


def test_a_megabyte_of_digits() -> None:
    begun = time.process_time()
    moneys("1" * 2**20)
    assert time.process_time() - begun < 2
