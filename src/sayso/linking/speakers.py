"""Who speaks, as one name over all articles: the Pentagon and its spokesman are one government."""

from __future__ import annotations

import re
from functools import lru_cache

from sayso.lexicon import Lexicon, Matcher, Phrase, tokens
from sayso.model import Reading, ResponseType, Voice, VoiceKind
from sayso.text.names import Mention, mentions

GOVERNMENT = frozenset(["ministry", "armed_forces", "agency", "parliament", "government"])
STATE = "government of "  # followed by an ISO country code
_PLACES = ("country", "capital", "seat")
_PROPER = re.compile(r"[^\W\d_a-z][\w'’.-]+")


@lru_cache(maxsize=8)
def _kinds(lexicon: Lexicon) -> dict[str, str]:
    return {b.name: b.kind for b in lexicon.bodies}


@lru_cache(maxsize=8)
def _institutions(lexicon: Lexicon) -> Matcher[str]:
    return Matcher.of(Phrase(n.words, n.kind) for n in lexicon.institutions)


def _kind(m: Mention, lexicon: Lexicon) -> str:
    """The kind of a body: as listed, else that of the last institution's noun in its name."""
    listed = _kinds(lexicon).get(m.name)
    nouns = [] if listed else _institutions(lexicon).find(m.name)
    return listed or (nouns[-1].values[0] if nouns else "")


@lru_cache(maxsize=20_000)
def identity(name: str, lexicon: Lexicon) -> str | None:
    """What a speaker or party is compared by: "government of XX" for a state and whoever speaks for
    it, the listed name of another body, a proper name's words; None for a mere description."""
    found = mentions(name, lexicon)
    for m in found:
        state = m.type in (*_PLACES, "person") or (m.type == "body" and _kind(m, lexicon) in GOVERNMENT)
        if state and len(m.countries) == 1:
            return STATE + m.countries[0]
        if m.type == "body":
            return m.name if m.name in _kinds(lexicon) else None
    proper = _PROPER.findall(name)
    named = len(proper) > 1 and len(proper) >= len(name.split()) - 1
    return " ".join(tokens(name)) if named and not any(m.countries for m in found) else None


def speaker(voice: Voice, lexicon: Lexicon) -> str | None:
    """The identity of a person or body that is quoted by name; None for anybody else."""
    named = voice.kind in (VoiceKind.NAMED_PERSON, VoiceKind.ORGANISATION, VoiceKind.DOCUMENT)
    found = identity(voice.name, lexicon) if named else None
    if voice.kind is VoiceKind.DOCUMENT and found and not found.startswith(STATE) and found not in _kinds(lexicon):
        return None
    return found


def reacting(reading: Reading, lexicon: Lexicon) -> frozenset[str]:
    """The identities of those who deny what a document reports, or will not or cannot speak to it: no
    sources of it there, whatever words of theirs it was told in ("says it knows of no talks")."""
    found = (identity(r.responder, lexicon) for r in reading.responses if r.type is not ResponseType.CONFIRMED)
    return frozenset(f for f in found if f)


def state_of(found: str | None) -> str | None:
    """The country code of a government's identity."""
    return found.removeprefix(STATE) if found and found.startswith(STATE) else None


@lru_cache(maxsize=8)
def _demonyms(lexicon: Lexicon) -> dict[str, str]:
    found: dict[str, str] = {}
    for c in lexicon.countries:
        if c.role == "demonym":
            found.setdefault(c.code, c.name)
    return found


@lru_cache(maxsize=20_000)
def plain(name: str, lexicon: Lexicon) -> str:
    """One way of writing a country's institution: "Foreign Ministry of China" and "China's Foreign
    Ministry" are the "Chinese foreign ministry". Other names stay as they are."""
    found = mentions(name, lexicon)
    if len(found) != 1 or found[0].type != "body" or found[0].span != (0, len(name)):
        return name
    m = found[0]
    if m.name in _kinds(lexicon):
        shorter = set(tokens(m.name)) <= set(tokens(name))
        return name if shorter or _kind(m, lexicon) not in GOVERNMENT else m.name
    nouns = _institutions(lexicon).find(name)
    if len(m.countries) != 1 or m.countries[0] not in _demonyms(lexicon) or len(nouns) != 1:
        return name
    return f"{_demonyms(lexicon)[m.countries[0]]} {nouns[0].span.of(name).lower()}"
