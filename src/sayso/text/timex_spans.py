"""Days that an expression stands for only with the words it belongs to: "the first three months" of a year,
"over the next year" from publication on, "since the attack in May". On folded text."""

from __future__ import annotations

import datetime as dt
import re

from sayso.model import Interval, Span
from sayso.text.timex_calendar import DAY, shift
from sayso.text.timex_resolve import Found

_CUT = re.compile(r"(?:the )?(?P<which>first|last|final) ")
_LENGTH = re.compile(r"P(?P<n>\d{1,3})(?P<unit>[DWMY])")


def cut(text: str, a: Found, b: Found) -> Interval | None:
    """The days of "the first three months" of a known period; None where the two do not fit."""
    which, length = _CUT.match(text, a.start, a.end), _LENGTH.fullmatch(a.period.value)
    first, last = b.period.first, b.period.last
    if which is None or length is None or first is None or last is None or b.type != "DATE":
        return None
    n, span = int(length["n"]), Span(a.start, b.end)
    if which["which"] == "first":
        after = shift(first, n, length["unit"])
        return Interval(first, after - DAY, span) if after and after - DAY <= last else None
    start = shift(last + DAY, -n, length["unit"]) if last < dt.date.max else None
    return Interval(start, last, span) if start and start >= first else None


_EVENT = re.compile(r"\b(?:(?P<since>since)|by the end of) (?:(?!\bsince\b|\bby the end\b)[^.,;:()\"\d]){3,80}$")
_COMING = re.compile(r"\b(?:over|within|during|in) $")
_NEXT_UNIT = re.compile(r"the (?:next|coming) (?P<unit>year|month|week)")
_WITHIN = re.compile(r"\b(?:within|over the next|in the next|(?:next|coming) \w{1,8} (?:to|or) ) ?$")


def ahead(text: str, f: Found, anchor: dt.date) -> Interval | None:
    """The days from publication of "over the next year", "within 90 days", "the next three to six months"."""
    before = text[max(0, f.start - 24) : f.start]
    unit, length = _NEXT_UNIT.fullmatch(text, f.start, f.end), _LENGTH.fullmatch(f.period.value)
    if unit and _COMING.search(before):
        end = shift(anchor, 1, unit["unit"][0].upper())
    elif f.type == "DURATION" and length and _WITHIN.search(before):
        end = shift(anchor, int(length["n"]), length["unit"])
    elif f.type == "DATE" and before.endswith("within ") and f.period.last and (f.period.first or anchor) <= anchor:
        return Interval(None, f.period.last, Span(f.start, f.end))  # "within this decade"
    else:
        return None
    return Interval(anchor, end, Span(f.start, f.end)) if end else None


def by_event(text: str, f: Found) -> Interval | None:
    """The open days of "since the attack in May" and "by the end of the war in 1945", else None."""
    m = _EVENT.search(text, max(0, f.start - 90), f.start) if f.type == "DATE" else None
    if m is None:
        return None
    first, last = (f.period.first, None) if m["since"] else (None, f.period.last)
    return Interval(first, last, Span(m.start(), f.end))
