"""From a matched time expression to its TIMEX3 type, value and days: dates in figures, times of day, and what
all rules share."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from sayso.text import timex_calendar as cal
from sayso.text.timex_calendar import NOWHERE, Period
from sayso.text.timex_patterns import MONTHS, WEEKDAYS


class Found(NamedTuple):
    """A time expression before prepositions shape its days: [start, end), type and period.
    `joint` marks the first half of a range whose second half follows."""

    start: int
    end: int
    type: str
    period: Period
    joint: bool = False


@dataclass(slots=True)
class Scene:
    """What a rule may ask while a text is read: the text, also folded, the publication day, which way
    the clause at a place points (-1, 0, +1) and the last date told so far."""

    raw: str
    text: str
    anchor: dt.date | None
    tense: Callable[[int, int], int]
    focus: dt.date | None = None


STEPS = {"last": -1, "this": 0, "next": 1}
Rule = Callable[[re.Match[str], Scene], list[Found]]
TIMES_OF_DAY = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI"}
_PARTS = {
    "early": "early",
    "start": "early",
    "beginning": "early",
    "mid": "mid",
    "middle": "mid",
    "late": "late",
    "end": "late",
    "close": "late",
}


def one(m: re.Match[str], period: Period, type_: str = "DATE") -> list[Found]:
    return [Found(m.start(), m.end(), type_, period)]


def narrowed(period: Period, words: str | None, scene: Scene) -> Period:
    """A period cut by "early", "the end of", "later" …; earlier and later end or begin at the anchor."""
    if not words or period.first is None or period.last is None:
        return period
    key = next((w for w in re.findall(r"[a-z]+", words) if w in _PARTS or w in ("earlier", "later")), None)
    if key == "earlier" and scene.anchor and period.first <= scene.anchor:
        return Period(period.value, period.first, min(period.last, scene.anchor))
    if key == "later" and scene.anchor and period.last >= scene.anchor:
        return Period(period.value, max(period.first, scene.anchor), period.last)
    return cal.part(period, _PARTS[key]) if key in _PARTS else period


def group(m: re.Match[str], *names: str) -> str | None:
    """The first of the named groups that took part."""
    return next((g for g in map(m.group, names) if g is not None), None)


def nearest_day(scene: Scene, month: int, day: int, year: int | None, m: re.Match[str]) -> Period:
    """A day of a month; without a year, the nearest the clause's tense allows."""
    if year is not None or scene.anchor is None:
        date = cal.safe_date(year, month, day) if year else None
        return cal.day(date) if date else Period(f"XXXX-{month:02d}-{day:02d}" if not year else "", None, None)
    near = [d for y in (-1, 0, 1) if (d := cal.safe_date(scene.anchor.year + y, month, day))]
    if not near:
        return NOWHERE
    sense = scene.tense(m.start(), m.end())
    ahead = [d for d in near if d >= scene.anchor]
    behind = [d for d in near if d <= scene.anchor]
    # A story older or newer by more than ten months than its day would have told the year.
    if sense > 0 and ahead and (ahead[0] - scene.anchor).days < 300:
        return cal.day(ahead[0])
    if sense < 0 and behind and (scene.anchor - behind[-1]).days < 330:
        return cal.day(behind[-1])
    return cal.day(min(near, key=lambda d: abs((d - scene.anchor).days) if scene.anchor else 0))


def month_day(m: re.Match[str], scene: Scene) -> list[Found]:
    """March 22, 2013; 24 February; March 5-7."""
    month = MONTHS[m["m"][:3]]
    year = int(m["y"]) if m["y"] else None
    if m["yrel"] and scene.anchor:
        year = scene.anchor.year + STEPS[m["yrel"]]
    first = nearest_day(scene, month, int(m["d"]), year, m)
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
    """2/24/2022 and 24/2/2022 where only one order gives a date; 24.02.2022."""
    if m["d"]:
        date = cal.safe_date(int(m["yy"]), int(m["m"]), int(m["d"]))
    else:
        a, b, y = int(m["a"]), int(m["b"]), int(m["y"])
        readings = {cal.safe_date(y, a, b), cal.safe_date(y, b, a)} - {None}
        date = readings.pop() if len(readings) == 1 else None
        if date is None and not readings:
            return []
    return one(m, cal.day(date) if date else Period(m["y"], None, None))


def clock(m: re.Match[str], scene: Scene) -> list[Found]:
    """8 p.m.; 15:00 GMT Saturday; noon."""
    hour, minute = int(m["h"] or m["h2"] or 0), m["min"] or m["min2"]
    if m["word"]:
        hour = 12 if m["word"] == "noon" else 24
    if m["ap"]:
        if not 1 <= hour <= 12:
            return []
        hour = hour % 12 + (12 if m["ap"] == "p" else 0)
    date = scene.focus or scene.anchor
    if m["day"] and scene.anchor:
        date = (named_day(m["day"], scene, m)).first or date
    day = date.isoformat() if date else "XXXX-XX-XX"
    value = f"{day}T{hour:02d}" + (f":{minute}" if minute else ":00" if m["day"] or m["word"] or m["h2"] else "")
    return one(m, Period(value, date, date), "TIME")


def named_day(word: str, scene: Scene, m: re.Match[str]) -> Period:
    if scene.anchor is None:
        return NOWHERE
    if word in ("today", "yesterday", "tomorrow"):
        to = cal.shift(scene.anchor, {"today": 0, "yesterday": -1, "tomorrow": 1}[word], "D")
        return cal.day(to) if to else NOWHERE
    sense = scene.tense(m.start(), m.end())
    gap = (WEEKDAYS[word[:3]] - scene.anchor.isoweekday()) % 7
    to = cal.shift(scene.anchor, gap if sense > 0 or not gap else gap - 7, "D")
    return cal.day(to) if to else NOWHERE
