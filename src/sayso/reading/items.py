"""What kind of arm a claim's item is, and how many of it or how much money the claim tells of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeVar

from sayso.model import Category, Money, Quantity, Span
from sayso.reading import slots
from sayso.reading.slots import Anchor
from sayso.text.heads import CATEGORIES
from sayso.text.marked import Marked
from sayso.text.names import category_of

_PARTS = re.compile(r"[.;,]|\band\b|\bof the\b")
Amount = TypeVar("Amount", Quantity, Money)

# Chosen on the dev gold; see training/experiments.md for what that means for its figures.
AMOUNT_AT = 0.5
YIELDS = 0.75  # below here the tagger's word on the sort of arms yields to the vocabulary's
BESIDE_SURE = 0.5  # at least, of a count right before its item
NEAR_ITEM = 60  # characters before the item in which its count stands
WORDS_BETWEEN = 3  # "100 combat-proven attack drones"


def category_at(anchor: Anchor, evidence: Span, designations: Sequence[str], marked: Marked) -> tuple[Category, float]:
    """The vocabulary's category where it knows the words, else the tagger's; the score is the mean of
    what the tagger gives it and of whether the vocabulary gives it too, or nothing is given."""
    p = slots.decided(marked.tags, anchor, evidence, "category")
    chosen, score = slots.best(p, CATEGORIES)
    known = category_of(marked.text[anchor.span.start : anchor.span.end], marked.lexicon)
    if known is Category.UNSPECIFIED and designations:
        types = (m.category for m in marked.names_over(anchor.span) if m.type == "designation")
        known = next((c for c in types if c), known)
    if known is not Category.UNSPECIFIED and known is not chosen and (designations or score < YIELDS):
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


def quantity_at(anchor: Anchor, evidence: Span, marked: Marked) -> tuple[Quantity | None, float]:
    """The count right before the item, else the one that the pointer picks."""
    beside = _count_before(anchor, marked)
    if beside and beside.span:
        p = slots.scores(marked.tags, anchor, "quantity")
        return beside, max(slots.strength(marked.tags, p, beside.span), BESIDE_SURE)
    return pointed_amount(anchor, "quantity", marked.quantities, evidence, marked, AMOUNT_AT)


def pointed_amount(
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
