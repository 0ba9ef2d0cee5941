"""From a matched time expression to its TIMEX3 type, value and days: weekdays, months, seasons,
quarters, years, decades."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from sayso.text import timex_calendar as cal
from sayso.text.number_bounds import either
from sayso.text.timex_calendar import Period
from sayso.text.timex_patterns import MONTHS, ORDINALS, SEASONS, WEEKDAYS
from sayso.text.timex_resolve import (
    STEPS,
    TIMES_OF_DAY,
    Found,
    Rule,
    Scene,
    clock,
    group,
    iso,
    month_day,
    named_day,
    narrowed,
    nearest_day,
    numeric,
    one,
)


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
    else:
        by = gap if rel == "this" else None
    day = cal.shift(scene.anchor, by, "D") if by is not None else named_day(m["wd"], scene, m).first
    if day is None:
        return []
    return one(m, Period(day.isoformat() + tod, day, day), kind)


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
        return anchor.year + (month < anchor.month)
    near = sense == 0 and abs(month - anchor.month) <= 1
    return anchor.year - (month > anchor.month and not near)


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
        period = cal.season(int(m["y"]), code)
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


def quarter(m: re.Match[str], scene: Scene) -> list[Found]:
    """The first quarter of 2013; Q3; the second half of next year."""
    letter = m["kind"] or {"q": "quarter", "h": "half"}[m["k2"]]
    number = int(m["q2"]) if m["q2"] else ORDINALS.get(m["q"], 4 if letter == "quarter" else 2)
    if m["dec"] or (letter == "half" and number > 2):
        return []
    if not (m["y"] or m["yrel"]) and letter == "half":
        return []
    if not m["q2"] and m["q"] == "last" and not (m["y"] or m["yrel"]):
        return []
    year = int(m["y"]) if m["y"] else None
    make = cal.quarter if letter == "quarter" else cal.half
    if year is None and scene.anchor is None:
        return one(m, Period(f"XXXX-{letter[0].upper()}{number}", None, None))
    if year is None and scene.anchor:
        year = scene.anchor.year + {"last": -1, "next": 1}.get(m["yrel"] or "", 0)
        start = make(year, number).first
        if not m["yrel"] and start and start > scene.anchor and scene.tense(m.start(), m.end()) <= 0:
            year -= 1
    return one(m, make(year or 1, number))


def fiscal(m: re.Match[str], scene: Scene) -> list[Found]:
    year = int(group(m, "y", "y3") or 0) or 2000 + int(m["yy"])
    return one(m, cal.fiscal_year(year))


def decade(m: re.Match[str], scene: Scene) -> list[Found]:
    words = ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"]
    year = int(m["y"]) if m["y"] else 1900 + (int(m["yy"]) if m["yy"] else 20 + 10 * words.index(m["word"]))
    if m["word"] and not m.group().startswith(("the ", "early", "mid", "late")):
        return []
    if m["yy"] and year < 1930:
        year += 100
    return one(m, narrowed(cal.decade(year), m["part"], scene))


def century(m: re.Match[str], scene: Scene) -> list[Found]:
    number = int(m["n"]) if m["n"] else {"nineteenth": 19, "twentieth": 20, "twenty-first": 21}[m["word"]]
    return one(m, cal.century(number)) if 1 <= number <= 21 else []


def years(m: re.Match[str], scene: Scene) -> list[Found]:
    """2009-2010; 1957-58: two years, one stretch."""
    first = int(m["y"])
    second = int(m["y2"]) if len(m["y2"]) == 4 else first // 100 * 100 + int(m["y2"])
    if not first < second <= first + 200:
        return []
    return [
        Found(m.start(), m.start("gap"), "DATE", cal.year(first), True),
        Found(m.start("y2"), m.end(), "DATE", cal.year(second)),
    ]


_LABEL = re.compile(
    r"(?:\b"
    + either(
        r"resolutions?; no\.; number; article; section; orders?; model; flight; form; room; another; additional; "
        r"extra; channel; decision; decree; regulation; law no\.?; unscr; chassis; project; type; phone; call; "
        r"code; zip; isbn; iso; mil-std; stanag"
    )
    + r" |(?<!post)(?<!pre)(?<!mid)[-:/#&=_+]|\b[a-z]*\d[a-z]* |[$£€])$"
)
_HEDGED = re.compile(
    r"\b(?:about|around|some|than|least|most|nearly|almost|roughly|approximately|over|up to|at"
    r"|hit|reached|sent|sold|for) $"
)
_PLURAL = re.compile(r" (?:[a-z-]{1,20} )?[a-z-]{2,20}s\b")
_COUNTED = re.compile(
    r" (?:[a-z]+ )?"
    + either(
        "troops; people; soldiers; tanks; vehicles; drones; shells; rounds; missiles; rockets; men; women; tons; "
        "tonnes; km; miles; meters; metres; feet; pounds; dollars; euros; civilians; workers; jobs; children; "
        "times; percent; per cent; mm; kilometers; kilometres; units; bombs; rifles; guns; aircraft; casualties; "
        "deaths"
    )
    + r"\b"
)


def bare_year(m: re.Match[str], scene: Scene) -> list[Found]:
    """2010; late 2012; the end of 2024. Not a count ("about 2000 people") or the number of a paper."""
    before, after = scene.text[max(0, m.start() - 18) : m.start()], scene.text[m.end() : m.end() + 40]
    counted = _COUNTED.match(after) and not re.search(r"\b(?:in|since|the|by) $", before)
    hedged = _HEDGED.search(before) and _PLURAL.match(after)
    if not m["part"] and (counted or hedged or _LABEL.search(before)):
        return []
    return one(m, narrowed(cal.year(int(m["y"])), m["part"], scene))


def holiday(m: re.Match[str], scene: Scene) -> list[Found]:
    month, day = {"christmas": (12, 25), "christmas day": (12, 25), "christmas eve": (12, 24)}.get(
        m["word"], (1, 1) if m["word"].endswith("day") else (12, 31)
    )
    return one(m, nearest_day(scene, month, day, int(m["y"]) if m["y"] else None, m))


NAMED_RULES: dict[str, Rule] = {
    "iso": iso, "ymd": iso, "numeric": numeric, "clock": clock, "mdy": month_day, "dmy": month_day,
    "month": month_name, "weekday": weekday, "deictic": deictic, "season": season, "quarter": quarter,
    "fiscal": fiscal, "decade": decade, "century": century, "years": years, "year": bare_year, "holiday": holiday,
}  # fmt: skip
