"""From a matched time expression to its TIMEX3 type, value and days: stretches of time, rates and
words that only point (now, recently)."""

from __future__ import annotations

import datetime as dt
import re

from sayso.text import timex_calendar as cal
from sayso.text.numbers import number
from sayso.text.timex_calendar import Period
from sayso.text.timex_fiscal import habit, running
from sayso.text.timex_resolve import Found, Rule, Scene, group, lately, narrowed, one
from sayso.text.timex_words import UNIT_CODES

_VAGUE = ("several", "few", "couple", "some", "many", "dozens", "hundreds", "number")


def code_of(unit: str) -> str:
    return UNIT_CODES[unit.removesuffix("s")]


def how_many(words: str | None) -> float | None:
    """How many units; None for a vague number ("several"), 1 where none is told."""
    if words is None:
        return 1
    if any(v in words for v in _VAGUE):
        return None
    return number(words)


def duration_value(n: float | None, unit: str) -> str:
    """P3D, PT24H, P2.5Y; PXW where the number is vague."""
    code = code_of(unit)
    many = {"DE": (10, "Y"), "CE": (100, "Y"), "Q": (3, "M"), "FN": (2, "W"), "SE": (1, "SE"), "WE": (1, "WE")}
    if n is None:
        return f"PTX{code[1]}" if code in ("TS", "TM", "TH") else f"PX{code}"
    if code in many:
        n, code = n * many[code][0], many[code][1]
    return f"PT{n:g}{code[1]}" if code in ("TS", "TM", "TH") else f"P{n:.15g}{code}"


def ago(m: re.Match[str], scene: Scene) -> list[Found]:
    """Two years ago (to the year), six months ago (to the month), three days from now."""
    n = how_many(m["n"]) if m["u"] else 0.25 if m["quarter"] else 1.5 if m["u3"] else None
    unit = code_of(m["u"] or m["u3"] or m["u2"] or "century")
    sign = -1 if m["u2"] or m["dir"] == " ago" else 1
    if n is None:
        return one(m, Period("PAST_REF" if sign < 0 else "FUTURE_REF", None, None))
    if scene.anchor is None:
        return one(m, Period(blank_of(unit), None, None))
    if unit[0] == "T":  # hours or minutes away: the day itself is not sure
        return one(m, Period(scene.anchor.isoformat(), None, None), "TIME")
    if unit == "FN":
        n, unit = 2 * n, "W"
    to = cal.shift(scene.anchor, sign * n, unit)
    if to is None:
        return one(m, Period("", None, None))
    if n != int(n) and unit in ("Y", "M", "W"):
        unit = {"Y": "M", "M": "W", "W": "D"}[unit]
    return one(m, cal.holding(to, unit if unit not in ("DE", "CE", "SE", "WE") else "Y"))


def shifted(m: re.Match[str], scene: Scene) -> list[Found]:
    """A year earlier, two days later, the week before: from the last date told, or for a year the
    publication's."""
    unit = whole_of(code_of(m["u"] or m["u2"] or m["u3"]))
    n = None if m["u2"] else how_many(m["n"])
    sign = 1 if (m["dir"] or m["dir2"] or m["dir3"]) in (" later", " after") else -1
    near = lately(scene, unit)
    base = near.first if near else None
    if base is None and unit == "Y" and sign < 0:
        base = scene.anchor
    to = cal.shift(base, sign * n, unit) if base and n is not None and unit[0] != "T" else None
    if unit[0] == "T":
        return one(m, Period("XXXX-XX-XXTXX", None, None), "TIME")
    if to is None:
        return one(m, Period(blank_of(unit), None, None))
    if unit == "Y" and near and near.value[4:6] == "-Q":
        return one(m, cal.holding(to, "Q"))  # the same quarter of another year
    return one(m, cal.holding(to, "Y" if unit in ("DE", "CE") else unit))


_AHEAD = ("next", "coming", "upcoming")


def span(m: re.Match[str], scene: Scene) -> list[Found]:
    """The past two years; recent weeks; the next few days; the first three months."""
    rel, unit, n = m["rel"] or m["rel2"], m["u"], how_many(m["n"])
    if m["n"] is None:
        if not unit.endswith("s"):
            return _one_unit(m, scene)
        n = None
    if m["rel2"] and (m["n"] is None or "-" in m.group()):
        return []
    first = last = None
    if scene.anchor and n is not None and rel in ("last", "past", *_AHEAD) and code_of(unit)[0] != "T":
        to = cal.shift(scene.anchor, n if rel in _AHEAD else -n, whole_of(code_of(unit)))
        first, last = sorted((to, scene.anchor)) if to else (None, None)
    return one(m, Period(duration_value(n, unit), first, last), "DURATION")


