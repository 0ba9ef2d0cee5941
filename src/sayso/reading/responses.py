"""Parties' reactions to an allegation: who denied, confirmed, kept silent, and about what."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.model import (
    Attribution,
    Basis,
    Category,
    Claim,
    Kind,
    Polarity,
    Response,
    ResponseType,
    Scope,
    Span,
    Voice,
    VoiceKind,
)
from sayso.reading.cast import Cast
from sayso.reading.chain import Said
from sayso.reading.voices import resolve
from sayso.text.marked import Marked
from sayso.text.names import countries_of

_SUBJECT_END = re.compile(
    r"[,;:“”\"]\s|\s(?:but|and|though|although|while|that|which|who|has|have|had|also|did|would|will)\s"
)
_THE_REPORT = re.compile(
    r"\b(?:the|this|that|these|those|such) (?:\w+ )?(?:reports?|allegations?|accusations?|claims?|charges?|story)\b"
)
_ARMS = (Kind.TRANSFER, Kind.PRODUCTION, Kind.TECHNOLOGY_TRANSFER)
_DENIALS = (ResponseType.DENIED, ResponseType.DISMISSED)
# Up to five words and an auxiliary: "The firm's owners have".
_OPENING = re.compile(r"\s*((?!\d)[\w’'-]+(?: [\w’'-]+){0,4}?)(?: (?:has|have|had|also|was|were|is|are))*\s*$")
_NOBODY = frozenset(["the", "a", "an", "there", "they"])
_CALLED = re.compile(
    r"(?i)\b(?:as|call(?:s|ed|ing)|is|are|was|were|being|it|them|him|her)(?: \w+)?(?: [\"“‘'])?\s*[\"“‘']?$"
)
_PASSIVE = re.compile(r"\b(?:was|were|been|being|be)\s+$")  # "licences were denied"
_POSSESSIVE = re.compile(r"(?:['’]s?|\b(?:his|her|its|their|a|flat|repeated))\s+$", re.IGNORECASE)


def responses(
    found: Sequence[Attribution], said: Sequence[Said], claims: Sequence[Claim], cast: Cast
) -> list[Response]:
    """The reactions an article reports, each once, in text order: those that a word of reacting
    marks, and the denials that a claim's own party makes ("China sends no arms, its ministry said")."""
    marked = cast.marked
    spoken = [v for _, voices in said for v in voices[:1]]
    out: list[Response] = []
    for hit in marked.speech.responses.find(marked.text):
        kind = hit.values[0]
        sentence = marked.sentence_at(hit.span.start)
        subject = _subject(kind, hit.span, sentence, found, cast)
        past = [v for v in spoken if v.span and v.span.start < hit.span.start]
        voice = resolve(subject, cast, past) if subject else None
        if subject is None or voice is None or not _is_reaction(voice, kind, hit.span, sentence, claims, marked):
            continue
        evidence = _evidence(subject, hit.span, sentence, marked)
        if not any(r.type is kind and (_same(r.responder, voice.name) or r.evidence.overlaps(evidence)) for r in out):
            scope = _scope(kind, hit.span, sentence, claims, marked)
            out.append(Response(voice.name, kind, evidence, scope, subject))
    return sorted(_folded(out + _by_claims(out, claims, marked), cast), key=lambda r: r.evidence)


def _folded(found: Sequence[Response], cast: Cast) -> list[Response]:
    """One reaction of one country's government told twice ("China", "its ministry", the spokesman by
    name) is kept where the responder is named most closely."""
    out: list[Response] = []
    for r in found:
        place = countries_of(r.responder, cast.marked.lexicon)
        twin = next(
            (o for o in out if o.type is r.type and place and countries_of(o.responder, cast.marked.lexicon) == place),
            None,
        )
        if twin is None:
            out.append(r)
        elif _closeness(r, cast) > _closeness(twin, cast):
            out[out.index(twin)] = r
    return out


