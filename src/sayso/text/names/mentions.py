"""All mentions of the vocabulary in a text, overlaps resolved, institutions composed by grammar."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from sayso.lexicon import Lexicon
from sayso.model import Category, Span
from sayso.text.names.find import Found, find
from sayso.text.names.model import HIDDEN, PLACES, Mention, MentionType, resolve
from sayso.text.names.shapes import shaped

_OF = re.compile(r"\s+of\s+(?:the\s+)?")
_BEFORE_HEAD = re.compile(r"(?:['’]s?)?[ \t\n\u00a0\-‐‑–]{1,4}")
_NAME = re.compile(r"\s+[\"“‘']?((?:[A-Z][\w&.’'\-]{0,40})(?:\s+[A-Z][\w&’'\-]{0,40}){0,4})")
_TYPE_BEFORE = re.compile(r"[”\"’']?(?: [a-z-]{3,15}){0,2} ")  # "ZT-180 attack drone"
_TYPE_AFTER = re.compile(r" (?:of the )?(?:(?:type|model|class|variety) )?[“\"‘']?")  # "drones of the type ZT-180"
_MAX_WORDS = 6  # modifiers and noun after a country's name
_NO_HEADS = ("modifier", "severs_after", "severs_before")
_NOT_ITS_OWN = ("armed_group", "other_side")


def _head(text: str, at: int, nouns: dict[int, Found]) -> tuple[int, str] | None:
    """The end and kind of the institution noun that a country's name ending at `at` qualifies.

    Listed modifiers may stand between ("Russian state-owned arms exporter").
    """
    best: tuple[int, str] | None = None
    for _ in range(_MAX_WORDS):
        gap = _BEFORE_HEAD.match(text, at)
        found = nouns.get(gap.end()) if gap else None
        entry = found.of(MentionType.INSTITUTION) if found else None
        if found is None or entry is None or entry.kind.startswith("severs"):
            break
        at = found.span.end
        if entry.kind != "modifier":
            best = (at, entry.kind)
    return best


def _body(text: str, span: Span, countries: tuple[str, ...], kind: str) -> Mention:
    own = () if kind in _NOT_ITS_OWN else countries
    return Mention(span, span.of(text), MentionType.BODY, own)


def _after(text: str, span: Span, countries: tuple[str, ...], kind: str) -> Iterator[Mention]:
    """The name after a firm's noun: "the Polish firm Alfa" names Alfa and tells its country."""
    m = _NAME.match(text, span.end) if kind == "firm" and text[span.end - 1] != "s" else None
    if m:
        yield Mention(Span(*m.span(1)), m.group(1), MentionType.BODY, countries)


def _composed(text: str, found: list[Found]) -> Iterator[Mention]:
    """Bodies built by grammar: [demonym or country's] + modifiers + noun, and [noun] of [country]."""
    nouns = {f.span.start: f for f in found if f.of(MentionType.INSTITUTION)}
    places = {f.span.start: f for f in found if f.of(*PLACES)}
    for f in found:
        place, noun = f.of(*PLACES), f.of(MentionType.INSTITUTION)
        if place is not None:
            head = _head(text, f.span.end, nouns)
            if head is not None:
                span = Span(f.span.start, head[0])
                yield _body(text, span, place.countries, head[1])
                yield from _after(text, span, place.countries, head[1])
        elif noun is not None and noun.kind not in _NO_HEADS:
            m = _OF.match(text, f.span.end)
            of = places.get(m.end()) if m else None
            country = of.of(*PLACES) if of else None
            if of is not None and country is not None:
                yield _body(text, Span(f.span.start, of.span.end), country.countries, noun.kind)


def all_mentions(text: str, lexicon: Lexicon) -> list[Mention]:
    """Like `mentions`, with institution nouns and decoys left in, for callers that weigh context."""
    found = find(text, lexicon)
    known = resolve([*(f.mention() for f in found), *_composed(text, found)])
    unknown = shaped(text, known, lexicon)
    return resolve([*known, *unknown]) if unknown else known


def mentions(text: str, lexicon: Lexicon) -> list[Mention]:
    """The names and arms in a text, in order and without overlap.

    A country's name or demonym and the institution it qualifies are one body ("German
    government"); a body's name that the text gives a country keeps the lexicon's own. Unknown
    designations are found by their shape, and take the category of what the text calls them ("the
    ZT-180 drone", "aircraft of the type ZT-180").
    """
    return _sorted_types(text, [m for m in all_mentions(text, lexicon) if m.type not in HIDDEN])


def _sorted_types(text: str, found: list[Mention]) -> list[Mention]:
    """Types that the vocabulary does not know, with the category of the noun that stands with them most often."""
    called: dict[str, Counter[Category]] = defaultdict(Counter)
    for a, b in pairwise(found):
        kind, noun = (a, b) if a.type is MentionType.DESIGNATION else (b, a)
        telling = noun.type is MentionType.ITEM and noun.category not in (None, Category.UNSPECIFIED)
        between = _TYPE_AFTER if noun is a else _TYPE_BEFORE
        if kind.type is MentionType.DESIGNATION and telling and between.fullmatch(text, a.span.end, b.span.start):
            called[kind.name][noun.category or Category.UNSPECIFIED] += 1
    return [
        replace(m, category=called[m.name].most_common(1)[0][0])
        if m.type is MentionType.DESIGNATION and m.name in called and m.category in (None, Category.UNSPECIFIED)
        else m
        for m in found
    ]
