"""Suppliers and recipients: the words a slot's pointer picks, as names with countries."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from sayso.model import Kind, Party, Span, Voice
from sayso.reading.cast import Cast
from sayso.reading.firms import named
from sayso.reading.slots import Anchor, Pointed, pointed, scores, strength
from sayso.text.marked import Marked
from sayso.text.names import countries_of

_DETERMINER = re.compile(r"(?i)^(?:the|a|an|this|that|these|those)\s+")
_PRONOUN = re.compile(  # "US" is none
    r"^(?:us|Us|(?i:he|she|they|it|we|i|you|him|her|them|its|their|his|our|who|which|that|those|both|of|in|to|for|by))$"
)
_WE = re.compile(r"^(?:[Ww]e|us|[Oo]ur|I|[Mm]y)$")
_MADE = re.compile(r"[-‐‑ ](?:made|built|produced|designed|developed|manufactured)\b")
_GIVEN = re.compile(r"[-‐‑ ](?:supplied|provided|donated|given|delivered)\b")
_MAKING = re.compile(r"^[’']s? |\b(?:mak|build|built|develop|design|manufactur|produc)[a-z]{0,6}\b")
_AGAINST = re.compile(
    r"(?i)\b(?:sanctions?|measures?|embargo(?:es)?|bans?|controls?|restrictions?|action)"
    r"(?: \w+){0,2}? (?:on|against)(?: \w+){0,2} $"
)
Scored = tuple[Party, float]
_TWO_SIDED = (Kind.TRANSFER, Kind.RESTRICTION, Kind.FUNDING, Kind.TECHNOLOGY_TRANSFER)
MAKING_WITHIN = 60  # characters between a maker and the arm
AIMED_WITHIN = 60  # characters before a name in which "sanctions on" stands
_FOR = re.compile(r"\s+for(?:\s+(?:the|its|their))?\s+")
_THINGS = frozenset(["item", "designation"])
_NAMING = frozenset(["country", "demonym", "capital", "seat", "body", "person"])
FAVOURED_AT = 0.1  # where no word reaches the pointer's threshold, a name may do with this
MAKER_WITHIN = 40  # characters before the item in which "US-supplied" may stand
MAKER_SURE = 0.9
_SELDOM = (Kind.PRODUCTION, Kind.SPECIFICATION)  # one in ten of which has a recipient
SELDOM_AT = 0.5
MOST = 8  # parties of one claim: what a list in one sentence holds


def parties(marked: Marked, cast: Cast, anchor: Anchor, slot: str, voices: Sequence[Voice] = ()) -> list[Scored]:
    """The parties a claim's slot names, each with its pointer's score. "We" are the country of who
    speaks, the first of `voices`."""
    found = pointed(marked.tags, anchor, slot, marked.text)
    if slot == "supplier":
        found = _named_in_item(marked, anchor, found)
        if anchor.kind is Kind.RESTRICTION:
            found = [p for p in found if not _aimed_at(marked, p)]
        elif anchor.kind is Kind.SPECIFICATION:
            found = [p for p in found if _makes(marked, anchor, p)]
            if not found:
                return []
    elif anchor.kind in _SELDOM:
        found = [p for p in found if p.score >= SELDOM_AT] or _made_for(marked, anchor)
        if not found:
            return []
    found = found or _favoured(marked, anchor, slot)
    out: list[Scored] = []
    for p in found:
        for party in _parties_at(marked, cast, p, voices):
            if not any(_same(party, o) for o, _ in out):
                out.append((party, p.score))
    if not out and found:
        for p in _favoured(marked, anchor, slot):
            out = [(party, p.score) for party in _parties_at(marked, cast, p, voices)]
    return out[:MOST]


def apart(kind: Kind, suppliers: list[Scored], recipients: list[Scored]) -> tuple[list[Scored], list[Scored]]:
    """Of what has two sides, who was read on both stays on the side that its pointer is surer of."""
    if kind not in _TWO_SIDED:
        return suppliers, recipients
    return _surer(suppliers, recipients), _surer(recipients, suppliers)


def _surer(side: list[Scored], other: list[Scored]) -> list[Scored]:
    return [(p, s) for p, s in side if not any(_same(p, o) and t > s for o, t in other)]


def _named_in_item(marked: Marked, anchor: Anchor, found: list[Pointed]) -> list[Pointed]:
    """The giver that the item's own words name ("US-supplied weapons") before whom the pointer picks;
    the maker ("US-made jets"), who need not be who gives them now, only of what is used or made, or
    where the pointer picks nobody."""
    first = max(0, anchor.span.start - MAKER_WITHIN)
    for m in marked.names_over(Span(first, anchor.span.end)):
        if m.type in _NAMING and m.span.start >= first:
            if _GIVEN.match(marked.text, m.span.end):
                return [Pointed(m.span, MAKER_SURE)]
            if _MADE.match(marked.text, m.span.end) and (anchor.kind not in _TWO_SIDED or not found):
                return [Pointed(m.span, MAKER_SURE)]
    return found


def _aimed_at(marked: Marked, p: Pointed) -> bool:
    """Whether a restriction is said to be on these words, so that they do not impose it."""
    return bool(_AGAINST.search(marked.text[max(0, p.span.start - AIMED_WITHIN) : p.span.start]))


def _makes(marked: Marked, anchor: Anchor, p: Pointed) -> bool:
    """Whether the words between a name and the item make it its maker: "Alfa's drone", "Alfa builds …"."""
    if p.span.end > anchor.span.start:
        return False
    between = marked.text[p.span.end : anchor.span.start]
    return len(between) <= MAKING_WITHIN and bool(_MAKING.search(between))


def _made_for(marked: Marked, anchor: Anchor) -> list[Pointed]:
    """Whom the item is made for: "boats for the Ghanaian navy"."""
    m = _FOR.match(marked.text, anchor.span.end) if anchor.kind is Kind.PRODUCTION else None
    names = marked.names_over(Span(m.end(), m.end() + 1)) if m else ()
    return [Pointed(n.span, SELDOM_AT) for n in names if m and n.type in _NAMING and n.span.start == m.end()]


def _favoured(marked: Marked, anchor: Anchor, slot: str) -> list[Pointed]:
    """The name that the pointer favours most where it is sure of none."""
    p = scores(marked.tags, anchor, slot)
    best: Pointed | None = None
    picked = np.flatnonzero(p >= FAVOURED_AT)
    if not len(picked):
        return []
    within = Span(int(marked.tags.offsets[picked[0], 0]), int(marked.tags.offsets[picked[-1], 1]))
    for m in marked.names_over(within):
        if m.type in _NAMING:
            score = strength(marked.tags, p, m.span)
            if score >= FAVOURED_AT and (best is None or score > best.score):
                best = Pointed(m.span, score)
    return [best] if best else []


def _same(a: Party, b: Party) -> bool:
    return a.name == b.name or (bool(a.countries) and a.countries == b.countries)


def _parties_at(marked: Marked, cast: Cast, p: Pointed, voices: Sequence[Voice]) -> list[Party]:
    words = marked.text[p.span.start : p.span.end]
    if _WE.match(words):
        home = cast.home(voices[0]) if voices else cast.own_countries
        name = voices[0].name if voices else marked.document.outlet
        return [Party(name, home, p.span)] if home and name else []
    if _PRONOUN.match(words.strip()):
        return []
    names = [m for m in marked.names_over(p.span) if m.type in _NAMING]
    if not names and any(m.type in _THINGS for m in marked.names_over(p.span)):
        return []
    if len(names) > 1 and re.search(r",|\band\b|\bor\b|/", words):
        return [_party(marked, m.span) for m in names]
    span = p.span
    if names:
        span = Span(min(span.start, names[0].span.start), max(span.end, names[-1].span.end))
    elif words[0].isupper():
        span = next((s for s, _ in cast.names if s.covers(span)), span)
    party = _party(marked, span)
    if not party.countries:
        party = _by_fuller_name(party, cast, marked)
    return [named(party, marked, cast.firms)] if party.name else []


def _party(marked: Marked, span: Span) -> Party:
    words = marked.text[span.start : span.end]
    cut = _DETERMINER.match(words)
    start = span.start + (cut.end() if cut else 0)
    name = re.sub(r"[’']s?$", "", marked.text[start : span.end].strip(' ,;:.\n"“”()')).replace("\n", " ")
    return Party(name, countries_of(name, marked.lexicon), Span(start, span.end))


def _by_fuller_name(party: Party, cast: Cast, marked: Marked) -> Party:
    """A party called by part of its name takes the country of the whole one ("Bingo", "Biden")."""
    if not party.name:
        return party
    full = cast.full.get(party.name.split()[-1])
    if full and full != party.name:
        countries = countries_of(full, marked.lexicon)
        if countries:
            return Party(party.name, countries, party.span)
    words = set(party.name.split())
    for m in marked.names:
        if m.type == "body" and m.countries and words <= set(cast.said(m).split()):
            return Party(party.name, m.countries, party.span)
    return party