def _closeness(response: Response, cast: Cast) -> int:
    if any(name == response.responder for _, name in cast.people):
        return 2
    return int(not any(c.name == response.responder for c in cast.marked.lexicon.countries))


def _by_claims(known: Sequence[Response], claims: Sequence[Claim], marked: Marked) -> list[Response]:
    out: list[Response] = []
    for c in claims:
        if c.polarity is Polarity.DENIED and c.basis is Basis.DIRECT and c.voices:
            sentence = marked.sentence_at(c.evidence.start)
            if any(r.evidence.overlaps(sentence) for r in (*known, *out)):
                continue
            scope = _denied_scope([c], claims)
            out.append(Response(c.voices[0].name, ResponseType.DENIED, c.evidence, scope, c.voices[0].span))
    return out


def _same(a: str, b: str) -> bool:
    """Whether the words of one name are all in the other ("contractor", "contractor for the firm")."""
    x, y = set(a.lower().split()), set(b.lower().split())
    return x <= y or y <= x


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
        return _quoted(cue, found) or _phrase(before, marked)
    words = marked.text[before.start : before.end]
    cuts = [before.start + m.end() for m in _SUBJECT_END.finditer(words)]
    for cut in [*cuts[-1:], before.start]:
        here = [c for c in candidates if c.start >= cut]
        if here:
            first_name = min(here)
            return _grow(first_name, Span(cut, cue.start), marked)
    return None


def _quoted(cue: Span, found: Sequence[Attribution]) -> Span | None:
    """Who says of himself that he reacts: "the spokesman said he was not aware"."""
    return next((a.source[0] for a in found if a.source and any(c.covers(cue) for c in a.content)), None)


def _phrase(before: Span, marked: Marked) -> Span | None:
    """The short noun phrase that the sentence begins with, up to its verb."""
    m = _OPENING.match(marked.text, before.start, before.end)
    return Span(*m.span(1)) if m else None


def _grow(name: Span, within: Span, marked: Marked) -> Span:
    """A name with the listed nouns right after it: "Norwegian navy" + "spokesman"."""
    rest = marked.text[name.end : within.end]
    for hit in marked.speech.sources.find(rest):
        if not rest[: hit.span.start].strip(" ’'s"):
            return Span(name.start, name.end + hit.span.end)
    return name


def _is_reaction(
    voice: Voice, kind: ResponseType, cue: Span, sentence: Span, claims: Sequence[Claim], marked: Marked
) -> bool:
    """Whether the words are somebody's reaction and not just a word that could be.

    Documents and outlets do not react. Confirming (admitting, acknowledging) is a common verb: it
    counts where the sentence makes a claim about arms. "Denial" needs its owner before it, and
    "disinformation" must be what something is called.
    """
    if voice.kind in (VoiceKind.DOCUMENT, VoiceKind.OUTLET) or voice.name.lower() in _NOBODY:
        return False
    if kind is ResponseType.DISMISSED and not marked.text[cue.start : cue.end].lower().startswith("dismiss"):
        return bool(_CALLED.search(marked.text[sentence.start : cue.start]))
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

    A silence, a "no comment" or a "not aware" answers what was asked. So does a denial of "the
    report"; another is broader when what it denies names no item in particular while the
    allegation does.
    """
    if kind not in _DENIALS or _THE_REPORT.search(marked.text[cue.start : min(sentence.end, cue.end + 40)].lower()):
        return Scope.SPECIFIC
    return _denied_scope([c for c in claims if c.polarity is Polarity.DENIED and sentence.covers(c.evidence)], claims)


def _denied_scope(denied: Sequence[Claim], claims: Sequence[Claim]) -> Scope:
    alleged = [c for c in claims if c.polarity is Polarity.AFFIRMED and c.kind in _ARMS and _particular(c)]
    if not denied or not alleged:
        return Scope.UNKNOWN
    return Scope.SPECIFIC if any(map(_particular, denied)) else Scope.BROADER


def _particular(claim: Claim) -> bool:
    return bool(claim.designations) or claim.category is not Category.UNSPECIFIED
