"""How the words around a date shape the days it stands for: by April, since 2019, from May to July."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise

from sayso.model import Interval, Span
from sayso.text.timex_calendar import DAY
from sayso.text.timex_resolve import Found
from sayso.text.timex_spans import ahead, by_event, cut

_HEDGE = (
    r"(?:about |around |approximately |roughly |mid-? ?|at least |late |early |the |as late as "
    r"|some time |sometime |in |on |the end of )?"
)
_PREPOSITION = re.compile(
    r"\b(?:(?P<by>by|no later than|not later than|before the end of|until the end of|prior to the end of)"
    r"|(?P<since>since|starting(?: in| on| from)?|beginning(?: in| on)?|from|as of|effective"
    r"|dat(?:es|ing) (?:back )?to|not before|no earlier than|not earlier than)|(?P<early>as (?:early|soon) as)"
    r"|(?P<until>until|till|through|up to|expires? (?:in|on)|expired (?:in|on)|up until)"
    rf"|(?P<after>after|following|beyond|post-)|(?P<before>before|prior to|ahead of|pre-))[ ]?{_HEDGE}$"
)
_NOT = re.compile(r"(?:\bnot|n't|\bnever|\bno|cannot)\b[^.;:,]{0,60}$|\btak(?:e|es|en|ing) $")
_RANGE = re.compile(
    r"[, ]{0,2}(?:through|to|until|till|-|and|or|up to|up until)[ \n]{0,2}"
    r"(?:the |at least |around |about |mid-|late |early )?"
)
_CALENDAR = re.compile(r"\d{3} \d{3}|\d{4} \d{4}")
_LEAD = re.compile(
    r"\b(?P<word>between|from|during|throughout|in|of|-)?[ ]?(?:the |early |late |mid-|around |about )?$"
)
_FREE = re.compile(r"(?:^|[.,;:(\"-] {0,2}|\b(?:starting|beginning|only|already|and|but) )$")
_ONWARD = re.compile(r"(?: onwards?\b| and beyond\b|-present\b| to (?:the )?present\b| to date\b)")


def _pairs(text: str, found: list[Found]) -> dict[int, int]:
    """For each expression that opens a range ("from May" to July), the one that closes it."""
    out: dict[int, int] = {}
    for i, (a, b) in enumerate(pairwise(found)):
        gap = text[a.end : b.start]
        if a.joint:
            out[i] = i + 1
            continue
        if len(gap) > 24 or not a.period.first or not b.period.last or not (joint := _RANGE.fullmatch(gap)):
            continue
        lead = _LEAD.search(text, max(0, a.start - 24), a.start)
        word = lead["word"] if lead else None
        conjunction = joint.group().strip(", ").split(" ")[0]
        between = conjunction == "and" and word == "between"
        stretch = conjunction not in ("and", "or") and word != "between"
        # "In 2022 and 2023", "the 1990s and early 2000s": from the first to the last.
        both = word in ("in", "of", "during", "throughout") and _CALENDAR.fullmatch(
            a.period.value + " " + b.period.value
        )
        if (between or stretch or both) and a.period.first <= b.period.last:
            out[i] = i + 1
    return out


def intervals(text: str, found: list[Found], anchor: dt.date | None) -> list[Interval | None]:
    """The days each expression stands for in its place, on folded text; None where unknown.

    Both halves of a range stand for the whole range. "The first three months" of 2023 and its year stand for
    those months. "As early as April" of something to come has no end.
    """
    out: list[Interval | None] = [_alone(text, f, anchor) for f in found]
    for a, b, i in zip(found, found[1:], range(len(found)), strict=False):
        if a.type == "DURATION" and text[a.end : b.start] in (" of ", " of the ") and (part := cut(text, a, b)):
            out[i] = out[i + 1] = part
    for i, j in _pairs(text, found).items():
        first, last = found[i].period.first, found[j].period.last
        if first and last and first <= last:
            joined = Interval(first, last, Span(found[i].start, found[j].end))
            out[i] = out[j] = joined
    return out


def _alone(text: str, f: Found, anchor: dt.date | None) -> Interval | None:
    first, last = f.period.first, f.period.last
    if anchor and (told := ahead(text, f, anchor)):
        return told
    if first is None or last is None or f.type == "SET":
        return None
    coming = anchor is not None and first > anchor
    begin = max(0, f.start - 40)
    window = text[begin : f.start]
    m = None if f.type == "DURATION" else _preposition(text, f, window, coming=coming)
    if m is None and (open_ended := by_event(text, f)):
        return open_ended
    if m is None:
        onward = f.type != "DURATION" and _ONWARD.match(text, f.end)
        return Interval(first, None if onward else last, Span(f.start, f.end))
    if m["early"]:
        return Interval(first, None if coming else last, Span(begin + m.start() if coming else f.start, f.end))
    if m["before"] and _END_OF.match(text, f.start, f.end):
        return Interval(None, last, Span(begin + m.start(), f.end))
    bounds = _shaped(m, first, last, negated=bool(_NOT.search(window[: m.start()])))
    return Interval(*bounds, Span(begin + m.start(), f.end)) if bounds else None


_END_OF = re.compile(r"(?:the )?(?:very )?(?:end|close) of |(?:the )?year(?:'s)?[ -]end")


def _preposition(text: str, f: Found, window: str, *, coming: bool) -> re.Match[str] | None:
    """The preposition that shapes an expression's days, searched for in the characters before it. `coming`:
    the days lie ahead, so that "from" can only tell when something begins."""
    if window.endswith("the ") and len(f.period.value) in (4, 10):
        return None  # "after the 2022 invasion", "the October 7 attack": the date names the thing
    m = _PREPOSITION.search(window)
    if m is None or (f.type == "TIME" and not m["since"]):
        return None
    if m["since"] == "from" and not coming and not (_FREE.search(window[: m.start()]) or _ONWARD.match(text, f.end)):
        return None  # "up from 2020", "weapons from last year"
    return m


def _shaped(
    m: re.Match[str], first: dt.date, last: dt.date, *, negated: bool
) -> tuple[dt.date | None, dt.date | None] | None:
    """The open or moved ends that a preposition gives; None where they leave the calendar."""
    if m["by"] or (m["since"] == "as of" and first == last) or (m["until"] and not negated):
        return None, last
    if m["since"] or m["until"]:
        return first, None
    if m["after"]:
        return (last + DAY, None) if last < dt.date.max else None
    return (None, first - DAY) if first > dt.date.min else None
