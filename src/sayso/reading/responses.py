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
)
from sayso.reading.cast import Cast
from sayso.reading.chain import Said
from sayso.reading.reacting import is_reaction
from sayso.reading.reactors import reactors
from sayso.text.marked import Marked
from sayso.text.names import countries_of

_THE_REPORT = re.compile(
    r"\b(?:the|this|that|these|those|such) (?:\w+ )?(?:reports?|allegations?|accusations?|claims?|charges?|story)\b"
)
_ARMS = (Kind.TRANSFER, Kind.PRODUCTION, Kind.TECHNOLOGY_TRANSFER)
_DENIALS = (ResponseType.DENIED, ResponseType.DISMISSED)


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
        if not is_reaction(kind, hit.span, claims, marked):
            continue
        sentence = marked.sentence_at(hit.span.start)
        past = [v for v in spoken if v.span and v.span.start < hit.span.start]
        scope = _scope(kind, hit.span, sentence, claims, marked)
        earlier = tuple(out)
        for subject, voice in reactors(kind, hit.span, found, past, cast):
            evidence = _evidence(subject, hit.span, sentence, marked)
            told = any(r.evidence.overlaps(evidence) for r in earlier if r.type is kind)
            if not told and not any(r.type is kind and _same(r.responder, voice.name) for r in out):
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
    """Denials of a party to what the article tells as alleged elsewhere, which no word of reacting marks."""
    out: list[Response] = []
    for c in claims:
        if c.polarity is Polarity.DENIED and c.basis is Basis.DIRECT and c.voices and _is_alleged(c, claims):
            sentence = marked.sentence_at(c.evidence.start)
            if any(r.evidence.overlaps(sentence) for r in (*known, *out)):
                continue
            scope = _denied_scope([c], claims)
            out.append(Response(c.voices[0].name, ResponseType.DENIED, c.evidence, scope, c.voices[0].span))
    return out


def _is_alleged(denied: Claim, claims: Sequence[Claim]) -> bool:
    """Whether the article has the like of a denied claim from others: the same supplier and recipient."""

    def parties(c: Claim) -> tuple[set[str], set[str]]:
        names = [{x for p in side for x in (p.countries or (p.name,))} for side in (c.supplier, c.recipient)]
        return names[0], names[1]

    gives, gets = parties(denied)
    return any(
        c.polarity is Polarity.AFFIRMED
        and c.kind is denied.kind
        and c.voices[:1] != denied.voices[:1]
        and gives & parties(c)[0]
        and (not gets or gets & parties(c)[1])
        for c in claims
    )


def _same(a: str, b: str) -> bool:
    """Whether the words of one name are all in the other ("contractor", "contractor for the firm")."""
    x, y = set(a.lower().split()), set(b.lower().split())
    return x <= y or y <= x


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
