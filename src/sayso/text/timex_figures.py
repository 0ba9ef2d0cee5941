"""From a matched time expression to its TIMEX3 type, value and days: days of a month, dates in figures, times of
day."""

from __future__ import annotations

import re

from sayso.text import timex_calendar as cal
from sayso.text.numbers import number
from sayso.text.timex_calendar import Period
from sayso.text.timex_resolve import STEPS, TIMES_OF_DAY, Found, Rule, Scene, named_day, nearest_day, one
from sayso.text.timex_words import MONTHS


def month_day(m: re.Match[str], scene: Scene) -> list[Found]:
    """March 22, 2013; 24 February; March 5-7."""
    month = MONTHS[m["m"][:3]]
    year = int(m["y"]) if m["y"] else None
    if short := m.groupdict().get("yy"):
        year = (2000 if int(short) < 70 else 1900) + int(short)
    if m["yrel"] and scene.anchor:
        year = scene.anchor.year + STEPS[m["yrel"]]
    first = nearest_day(scene, month, int(m["d"]), year, m)
    if m["tod"]:
        night = m["tod"] == "night" and m["d2"]
        last = cal.shift(first.last, 1, "D") if night and first.last else first.last
        return one(m, Period(f"{first.value}T{TIMES_OF_DAY[m['tod']]}", first.first, last), "TIME")
    if not m["d2"]:
        return one(m, first)
    second = nearest_day(scene, month, int(m["d2"]), year or (first.first.year if first.first else None), m)
    ranged = "and" not in m["gap"]
    return [
        Found(m.start(), m.start("gap"), "DATE", first, ranged),
        Found(m.start("d2"), m.end(), "DATE", second),
    ]


def iso(m: re.Match[str], scene: Scene) -> list[Found]:
    date = cal.safe_date(int(m["y"]), int(m["m"]), int(m["d"]))
    clock = m.groupdict().get("time")
    if date is None:
        return []
    period = cal.day(date)
    return one(m, period._replace(value=f"{period.value}T{clock}") if clock else period, "TIME" if clock else "DATE")


def numeric(m: re.Match[str], scene: Scene) -> list[Found]:
    """2/24/2022 and 24/2/2022 where only one order gives a date, or the text's order is known; 24.02.2022."""
    if m["d"]:
        date = cal.safe_date(int(m["yy"]), int(m["m"]), int(m["d"]))
    else:
        a, b, y = int(m["a"]), int(m["b"]), int(m["y"])
        readings = {cal.safe_date(y, a, b), cal.safe_date(y, b, a)} - {None}
        if len(readings) == 2 and scene.day_first is not None:
            readings = {cal.safe_date(y, b, a) if scene.day_first else cal.safe_date(y, a, b)}
        date = readings.pop() if len(readings) == 1 else None
        if date is None and not readings:
            return []
    return one(m, cal.day(date) if date else Period(m["y"], None, None))


_FIGURE_DATE = re.compile(r"(?<![\d/-])(?P<a>\d\d?)(?P<sep>[/-])(?P<b>\d\d?)(?P=sep)(?:19|20)\d\d(?![\d/-])")


def day_first(folded: str) -> bool | None:
    """Whether a text's dates in figures put the day first: what its clear ones (24/02/2022) agree on."""
    orders = set()
    for m in _FIGURE_DATE.finditer(folded):
        if (int(m["a"]) > 12) != (int(m["b"]) > 12):
            orders.add(int(m["a"]) > 12)
    return orders.pop() if len(orders) == 1 else None


def year_month(m: re.Match[str], scene: Scene) -> list[Found]:
    return one(m, cal.month(int(m["y"]), int(m["m"])))


def _hour(m: re.Match[str]) -> tuple[int, str | None] | None:
    """Hour and minute of a matched time of day; None where there is no such hour."""
    minute: str | None = m["min"] or m["min2"] or m["min3"]
    if m["word"]:
        return (12 if m["word"] == "noon" else 24), minute
    if words := m["half"] or m["h4"]:
        hour = int(number(words) or 0)
        if not 1 <= hour <= 12:
            return None
        late = m["tod"] in ("afternoon", "evening") or (m["tod"] == "night" and hour != 12)
        return hour % 12 + (12 if late or (hour == 12 and not m["tod"]) else 0), "30" if m["half"] else None
    hour = int(m["h"] or m["h2"] or m["h3"] or 0)
    if not m["ap"]:
        return hour, minute
    return (hour % 12 + (12 if m["ap"] == "p" else 0), minute) if 1 <= hour <= 12 else None


def clock(m: re.Match[str], scene: Scene) -> list[Found]:
    """8 p.m.; 15:00 GMT Saturday; 0300 GMT; half past eight; noon."""
    told = _hour(m)
    if told is None:
        return []
    hour, minute = told
    date = scene.focus or scene.anchor
    if m["day"] and scene.anchor:
        date = (named_day(m["day"], scene, m)).first or date
    day = date.isoformat() if date else "XXXX-XX-XX"
    value = f"{day}T{hour:02d}" + (f":{minute}" if minute else ":00" if m["day"] or m["word"] or m["h2"] else "")
    return one(m, Period(value, date, date), "TIME")


FIGURE_RULES: dict[str, Rule] = {
    "iso": iso, "ymd": iso, "numeric": numeric, "ym": year_month, "clock": clock, "mdy": month_day, "dmy": month_day,
}  # fmt: skip