def whole_of(code: str) -> str:
    return {"FN": "W", "SE": "Q", "WE": "W"}.get(code, code)


def _one_unit(m: re.Match[str], scene: Scene) -> list[Found]:
    """Last month; the past year; the next day: one unit with no number."""
    rel, unit, anchor = m["rel"] or m["rel2"], code_of(m["u"]), scene.anchor
    if unit[0] == "T" or unit in ("SE", "FN") or rel in ("first", "final", "recent", "upcoming"):
        return []
    step = -1 if rel in ("last", "past", "previous", "preceding") else 1
    if rel in ("following", "previous", "preceding") or (rel == "next" and unit == "D"):
        return _stepped(m, _told(scene, unit), step, unit)
    definite = m.group().startswith("the ") and rel == "last" and unit in ("M", "Y", "DE", "Q")
    if definite or (rel in ("past", "coming") and not m.group().startswith("this ")):
        to = cal.shift(anchor, step, whole_of(unit)) if anchor else None
        first, last = sorted((to, anchor)) if to and anchor else (None, None)
        return one(m, Period(duration_value(1, m["u"]), first, last), "DURATION")
    return _stepped(m, anchor, step, unit)


def _told(scene: Scene, unit: str) -> dt.date | None:
    """The day that "the previous month" counts from: the last date told of such a size."""
    near = lately(scene, unit)
    return near.first if near else None


def blank_of(unit: str) -> str:
    return {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX", "WE": "XXXX-WXX-WE", "Q": "XXXX-QX"}.get(unit, "XXXX")


def _stepped(m: re.Match[str], base: dt.date | None, step: int, unit: str) -> list[Found]:
    """The unit that lies `step` units from the one holding `base` (a date or None)."""
    to = cal.shift(base, step, whole_of(unit)) if base else None
    return one(m, cal.holding(to, unit) if to else Period(blank_of(unit), None, None))


def unit_date(m: re.Match[str], scene: Scene) -> list[Found]:
    """This week; later this year; the end of last month; this fiscal year; that day."""
    rel, unit = m["rel"].removeprefix("the "), code_of(m["u"])
    if rel in ("same", "that", "that same", "previous", "following") or (rel == "next" and unit == "D"):
        base, step = _told(scene, unit), {"previous": -1, "following": 1, "next": 1}.get(rel, 0)
    else:
        base, step = scene.anchor, {"last": -1, "this past": -1, "next": 1, "this coming": 1}.get(rel, 0)
        if rel in ("past", "coming"):
            step = -1 if rel == "past" else 1
    weekend = unit == "WE" and rel == "this" and base and base.isoweekday() < 6
    if weekend and scene.tense(m.start(), m.end()) < 0:
        step = -1
    to = cal.shift(base, step, whole_of(unit)) if base else None
    if to is None:
        return one(m, Period(blank_of(unit), None, None))
    if m["fiscal"] in ("fiscal", "financial", "budget") and unit == "Y" and base:
        return one(m, running(base, step, habit(scene, m.start(), m.end())))
    return one(m, narrowed(cal.holding(to, unit), m["part"], scene))


def ending(m: re.Match[str], scene: Scene) -> list[Found]:
    """The end of the year; year-end; the weekend."""
    if m["we"]:
        base = scene.anchor
        if base and base.isoweekday() < 6 and scene.tense(m.start(), m.end()) <= 0:
            base = cal.shift(base, -7, "D")
        return one(m, cal.weekend(base) if base else Period(blank_of("WE"), None, None))
    unit = code_of(m["u"] or m["u2"] or m["part2"] or "year")
    part = "mid" if m["mid"] else group(m, "part", "part3") or "end"
    if year := group(m, "y", "y2"):
        return one(m, narrowed(cal.year(int(year)), part, scene)) if unit == "Y" else []
    if scene.anchor is None:
        return one(m, Period(blank_of(unit), None, None))
    base = scene.anchor
    if unit == "Y" and base.month <= 6 and part in ("end", "close") and scene.tense(m.start(), m.end()) < 0:
        base = cal.shift(base, -1, "Y") or base  # told as past, the year's end is last year's
    return one(m, narrowed(cal.holding(base, unit), part, scene))


RELATIVE_RULES: dict[str, Rule] = {
    "ago": ago, "shifted": shifted, "span": span, "unit": unit_date, "ending": ending,
}  # fmt: skip
