"""Whose word a claim is: the attributions' chain weighed against what the tagger says of the claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sayso.model import Span, Voice, VoiceKind
from sayso.reading import slots
from sayso.reading.cast import Cast
from sayso.reading.chain import Said, chain
from sayso.reading.slots import Anchor
from sayso.reading.voices import resolve
from sayso.text.heads import OUTLET_ITSELF, VOICES
from sayso.text.tagger import Floats

# Chosen on the dev gold; see training/experiments.md for what that means for its figures.
UNVOICED_AT = 0.5  # from here the outlet itself speaks, whatever attribution the claim stands in
KIND_AT = 0.8  # from here the tagger's kind of voice wins over the rules'
POINTED_AT = 0.4  # below here somebody is quoted although no attribution was found


def voices_of(
    anchor: Anchor, evidence: Span, said: Sequence[Said], writer: Voice | None, cast: Cast
) -> tuple[tuple[Voice, ...], float, float]:
    """The voices, and how sure of the innermost one's words and of its kind.

    The voices are the attributions' chain, where the tagger agrees that somebody is quoted; else whom
    the voice pointer picks, or whose statement the whole text is. Where the tagger is sure of the
    innermost voice's kind, it has it from the tagger, whatever the rules made of its words."""
    found = chain(evidence, anchor.span, said, cast)
    p = slots.decided(cast.marked.tags, anchor, evidence, "voice_kind")
    unvoiced = float(p[VOICES.index(OUTLET_ITSELF)])
    if found and unvoiced >= UNVOICED_AT:
        found = ()
    elif not found and unvoiced < POINTED_AT:
        found = _pointed_voice(anchor, cast)
    if found:
        kind, sure = slots.best(p[1:], VOICES[1:])
        if sure >= KIND_AT:
            fits = next((i for i, v in enumerate(found) if v.kind is kind), 0)
            found = (replace(found[fits], kind=VoiceKind(kind)), *found[fits + 1 :])
    elif writer:
        found = (writer,)
    return found, *_voice_scores(p, found, anchor, cast)


def _voice_scores(p: Floats, voices: Sequence[Voice], anchor: Anchor, cast: Cast) -> tuple[float, float]:
    """Of the innermost voice: the probability of its kind, that times how far the voice pointer is
    for its words; and the former alone."""
    if not voices:
        sure = float(p[VOICES.index(OUTLET_ITSELF)])
        return sure, sure
    tags = cast.marked.tags
    at = voices[0].span
    pointer = slots.strength(tags, slots.scores(tags, anchor, "voice"), at) if at else 0.0
    kind = float(p[VOICES.index(voices[0].kind)])
    return kind * (1 + pointer) / 2, kind


def _pointed_voice(anchor: Anchor, cast: Cast) -> tuple[Voice, ...]:
    """Whom the claim's voice pointer is surest of, if that is anybody."""
    picked = slots.pointed(cast.marked.tags, anchor, "voice", cast.marked.text)
    voices = (resolve(p.span, cast) for p in sorted(picked, key=lambda p: -p.score))
    return tuple(v for v in voices if v)[:1]
