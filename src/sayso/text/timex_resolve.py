"""What all rules from a matched time expression to its TIMEX3 type, value and days share."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from sayso.model import Span
from sayso.text import timex_calendar as cal
from sayso.text.timex_calendar import NOWHERE, Period
from sayso.text.timex_words import WEEKDAYS


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
    """What a rule may ask while a text is read: the text, also folded, the publication day, the sentence
    at a place, which way its clause points (-1, 0, +1), whether the text writes the day first in figures
    (None: unknown), and the last day told so far; `told` holds the last period of each size."""

    raw: str
    text: str
    anchor: dt.date | None
    sentence: Callable[[int], Span]
    tense: Callable[[int, int], int]
    day_first: bool | None = None
    focus: dt.date | None = None
    told: dict[str, tuple[int, Period]] = field(default_factory=dict)


_SIZES = {"D": 1, "W": 7, "M": 31, "Q": 92, "Y": 366}


def remember(scene: Scene, f: Found) -> None:
    """Keeps a date that was told, for "the previous month" and "a year earlier"."""
    first, last = f.period.first, f.period.last
    if f.type != "DATE" or first is None or last is None:
        return
    if first == last:
        scene.focus = first
    size = next((u for u, most in _SIZES.items() if (last - first).days < most), None)
    if size:
        scene.told[size] = (f.start, f.period)


def lately(scene: Scene, unit: str) -> Period | None:
    """The last period told that is no longer than a unit (D, W, M, Q, Y)."""
    most = _SIZES.get({"WE": "W"}.get(unit, unit), 366)
    known = [told for size, told in scene.told.items() if _SIZES[size] <= most]
    return max(known, key=lambda k: k[0])[1] if known else None


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
    near = [cal.day(d) for y in (-1, 0, 1) if (d := cal.safe_date(scene.anchor.year + y, month, day))]
    return nearest(scene, near, m) if near else NOWHERE


def nearest(scene: Scene, times: list[Period], m: re.Match[str], *, named: bool = False) -> Period:
    """Of times that come again, in order, the one that the clause's tense points to, seen from the anchor.
    `named`: a feast, told without a year however far."""
    anchor = scene.anchor or dt.date.min
    dated = [(p.first, p) for p in times if p.first and p.last]
    sense = scene.tense(m.start(), m.end())
    ahead = [(d, p) for d, p in dated if (p.last or d) >= anchor]
    behind = [(d, p) for d, p in dated if d <= anchor]
    # A story older or newer by more than ten months than its day would have told the year.
    if sense > 0 and ahead and (named or (ahead[0][0] - anchor).days < 300):
        return ahead[0][1]
    if sense < 0 and behind and (named or (anchor - behind[-1][0]).days < 330):
        return behind[-1][1]
    return min(dated, key=lambda dp: abs((dp[0] - anchor).days))[1] if dated else NOWHERE


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
