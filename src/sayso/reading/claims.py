"""Claims assembled from anchors: evidence, parties, item, amounts, time, stage, voices."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.model import (
    Basis,
    Claim,
    Kind,
    Measure,
    Polarity,
    Span,
    Voice,
)
from sayso.reading import slots
from sayso.reading.cast import Cast
from sayso.reading.chain import Said, basis, stated_bases
from sayso.reading.context import filled
from sayso.reading.items import category_at, pointed_amount, quantity_at
from sayso.reading.parties import Scored, apart, parties
from sayso.reading.saying import voices_of
from sayso.reading.slots import Anchor
from sayso.reading.speakers import author
from sayso.reading.stages import stage_at
from sayso.reading.when import when
from sayso.text.marked import Marked
from sayso.text.money import unit_prices

_CLAUSE_END = re.compile(r"[,;:]\s+|\s[–—-]+\s")

# Chosen on the dev gold; see training/experiments.md for what that means for its figures.
DENIED_AT = 0.5
HEDGED_AT = 0.35
EVIDENCE_AT = 0.4
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
    voices, voice_score, voice_kind_score = voices_of(anchor, evidence, said, writer, cast)
    suppliers, recipients = apart(
        anchor.kind, *(parties(marked, cast, anchor, side, voices) for side in ("supplier", "recipient"))
    )
    designations = tuple(dict.fromkeys(m.name for m in marked.names_over(anchor.span) if m.type == "designation"))
    category, category_score = category_at(anchor, evidence, designations, marked)
    stage, stage_score = stage_at(anchor, evidence, marked)
    denied = float(slots.decided(tags, anchor, evidence, "denied")[0])
    hedged = float(slots.decided(tags, anchor, evidence, "hedged")[0])
    is_hedged = hedged >= HEDGED_AT
    quantity, quantity_score = quantity_at(anchor, evidence, marked)
    # The price of one is a property of the arm, not what a deal is worth.
    sums = [m for m in marked.moneys if anchor.kind is Kind.SPECIFICATION or m.span not in each]
    value, value_score = pointed_amount(anchor, "value", sums, evidence, marked)
    measure = _measure(anchor, marked) if anchor.kind is Kind.SPECIFICATION else None
    days, when_score = when(anchor, evidence, said, marked)
    countries = [c for p, _ in (*suppliers, *recipients) for c in p.countries]
    scores = {
        "claim": anchor.score, "supplier": _top(suppliers), "recipient": _top(recipients), "item": anchor.score,
        "category": category_score, "quantity": quantity_score, "value": value_score, "when": when_score,
        "stage": stage_score, "polarity": max(denied, 1 - denied), "hedged": hedged if is_hedged else 1 - hedged,
        "said_by": voice_score, "said_by_kind": voice_kind_score,
    }  # fmt: skip
    return Claim(
        evidence=_clause(evidence, marked), kind=anchor.kind, item=marked.text[anchor.span.start : anchor.span.end],
        item_span=anchor.span, designations=designations, category=category, 
        supplier=tuple(p for p, _ in suppliers), recipient=tuple(p for p, _ in recipients),
        quantity=quantity, value=value, measure=measure, when=days,
        stage=stage, polarity=Polarity.DENIED if denied >= DENIED_AT else Polarity.AFFIRMED, hedged=is_hedged,
        voices=voices, basis=basis(voices, stated, countries, marked.lexicon), zone=marked.zone_at(anchor.span.start),
        confidence=tuple(scores.items()),
    )  # fmt: skip


def _top(found: Sequence[Scored]) -> float:
    return max((score for _, score in found), default=0.0)


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


def _measure(anchor: Anchor, marked: Marked) -> Measure | None:
    """The measurement in the sentence that stands nearest to the item."""
    sentence = marked.sentence_at(anchor.span.start)
    inside = [m for m in marked.measures if m.span and sentence.overlaps(m.span)]
    return min(inside, key=lambda m: abs((m.span or anchor.span).start - anchor.span.end), default=None)
