"""Amounts of money in English news text. The words of currencies stand in `data/currencies.csv`."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from sayso.lexicon import DATA, rows
from sayso.model import Money, Span
from sayso.text.number_bounds import bounded, joined
from sayso.text.numbers import LETTER_SCALES, Numeral, fold, numerals

ONLY_IF = ("", "scaled", "uppercase", "before")
_LONG = 1000  # an amount from which on "won" or "marks" is money even without a word of scale


class _Currencies(NamedTuple):
    """Code and condition by word, and the patterns that find such a word before or after a number."""

    words: dict[str, tuple[str, str]]
    before: re.Pattern[str]
    after: re.Pattern[str]


@cache
def _currencies() -> _Currencies:
    """The table of currencies. Raises `LexiconError` where a row breaks its rules."""
    words: dict[str, tuple[str, str]] = {}
    for row in rows(DATA / "currencies.csv", ("word", "code", "only_if", "note")):
        word = row.need("word")
        if word != fold(word) or word in words:
            raise row.wrong("word", "a word in lower case that stands once")
        if not re.fullmatch(r"[A-Z]{3}", row["code"]):
            raise row.wrong("code", "an ISO 4217 code")
        words[word] = (row["code"], row.one_of("only_if", ONLY_IF))
    longest = sorted(words, key=len, reverse=True)
    signs = [w for w in longest if not w[-1].isalpha() or words[w][1] in ("uppercase", "before")]
    return _Currencies(
        words,
        re.compile(rf"(?<![a-z])({'|'.join(map(re.escape, signs))}) ?$"),
        re.compile(rf"(?: of (?:the )?|[ -]| ?\()?({'|'.join(map(re.escape, longest))})(?![a-z0-9])"),
    )


class Sum(NamedTuple):
    """An amount on folded text: [start, end) with currency and hedging words, [first, last) the
    bare figures with their currency."""

    start: int
    end: int
    first: int
    last: int
    low: float | None
    high: float | None
    currency: str


class _Priced(NamedTuple):
    start: int
    end: int
    number: Numeral
    currency: str | None


def _priced(text: str, folded: str, n: Numeral) -> _Priced:
    """A number with the currency written before or after it, if one is."""
    bare = _Priced(n.start, n.end, n, None)
    table = _currencies()
    window = max(0, n.start - 7)
    m = table.before.search(folded[window : n.start]) if n.form == "digits" else None
    if m:
        code, condition = table.words[m[1]]
        written = text[window + m.start(1) : window + m.end(1)]
        if condition != "uppercase" or written.isupper():
            return _Priced(window + m.start(1), n.end, _scaled(n), code)
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
    return _Priced(n.start, m.end(), n, code)


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
        if b and (a.currency or b.currency) and (a.currency or b.currency) == (b.currency or a.currency):
            both = joined(folded, a.number, b.number, a.end, b.start)
            if both:
                out.append(_sum(folded, a.start, b.end, both, a.currency or b.currency or ""))
                i += 1
                continue
        if a.currency:
            out.append(_sum(folded, a.start, a.end, (a.number.low, a.number.high), a.currency))
    return tuple(out)


def _sum(folded: str, start: int, end: int, value: tuple[float, float | None], currency: str) -> Sum:
    found = bounded(folded, start, end, *value)
    return Sum(found.start, found.end, start, end, found.low, found.high, currency)


def moneys(text: str) -> list[Money]:
    """The amounts of money in a text, in order, in whole units of an ISO 4217 currency.

    "up to $400 million" has no min, "more than" no max, "billions of dollars" min 2e9. The span
    covers hedging words, figures and currency.
    """
    return [Money(s.low, s.high, s.currency, Span(s.start, s.end)) for s in sums(text, fold(text))]
