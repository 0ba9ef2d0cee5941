"""Counts of things and measurements in English news text.

A number is a count where it stands before what it counts; it is none in a type's name (F-16,
Leopard 2), a date, an age, a time, a share, an amount of money, a paper's or telephone number, or
with a physical unit: those last are `measures`. The words of units stand in `data/units.csv`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from sayso.lexicon import DATA, rows
from sayso.model import Measure, Quantity, Span
from sayso.text.money import Sum, sums
from sayso.text.number_bounds import bounded, joined
from sayso.text.numbers import Numeral, fold, numerals
from sayso.text.quantity_context import counts, rate


@cache
def _units() -> tuple[dict[str, str], re.Pattern[str]]:
    """Unit by word, and the pattern of a unit after a number. Raises `LexiconError` on a bad row."""
    words: dict[str, str] = {}
    for row in rows(DATA / "units.csv", ("word", "unit", "note")):
        if row.need("word") in words or row["word"] != fold(row["word"]):
            raise row.wrong("word", "a word in lower case that stands once")
        words[row["word"]] = row.need("unit")
    longest = sorted(words, key=len, reverse=True)
    return words, re.compile(rf"[ -]?({'|'.join(map(re.escape, longest))})(?![a-z0-9]|-\d)")


def _unit(folded: str, n: Numeral) -> tuple[str, int] | None:
    """The unit after a number and where it ends."""
    if n.letter in ("m", "t"):
        return n.letter, n.end
    words, pattern = _units()
    if n.letter or not (m := pattern.match(folded, n.end)):
        return None
    return words[m[1]], m.end()


def measures(text: str) -> list[Measure]:
    """The measurements in a text, in order: "35 to 50 kilograms", "a 1,500 km range"."""
    folded = fold(text)
    return [
        Measure(b.low, b.high, unit, Span(b.start, b.end))
        for first, last, end, unit in _measured(text, folded)
        for b in [bounded(folded, first.start, end, *_values(folded, first, last))]
    ]


def _values(folded: str, first: Numeral, last: Numeral) -> tuple[float, float | None]:
    both = None if first is last else joined(folded, first, last, first.end, last.start)
    return both or (last.low, last.high)


def _measured(text: str, folded: str) -> Iterator[tuple[Numeral, Numeral, int, str]]:
    """First and last number of each measurement (one and the same where it is no range), its end, its unit."""
    paid = sums(text, folded)
    before: Numeral | None = None
    for n in numerals(folded):
        unit = None if _in_money(paid, n) else _unit(folded, n)
        attached = n.form == "digits" and folded[max(0, n.start - 1) : n.start] in ("-", "/", ".") and n.start > 0
        if unit is None:
            before = n
            continue
        first = before if before and joined(folded, before, n, before.end, n.start) else n
        if first is not n or not attached:
            yield first, n, unit[1], unit[0]
        before = None


def _in_money(found: Sequence[Sum], n: Numeral) -> bool:
    """Whether a number belongs to one of the amounts of money found in its text."""
    i = bisect_right(found, n.start, key=lambda s: s.first) - 1
    return i >= 0 and found[i].last > n.start


def quantities(text: str) -> list[Quantity]:
    """The counts in a text, in order, with their bounds and, for rates, the unit of time.

    "up to 100 drones per month" has max 100 and per "month"; "dozens" min 24. The span covers
    hedging words and figures.
    """
    folded = fold(text)
    taken = {n.start for first, last, _, _ in _measured(text, folded) for n in (first, last)}
    items = [n for n in numerals(folded) if n.start not in taken]
    paid = sums(text, folded)
    out: list[Quantity] = []
    i = 0
    while i < len(items):
        a, b = items[i], items[i + 1] if i + 1 < len(items) else None
        i += 1
        if _in_money(paid, a):
            continue
        both = (joined(folded, a, b, a.end, b.start) or _added(folded, a, b)) if b else None
        last = b if both and b else a
        found = bounded(folded, a.start, last.end, *(both or _scaled(a)))
        if counts(text, folded, a, last, hedged=found.hedged):
            per = rate(folded, found.start, found.end, _next_count(folded, items, i + (last is not a)))
            out.append(Quantity(found.low, found.high, per, Span(found.start, found.end)))
        i += last is not a
    return out


_FURTHER = re.compile(r",? (?:plus|and) (?:another|an additional|an extra|a further) ")


def _added(folded: str, a: Numeral, b: Numeral) -> tuple[float, float] | None:
    """The sum of two counts told as one: "10 plus a further 5"."""
    exact = a.high is not None and b.high is not None and a.form != "loose" != b.form
    if not exact or b.start - a.end > 24 or not _FURTHER.fullmatch(folded, a.end, b.start):
        return None
    return (a.low + b.low, a.low + b.low)


def _next_count(folded: str, items: list[Numeral], i: int) -> int:
    """Where the next number that may count begins; not the "one" of "one-way"."""
    return next((n.start for n in items[i : i + 6] if folded[n.end : n.end + 1] != "-"), len(folded))


def _scaled(n: Numeral) -> tuple[float, float | None]:
    return (n.low * 1000, n.low * 1000) if n.letter == "k" else (n.low, n.high)
