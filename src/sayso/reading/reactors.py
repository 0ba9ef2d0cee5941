"""Whose reaction words of reacting ("denied", "no comment") tell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.lexicon.grammar import words_of
from sayso.model import Attribution, ResponseType, Span, Voice, VoiceKind, Zone
from sayso.reading.cast import Cast
from sayso.reading.voices import resolve
from sayso.text.marked import Marked

_SUBJECT_END = re.compile(
    r"[,;:“”\"]\s|\s(?:but|and|though|although|while|that|which|who|has|have|had|also|did|would|will)\s"
)
# What may stand between a subject and its verb: "Turkey, which has so far repeatedly".
_BETWEEN = re.compile(
    r"[”\"’']?(?:,? (?:who|which)(?: in (?:a|the) \w+(?: \w+)?)?)?"
    r"(?: (?:has|have|had|also|did|long|all|both|so far|since|later|then|still|either|"
    r"strongly|\w{1,20}ly|continues? to))*\s"
)
_JOINED = re.compile(r",? (?:and|or) (?:the )?")
_LISTED = re.compile(r", (?:the )?")
_OBLIQUE = re.compile(r"\b(?:in|by|of|from|with|to|at|on|for|as|against|between)(?: the)? $")
_ELIDED = re.compile(r"\b(?:and|but)(?: (?:also|\w+ly))? $")
_FROM_OR_BY = re.compile(r" (?:(?:\w+ ){0,3}from|by) (?:the )?")
_BACK = re.compile(r"\b(?:which|although|though|but|while|claims?|charges?|accusations?|allegations?),? (it)\b")
_REACTING = ("country", "capital", "seat", "body", "person")
# Up to five words and an auxiliary: "The firm's owners have".
_OPENING = re.compile(r"\s*((?!\d)[\w’'-]+(?: [\w’'-]+){0,4}?)(?: (?:has|have|had|also|was|were|is|are))*\s*$")
_SHORT = re.compile(r"(?:The|A|An|Both|Its|His|Her|Their) [\w’'-]+|It|He|She")
_PROPER = re.compile(r"[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*")
_WHOSE = re.compile(r"\b(?:who|which|that|for|of)\b")  # "a contractor who works for Bingo"
_NOBODY = frozenset(["the", "a", "an", "there", "they"])


def reactors(
    kind: ResponseType, cue: Span, found: Sequence[Attribution], past: Sequence[Voice], cast: Cast
) -> list[tuple[Span, Voice]]:
    """Who reacts with the words at `cue`, each with the voice that it names: several where the
    subject joins them ("Turkey and Azerbaijan"). `past` are the voices before, for pronouns."""
    out = []
    for subject in _subjects(kind, cue, found, cast):
        voice = resolve(subject, cast, past)
        if voice and voice.kind not in (VoiceKind.DOCUMENT, VoiceKind.OUTLET) and voice.name.lower() not in _NOBODY:
            out.append((subject, _by_name(voice, past, cast)))
    return out


def _by_name(voice: Voice, past: Sequence[Voice], cast: Cast) -> Voice:
    """A voice called by a title alone ("the general") as the person whom the article named last."""
    hits = cast.marked.speech.sources.find(voice.name)
    titled = voice.name.lower() in words_of("title") or (hits and hits[-1].values[0].refers_back == "person")
    if voice.span is None or not titled or voice.name != voice.name.lower():
        return voice
    spoken = [v.name for v in past if v.kind is VoiceKind.NAMED_PERSON]
    name = spoken[-1] if spoken else cast.person_before(voice.span.start)
    return Voice(name, VoiceKind.NAMED_PERSON, voice.span) if name else voice


def _subjects(kind: ResponseType, cue: Span, found: Sequence[Attribution], cast: Cast) -> list[Span]:
    """The subject right before the verb or its agent after it, else the source of an attribution
    whose cue this is (or who is quoted with a dismissive word), else the sentence's subject."""
    marked = cast.marked
    sentence = marked.sentence_at(cue.start)
    candidates = [m.span for m in marked.names_in(sentence) if m.type in _REACTING]
    candidates += [s for s, _ in cast.people if sentence.covers(s)]
    candidates = [c for c in candidates if marked.zone_at(c.start) is not Zone.DATELINE]
    near = (
        _agent(cue, candidates, marked) or _adjacent(cue, candidates, marked) or _it(cue, sentence, candidates, marked)
    )
    if near:
        return _whole(near, cue, found, marked)
    if _ELIDED.search(marked.text[sentence.start : cue.start]):
        told = (a for a in found if a.source and a.cue and sentence.covers(a.source[0]) and a.cue[0].end < cue.start)
        if spoke := next(told, None):
            return [spoke.source[0]]
    for a in found:
        if a.source and any(c.overlaps(cue) for c in a.cue):
            return [a.source[0]]
    quoted = next((a.source[0] for a in found if a.source and any(c.covers(cue) for c in a.content)), None)
    if quoted and kind is ResponseType.DISMISSED:
        return [quoted]
    before = Span(sentence.start, cue.start)
    candidates = [c for c in candidates if before.covers(c)]
    one = _clause_subject(before, candidates, marked) if candidates else quoted or _phrase(before, marked)
    return [one] if one else []


