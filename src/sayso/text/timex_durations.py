"""From a matched time expression to its TIMEX3 type, value and days: durations, rates and words that
only point (now, recently)."""

from __future__ import annotations

import datetime as dt
import re

from sayso.text import timex_calendar as cal
from sayso.text.number_bounds import either
from sayso.text.timex_calendar import Period
from sayso.text.timex_relative import blank_of, code_of, duration_value, how_many, whole_of
from sayso.text.timex_resolve import Found, Rule, Scene, one
from sayso.text.timex_words import WEEKDAYS

_AGE = re.compile(r"(?:[ -]olds?\b| of age\b| and (?:older|over|younger|under|above)\b)")
_AGED = re.compile(r"\bage[ds]?(?: of)? $")
# After these "a month" is a stretch of time; after a noun or a figure it is a rate.
_BEFORE_SPAN = re.compile(
    r"(?:^|[.;:\"(\n,]|\b"
    + either(
        "in; for; about; of; after; within; over; than; just; nearly; almost; only; roughly; around; last; "
        "lasted; took; take; takes; to; half; and; or; by; at; least; is; was; be; spend; spent; with; through; "
        "during; every; on; as; until; before; up; from; under; past; quite; such; like; not; the; wait; waited; "
        "years?; months?'?; weeks; days; hours?; early; late; later; has; have; been; that; when; but; serving"
    )
    + r") *$"
)
_THEN = re.compile(r" (?:earlier|later|before|after|ago)\b")
_RARE_SETS = {"morning": "XXXX-XX-XXTMO", "night": "XXXX-XX-XXTNI", "season": "XXXX-WI", "hour": "XXXX-XX-XXTXX"}


def rate(m: re.Match[str], scene: Scene) -> list[Found]:
    """Every year; 100 a month; twice a week. "A month" that is no rate is a duration."""
    unit = m["u"]
    if m["an"] and not m["k"]:
        return _a_unit(m, scene)
    if unit.endswith("day") and unit != "day":
        return one(m, Period(f"XXXX-WXX-{WEEKDAYS[unit[:3]]}", None, None), "SET")
    n = 2 if m["n"] == "other" else how_many(m["n"])
    if unit in _RARE_SETS and n == 1:
        return one(m, Period(_RARE_SETS[unit], None, None), "SET")
    if unit in ("morning", "season"):
        return []
    value = duration_value(n, unit) if n != 1 or unit.endswith("s") else blank_of(code_of(unit))
    return one(m, Period(value, None, None), "SET")


def _a_unit(m: re.Match[str], scene: Scene) -> list[Found]:
    """A month: a rate after what it counts, else a duration; nothing in ages and "a second"."""
    unit = m["u"]
    other = unit in ("morning", "night", "season", "second", "quarter") or (unit.endswith("day") and unit != "day")
    if other or m["n"] or _AGE.match(scene.text, m.end()):
        return []
    stretch = _BEFORE_SPAN.search(scene.text[max(0, m.start() - 14) : m.start()]) or _THEN.match(scene.text, m.end())
    return one(m, Period(duration_value(1, unit), None, None), "DURATION" if stretch else "SET")


_PAPER = re.compile(
    r" (?:said|says|reported|reports|wrote|newspaper|paper|magazine|cited|quoted|that|which|has|had)\b|[,.]| [A-Z]"
)
_PAPER_BEFORE = re.compile(r"\b(?:the|an?|[a-z]{1,12}(?:an|sh|'s|ese)) $")
_SETS = {
    "daily": "XXXX-XX-XX", "weekly": "XXXX-WXX", "monthly": "XXXX-XX", "quarterly": "XXXX-QX",
    "hourly": "XXXX-XX-XXTXX", "nightly": "XXXX-XX-XXTNI",
}  # fmt: skip


def adverb(m: re.Match[str], scene: Scene) -> list[Found]:
    """Daily, annually. Not the weekly that reported it."""
    word = m["word"]
    paper = word in ("daily", "weekly", "monthly") and _PAPER.match(scene.raw, m.end())
    if paper and _PAPER_BEFORE.search(scene.text[max(0, m.start() - 16) : m.start()]):
        return []
    if "-" in (scene.text[m.start() - 1 : m.start()], scene.text[m.end() : m.end() + 1]):
        return []
    return one(m, Period(_SETS.get(word, "XXXX"), None, None), "SET")


_OPENED_QUOTE = re.compile(r"(?:^|\s)'\w")
_POSSESSIVES = ("its ", "their ", "his ", "her ", "at least ", "those ")


