"""Amounts of money and their currencies."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.text.money import conversions, moneys, unit_prices


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


PHRASES: list[tuple[str, list[tuple[float | None, float | None, str]]]] = [
    ("It cost $2bn.", [(2000000000.0, 2000000000.0, "USD")]),
    ("It cost USD 2,000 million.", [(2000000000.0, 2000000000.0, "USD")]),
    ("It cost 100m dollars.", [(100000000.0, 100000000.0, "USD")]),
    ("It cost A$100m.", [(100000000.0, 100000000.0, "AUD")]),
    ("It cost 5.6 trillion won.", [(5600000000000.0, 5600000000000.0, "KRW")]),
    (
        "It cost €1.2 billion (about $1.3 billion).",
        [(1200000000.0, 1200000000.0, "EUR"), (1300000000.0, 1300000000.0, "USD")],
    ),
    ("It cost half a billion euros.", [(500000000.0, 500000000.0, "EUR")]),
    ("It cost a quarter of a billion euros.", [(250000000.0, 250000000.0, "EUR")]),
    ("Sweden paid some 300 million kronor.", [(300000000.0, 300000000.0, "SEK")]),
    ("It cost Rs 500 crore.", [(5000000000.0, 5000000000.0, "INR")]),
    ("It cost Rs. 21,000 crore.", [(210000000000.0, 210000000000.0, "INR")]),
    ("It cost ₹2,700 crore.", [(27000000000.0, 27000000000.0, "INR")]),
    ("It cost 2 lakh crore rupees.", [(2000000000000.0, 2000000000000.0, "INR")]),
    ("It cost ¥20bn.", [(20000000000.0, 20000000000.0, "JPY")]),
    ("It cost £3m-£4m.", [(3000000.0, 4000000.0, "GBP")]),
    ("It cost £3m to £4m.", [(3000000.0, 4000000.0, "GBP")]),
    ("It cost $3-4m.", [(3000000.0, 4000000.0, "USD")]),
    ("It cost $4 million each.", [(4000000.0, 4000000.0, "USD")]),
    ("It cost 4 million dollars apiece.", [(4000000.0, 4000000.0, "USD")]),
    ("It cost $20,000 a piece.", [(20000.0, 20000.0, "USD")]),
    ("It was sold at a unit price of $20,000.", [(20000.0, 20000.0, "USD")]),
    ("It cost two and a half billion dollars.", [(2500000000.0, 2500000000.0, "USD")]),
    ("It cost three hundred and fifty million dollars.", [(350000000.0, 350000000.0, "USD")]),
    ("Iceland paid 300 million kronur.", [(300000000.0, 300000000.0, "ISK")]),
    ("It cost 300 million crowns.", []),
    ("Norway paid 300 million crowns.", [(300000000.0, 300000000.0, "NOK")]),
    ("Denmark paid 2 billion kroner.", [(2000000000.0, 2000000000.0, "DKK")]),
    ("Norway paid 2 billion kroner.", [(2000000000.0, 2000000000.0, "NOK")]),
    ("It cost 2 billion kroner.", []),
    ("Sweden paid 2 billion kronor.", [(2000000000.0, 2000000000.0, "SEK")]),
    ("The Czech ministry paid 2 billion crowns.", [(2000000000.0, 2000000000.0, "CZK")]),
    ("It cost 12.5 billion zlotys.", [(12500000000.0, 12500000000.0, "PLN")]),
    ("It cost tens of millions of dollars.", [(20000000.0, None, "USD")]),
    ("It cost hundreds of millions of euros.", [(200000000.0, None, "EUR")]),
    ("It cost as much as $5 billion.", [(None, 5000000000.0, "USD")]),
    ("It cost nearly $5 billion.", [(5000000000.0, 5000000000.0, "USD")]),
    ("It cost over $5 billion.", [(5000000000.0, None, "USD")]),
    ("It cost $5 billion or more.", [(5000000000.0, None, "USD")]),
    ("It cost $1 million per missile.", [(1000000.0, 1000000.0, "USD")]),
    ("It cost $1,000 per round.", [(1000.0, 1000.0, "USD")]),
    ("It cost $100 million a year.", [(100000000.0, 100000000.0, "USD")]),
    ("It cost CHF 6bn.", [(6000000000.0, 6000000000.0, "CHF")]),
    ("It cost 6 bn Swiss francs.", [(6000000000.0, 6000000000.0, "CHF")]),
    ("It cost Pakistan Rs 200 billion.", [(200000000000.0, 200000000000.0, "PKR")]),
    ("It cost $1.5 trillion.", [(1500000000000.0, 1500000000000.0, "USD")]),
    ("It cost 50 cents.", []),
    ("It cost 700,000 euros.", [(700000.0, 700000.0, "EUR")]),
    ("It cost 700.000 euros.", [(700000.0, 700000.0, "EUR")]),
    ("It cost €1,5 billion.", [(1500000000.0, 1500000000.0, "EUR")]),
    ("It cost EUR 1.200.000.", [(1200000.0, 1200000.0, "EUR")]),
    ("It cost NT$90 billion.", [(90000000000.0, 90000000000.0, "TWD")]),
    ("It cost S$1 billion.", [(1000000000.0, 1000000000.0, "SGD")]),
    ("It cost US$ 1.1 bn.", [(1100000000.0, 1100000000.0, "USD")]),
    ("It cost 15 billion riyals.", [(15000000000.0, 15000000000.0, "SAR")]),
    ("It cost 60m-70m euros.", [(60000000.0, 70000000.0, "EUR")]),
    ("It cost between 60 and 70 million euros.", [(60000000.0, 70000000.0, "EUR")]),
    ("It cost from $60 million to $70 million.", [(60000000.0, 70000000.0, "USD")]),
    ("It cost a million dollars.", [(1000000.0, 1000000.0, "USD")]),
    ("It cost a multi-million-dollar fee.", [(2000000.0, None, "USD")]),
    ("It cost $1m-plus.", [(1000000.0, None, "USD")]),
    ('It cost "$60 million".', [(60000000.0, 60000000.0, "USD")]),
    ("It cost 40 bn hryvnias.", [(40000000000.0, 40000000000.0, "UAH")]),
    (
        "It cost 1.3 trillion yen ($9 billion).",
        [(1300000000000.0, 1300000000000.0, "JPY"), (9000000000.0, 9000000000.0, "USD")],
    ),
    ("It cost 10 billion yuan.", [(10000000000.0, 10000000000.0, "CNY")]),
    ("It cost CN¥10bn.", [(10000000000.0, 10000000000.0, "CNY")]),
]


@pytest.mark.parametrize(("text", "expected"), PHRASES, ids=[p[0] for p in PHRASES])
def test_hard_amounts(text: str, expected: list[tuple[float | None, float | None, str]]) -> None:
    assert [(m.min, m.max, m.currency) for m in moneys(text)] == expected


@pytest.mark.parametrize(
    ("text", "each"),
    [
        ("It bought 4 jets at $4 million each.", ["$4 million"]),
        ("It sold them for 4 million dollars apiece.", ["4 million dollars"]),
        ("They cost around $20,000 a piece.", ["around $20,000"]),
        ("It was sold at a unit price of $20,000.", ["$20,000"]),
        ("It costs $1 million per missile.", ["$1 million"]),
        ("Each missile costs nearly US$1 million (£767,000).", ["nearly US$1 million", "£767,000"]),
        ("The $100 million order of jets at $4 million each.", ["$4 million"]),
        ("It gives $100 million a year, $1bn each year and $9 per month.", []),
        ("It signed a $4 million deal.", []),
    ],
)
def test_prices_of_one_are_told_from_totals(text: str, each: list[str]) -> None:
    assert [s.of(text) for s in unit_prices(text)] == each


def test_an_amount_told_again_in_another_currency() -> None:
    text = "It gave €1.2 billion (about $1.3 billion), then $5 billion ($4 billion of it as loans)."
    assert [s.of(text) for s in conversions(text)] == ["about $1.3 billion"]
