"""Fiscal years and their quarters: the days they cover where the country's habit is known.

The habits stand in `data/fiscal_years.csv`. A habit is certain only where every country that the sentence names
around the words has the same one, or a country stands right before them ("Japan's fiscal 2024"); else the days are
those of the calendar years named.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from functools import cache
from typing import NamedTuple

from sayso.lexicon import DATA, rows
from sayso.text.places import named_countries
from sayso.text.timex_calendar import DAY, Period, safe_date, shift
from sayso.text.timex_resolve import Found, Scene, group, one

_OWNER = re.compile(r"(?:'s?)? ?(?:the )?")
_LEFT, _RIGHT = 160, 90  # characters around the words in which a country counts


class Habit(NamedTuple):
    """The month a fiscal year begins in, and whether it is called by the year it begins in."""

    month: int
    by_start: bool


@cache
def _habits() -> tuple[dict[str, Habit], tuple[tuple[str, str], ...]]:
    """Habit by country code, and further words that stand for a country. Raises `LexiconError` on a bad row."""
    known: dict[str, Habit] = {}
    also: list[tuple[str, str]] = []
    for row in rows(DATA / "fiscal_years.csv", ("country", "first_month", "named_by", "also", "note")):
        if not re.fullmatch(r"[1-9]|1[0-2]", row["first_month"]):
            raise row.wrong("first_month", "a month's number")
        by_start = row.one_of("named_by", ("start", "end")) == "start"
        known[row.need("country")] = Habit(int(row["first_month"]), by_start)
        also += [(word, row["country"]) for word in row["also"].split("|") if word]
    return known, tuple(also)


def habit(scene: Scene, start: int, end: int) -> Habit | None:
    """The habit that holds for the words at [start, end), where it is certain."""
    known, also = _habits()
    named = named_countries(scene.raw, scene.text, also)
    sentence = scene.sentence(start)
    before = bisect_left(named.ends, start + 1)
    if before and _OWNER.fullmatch(scene.text, named.ends[before - 1], start):
        return known.get(named.codes[before - 1])
    codes = named.between(max(sentence.start, start - _LEFT), min(sentence.end, end + _RIGHT))
    habits = {known.get(code) for code in codes}
    return habits.pop() if len(habits) == 1 else None


def fiscal_year(year: int, to: int | None, known: Habit | None) -> Period:
    """The fiscal year called `year`, or "2024-25" from `year` to `to`."""
    value = f"{year:04d}"
    if known is None:
        return Period(value, safe_date(year, 1, 1), safe_date(to or year, 12, 31))
    begins = year if to or known.by_start or known.month == 1 else year - 1
    first = safe_date(begins, known.month, 1)
    after = shift(first, 1, "Y") if first else None
    return Period(value, first, after - DAY if after else None)


def _to(year: int, words: str | None) -> int | None:
    """The second year of "2024-25", where it is the next one."""
    if not words:
        return None
    to = int(words) if len(words) == 4 else year // 100 * 100 + int(words)
    return to if to == year + 1 else None


def fiscal(m: re.Match[str], scene: Scene) -> list[Found]:
    """FY2024; fiscal 2024-25; the 2024/25 financial year."""
    year = int(group(m, "y", "y3") or 0) or 2000 + int(m["yy"])
    to = _to(year, group(m, "to", "to2", "to3"))
    return one(m, fiscal_year(year, to, habit(scene, m.start(), m.end())))


def running(date: dt.date, step: int, known: Habit | None) -> Period:
    """The fiscal year `step` years from the one that holds a date."""
    year = date.year + step
    if known and (not known.by_start) and date.month >= known.month > 1:
        year += 1
    if known and known.by_start and date.month < known.month:
        year -= 1
    return fiscal_year(max(1, year), None, known)


def fiscal_part(year: Period, letter: str, number: int) -> Period:
    """A quarter ("Q") or half ("H") of a fiscal year whose days are known; else the year's days."""
    value = f"{year.value}-{letter}{number}"
    months = 3 if letter == "Q" else 6
    starts_a_month = year.first is not None and year.first.day == 1
    first = shift(year.first, months * (number - 1), "M") if year.first and starts_a_month else None
    after = shift(first, months, "M") if first else None
    return Period(value, first, after - DAY if after else None)
