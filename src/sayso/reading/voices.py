"""Whose word it is: a source's words resolved to a name and a kind.

Heads are found as in English noun phrases: the last word before a comma, a preposition or a
relative pronoun. Pronouns go back to who spoke last, "the weekly" to the last outlet, "the
Ukrainian president" to the president whom the article names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.lexicon.grammar import words_of
from sayso.lexicon.speech import SourceNoun
from sayso.model import Span, Voice, VoiceKind, hull
from sayso.reading.cast import REACH, Cast
from sayso.reading.firms import firm_at
from sayso.reading.titles import titled

_PRONOUN = re.compile(r"(?i)^(he|she|him|her|i|we|it|they|them|you|who|which|this|that|his|its|their)$")
# "So I", "And we're": who speaks
_FIRST = re.compile(r"(?i)^(?:(?:so|and|but|well|no|yes|look|again),? )?(i|we)(?:['’](?:m|ve|ll|re|d))?$")
_PERSONAL = frozenset(["he", "she", "him", "her", "i", "his", "who"])
_PLURAL = frozenset(["they", "them", "their"])
_CUT = re.compile(
    r",|;|\(|–|—| (?:who|which|that|of|at|in|from|for|to|with|on|by|about|near|inside|briefed|familiar|"
    r"close|speaking|citing|consulted|interviewed|quoted|led|based|including) "
)
_OFFICE = re.compile(r"(?:[\w’'-]+ ){0,4}?([\w-]+) of (?:[\w’'&-]+ ){1,4}?(?=[A-Z])")
_FOR = re.compile(r" (?:for|of|at) [^,;()\n]{2,60}")
_VERBS = re.compile(r"(?i)(?<=\w)(?:\s+(?:has|have|had|is|was|are|were|also|and|that)|\s*[\[(“\"]+)+\s*$")
_DETERMINER = re.compile(r"(?i)^(?:the|a|an|this|that|these|those|his|her|its|their|our|one|another)\s+")


def resolve(source: Span, cast: Cast, past: Sequence[Voice] = ()) -> Voice | None:
    """The voice that a source span names; None where it points at nobody that can be found.

    `past` are the voices that spoke before, in text order, for pronouns to go back to.
    """
    marked = cast.marked
    source = _without_verbs(_with_whole_names(source, cast), cast)
    words = marked.text[source.start : source.end].strip()
    if not words:
        return None
    if speaker := _FIRST.match(words):
        return _pronoun(speaker[1].lower(), source, cast, past)
    if _PRONOUN.match(words):
        return _pronoun(words.lower(), source, cast, past)
    core = _core(words)
    noun = _head_noun(core, cast)
    person = _of_office(source, words, cast) or (None if noun else _person(source, core, cast))
    outlet = next((m for m in marked.names_in(source) if m.type == "outlet"), None)
    if outlet and (person is None or outlet.span.start < source.start + len(core)):
        return Voice(cast.said(outlet), VoiceKind.OUTLET, source)
    if person:
        return Voice(cast.fuller(person), VoiceKind.NAMED_PERSON, source)
    name = re.sub(r"[’']s?$", "", _DETERMINER.sub("", core).strip(" ,;:")) or words
    if firm := firm_at(name, Span(source.start, source.start + len(core)), cast.marked, cast.firms):
        return Voice(firm, VoiceKind.ORGANISATION, source)
    if noun is None:
        known = any(m.type != "item" for m in marked.names_over(source))
        return Voice(name, VoiceKind.ORGANISATION if known or name[:1].isupper() else VoiceKind.ANONYMOUS, source)
    return _by_noun(noun, name, core, source, cast)


def _with_whole_names(source: Span, cast: Cast) -> Span:
    """The span grown over names that it cuts: the tagger may have lost "United" of "United States"."""
    cut = [m.span for m in cast.marked.names_over(source) if m.type != "item"]
    return hull([source, *cut])


def _without_verbs(source: Span, cast: Cast) -> Span:
    """The span without what the tagger took with it from the clause: "the minister has"."""
    words = cast.marked.text[source.start : source.end]
    return Span(source.start, source.start + len(_VERBS.sub("", words)))


def _by_noun(noun: SourceNoun, name: str, core: str, source: Span, cast: Cast) -> Voice:
    """A voice called by a listed noun; some nouns stand for somebody named elsewhere."""
    if noun.refers_back == "outlet" and _DETERMINER.match(core):
        return Voice(cast.outlet_before(source.start) or name, VoiceKind.OUTLET, source)
    if noun.refers_back == "person":
        named = _apposed(source, cast)
        if named is None and (one := _singular(noun, core)):
            named = titled(one, source, cast) or _holder(source, core, cast)
        if named:
            return Voice(named, VoiceKind.NAMED_PERSON, source)
    if noun.kind is VoiceKind.ORGANISATION:
        name = _whose(name, core, source, cast)
    return Voice(name, noun.kind, source)


def _whose(name: str, core: str, source: Span, cast: Cast) -> str:
    """A spokesman with the body he speaks for: "spokesman for the shipyard"."""
    rest = cast.marked.text[source.start + len(core) : source.end]
    m = _FOR.match(rest)
    return name + m.group().rstrip() if m else name


def _apposed(source: Span, cast: Cast) -> str | None:
    """The name that follows a title and a comma: "the defence minister, Ingrid Solheim"."""
    inside = [n for s, n in cast.people if source.covers(s)]
    return cast.fuller(inside[0]) if inside else None


def _singular(noun: SourceNoun, core: str) -> str | None:
    """The office as the phrase has it, where it is one person's: not "defence ministers" or "a minister"."""
    m = re.search(rf"(?i)\b{re.escape(noun.words)}(?=(?:[’']s?)?\s*$)", core)
    return noun.words if m and not re.match(r"(?i)(?:a|an|one|some|another|former)\s", core) else None