def duration(m: re.Match[str], scene: Scene) -> list[Found]:
    """Three days; four-week; the 90 years. No ages. "Within 90 days" of something to come runs from
    the day of publication."""
    n, unit, text = how_many(m["n"]), m["u"], scene.text
    if not _is_duration(m, n, text):
        return []
    if n is not None and m["half"]:
        n += 0.5
    quoted = _OPENED_QUOTE.search(text[max(0, m.start() - 80) : m.start() + 1])
    end = m.end() + (text[m.end() : m.end() + 1] == "'" and unit.endswith("s") and not quoted)
    first = last = None
    if (
        n
        and scene.anchor
        and code_of(unit)[0] != "T"
        and (within := _STARTING.search(text, max(0, m.start() - 16), m.start()))
    ):
        first, last = _from_today(m, scene, n, whole_of(code_of(unit)), within=within["within"] is not None)
    start = m.start("n") if m["det"] in _POSSESSIVES or (m["det"] and m["gap"] == "-") else m.start()
    return [Found(start, end, "DURATION", Period(duration_value(n, unit), first, last))]


_STARTING = re.compile(r"\b(?:(?P<within>within)|(?<!time )(?<!first )in)(?: about| around| roughly)? $")


_BEST = re.compile(r"\b(?:[a-z]{2,10}est|most|first|only|worst|best|record)\b[^.;:,]{0,40}$")


def _from_today(
    m: re.Match[str], scene: Scene, n: float, unit: str, *, within: bool
) -> tuple[dt.date | None, dt.date | None]:
    """The days of "within 90 days" and "in two weeks" of something to come: from the day of publication on, the
    latter to the end of the week, month or year that lies so far ahead."""
    to = cal.shift(scene.anchor, n, unit) if scene.anchor else None
    best = not within and _BEST.search(scene.text, max(0, m.start() - 60), m.start())
    if to is None or best or scene.tense(m.start(), m.end()) <= 0:
        return None, None
    return scene.anchor, to if within else cal.holding(to, unit).last


def long(m: re.Match[str], scene: Scene) -> list[Found]:
    """Year-long; a months-long siege; two-day-long."""
    vague = m["u"].endswith("s") and (m["n"] in (None, "a", "an"))
    n = None if vague else how_many(m["n"])
    start = m.end("n") + 1 if m["n"] in ("a", "an") else m.start()
    return [Found(start, m.end(), "DURATION", Period(duration_value(n, m["u"]), None, None))]


def _is_duration(m: re.Match[str], n: float | None, text: str) -> bool:
    """Not an age, "a second", "some quarters" or a count before a singular ("3 day" without a hyphen)."""
    unit = m["u"]
    if _AGE.match(text, m.end()) or _AGED.search(text, max(0, m.start() - 12), m.start()):
        return False
    if unit == "second" or (unit.startswith("quarter") and (n is None or n <= 1)):
        return False
    return n is None or n <= 1 or unit.endswith("s") or text[m.start("u") - 1] == "-" or unit == "century"


_NO_PLURAL = re.compile(r"(?:\d[ -]|\b(?:working|office|business|opening|rush|man|this|visiting) )$")


def plural(m: re.Match[str], scene: Scene) -> list[Found]:
    """Weeks; for years. Not "years old" nor "working hours"."""
    if m["u"] in ("quarters", "seconds") or _AGE.match(scene.text, m.end()):
        return []
    if _NO_PLURAL.search(scene.text[max(0, m.start() - 10) : m.start()]):
        return []
    return one(m, Period(duration_value(None, m["u"]), None, None), "DURATION")


def that_day(m: re.Match[str], scene: Scene) -> list[Found]:
    """The day; that day; the 99th day: the day the story is at, where it has told one."""
    if re.match(r"(?:-|'s end| of (?:action|mourning|reckoning))", scene.text[m.end() : m.end() + 14]):
        return []
    known = scene.focus if m.group() == "that day" else None
    return one(m, cal.day(known) if known else Period("XXXX-XX-XX", None, None))


def ref(m: re.Match[str], scene: Scene) -> list[Found]:
    kind = "PRESENT" if m["now"] else "PAST" if m["past"] else "FUTURE"
    start = m.start()
    for lead in ("until ", "till ", "just ", "in "):
        start += len(lead) if m.group().startswith(lead) else 0
    return [Found(start, m.end(), "DATE", Period(f"{kind}_REF", None, None))]


DURATION_RULES: dict[str, Rule] = {
    "rate": rate, "adverb": adverb, "duration": duration, "thatday": that_day, "plural": plural,
    "long": long, "ref": ref,
}  # fmt: skip
