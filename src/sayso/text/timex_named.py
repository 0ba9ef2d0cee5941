"""From a matched time expression to its TIMEX3 type, value and days: weekdays, months, seasons, holidays."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from sayso.text import timex_calendar as cal
from sayso.text.timex_calendar import Period
from sayso.text.timex_holidays import holiday as falls
from sayso.text.timex_resolve import (
    STEPS,
    TIMES_OF_DAY,
    Found,
    Rule,
    Scene,
    group,
    named_day,
    narrowed,
    nearest,
    one,
)
from sayso.text.timex_words import MONTHS, SEASONS, WEEKDAYS


def weekday(m: re.Match[str], scene: Scene) -> list[Found]:
    number, rel = WEEKDAYS[m["wd"][:3]], m["rel"]
    if m["set"] or rel in ("every", "each"):
        return one(m, Period(f"XXXX-WXX-{number}", None, None), "SET")
    tod = f"T{TIMES_OF_DAY[m['tod']]}" if m["tod"] else ""
    kind = "TIME" if tod else "DATE"
    if scene.anchor is None:
        return one(m, Period(f"XXXX-WXX-{number}{tod}", None, None), kind)
    gap = number - scene.anchor.isoweekday()
    if rel in ("last", "this past"):
        by: int | None = gap % 7 - 7
    elif rel in ("next", "this coming", "the following"):
        by = gap % 7 or 7
    elif m["wrel"]:
        by = gap + 7 * STEPS[m["wrel"]]
    else:
        by = _this(gap, scene.tense(m.start(), m.end())) if rel == "this" else None
    day = cal.shift(scene.anchor, by, "D") if by is not None else named_day(m["wd"], scene, m).first
    if day is None:
        return []
    return one(m, Period(day.isoformat() + tod, day, day), kind)


def _this(gap: int, sense: int) -> int:
    """Days to "this Monday": in this week, unless the clause's tense has it on the other side."""
    if sense > 0 > gap:
        return gap + 7
    return gap - 7 if sense < 0 < gap else gap


_DAYS_OFF = {
    "the day before yesterday": -2, "yesterday": -1, "last night": -1, "tomorrow": 1, "the day after tomorrow": 2,
}  # fmt: skip


def deictic(m: re.Match[str], scene: Scene) -> list[Found]:
    """today, last night, the day after tomorrow."""
    word = m["word"]
    tod = m["tod"] or next((t for t in TIMES_OF_DAY if word.endswith(t)), None)
    suffix = f"T{TIMES_OF_DAY[tod]}" if tod else "TNI" if word in ("tonight", "overnight") else ""
    day = cal.shift(scene.anchor, _DAYS_OFF.get(word, 0), "D") if scene.anchor else None
    value = (day.isoformat() if day else "XXXX-XX-XX") + suffix
    return one(m, Period(value, day, day), "TIME" if suffix else "DATE")


def month_name(m: re.Match[str], scene: Scene) -> list[Found]:
    """May 2010; last July; early December; August last year; in April."""
    month, anchor, rel = MONTHS[m["m"][:3]], scene.anchor, m["rel"]
    year: int | None = int(y) if (y := group(m, "y", "y2", "y3")) else None
    if m["yy"]:
        year = (2000 if int(m["yy"]) < 70 else 1900) + int(m["yy"])
    if year is None and anchor:
        year = _month_year(m, month, anchor, rel, scene)
    if year is None:
        return one(m, Period(f"XXXX-{month:02d}", None, None))
    period = cal.month(year, month)
    if m.group().endswith("day"):
        return one(m, period._replace(value=period.value + "-XX"))
    return one(m, narrowed(period, m["part"], scene))


def _month_year(m: re.Match[str], month: int, anchor: dt.date, rel: str | None, scene: Scene) -> int:
    """The year of a month told without one: from "last", "next year" … or the clause's tense."""
    if words := m["yrel"]:
        if words in STEPS:
            return anchor.year + STEPS[words]
        step = 1 if "following" in words else -1 if "previous" in words else 0
        return (scene.focus or anchor).year + step
    if rel in _MONTH_RELS:
        return anchor.year + _MONTH_RELS[rel](month, anchor.month)
    sense = scene.tense(m.start(), m.end())
    if sense > 0:
        missed = month < anchor.month <= month + 3 and _WAS_PLANNED.search(
            scene.text, max(0, m.start() - 60), m.start()
        )
        return anchor.year + (month < anchor.month and not missed)
    near = sense == 0 and abs(month - anchor.month) <= 1
    return anchor.year - (month > anchor.month and not near)