def _whole(near: list[Span], cue: Span, found: Sequence[Attribution], marked: Marked) -> list[Span]:
    """The source of the attribution whose cue this is, where the name before the verb only tells whose it is."""
    for a in found:
        if not a.source or not any(c.overlaps(cue) for c in a.cue):
            continue
        source = a.source[0]
        if source.covers(near[0]) and _WHOSE.search(marked.text[source.start : near[0].start]):
            return [source]
    return near


def _agent(cue: Span, candidates: Sequence[Span], marked: Marked) -> list[Span]:
    """Who is named after the words: "was denied by Kyiv", "no immediate reaction from the mission"."""
    m = _FROM_OR_BY.match(marked.text, cue.end)
    return [c for c in candidates if m and c.start == m.end()][:1]


def _adjacent(cue: Span, candidates: Sequence[Span], marked: Marked) -> list[Span]:
    """The name right before the words, and those that are joined to it."""
    text = marked.text
    near = [g for c in candidates if c.end < cue.start for g in [_grow(c, Span(c.end, cue.start), marked)]]
    last = [c for c in near if _BETWEEN.fullmatch(text[c.end : cue.start])]
    if not last:
        return []
    out, joint = [min(last)], _JOINED
    while joined := [c for c in near if c.end < out[0].start and joint.fullmatch(text[c.end : out[0].start])]:
        if _OBLIQUE.search(text[max(0, min(joined).start - 12) : min(joined).start]):
            break
        out.insert(0, min(joined))
        joint = _LISTED
    return out


def _it(cue: Span, sentence: Span, candidates: Sequence[Span], marked: Marked) -> list[Span]:
    """Whom "which it denies" means: the last country or body that the sentence names before."""
    for m in _BACK.finditer(marked.text, sentence.start, cue.start):
        if _BETWEEN.fullmatch(marked.text[m.end() : cue.start]):
            before = [c for c in candidates if c.end <= m.start()]
            states = [n.span for n in marked.names_in(sentence) if n.type in ("country", "capital", "seat")]
            return ([c for c in before if c in states] or before)[-1:]
    return []


def _clause_subject(before: Span, candidates: Sequence[Span], marked: Marked) -> Span | None:
    """The first name of the clause that leads to the words, else the sentence's first."""
    words = marked.text[before.start : before.end]
    cuts = [before.start + m.end() for m in _SUBJECT_END.finditer(words)]
    for cut in [*cuts[-1:], before.start]:
        here = [c for c in candidates if c.start >= cut]
        if here:
            return _grow(min(here), Span(cut, before.end), marked)
    return None


def _phrase(before: Span, marked: Marked) -> Span | None:
    """The short noun phrase that the sentence begins with, up to its verb, if it can be a party."""
    m = _OPENING.match(marked.text, before.start, before.end)
    if m is None:
        return None
    hits = marked.speech.sources.find(m[1])
    named = _PROPER.fullmatch(m[1]) and not re.search(rf"\b{re.escape(m[1].lower())}\b", marked.text)
    if _SHORT.fullmatch(m[1]) or named or (hits and hits[-1].span.end == len(m[1])):
        return Span(*m.span(1))
    return None


def _grow(name: Span, within: Span, marked: Marked) -> Span:
    """A name with the listed nouns right after it: "Norwegian navy" + "spokesman"."""
    rest = marked.text[name.end : within.end]
    for hit in marked.speech.sources.find(rest):
        if not rest[: hit.span.start].strip(" ’'s"):
            return Span(name.start, name.end + hit.span.end)
    return name
