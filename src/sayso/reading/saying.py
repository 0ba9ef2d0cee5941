"""Whose word a claim is: the attributions' chain weighed against what the tagger says of the claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sayso.model import Span, Voice, VoiceKind
from sayso.reading import slots
from sayso.reading.cast import Cast
from sayso.reading.chain import Said, alike, chain, is_own
from sayso.reading.slots import Anchor
from sayso.reading.voices import resolve
from sayso.text.heads import OUTLET_ITSELF, VOICES
from sayso.text.tagger import Floats

# Chosen on the dev gold; see training/experiments.md for what that means for its figures.
UNVOICED_AT = 0.5  # from here the outlet itself speaks, whatever attribution the claim stands in
KIND_AT = 0.8  # from here the tagger's kind of voice wins over the rules'
POINTED_OVER = 0.5  # by how much surer the voice pointer is of another voice than of the attributions', to win

# What a voice may turn out to be that the rules class so by its words: a name may be a person's, a body's or an
# outlet's, a phrase may stand for a body or a text; but a report or an outlet is one, and "officials" is nobody's name.
MAY_BE = {
    VoiceKind.NAMED_PERSON: (VoiceKind.ORGANISATION, VoiceKind.OUTLET),
    VoiceKind.ORGANISATION: (VoiceKind.NAMED_PERSON, VoiceKind.OUTLET),
    VoiceKind.ANONYMOUS: (VoiceKind.ORGANISATION, VoiceKind.DOCUMENT),
    VoiceKind.OUTLET: (),
    VoiceKind.DOCUMENT: (),
}


def voices_of(
    anchor: Anchor, evidence: Span, said: Sequence[Said], writer: Voice | None, cast: Cast
) -> tuple[tuple[Voice, ...], float, float]:
    """The voices, and how sure of the innermost one's words and of its kind.

    The voices are the attributions' chain, where the tagger agrees that somebody is quoted, corrected where the
    voice pointer is far surer of somebody else; without a chain, whom it picks, or whose statement the whole
    text is. Where the tagger is sure of the innermost voice's kind, it has it from the tagger, as far as its
    words allow."""
    found = chain(evidence, anchor.span, said, cast)
    p = slots.decided(cast.marked.tags, anchor, evidence, "voice_kind")
    unvoiced = float(p[VOICES.index(OUTLET_ITSELF)])
    if unvoiced >= UNVOICED_AT:
        found = ()
    else:
        known = _strength(found[0], anchor, cast) if found else 0.0
        found = corrected(found, known, _pointed_voice(anchor, said, cast))
    if found:
        kind, sure = slots.best(p[1:], VOICES[1:])
        if sure >= KIND_AT:
            found = with_kind(found, VoiceKind(kind))
    elif writer:
        found = (writer,)
    return found, *_voice_scores(p, found, anchor, cast)


def _voice_scores(p: Floats, voices: Sequence[Voice], anchor: Anchor, cast: Cast) -> tuple[float, float]:
    """Of the innermost voice: the probability of its kind, that times how far the voice pointer is
    for its words; and the former alone."""
    if not voices:
        sure = float(p[VOICES.index(OUTLET_ITSELF)])
        return sure, sure
    kind = float(p[VOICES.index(voices[0].kind)])
    return kind * (1 + _strength(voices[0], anchor, cast)) / 2, kind


def _strength(voice: Voice, anchor: Anchor, cast: Cast) -> float:
    """How far the voice pointer is for a voice's words."""
    tags = cast.marked.tags
    return slots.strength(tags, slots.scores(tags, anchor, "voice"), voice.span) if voice.span else 0.0


def with_kind(found: tuple[Voice, ...], kind: VoiceKind) -> tuple[Voice, ...]:
    """The chain from its first voice of that kind on; where none is, with the kind given to the first, if its words
    allow it."""
    fits = next((i for i, v in enumerate(found) if v.kind is kind), 0)
    first = found[fits]
    return (replace(first, kind=kind) if kind in MAY_BE[first.kind] else first, *found[fits + 1 :])


def corrected(found: tuple[Voice, ...], known: float, pointed: tuple[Voice, float] | None) -> tuple[Voice, ...]:
    """A chain with whom the voice pointer is surest of in place of its innermost voices, where it is far surer of that
    than of the innermost (`known`); outlets stay, as those who pass the word on. Without a chain, the pointer's
    voice."""
    if pointed is None:
        return found
    voice, score = pointed
    if not found:
        return (voice,)
    if score - known < POINTED_OVER or alike(voice.name, found[0].name):
        return found
    outlets = tuple(v for v in found if v.kind is VoiceKind.OUTLET and not alike(v.name, voice.name))
    if voice.kind is VoiceKind.OUTLET:
        return (voice,) if len(outlets) == len(found) else found
    return (voice, *outlets)


def _pointed_voice(anchor: Anchor, said: Sequence[Said], cast: Cast) -> tuple[Voice, float] | None:
    """Whom the claim's voice pointer is surest of, if that is anybody, and how sure: never the outlet that carries
    the article. Words within an attribution's source are who that source is."""
    picked = slots.pointed(cast.marked.tags, anchor, "voice", cast.marked.text)
    for p in sorted(picked, key=lambda p: -p.score):
        source = next((voices[0] for a, voices in said if voices and any(s.overlaps(p.span) for s in a.source)), None)
        voice = source or resolve(p.span, cast)
        if voice and not is_own(voice, cast.marked):
            return voice, p.score
    return None
