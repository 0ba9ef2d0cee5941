"""From a matched time expression to its TIMEX3 type, value and days: quarters, years, decades, centuries and their
parts."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from sayso.text import timex_calendar as cal
from sayso.text.number_bounds import either
from sayso.text.timex_calendar import Period
from sayso.text.timex_fiscal import fiscal, fiscal_part, fiscal_year, habit, running
from sayso.text.timex_resolve import STEPS, Found, Rule, Scene, group, narrowed, nearest, nearest_day, one
from sayso.text.timex_words import MONTHS, ORDINALS


def quarter(m: re.Match[str], scene: Scene) -> list[Found]:
    """The first quarter of 2013; Q3; the second half of next year; the third quarter of fiscal 2024."""
    letter = {"q": "Q", "h": "H"}[(m["kind"] or m["k2"] or m["k3"])[0]]
    figure = m["q2"] or m["q3"]
    number = int(figure) if figure else ORDINALS.get(m["q"], 4 if letter == "Q" else 2)
    year = int(y) if (y := group(m, "y", "yf", "yf2")) else None
    if m["dec"] or (letter == "H" and number > 2) or (not (year or m["yrel"]) and (letter == "H" or m["q"] == "last")):
        return []
    if m["fq"] or m["fy"] or m["fy2"] or m["fy3"]:
        return _fiscal_quarter(m, scene, letter, number, year)
    make = cal.quarter if letter == "Q" else cal.half
    if year is None and scene.anchor is None:
        return one(m, Period(f"XXXX-{letter}{number}", None, None))
    if year is None and scene.anchor:
        year = scene.anchor.year + {"last": -1, "next": 1}.get(m["yrel"] or "", 0)
        start = make(year, number).first
        if not m["yrel"] and start and start > scene.anchor and scene.tense(m.start(), m.end()) <= 0:
            year -= 1
    return one(m, make(year or 1, number))


def _fiscal_quarter(m: re.Match[str], scene: Scene, letter: str, number: int, year: int | None) -> list[Found]:
    known = habit(scene, m.start(), m.end())
    if year is None and scene.anchor is None:
        return one(m, Period(f"XXXX-{letter}{number}", None, None))
    if year is None and not m["yrel"]:
        return one(m, Period(f"{(scene.anchor or dt.date.min).year:04d}-{letter}{number}", None, None))
    if year is not None:
        whole = fiscal_year(year, None, known)
    else:
        whole = running(scene.anchor or dt.date.min, STEPS.get(m["yrel"], 0), known)
    if known is None:
        return one(m, Period(f"{whole.value}-{letter}{number}", whole.first, whole.last))
    return one(m, fiscal_part(whole, letter, number))


def _chunk(first: dt.date, last: dt.date, which: str, unit: str) -> Period | None:
    """The first, second … or last day, week, weekend, half or few days of a stretch of days."""
    length = (last - first).days + 1
    n = ORDINALS.get(which, 0)
    if unit == "half":
        middle = first + (length // 2 - 1) * cal.DAY
        bounds = (first, middle) if n == 1 else (middle + cal.DAY, last)
        return Period("", *bounds) if n in (0, 1, 2) else None
    if unit in ("days", "weeks"):
        size = min(length, 10 if unit == "days" else 21)
        at = first if n == 1 else last - (size - 1) * cal.DAY
        return Period("", at, at + (size - 1) * cal.DAY) if n in (0, 1) else None
    if unit == "weekend":
        saturday = first + ((6 - first.isoweekday()) % 7 + 7 * (n - 1)) * cal.DAY
        if not n:
            saturday = last - (last.isoweekday() % 7 + 1) % 7 * cal.DAY
        return cal.weekend(saturday)
    size = {"day": 1, "week": 7}.get(unit, 0)
    if not size:
        return None
    start = first + size * (n - 1) * cal.DAY if n else last - (size - 1) * cal.DAY
    return Period(
        cal.holding(start, "W").value if size == 7 else start.isoformat(), start, start + (size - 1) * cal.DAY
    )


def piece(m: re.Match[str], scene: Scene) -> list[Found]:
    """The first week of March; the last day of 2022; the second half of next month."""
    whole, unit = _whole_of_piece(m, scene), m["u"] or m["u2"]
    which = {"opening": "first", "closing": "last", "final": "last"}.get(m["q"], m["q"])
    if whole.first is None or whole.last is None:
        return one(m, whole)
    if unit == "month":
        number = ORDINALS.get(which, 12)
        return one(m, cal.month(whole.first.year, number))
    found = _chunk(whole.first, whole.last, which, unit)
    return one(m, found._replace(value=found.value or whole.value)) if found else []


def _whole_of_piece(m: re.Match[str], scene: Scene) -> Period:
    if m["y2"]:
        return cal.year(int(m["y2"]))
    if rel := m["mrel"] or m["rel"]:
        unit = "M" if m["mrel"] else "Y"
        to = cal.shift(scene.anchor, STEPS.get(rel, 0), unit) if scene.anchor else None
        return cal.holding(to, unit) if to else Period("XXXX-XX"[: 7 if m["mrel"] else 4], None, None)
    month = MONTHS[m["m"][:3]]
    if m["y"]:
        return cal.month(int(m["y"]), month)
    if scene.anchor is None:
        return Period(f"XXXX-{month:02d}", None, None)
    if m["yrel"]:
        return cal.month(scene.anchor.year + STEPS[m["yrel"]], month)
    return nearest(scene, [cal.month(scene.anchor.year + y, month) for y in (-1, 0, 1)], m)


def day_of(m: re.Match[str], scene: Scene) -> list[Found]:
    """The first of March."""
    number = {"first": 1, "fourth": 4, "fifth": 5}[m["n"]]
    return one(m, nearest_day(scene, MONTHS[m["m"][:3]], number, int(m["y"]) if m["y"] else None, m))


def ordinal(m: re.Match[str], scene: Scene) -> list[Found]:
    """On the 24th; on the 3rd of next month."""
    if scene.anchor is None:
        return one(m, Period(f"XXXX-XX-{int(m['d']):02d}", None, None))
    day = int(m["d"])
    months = [cal.shift(scene.anchor.replace(day=1), n, "M") for n in (-1, 0, 1)]
    days = [
        d for at in months if at and day <= calendar.monthrange(at.year, at.month)[1] and (d := at.replace(day=day))
    ]
    if m["mrel"]:
        at = months[STEPS[m["mrel"]] + 1]
        days = [d for d in days if at and (d.year, d.month) == (at.year, at.month)]
    return one(m, nearest(scene, [cal.day(d) for d in days], m)) if days else []


def decade(m: re.Match[str], scene: Scene) -> list[Found]:
    words = ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"]
    short = group(m, "yy", "y2")
    year = int(m["y"]) if m["y"] else 1900 + (int(short) if short else 20 + 10 * words.index(m["word"]))
    if m["word"] and not m.group().startswith(("the ", "early", "mid", "late")):
        return []
    if m["y2"] and scene.text[max(0, m.start() - 3) : m.start()] != "in ":
        return []
    if short and year < 1930:
        year += 100
    return one(m, narrowed(cal.decade(year), m["part"], scene))


def century(m: re.Match[str], scene: Scene) -> list[Found]:
    if m["tu"]:
        year = 100 * (int(m["tn"]) - 1) if m["tn"] and int(m["tn"]) > 0 else 2000
        return one(m, Period(f"{year:04d}", None, None))
    words = {"eighteenth": 18, "nineteenth": 19, "twentieth": 20, "twenty-first": 21}
    number = int(m["n"]) if m["n"] else words[m["word"]]
    if not 1 <= number <= 21:
        return []
    period = cal.century(number)
    if m["part"] and "half" in m["part"] and period.first and period.last:
        middle = 100 * (number - 1) + 50
        first = m["part"].startswith("first")
        start, end = (period.first, cal.year(middle).last) if first else (cal.year(middle + 1).first, period.last)
        return one(m, Period(period.value, start, end))
    return one(m, narrowed(period, m["part"], scene))


def years(m: re.Match[str], scene: Scene) -> list[Found]:
    """2009-2010; 1957-58: two years, one stretch; 2022-02: a month."""
    first = int(m["y"])
    second = int(m["y2"]) if len(m["y2"]) == 4 else first // 100 * 100 + int(m["y2"])
    if second <= first and re.fullmatch(r"0[1-9]|1[0-2]", m["y2"]) and m["gap"] == "-":
        return one(m, cal.month(first, int(m["y2"])))
    if not first < second <= first + 200 or (m["gap"] == "/" and second != first + 1):
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
        "times; hours; percent; per cent; mm; kilometers; kilometres; units; bombs; rifles; guns; aircraft; "
        "casualties; deaths"
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


PERIOD_RULES: dict[str, Rule] = {
    "quarter": quarter, "fiscal": fiscal, "piece": piece, "dayof": day_of, "ordinal": ordinal, "decade": decade,
    "century": century, "years": years, "year": bare_year,
}  # fmt: skip
