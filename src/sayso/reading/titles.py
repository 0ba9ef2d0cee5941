"""Who holds an office that an article names: "the chancellor" to the chancellor whom it names."""

from __future__ import annotations

import re

from sayso.model import Span
from sayso.reading.cast import Cast

_BEFORE_NAME = re.compile(r"[,\s]{1,3}")
_AFTER_NAME = re.compile(r"[’']s? |, (?:[\w’'.-]+ ){0,6}")


def titled(office: str, source: Span, cast: Cast) -> str | None:
    """The person whom the article gives this office right beside the name, nearest before `source`
    or else after it; of several countries' holders, one of those that `source` names."""
    marked = cast.marked
    within = {c for m in marked.names_over(source) for c in m.countries}
    found: list[tuple[Span, str]] = []
    for m in re.finditer(rf"(?i)\b{re.escape(office)}\b", marked.text):
        at = Span(*m.span())
        for s, name in cast.people:
            follows = 0 < s.start - at.end < 4 and _BEFORE_NAME.fullmatch(marked.text, at.end, s.start)
            leads = 0 < at.start - s.end < 60 and _AFTER_NAME.fullmatch(marked.text, s.end, at.start)
            if (follows or leads) and _fits(Span(min(s.start, at.start), max(s.end, at.end)), within, cast):
                found.append((s, name))
    before = [f for f in found if f[0].start < source.start]
    return cast.fuller((before[-1] if before else found[0])[1]) if found else None


def _fits(phrase: Span, countries: set[str], cast: Cast) -> bool:
    """Whether a name and its title, with the words before them, belong to one of these countries, if any."""
    wide = Span(max(0, phrase.start - 30), phrase.end)
    theirs = {c for m in cast.marked.names_over(wide) for c in m.countries}
    return not countries or not theirs or bool(countries & theirs)
