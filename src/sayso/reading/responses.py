"""Parties' reactions to an allegation: who denied, confirmed, kept silent, and about what."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.model import Attribution, Claim, Kind, Response, ResponseType, Scope, Span, VoiceKind
from sayso.reading.cast import Cast
from sayso.reading.voices import resolve
from sayso.text.marked import Marked

_SUBJECT_END = re.compile(
    r"[,;:“”\"]\s|\s(?:but|and|though|although|while|that|which|who|has|have|had|also|did|would|will)\s"
)
_SPECIFIC = re.compile(
    r"(?i)\b(specific|particular|allegation|allegations|claim|question|questions|request|report|asked)\b"
)
_THE_REPORT = re.compile(
    r"\s+(?:the|this|that|these|those|such) (?:\w+ )?(?:report|allegation|accusation|claim|charge|information)"
)
_PASSIVE = re.compile(r"\b(?:was|were|been|being|be)\s+$")  # "licences were denied"
_POSSESSIVE = re.compile(r"(?:['’]s?|\b(?:his|her|its|their|a|flat|repeated))\s+$", re.IGNORECASE)


def responses(found: Sequence[Attribution], claims: Sequence[Claim], cast: Cast) -> list[Response]:
    """The reactions an article reports, each once, in text order."""
    marked = cast.marked
    out: list[Response] = []
    for hit in marked.speech.responses.find(marked.text):
        kind = hit.values[0]
        sentence = marked.sentence_at(hit.span.start)
        subject = _subject(kind, hit.span, sentence, found, cast)
        voice = resolve(subject, cast) if subject else None
        if subject is None or voice is None or not _is_reaction(voice.kind, kind, hit.span, sentence, claims, marked):
            continue
        evidence = _evidence(subject, hit.span, sentence, marked)
        if any(r.type is kind and (r.responder == voice.name or r.evidence.overlaps(evidence)) for r in out):
            continue
        out.append(Response(voice.name, kind, evidence, _scope(kind, hit.span, sentence, claims, marked), subject))
    return out


def _subject(kind: ResponseType, cue: Span, sentence: Span, found: Sequence[Attribution], cast: Cast) -> Span | None:
    """Who reacts: the source of an attribution whose cue this is (or who is quoted with a dismissive
    word), else the sentence's subject."""
    for a in found:
        if any(c.overlaps(cue) for c in a.cue) and a.source:
            return a.source[0]
    for a in found:
        if a.source and any(c.covers(cue) for c in a.content) and kind is ResponseType.DISMISSED:
            return a.source[0]
    marked = cast.marked
    before = Span(sentence.start, cue.start)
    reacting = ("country", "capital", "seat", "body", "person")
    candidates = [m.span for m in marked.names if m.type in reacting and before.covers(m.span)]
    candidates += [s for s, _ in cast.people if before.covers(s)]
    if not candidates:
        first = re.match(r"(?i)\s*(?:he|she|it|they)\b", marked.text[before.start : before.end])
        return Span(before.start + first.start(), before.start + first.end()) if first else None
    words = marked.text[before.start : before.end]
    cuts = [before.start + m.end() for m in _SUBJECT_END.finditer(words)]
    for cut in [*cuts[-1:], before.start]:
        here = [c for c in candidates if c.start >= cut]
        if here:
            first_name = min(here)
            return _grow(first_name, Span(cut, cue.start), marked)
    return None


def _grow(name: Span, within: Span, marked: Marked) -> Span:
    """A name with the listed nouns right after it: "Norwegian navy" + "spokesman"."""
    rest = marked.text[name.end : within.end]
    for hit in marked.speech.sources.find(rest):
        if not rest[: hit.span.start].strip(" ’'s"):
            return Span(name.start, name.end + hit.span.end)
    return name


def _is_reaction(
    voice: VoiceKind, kind: ResponseType, cue: Span, sentence: Span, claims: Sequence[Claim], marked: Marked
) -> bool:
    """Whether the words are somebody's reaction and not just a word that could be.

    Documents and outlets do not react. Confirming (admitting, acknowledging) is a common verb: it
    counts where the sentence makes a claim about arms. "Denial" needs its owner before it.
    """
    if voice in (VoiceKind.DOCUMENT, VoiceKind.OUTLET):
        return False
    if kind is ResponseType.CONFIRMED:
        return any(c.evidence.overlaps(sentence) for c in claims)
    words = marked.text[cue.start : cue.end].lower()
    if words == "denied" and _PASSIVE.search(marked.text[sentence.start : cue.start]):
        return False
    return words != "denial" or bool(_POSSESSIVE.search(marked.text[sentence.start : cue.start]))


def _evidence(subject: Span, cue: Span, sentence: Span, marked: Marked) -> Span:
    """From the subject (where it is in the sentence) to the end of the clause."""
    start = subject.start if sentence.covers(subject) and subject.start < cue.start else cue.start
    rest = marked.text[cue.end : sentence.end]
    stop = re.search(r";|,? but (?:did|does|has|would|declined|refused|could)\b|[.!?]?[”\"]?$", rest)
    end = cue.end + (stop.start() if stop else len(rest))
    return Span(start, max(end, cue.end))


def _scope(kind: ResponseType, cue: Span, sentence: Span, claims: Sequence[Claim], marked: Marked) -> Scope:
    """Whether the reaction meets the article's main allegation or something wider.

    A denial is broader when what it denies names no item in particular while the allegation does;
    a silence about "the specific allegation" is specific.
    """
    clause = marked.text[cue.start : sentence.end]
    if kind not in (ResponseType.DENIED, ResponseType.DISMISSED):
        return Scope.SPECIFIC if _SPECIFIC.search(clause) else Scope.UNKNOWN
    if _THE_REPORT.match(marked.text, cue.end):
        return Scope.SPECIFIC
    denied = [c for c in claims if c.polarity == "denied" and sentence.covers(c.evidence)]
    alleged = [
        c for c in claims
        if c.polarity == "affirmed" and c.kind in (Kind.TRANSFER, Kind.PRODUCTION)
        and (c.designations or c.category != "unspecified")
    ]  # fmt: skip
    if not denied or not alleged:
        return Scope.UNKNOWN
    specific = any(d.designations or d.category != "unspecified" for d in denied)
    return Scope.SPECIFIC if specific else Scope.BROADER
