"""A publication date inferred from the text where the text fixes it; always marked inferred."""

from __future__ import annotations

import datetime as dt
import re

from sayso.model import Span, Timex
from sayso.text.numbers import number

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_YEARS = r"(?P<n>one|a|two|three|four|five|six|seven|eight|nine|ten|\d{1,2})[ -](?:full )?years?"
_ANNIVERSARY = re.compile(
    rf"(?i)\b(?:mark(?:s|ed|ing)?|complet(?:es|ed)|turns?|reach(?:es|ed)) (?:the )?{_YEARS}\b[^.;\n]{{0,40}}?"
    rf"\b(?:this|on|today)\b ?(?P<day>{'|'.join(_WEEKDAYS)})?"
)
_TOP = 400  # characters in which a byline or dateline stands
_OPENS = re.compile(r"\s?(?:[.:|–—]|-\s)")
_STAMP = re.compile(r"(?i)\b(?:published|posted|updated|first published)\b[^\n]{0,25}$")


def infer(text: str, fixed: list[Timex]) -> tuple[dt.date, Span] | None:
    """The day an article appeared, and the words that give it; None where nothing does.

    `fixed` are time expressions resolved without a publication date. Two kinds of evidence count:
    a full date near the top, in a line of its own or opening one, and an anniversary said to fall on a
    weekday of a fully dated event ("marks one year this Friday").
    """
    days = [
        (t, t.interval.start) for t in fixed if t.interval and t.interval.start and t.interval.start == t.interval.end
    ]
    for t, day in days:
        if t.span.start < _TOP and _stands_alone(text, t.span):
            return day, t.span
    for m in _ANNIVERSARY.finditer(text):
        years = 1 if m.group("n").lower() == "a" else number(m.group("n"))
        for _, day in days:
            found = _anniversary(day, int(years or 0), m.group("day"))
            if found:
                return found, Span(*m.span())
    return None


def _stands_alone(text: str, span: Span) -> bool:
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    line = text[start : end if end >= 0 else len(text)]
    if start == span.start and _OPENS.match(text, span.end):  # "24 February 2023. The ministry …"
        return True
    return (len(line) <= 60 and not re.search(r"[.!?]\s*$", line)) or bool(_STAMP.search(text[start : span.start]))


def _anniversary(day: dt.date, years: int, weekday: str | None) -> dt.date | None:
    if not years:
        return None
    try:
        then = day.replace(year=day.year + years)
    except ValueError:  # 29 February
        then = day.replace(year=day.year + years, day=28)
    return then if weekday is None or _WEEKDAYS[then.weekday()] == weekday.lower() else None