# What "was due in January" said in February may be the January just past.
_WAS_PLANNED = re.compile(
    r"\b(?:was|were|been) (?:[a-z]+ )?(?:due|scheduled|expected|planned|slated|supposed|set|meant|to (?:be|have))\b"
    r"[^.;:]{0,40}$"
)

_MONTH_RELS: dict[str | None, Callable[[int, int], int]] = {
    "last": lambda month, now: -(month >= now),
    "this past": lambda month, now: -(month >= now),
    "next": lambda month, now: month <= now,
    "this coming": lambda month, now: month <= now,
    "this": lambda _month, _now: 0,
}


def season(m: re.Match[str], scene: Scene) -> list[Found]:
    """Last summer; the spring of 2012; late summer last year. A bare "spring" is none."""
    code, rel, anchor = SEASONS[m["s"]], m["rel"], scene.anchor
    start = m.start("s") if rel in ("by", "in") else m.start()
    type_, period = "DATE", Period(f"XXXX-{code}", None, None)
    if not (rel or m["y"] or m["yrel"] or m["part"]):
        return []
    if rel in ("every", "each"):
        type_ = "SET"
    elif m["y"]:
        summers = m["to"] and code == "SU"  # "summer 2022/23" is the south's, and its days are not known
        period = cal.season(int(m["y"]), code) if not summers else Period(f"{m['y']}-{code}", None, None)
    elif anchor and m["yrel"]:
        period = cal.season(anchor.year + STEPS[m["yrel"]], code)
    elif anchor:
        ahead = rel not in _SEASON_RELS and scene.tense(m.start(), m.end()) > 0
        period = _season_near(anchor, code, _SEASON_RELS.get(rel, "ahead" if ahead else "begun"))
    return [Found(start, m.end(), type_, narrowed(period, m["part"], scene))]


_SEASON_RELS = {
    "last": "over", "this past": "over", "next": "coming", "this coming": "coming", "this": "this",
}  # fmt: skip


def _season_near(anchor: dt.date, code: str, which: str) -> Period:
    """The season that is over, coming, this year's, ahead (or running) or begun, seen from a day."""
    options = [cal.season(anchor.year + y, code) for y in (-2, -1, 0, 1)]
    begun = [p for p in options if p.first and p.first <= anchor]
    over = [p for p in begun if p.last and p.last < anchor]
    running = [p for p in begun if p not in over]
    coming = [p for p in options if p not in begun]
    picks = {
        "over": over[-1:],
        "coming": coming[:1],
        "this": running or [p for p in options if p.value[:4] == f"{anchor.year:04d}"],
        "ahead": running or coming[:1],
        "begun": begun[-1:],
    }[which]
    return picks[0] if picks else Period(f"XXXX-{code}", None, None)


def holiday(m: re.Match[str], scene: Scene) -> list[Found]:
    """Christmas; Easter 2024; Ramadan: by the clause's tense where no year is told. Written with a capital."""
    if not scene.raw[m.start()].isupper():
        return []
    word, year = m["word"], int(m["y"]) if m["y"] else None
    if m["yrel"] and scene.anchor:
        year = scene.anchor.year + STEPS[m["yrel"]]
    if year is not None:
        return one(m, next(iter(falls(word, year)), Period(f"{year:04d}", None, None)))
    if scene.anchor is None:
        return one(m, Period("XXXX", None, None))
    times = [p for y in (-1, 0, 1) for p in falls(word, scene.anchor.year + y)]
    return one(m, nearest(scene, times, m, named=True) if times else Period("XXXX", None, None))


NAMED_RULES: dict[str, Rule] = {
    "month": month_name, "weekday": weekday, "deictic": deictic, "season": season, "holiday": holiday,
}  # fmt: skip
