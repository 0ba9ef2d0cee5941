"""Days, numbers and money in words, at the precision they have."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Callable

from sayso.model import Interval, Money, Quantity

NOT_STATED = "not stated"


def day(d: dt.date) -> str:
    return f"{d.day} {d:%B} {d.year}"


def interval(i: Interval, said: dt.date | None = None) -> str:
    """Days at the precision they have: a whole month is "April 2023". `said` is the day of saying,
    which tells "since" from "from"."""
    start, end = i.start, i.end
    if start is None:
        return f"time {NOT_STATED}" if end is None else f"by {day(end)}"
    if end is None:
        return f"{'from' if said and start > said else 'since'} {_opening(start)}"
    if start == end:
        return day(start)
    if start.day == 1 and end.day == monthrange(end.year, end.month)[1]:
        return _months(start, end)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day} to {day(end)}"
    return f"{start.day} {start:%B} to {day(end)}" if start.year == end.year else f"{day(start)} to {day(end)}"


def _opening(start: dt.date) -> str:
    """The first day of an open interval: the first of January is given as the year."""
    if start.day > 1:
        return day(start)
    return str(start.year) if start.month == 1 else f"{start:%B} {start.year}"


def _months(start: dt.date, end: dt.date) -> str:
    """An interval of whole months."""
    if start.month == 1 and end.month == 12:
        return str(start.year) if start.year == end.year else f"{start.year} to {end.year}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start:%B} {start.year}"
    first = f"{start:%B}" if start.year == end.year else f"{start:%B} {start.year}"
    return f"{first} to {end:%B} {end.year}"


def quantity(q: Quantity) -> str:
    per = f" a {q.per}" if q.per else ""
    return _bounds(q.min, q.max, _number) + per


def money(m: Money) -> str:
    return f"{_bounds(m.min, m.max, _large)} {m.currency}"


def _bounds(low: float | None, high: float | None, say: Callable[[float], str]) -> str:
    if low is None:
        return f"number {NOT_STATED}" if high is None else f"up to {say(high)}"
    if high is None:
        return f"at least {say(low)}"
    return say(low) if low == high else f"{say(low)} to {say(high)}"


def _number(x: float) -> str:
    return f"{int(x):,}" if float(x).is_integer() else f"{x:,g}"


def _large(x: float) -> str:
    for size, name in ((1e9, "billion"), (1e6, "million")):
        if abs(x) >= size and round(x / size, 3) * size == x:
            return f"{_number(round(x / size, 3))} {name}"
    return _number(x)
