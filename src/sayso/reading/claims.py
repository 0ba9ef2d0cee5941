"""Claims assembled from anchors: evidence, parties, item, amounts, time, stage, voices."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from sayso.model import (
    Basis,
    Category,
    Claim,
    Interval,
    Kind,
    Measure,
    Money,
    Polarity,
    Quantity,
    Span,
    Stage,
    Voice,
    VoiceKind,
)
from sayso.reading import slots
from sayso.reading.cast import Cast
from sayso.reading.chain import Said, basis, chain, stated_bases
from sayso.reading.context import filled
from sayso.reading.parties import parties
from sayso.reading.slots import Anchor
from sayso.reading.speakers import author
from sayso.reading.voices import resolve
from sayso.text.heads import CATEGORIES, OUTLET_ITSELF, STAGES, VOICES
from sayso.text.marked import Marked
from sayso.text.money import unit_prices
from sayso.text.names import category_of
from sayso.text.tagger import Floats

_PARTS = re.compile(r"[.;,]|\band\b|\bof the\b")
_CLAUSE_END = re.compile(r"[,;:]\s+|\s[–—-]+\s")
Amount = TypeVar("Amount", Quantity, Money, Interval)

# Chosen on the dev gold; see training/experiments.md for what that means for its figures.
AMOUNT_AT = 0.5
BESIDE_SURE = 0.5  # at least, of a count right before its item
NEAR_ITEM = 60  # characters before the item in which its count stands
WORDS_BETWEEN = 3  # "100 combat-proven attack drones"
DENIED_AT = 0.5
HEDGED_AT = 0.35
EVIDENCE_AT = 0.5
UNVOICED_AT = 0.5  # from here the outlet itself speaks, whatever attribution the claim stands in
KIND_AT = 0.8  # from here the tagger's kind of voice wins over the rules'
POINTED_AT = 0.4  # below here somebody is quoted although no attribution was found
SHORTEST_EVIDENCE = 15  # characters; a shorter clause is given as its sentence


def claims(said: Sequence[Said], cast: Cast) -> list[Claim]:
    """The claims of a text, in text order, with raw scores (see `confidence`)."""
    marked = cast.marked
    stated = stated_bases(cast)
    writer = author(cast.marked.document, cast)
    each = unit_prices(marked.text)
    return filled(
        [_claim(anchor, said, writer, cast, stated, each) for anchor in slots.anchors(marked.tags, marked.text)]
    )


def _claim(
    anchor: Anchor,
    said: Sequence[Said],
    writer: Voice | None,
    cast: Cast,
    stated: dict[str, Basis],
    each: Sequence[Span],
) -> Claim:
    marked, tags = cast.marked, cast.marked.tags
    evidence = _evidence(anchor, marked)
    suppliers, supplier_score = parties(marked, cast, anchor, "supplier")
    recipients, recipient_score = parties(marked, cast, anchor, "recipient")
    designations = tuple(m.name for m in marked.names if m.type == "designation" and m.span.overlaps(anchor.span))
    category, category_score = _category(anchor, evidence, designations, marked)
    stage, stage_score = slots.best(slots.decided(tags, anchor, evidence, "stage"), STAGES)
    if anchor.kind is Kind.SPECIFICATION:
        stage, stage_score = Stage.UNSPECIFIED, 1.0
    denied = float(slots.decided(tags, anchor, evidence, "denied")[0])
    hedged = float(slots.decided(tags, anchor, evidence, "hedged")[0])
    is_hedged = hedged >= HEDGED_AT
    voices, voice_score, voice_kind_score = _voices(anchor, evidence, said, writer, cast)
    quantity, quantity_score = _quantity(anchor, evidence, marked)
    # The price of one is a property of the arm, not what a deal is worth.
    sums = [m for m in marked.moneys if anchor.kind is Kind.SPECIFICATION or m.span not in each]
    value, value_score = _pointed_amount(anchor, "value", sums, evidence, marked)
    measure = _measure(anchor, marked) if anchor.kind is Kind.SPECIFICATION else None
    when, when_score = _when(anchor, evidence, marked)
    countries = [c for p in (*suppliers, *recipients) for c in p.countries]
    scores = {
        "claim": anchor.score, "supplier": supplier_score, "recipient": recipient_score, "item": anchor.score,
        "category": category_score, "quantity": quantity_score, "value": value_score, "when": when_score,
        "stage": stage_score, "polarity": max(denied, 1 - denied), "hedged": hedged if is_hedged else 1 - hedged,
        "said_by": voice_score, "said_by_kind": voice_kind_score,
    }  # fmt: skip
    return Claim(
        evidence=_clause(evidence, marked), kind=anchor.kind, item=marked.text[anchor.span.start : anchor.span.end],
        item_span=anchor.span, designations=designations, category=category, supplier=suppliers, recipient=recipients,
        quantity=quantity, value=value, measure=measure, when=when,
        stage=stage, polarity=Polarity.DENIED if denied >= DENIED_AT else Polarity.AFFIRMED, hedged=is_hedged,
        voices=voices, basis=basis(voices, stated, countries, marked.lexicon), zone=marked.zone_at(anchor.span.start),
        confidence=tuple(scores.items()),
    )  # fmt: skip


def _evidence(anchor: Anchor, marked: Marked) -> Span:
    """The run of words around the anchor that the evidence pointer picks, within its sentence."""
    tags, sentence = marked.tags, marked.sentence_at(anchor.span.start)
    p = slots.scores(tags, anchor, "evidence")
    inside = tags.tokens_under(sentence)
    low, high = anchor.tokens.start, anchor.tokens.stop
    while low > inside.start and max(p[max(inside.start, low - 3) : low]) >= EVIDENCE_AT:
        low -= 1
    while high < inside.stop and max(p[high : min(inside.stop, high + 3)]) >= EVIDENCE_AT:
        high += 1
    span = slots.span_of(tags, slice(low, high), marked.text)
    return span if span.end - span.start >= SHORTEST_EVIDENCE else sentence


def _clause(evidence: Span, marked: Marked) -> Span:
    """The evidence grown to the clause it lies in, so that it can be read on its own."""
    sentence = marked.sentence_at(evidence.start)
    before = marked.text[sentence.start : evidence.start]
    after = marked.text[evidence.end : sentence.end]
    starts = [m.end() for m in _CLAUSE_END.finditer(before)]
    stop = _CLAUSE_END.search(after)
    start = sentence.start + (starts[-1] if starts else 0)
    end = evidence.end + (stop.start() if stop else len(after.rstrip(' .!?”"')))
    return Span(start, max(end, evidence.end))


def _category(anchor: Anchor, evidence: Span, designations: Sequence[str], marked: Marked) -> tuple[Category, float]:
    """The vocabulary's category where it knows the words, else the tagger's; the score is the mean of
    what the tagger gives it and of whether the vocabulary gives it too, or nothing is given."""
    p = slots.decided(marked.tags, anchor, evidence, "category")
    chosen, score = slots.best(p, CATEGORIES)
    known = category_of(marked.text[anchor.span.start : anchor.span.end], marked.lexicon)
    if known is not Category.UNSPECIFIED and known is not chosen and (designations or score < 0.6):
        chosen = known
    concurs = chosen in (known, Category.UNSPECIFIED)
    return chosen, (float(p[CATEGORIES.index(chosen)]) + concurs) / 2


def _count_before(anchor: Anchor, marked: Marked) -> Quantity | None:
    """The count that stands right before the item."""
    for q in reversed(marked.quantities):
        if q.span and q.span.start >= anchor.span.start - NEAR_ITEM and q.span.end <= anchor.span.end:
            between = marked.text[q.span.end : anchor.span.start]
            if len(between.split()) <= WORDS_BETWEEN and not _PARTS.search(between):
                return q
    return None


def _quantity(anchor: Anchor, evidence: Span, marked: Marked) -> tuple[Quantity | None, float]:
    """The count right before the item, else the one that the pointer picks."""
    beside = _count_before(anchor, marked)
    if beside and beside.span:
        p = slots.scores(marked.tags, anchor, "quantity")
        return beside, max(slots.strength(marked.tags, p, beside.span), BESIDE_SURE)
    return _pointed_amount(anchor, "quantity", marked.quantities, evidence, marked, AMOUNT_AT)


def _pointed_amount(
    anchor: Anchor, slot: str, amounts: Sequence[Amount], evidence: Span, marked: Marked, at_least: float = 0.0
) -> tuple[Amount | None, float]:
    """The amount in the evidence that the pointer favours, nearness counting; None below `at_least`."""
    inside = [a for a in amounts if a.span and evidence.overlaps(a.span)]
    if not inside:
        return None, 0.0

    p = slots.scores(marked.tags, anchor, slot)
    sure = [slots.strength(marked.tags, p, a.span) if a.span else 0.0 for a in inside]
    far = [abs(a.span.start - anchor.span.start) if a.span else 0 for a in inside]
    at = max(range(len(inside)), key=lambda i: sure[i] - far[i] / 500)
    return (inside[at], sure[at]) if sure[at] >= at_least else (None, 0.0)


def _when(anchor: Anchor, evidence: Span, marked: Marked) -> tuple[Interval | None, float]:
    days = [Interval(i.start, i.end, t.span) for t in marked.timexes if (i := t.interval) and (i.start or i.end)]
    return _pointed_amount(anchor, "when", days, evidence, marked)


def _measure(anchor: Anchor, marked: Marked) -> Measure | None:
    """The measurement in the sentence that stands nearest to the item."""
    sentence = marked.sentence_at(anchor.span.start)
    inside = [m for m in marked.measures if m.span and sentence.overlaps(m.span)]
    return min(inside, key=lambda m: abs((m.span or anchor.span).start - anchor.span.end), default=None)


def _voices(
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
        found = (replace(found[0], kind=VoiceKind(kind)) if sure >= KIND_AT else found[0], *found[1:])
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
