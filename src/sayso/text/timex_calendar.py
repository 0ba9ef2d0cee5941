"""Periods of the calendar: their TIMEX3 values, first and last days, and arithmetic that never overflows.

Values follow TimeML 1.2.1 (2013-03-22, 2013-W12, 2013-Q1, 2013-SP, P3D). Weeks are ISO weeks.
"""

from __future__ import annotations

import calendar
import datetime as dt
from typing import NamedTuple

DAY = dt.timedelta(days=1)


class Period(NamedTuple):
    """A stretch of days, both ends included, with its TIMEX3 value."""

    value: str
    first: dt.date | None
    last: dt.date | None


NOWHERE = Period("", None, None)


def safe_date(year: int, month: int, day: int) -> dt.date | None:
    """The date, or None where the calendar has no such day."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _span(value: str, first: dt.date | None, year: int, month: int, day: int = 0) -> Period:
    """A period to a last day; day 0 is the month's last."""
    if first is None or not 1 <= year <= 9999:
        return Period(value, None, None)
    return Period(value, first, safe_date(year, month, day or calendar.monthrange(year, month)[1]))


def day(date: dt.date) -> Period:
    return Period(date.isoformat(), date, date)


def year(y: int) -> Period:
    return _span(f"{y:04d}", safe_date(y, 1, 1), y, 12)


def month(y: int, m: int) -> Period:
    return _span(f"{y:04d}-{m:02d}", safe_date(y, m, 1), y, m)


def quarter(y: int, q: int) -> Period:
    return _span(f"{y:04d}-Q{q}", safe_date(y, 3 * q - 2, 1), y, 3 * q)


def half(y: int, h: int) -> Period:
    return _span(f"{y:04d}-H{h}", safe_date(y, 6 * h - 5, 1), y, 6 * h)


def season(y: int, code: str) -> Period:
    """A northern season, by whole months; a winter bears the year it begins in."""
    start = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[code]
    end = (y + 1, 2) if code == "WI" else (y, start + 2)
    return _span(f"{y:04d}-{code}", safe_date(y, start, 1), *end)


def decade(y: int) -> Period:
    return _span(f"{y // 10:03d}", safe_date(max(1, y // 10 * 10), 1, 1), y // 10 * 10 + 9, 12)


def century(n: int) -> Period:
    """The nth century; TIMEX3 writes the 20th as 19."""
    return _span(f"{n - 1:02d}", safe_date(max(1, 100 * (n - 1) + 1), 1, 1), 100 * n, 12)


def week(date: dt.date) -> Period:
    """The Monday-to-Sunday week that holds a date."""
    iso = date.isocalendar()
    monday = shift(date, -date.weekday(), "D")
    return Period(f"{iso.year:04d}-W{iso.week:02d}", monday, shift(date, 6 - date.weekday(), "D"))


def weekend(date: dt.date) -> Period:
    w = week(date)
    return Period(w.value + "-WE", w.last and shift(w.last, -1, "D"), w.last)


def shift(date: dt.date, n: float, unit: str) -> dt.date | None:
    """A date moved by n days (D), weeks (W), months (M), quarters (Q), years (Y), decades (DE) or
    centuries (CE); the day is cut to the month's length. None outside years 1 to 9999."""
    try:
        if unit in ("D", "W"):
            return date + dt.timedelta(days=round(n * (7 if unit == "W" else 1)))
        months = round(n * {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200}[unit])
        y, m = divmod(date.year * 12 + date.month - 1 + months, 12)
        return dt.date(y, m + 1, min(date.day, calendar.monthrange(y, m + 1)[1]))
    except (ValueError, OverflowError, calendar.IllegalMonthError):
        return None


def holding(date: dt.date, unit: str) -> Period:
    """The calendar unit (D, W, WE, M, Q, Y, DE, CE) that holds a date."""
    makers = {"D": day, "W": week, "WE": weekend}
    if unit in makers:
        return makers[unit](date)
    if unit == "M":
        return month(date.year, date.month)
    if unit == "Q":
        return quarter(date.year, (date.month + 2) // 3)
    if unit == "Y":
        return year(date.year)
    return decade(date.year) if unit == "DE" else century((date.year + 99) // 100)


def part(period: Period, which: str) -> Period:
    """The early, mid or late part of a period: ten days of a month, a third of the months of anything
    longer (the mid-1990s: 1994 to 1996), all of anything shorter.
    The value stays the whole's, as TIMEX3 keeps such words in its attribute mod."""
    if period.first is None or period.last is None:
        return period
    months = (period.last.year - period.first.year) * 12 + period.last.month - period.first.month + 1
    if months == 1 and period.last.day >= 28 and period.first.day == 1:
        bounds = {"early": (1, 10), "mid": (11, 20), "late": (21, period.last.day)}[which]
        return Period(period.value, period.first.replace(day=bounds[0]), period.first.replace(day=bounds[1]))
    if months < 3:
        return period
    ends = (0, 48, 84, 120) if months == 120 else (0, months // 3, 2 * months // 3, months)
    i = ("early", "mid", "late").index(which)
    first, after = shift(period.first, ends[i], "M"), shift(period.first, ends[i + 1], "M")
    return Period(period.value, first, after - DAY if after else period.last)
