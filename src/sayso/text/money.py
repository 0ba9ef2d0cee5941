"""Amounts of money in English news text: sums, prices of one, and sums told again in another currency."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from sayso.model import Money, Span
from sayso.text.currencies import by_country, currencies
from sayso.text.number_bounds import bounded, joined
from sayso.text.numbers import LETTER_SCALES, Numeral, fold, numerals

_LONG = 1000  # an amount from which on "won" or "marks" is money even without a word of scale


class Sum(NamedTuple):
    """An amount on folded text: [start, end) with currency and hedging words, [first, last) the
    bare figures with their currency. `each`: a price of one ("apiece", "a unit cost of"); `aside`: the amount
    before it again, in another currency and in brackets."""

    start: int
    end: int
    first: int
    last: int
    low: float | None
    high: float | None
    currency: str
    each: bool = False
    aside: bool = False


class _Priced(NamedTuple):
    start: int
    end: int
    number: Numeral
    currency: str | None


def _priced(text: str, folded: str, n: Numeral) -> _Priced:
    """A number with the currency written before or after it, if one is."""
    bare = _Priced(n.start, n.end, n, None)
    table = currencies()
    window = max(0, n.start - 7)
    m = table.before.search(folded[window : n.start]) if n.form == "digits" else None
    if m:
        code, condition = table.words[m[1]]
        written = text[window + m.start(1) : window + m.end(1)]
        if condition != "uppercase" or written.isupper():
            at = window + m.start(1)
            return _Priced(at, n.end, _grouped(folded, _scaled(n)), by_country(text, folded, m[1], code, at, n.end))
    m = table.after.match(folded, n.end)
    if m is None or (n.form != "loose" and m.group().startswith(" of")):
        return bare
    code, condition = table.words[m[1]]
    written = text[m.start(1) : m.end(1)]
    if condition == "before" or (condition == "uppercase" and not written.isupper()):
        return bare
    n = _scaled(n)
    if condition == "scaled" and not n.scaled and (n.low < _LONG or code == "GBP"):
        return bare
    return _Priced(n.start, m.end(), _grouped(folded, n), by_country(text, folded, m[1], code, n.start, m.end()))


_STOP_GROUPED = re.compile(r"\d{1,3}\.\d{3}")


def _grouped(folded: str, n: Numeral) -> Numeral:
    """An amount with a stop between thousands ("700.000 euros"): no money has three decimals without a scale."""
    if n.form == "digits" and not n.scaled and _STOP_GROUPED.fullmatch(folded, n.start, n.end):
        return n._replace(low=n.low * 1000, high=n.low * 1000)
    return n


def _scaled(n: Numeral) -> Numeral:
    """A number with its letter of scale worked in ("375m")."""
    if not n.letter:
        return n
    value = n.low * LETTER_SCALES[n.letter]
    return n._replace(low=value, high=value, scaled=True, letter="")


@lru_cache(maxsize=4)
def sums(text: str, folded: str) -> tuple[Sum, ...]:
    """Every amount of money in a text and its folded form, in order."""
    items = [_priced(text, folded, n) for n in numerals(folded)]
    out: list[Sum] = []
    i = 0
    while i < len(items):
        a = items[i]
        b = items[i + 1] if i + 1 < len(items) else None
        i += 1
        if a.currency and b and not b.currency and b.number.letter:
            b = b._replace(number=_scaled(b.number))
        if b and (a.currency or b.currency) and (a.currency or b.currency) == (b.currency or a.currency):
            both = joined(folded, a.number, b.number, a.end, b.start)
            if both:
                out.append(_sum(folded, a.start, b.end, both, a.currency or b.currency or "", out[-1] if out else None))
                i += 1
                continue
        if a.currency:
            out.append(
                _sum(folded, a.start, a.end, (a.number.low, a.number.high), a.currency, out[-1] if out else None)
            )
    return tuple(out)


_THING = r"(?:unit|copy|shot|round|pop|head|missile|drone|shell|tank|jet|plane|aircraft|rifle)"
_TIME = r"(?:day|week|month|quarter|year|annum|hour|capita|cent|person)"
_EACH_AFTER = re.compile(
    rf" ?\)?(?:-| )(?:each(?! {_TIME}\b)|apiece|a ?piece|a {_THING}|per[ -](?!{_TIME}\b)[a-z]{{3,20}})\b"
)
_EACH_BEFORE = re.compile(
    r"\b(?:(?:unit|sticker|list|per-unit|flyaway) (?:price|cost)s?"
    r"|(?:price|cost) (?:per|of (?:a|an|one|each)) [a-z -]{2,24}"
    r"|each (?:[a-z-]{1,20} ){0,2}(?:cost(?:s|ing)?|is worth|is priced|worth|priced|sells?|goes|valued))"
    r"(?: (?:was|is|are|were|of|at|for|about|around|some|roughly|nearly|over|from|up to|between|more than|less than"
    r"|estimated)){0,4} ?$"
)
_OPENED = re.compile(r" ?[(\[](?:or |equivalent to |equal to |worth |i\.e\.,? )?(?:[a-z. ]{1,24} )?$")


def _sum(
    folded: str, start: int, end: int, value: tuple[float, float | None], currency: str, before: Sum | None
) -> Sum:
    found = bounded(folded, start, end, *value)
    each = bool(_EACH_AFTER.match(folded, end) or _EACH_BEFORE.search(folded, max(0, start - 90), found.start))
    gap = folded[before.last : start] if before and start - before.last < 40 else ""
    aside = bool(before and before.currency != currency and _OPENED.fullmatch(gap))
    return Sum(
        found.start,
        found.end,
        start,
        end,
        found.low,
        found.high,
        currency,
        each or bool(aside and before and before.each),
        aside,
    )


def moneys(text: str) -> list[Money]:
    """The amounts of money in a text, in order, in whole units of an ISO 4217 currency.

    "up to $400 million" has no min, "more than" no max, "billions of dollars" min 2e9. The span
    covers hedging words, figures and currency.
    """
    return [Money(s.low, s.high, s.currency, Span(s.start, s.end)) for s in sums(text, fold(text))]


def unit_prices(text: str) -> list[Span]:
    """The spans, as in `moneys`, of the prices of one ("$4 million each", "a unit cost of $20,000")."""
    return [Span(s.start, s.end) for s in sums(text, fold(text)) if s.each]


def conversions(text: str) -> list[Span]:
    """The spans, as in `moneys`, of amounts that tell the one before them again: "€1.2 billion ($1.3 billion)"."""
    return [Span(s.start, s.end) for s in sums(text, fold(text)) if s.aside]