def _holder(source: Span, core: str, cast: Cast) -> str | None:
    within = Span(source.start, source.start + len(core))
    countries = tuple(c for m in cast.marked.names_over(within) for c in m.countries)
    return cast.holder(countries, source.start) if countries else None


def _core(words: str) -> str:
    cut = _CUT.search(words)
    return words[: cut.start()] if cut and cut.start() > 2 else words


def _of_office(source: Span, words: str, cast: Cast) -> str | None:
    """Whom a title with "of" leads to: "chief of staff Ingrid Solheim"."""
    m = _OFFICE.match(words)
    if m is None or m[1].lower() not in words_of("title"):
        return None
    name = _person(source, words[: m.end()] + _core(words[m.end() :]), cast)
    return name if name and " " in name else None


def _head_noun(core: str, cast: Cast) -> SourceNoun | None:
    """The listed noun that the phrase ends with, if it ends with one."""
    hits = cast.marked.speech.sources.find(core)
    if hits and hits[-1].span.end >= len(core.rstrip(" ’'s\"”")):
        return hits[-1].values[0]
    return None


def _person(source: Span, core: str, cast: Cast) -> str | None:
    """The personal name that the phrase ends with; a single word must be a surname known otherwise,
    or stand within the sentence."""
    end = source.start + len(core.rstrip(" ’'s\"”,"))
    for s, name in cast.names:
        if s.start >= source.start and s.start < end <= s.end + 2:
            alone = " " not in name and name not in cast.full
            opens = cast.marked.sentence_at(s.start).start == s.start
            return None if alone and opens and s.end < source.end - 2 else name
    return None


def _pronoun(word: str, source: Span, cast: Cast, past: Sequence[Voice]) -> Voice | None:
    """Who a pronoun is: the last fitting voice, else the last fitting name."""
    near = [v for v in past if v.span and 0 <= source.start - v.span.start <= REACH]

    def last(*kinds: VoiceKind) -> str | None:
        return next((v.name for v in reversed(near) if v.kind in kinds), None)

    if word in ("i", "we"):
        spoke = next((v for v in reversed(near) if v.kind not in (VoiceKind.OUTLET, VoiceKind.DOCUMENT)), None)
        return spoke and Voice(spoke.name, spoke.kind, source)
    if word in _PERSONAL:
        name = last(VoiceKind.NAMED_PERSON) or cast.person_before(source.start)
        return Voice(name, VoiceKind.NAMED_PERSON, source) if name else None
    if word in _PLURAL:
        anonymous = last(VoiceKind.ANONYMOUS)
        return Voice(anonymous or "They", VoiceKind.ANONYMOUS, source)
    if word in ("it", "its", "which"):
        for v in reversed(near):
            if v.kind is not VoiceKind.NAMED_PERSON:
                return Voice(v.name, v.kind, source)
        outlet = cast.outlet_before(source.start)
        return Voice(outlet, VoiceKind.OUTLET, source) if outlet else None
    return None
