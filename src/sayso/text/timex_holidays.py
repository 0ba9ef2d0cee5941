"""Feasts and holidays: the days they fall on in a year. Their words stand in `data/holidays.csv`.

Easter by the method of Meeus, Jones and Butcher, in the Julian calendar by that of Meeus; the months of Islam by
the tabular calendar, a day more at either end, as the new moon's sighting decides.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from functools import cache
from typing import NamedTuple

from sayso.lexicon import DATA, rows
from sayso.text.timex_calendar import Period, safe_date, shift
from sayso.text.timex_words import WEEKDAYS

_RULE = re.compile(
    r"(?P<fixed>\d\d-\d\d)|(?P<nth>[1-5]|last) (?P<day>[a-z]{3}) (?P<month>\d\d?)"
    r"|(?P<easter>easter|orthodox) (?P<off>[+-]\d\d?)|hijri (?P<hm>\d\d?)-(?P<hd>\d\d?)|moves"
)


class _Holiday(NamedTuple):
    rule: str
    days: int


@cache
def _holidays() -> dict[str, _Holiday]:
    """Rule and length by the holiday's words. Raises `LexiconError` on a bad row."""
    out: dict[str, _Holiday] = {}
    for row in rows(DATA / "holidays.csv", ("words", "rule", "days", "note")):
        words = row.need("words")
        if words != words.lower() or words in out:
            raise row.wrong("words", "words in lower case that stand once")
        if not _RULE.fullmatch(row["rule"]):
            raise row.wrong("rule", "12-25, 4 thu 11, last mon 5, easter +0, orthodox +0, hijri 9-1 or moves")
        if not re.fullmatch(r"\d\d?", row["days"]):
            raise row.wrong("days", "a number of days")
        out[words] = _Holiday(row["rule"], int(row["days"]))
    return out


HOLIDAY = (
    "(?:" + "|".join(map(re.escape, sorted(_holidays(), key=len, reverse=True))) + r")"
    r"(?![a-z])(?! (?:island|islands|war|offensive|rising|uprising|agreement|accords?)\b)"
)
"""Pattern: a holiday's words, and no war or island that bears its name."""


def easter(year: int) -> dt.date | None:
    """Western Easter Sunday of a year of the Gregorian calendar."""
    a, (b, c) = year % 19, divmod(year, 100)
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    w = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    month, day = divmod(h + w - 7 * ((a + 11 * h + 22 * w) // 451) + 114, 31)
    return safe_date(year, month, day + 1)


def orthodox_easter(year: int) -> dt.date | None:
    """Easter Sunday of the Eastern churches, as a Gregorian date."""
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    julian = safe_date(year, month, day + 1)
    return shift(julian, year // 100 - year // 400 - 2, "D") if julian else None


def _hijri(year: int, month: int, day: int) -> dt.date | None:
    """A day of the tabular Islamic calendar, as a Gregorian date."""
    count = day + (59 * (month - 1) + 1) // 2 + (year - 1) * 354 + (3 + 11 * year) // 30
    try:
        return dt.date.fromordinal(count + 227014)
    except (ValueError, OverflowError):
        return None


def _nth(year: int, nth: str, weekday: str, month: int) -> dt.date | None:
    first = safe_date(year, month, 1)
    if first is None:
        return None
    length = calendar.monthrange(year, month)[1]
    offset = (WEEKDAYS[weekday] - first.isoweekday()) % 7
    at = 1 + offset + 7 * ((length - 1 - offset) // 7 if nth == "last" else int(nth) - 1)
    return safe_date(year, month, at)


def holiday(words: str, year: int) -> list[Period]:
    """When a holiday falls in a year: none, one or, by the moon, two times."""
    rule, length = _holidays()[words]
    m = _RULE.fullmatch(rule)
    if m is None or rule == "moves":
        return []
    if m["hm"]:
        begins = (
            _hijri(y, int(m["hm"]), int(m["hd"])) for y in range((year - 623) * 33 // 32, (year - 621) * 33 // 32 + 2)
        )
        spans = [(shift(d, -1, "D"), shift(d, length, "D")) for d in begins if d and d.year == year]
        return [Period(f"{year:04d}" if length > 9 else f"{year:04d}-{e.month:02d}", s, e) for s, e in spans if s and e]
    if m["fixed"]:
        first = safe_date(year, int(rule[:2]), int(rule[3:]))
    elif m["nth"]:
        first = _nth(year, m["nth"], m["day"], int(m["month"]))
    else:
        sunday = easter(year) if m["easter"] == "easter" else orthodox_easter(year)
        first = shift(sunday, int(m["off"]), "D") if sunday else None
    last = shift(first, length - 1, "D") if first else None
    if first is None or last is None:
        return []
    return [Period(first.isoformat(), first, last)]
