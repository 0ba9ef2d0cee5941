"""How far along a claim says the thing is."""

from __future__ import annotations

import re

from sayso.lexicon.speech import speech
from sayso.model import Kind, Span, Stage
from sayso.reading import slots
from sayso.reading.slots import Anchor
from sayso.text.heads import STAGES
from sayso.text.marked import Marked

_UNDERTAKINGS = (Kind.TRANSFER, Kind.PRODUCTION, Kind.TECHNOLOGY_TRANSFER, Kind.FUNDING)
_NOT = re.compile(r"(?:\bnot|n[’']t|\bnever|\bno longer)(?: \w+)? $")
WORDS_BETWEEN = 12  # "negotiating with the Ghanaian navy over the sale of up to 12 fast"
SURE = 0.5  # at least, where words say it


def stage_at(anchor: Anchor, evidence: Span, marked: Marked) -> tuple[Stage, float]:
    """The stage of the vocabulary's words before the item ("willing to", "in talks"), else the tagger's,
    with its probability. A property of an arm has none."""
    if anchor.kind is Kind.SPECIFICATION:
        return Stage.UNSPECIFIED, 1.0
    p = slots.decided(marked.tags, anchor, evidence, "stage")
    told = _told(anchor, evidence, marked) if anchor.kind in _UNDERTAKINGS else None
    return (told, max(SURE, float(p[STAGES.index(told)]))) if told else slots.best(p, STAGES)


def _told(anchor: Anchor, evidence: Span, marked: Marked) -> Stage | None:
    """What the last words of stage between the claim's beginning and its item say."""
    before = marked.text[evidence.start : anchor.span.start]
    hits = speech().stages.find(before)
    if (
        not hits
        or len(before[hits[-1].span.end :].split()) > WORDS_BETWEEN
        or _NOT.search(before[: hits[-1].span.start])
    ):
        return None
    return hits[-1].values[0]
