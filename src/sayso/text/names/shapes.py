"""Designations that no list has, recognised by their shape and their neighbours."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from sayso.lexicon import Lexicon, fold
from sayso.model import Category, Span
from sayso.text.names.find import decoys
from sayso.text.names.model import Mention, MentionType

_SHAPE = re.compile(
    r"""(?<![\w\-/.])(?:
        (?P<sure>
            (?:Mk|Mark|MK|Type|Project)[ .\-]{0,2}\d{1,5}[A-Z]{0,2}   # Mk 41, Type 730
          | [A-Z]{1,5}[/]?[A-Z]{0,3}-[1-9]\d{0,3}[A-Z]{0,3}                # ZT-180, X-31B, A/B-12
          | [A-Z][a-z]{1,9}-[1-9]\d{0,3}[A-Z]{0,3}                         # Kh-99, Vanta-3
          | [A-Z]{1,5}-[A-Z]{1,4}\d{1,4}[A-Z]?                        # QW-MS5
        )
      | (?P<maybe> \d{1,2}[A-Z]\d{1,3}[A-Z]? | [A-Z]{1,5}\d{1,4}[A-Z]{0,2} | [A-Z]{1,5}[ ]\d{1,4} )  # 9M999, AQ400
    )(?:-?s)?(?![\w/]|-\w)""",
    re.VERBOSE,
)
_PREFIX = re.compile(r"[\d\s\-.]")
_NUMBER = re.compile(r"\d+")
_WORD_BEFORE = re.compile(r"([A-Za-z]{2,})[.\s]+$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_WORD_AFTER = re.compile(r"\s+[\"“‘']?([A-Z][a-z]{2,}(?:-\d{1,3})?)[\"”’']?(?=[\s,.;:)]|$)")
_WORD = re.compile(r"[ \u00a0]([A-Z][a-z]{2,})(?=[ \u00a0])")
_OPENING = re.compile(r"[ \u00a0(“\"]+")
_GAP = re.compile(r"[ \u00a0\-]{0,2}(?:[A-Za-z][a-z\-]{0,14}[ \u00a0]){0,2}")  # "long-range " between
# No code name follows these nouns; after "ship" and "submarine" stands the name of one hull.
_WEAPONLESS = (
    Category.UNSPECIFIED,
    Category.COMPONENTS,
    Category.OTHER,
    Category.VEHICLE,
    Category.SHIP,
    Category.SUBMARINE,
)


def _excluded(text: str, m: re.Match[str], lexicon: Lexicon) -> bool:
    """Whether the letters, or the word before, make it a road, a meeting, a resolution, a period …"""
    words, numbered = m.group(), decoys(lexicon, "numbered")
    before = _WORD_BEFORE.search(text[max(0, m.start() - 20) : m.start()])
    if fold(_PREFIX.split(words, maxsplit=1)[0]) in numbered or (before and fold(before.group(1)) in numbered):
        return True
    number = _NUMBER.search(words)
    return bool(number and _YEAR.fullmatch(number.group()) and "-" not in words)


def designation_at(text: str, at: int, lexicon: Lexicon) -> Span | None:
    """The designation-like word that begins at `at` ("ZT-180", "Mk 41"), without regard to neighbours."""
    m = _SHAPE.match(text, at)
    return None if m is None or _excluded(text, m, lexicon) else Span(*m.span())


def unknown_designations(text: str, lexicon: Lexicon) -> list[tuple[Span, bool]]:
    """Designation-like words in order; the flag says that the shape alone is proof enough."""
    found = (m for m in _SHAPE.finditer(text) if not _excluded(text, m, lexicon))
    return [(Span(*m.span()), m.group("sure") is not None) for m in found]


def _neighbour(text: str, span: Span, items: Sequence[Mention]) -> Category | None:
    """The category of the item noun that goes with a designation: "AX400 long-range drones"."""
    i = bisect_left(items, span.end, key=lambda m: m.span.start)
    after = items[i] if i < len(items) and items[i].span.start - span.end < 60 else None
    if after and _GAP.fullmatch(text[span.end : after.span.start]):
        return after.category
    before = items[i - 1] if i > 0 and 0 < span.start - items[i - 1].span.end < 4 else None
    return before.category if before and _OPENING.fullmatch(text[before.span.end : span.start]) else None


def _code_name(text: str, item: Mention, busy: set[int], lexicon: Lexicon) -> Mention | None:
    """The code name after a weapon's noun in the singular: "the loitering munition Vanta"."""
    if item.category is None or item.category in _WEAPONLESS or not text[item.span.start].islower():
        return None
    # After a plural a capital is rather the next clause's subject.
    m = None if text[item.span.end - 1] == "s" else _WORD_AFTER.match(text, item.span.end)
    if m is None or m.start(1) in busy or fold(m.group(1)) in decoys(lexicon, "no code name"):
        return None
    return Mention(Span(*m.span(1)), m.group(1), MentionType.DESIGNATION, (), item.category)


def shaped(text: str, known: Sequence[Mention], lexicon: Lexicon) -> list[Mention]:
    """Designations beside those in `known` (all mentions of the text, decoys included, in order)."""
    busy = {i for m in known if m.type is not MentionType.INSTITUTION for i in range(*m.span)}
    items = [m for m in known if m.type is MentionType.ITEM]
    out: list[Mention] = []
    for span, sure in unknown_designations(text, lexicon):
        category = _neighbour(text, span, items)
        if span.start in busy or span.end - 1 in busy or (category is None and not sure):
            continue
        word = _WORD.match(text, span.end) if category else None
        if word and (word.start(1) in busy or fold(word.group(1)) in decoys(lexicon, "no code name")):
            word = None
        whole = Span(span.start, word.end(1) if word else span.end)  # "AX400 Vanta" before "drones"
        out.append(Mention(whole, whole.of(text), MentionType.DESIGNATION, (), category or Category.UNSPECIFIED))
    taken = busy | {i for m in out for i in range(*m.span)}
    names = (_code_name(text, item, taken, lexicon) for item in items)
    return out + [n for n in names if n is not None]
