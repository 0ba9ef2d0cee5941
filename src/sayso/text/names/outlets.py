"""Outlets that no list has, by their name's last word ("Meridian Wire") or the noun before it
("the weekly Der Hafenbote"; in a machine's English "the newspaper german Der Hafenbote")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from sayso.lexicon import DATA, load, rows
from sayso.lexicon.grammar import words_of
from sayso.model import Span
from sayso.text.names.model import PLACES, Mention, MentionType, resolve

_CAPITAL = r"[A-Z][\w’'-]{0,30}"
_WORDS_BEFORE_ENDING = 3
_MEDIA = re.compile(r"(?:['’]s)? (?:state )?(?:news )?(?:media|agencies|press|television)\b")  # "Russian state media"


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    by_role: dict[str, list[str]] = {"ending": [], "before": []}
    for row in rows(DATA / "outlet_words.csv", ["words", "role"]):
        by_role[row.one_of("role", ("ending", "before"))].append(row.need("words"))
    either = {r: "|".join(sorted(map(re.escape, w), key=len, reverse=True)) for r, w in by_role.items()}
    ending = re.compile(rf"\b(?:{_CAPITAL} ){{1,{_WORDS_BEFORE_ENDING}}}(?:{either['ending']})\b")
    of = "|".join(re.escape(c.name.lower()) for c in load().countries if c.role == "demonym")
    before = re.compile(rf"\b(?:{either['before']}),?(?: (?:{of}))? [\"“‘']?({_CAPITAL}(?: {_CAPITAL}){{0,3}})")
    return ending, before


def with_unknown_outlets(text: str, known: Sequence[Mention]) -> list[Mention]:
    """`known` mentions and the outlets that are not among them, overlaps resolved."""
    ending, before = _patterns()
    found = [Span(*m.span(1)) for m in before.finditer(text)]
    found += [_without_opening(text, Span(*m.span())) for m in ending.finditer(text)]
    found += [Span(m.span.start, g.end()) for m in known if m.type in PLACES and (g := _MEDIA.match(text, m.span.end))]
    outlets = [m.span for m in known if m.type is MentionType.OUTLET]
    fresh = [
        Mention(span, span.of(text), MentionType.OUTLET)
        for span in dict.fromkeys(found)
        if " " in span.of(text) and not any(span.overlaps(o) for o in outlets)
    ]
    return resolve([*known, *fresh]) if fresh else list(known)


def _without_opening(text: str, span: Span) -> Span:
    """Leaves out a sentence's first word that only begins it ("But Meridian Wire")."""
    first, _, rest = span.of(text).partition(" ")
    return Span(span.end - len(rest), span.end) if first.lower() in words_of("no name") and " " in rest else span
