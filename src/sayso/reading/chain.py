"""The chain of voices behind a claim, innermost first, and what its last voice stands on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.lexicon import Lexicon
from sayso.model import Attribution, Basis, Span, Voice, VoiceKind, Zone
from sayso.reading.cast import Cast
from sayso.reading.voices import resolve
from sayso.text.marked import Marked
from sayso.text.names import countries_of

_CONSULTED = re.compile(
    r"(?i)\b(?:consulted|interviewed|quoted|cited|contacted|seen|obtained|reviewed) by|\btold|\bspeaking to|\bspoke to|"
    r"\binterview (?:with|to|by)|\bin an article (?:for|in)"
)
_CITING = re.compile(r"(?i)(?<!without )(?<!not )\b(?:citing|quoting|referring to|with reference to|attributed to)\s+")
_PHRASE_END = re.compile(r"[,.;\n]|\s(?:that|who|which|reported|said|on|in)\s")


_NOT_TOLD = (Zone.CAPTION, Zone.CREDIT)  # photo credits are nobody's audience

Said = tuple[Attribution, tuple[Voice, ...]]


def said_by(found: Sequence[Attribution], cast: Cast) -> list[Said]:
    """Each attribution with the voices it names, innermost first."""
    past: list[Voice] = []
    out: list[Said] = []
    for a in sorted(found, key=lambda a: a.source[0].start if a.source else -1):
        voices = _voices(a, cast, past)
        past += voices[:1]
        out.append((a, tuple(voices)))
    return out


def chain(evidence: Span, at: Span, said: Sequence[Said], cast: Cast) -> tuple[Voice, ...]:
    """The voices whose content holds the claim's anchor `at`, innermost first.

    The outlet that carries the article is left out: it is always the outermost voice.
    """
    holding = [
        (a, voices)
        for a, voices in said
        if any(c.overlaps(at) or (c.overlaps(evidence) and _most(c, evidence)) for c in a.content)
    ]
    holding.sort(key=lambda s: sum(c.end - c.start for c in s[0].content))
    # In a transcript the label says who speaks; what looks like a speaker within is mostly a phrase of the talk.
    labelled = [s for s in holding if not s[0].cue and s[1]]
    out: list[Voice] = []
    for _, voices in labelled or holding:
        for voice in voices:
            if is_own(voice, cast.marked) or any(alike(voice.name, v.name) for v in out):
                continue
            out.append(voice)
    return tuple(out)


def _most(content: Span, evidence: Span) -> bool:
    shared = min(content.end, evidence.end) - max(content.start, evidence.start)
    return shared >= 0.6 * (evidence.end - evidence.start)


def is_own(voice: Voice, marked: Marked) -> bool:
    """Whether a voice is the outlet that carries the article; one that no vocabulary knows may look like a person."""
    outlet = marked.document.outlet or ""
    if voice.kind is VoiceKind.NAMED_PERSON:
        return bool(outlet) and _words(voice.name) == _words(outlet)
    return voice.kind is VoiceKind.OUTLET and alike(voice.name, outlet)


def alike(a: str, b: str) -> bool:
    """Whether the words of one name are all within the other."""
    x, y = _words(a), _words(b)
    return bool(x and y) and (x <= y or y <= x)


def _words(name: str) -> set[str]:
    return set(re.findall(r"\w+", name.lower())) - {"the", "a", "an"}


def _voices(a: Attribution, cast: Cast, past: Sequence[Voice]) -> list[Voice]:
    """The voices one attribution names, innermost first: whom the source cites, the source, and
    the outlet it spoke to."""
    marked = cast.marked
    out: list[Voice] = []
    if not a.source:
        return out
    source = a.source[0]
    main = resolve(source, cast, past)
    if main is None:
        return out
    out.append(main)
    if main.kind is VoiceKind.OUTLET:
        cited = _cited(a, cast)
        if cited:
            out.insert(0, cited)
        return out
    outer = _outlet_spoken_to(a, source, marked, cast)
    if outer:
        out.append(outer)
    return out


def _cited(a: Attribution, cast: Cast) -> Voice | None:
    """Whom an outlet cites: "…, citing US officials"."""
    marked = cast.marked
    at = a.cue[0] if a.cue else a.source[0]
    sentence = marked.sentence_at(at.start)
    m = _CITING.search(marked.text, sentence.start, sentence.end)
    if not m:
        return None
    stop = _PHRASE_END.search(marked.text, m.end(), sentence.end)
    span = Span(m.end(), stop.start() if stop else sentence.end)
    return resolve(span, cast) if span.end - span.start > 2 else None


def _outlet_spoken_to(a: Attribution, source: Span, marked: Marked, cast: Cast) -> Voice | None:
    """The outlet named right after the cue ("told Le Figaro"), or within the source's words
    ("experts consulted by the magazine")."""
    words = marked.text[source.start : source.end]
    consulted = _CONSULTED.search(words)
    if consulted:
        inner = Span(source.start + consulted.end(), source.end)
        voice = resolve(_stripped(inner, marked.text), cast)
        if voice and voice.kind is VoiceKind.OUTLET:
            return voice
    for cue in a.cue:
        sentence = marked.sentence_at(cue.start)
        for m in marked.names:
            if m.type != "outlet" or marked.zone_at(m.span.start) in _NOT_TOLD:
                continue
            if cue.start <= m.span.start < min(sentence.end, cue.end + 60):
                between = marked.text[cue.end : m.span.start] if m.span.start > cue.end else ""
                if len(between.split()) <= 6 and not re.search(r"[.;]|\bthat\b", between):
                    return Voice(cast.said(m), VoiceKind.OUTLET, m.span)
    return None


def _stripped(span: Span, text: str) -> Span:
    words = text[span.start : span.end]
    return Span(span.start + len(words) - len(words.lstrip()), span.end)


_BASIS_OF_KIND = {
    VoiceKind.NAMED_PERSON: Basis.NAMED, VoiceKind.ORGANISATION: Basis.NAMED, VoiceKind.ANONYMOUS: Basis.ANONYMOUS,
    VoiceKind.DOCUMENT: Basis.DOCUMENT, VoiceKind.OUTLET: Basis.UNSTATED,
}  # fmt: skip


def basis(voices: Sequence[Voice], stated: dict[str, Basis], parties: Sequence[str], lexicon: Lexicon) -> Basis:
    """What the innermost voice stands on.

    `stated` holds what the article says of an outlet's sources, by outlet; `parties` the country
    codes of the claim's supplier and recipient: who speaks for one of them is party to it.
    """
    if not voices:
        return Basis.UNSTATED
    first = voices[0]
    if first.kind is VoiceKind.OUTLET:
        return next((b for name, b in stated.items() if alike(name, first.name)), Basis.UNSTATED)
    named = first.kind in (VoiceKind.NAMED_PERSON, VoiceKind.ORGANISATION)
    if named and set(countries_of(first.name, lexicon)) & set(parties):
        return Basis.DIRECT
    return _BASIS_OF_KIND[first.kind]


def stated_bases(cast: Cast) -> dict[str, Basis]:
    """What the article says that outlets stand on ("without citing sources"), by outlet."""
    marked = cast.marked
    out: dict[str, Basis] = {}
    for hit in marked.speech.bases.find(marked.text):
        sentence = marked.sentence_at(hit.span.start)
        here = [m for m in cast.outlets if sentence.covers(m.span)]
        name = cast.said(here[-1]) if here else cast.outlet_before(hit.span.start)
        if name:
            out.setdefault(name, hit.values[0])
    return out
