"""Claims' anchors and what belongs to them, decoded from the tagger's columns.

A claim is anchored on the words of its item ("kamikaze drones", "military aid"). Each slot is a
pointer: the dot product of the anchor with every token of its window says which words fill it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from sayso.model import Kind, Span
from sayso.reading.attribution import whole_words
from sayso.text.heads import AT_TRIGGER, KINDS, SLOT_BIAS
from sayso.text.tagger import Floats, Ints, Tags, sigmoid, softmax

T = TypeVar("T")
_ONE_PHRASE = re.compile(r"[ -]?(?:(?:of )?(?:the |its |their |an? )?(?:(?:type|class|model|variety) )?)?")
_REST_OF_WORD = re.compile(r"(?<=[a-z])[-‐‑][a-z]{1,20}\b")
_BEFORE_PHRASE = re.compile(
    r"(?i)(?:(?:over|on|of|about|for|with|and|or|by|the|an?|first|second|third|fourth|last|next)\s+)+(?=\w)"
)

_IS_A = re.compile(r"[^.;,()]{0,60}?\b(?:is|was|are|were|be) (?:an?|the) (?:[\w’'-]{1,20} ){0,3}")
_OF_ARMS = (Kind.USE, Kind.SPECIFICATION)

# Chosen on held-out labelled articles and on the dev gold together; see training/experiments.md.
ANCHOR_AT = 0.7
INSIDE_AT = 0.15
SLOT_AT = 0.2
BEGIN_AT = 0.5


@dataclass(frozen=True, slots=True)
class Anchor:
    """An item mention that a claim of one kind hangs on; `score` 0 to 1."""

    kind: Kind
    span: Span
    tokens: slice
    score: float


@dataclass(frozen=True, slots=True)
class Pointed:
    """Words that fill a slot, and how sure the pointer is."""

    span: Span
    score: float


def anchors(tags: Tags, text: str) -> list[Anchor]:
    """All anchors of a text, in text order."""
    inside, begin = sigmoid(tags.column("inside")), sigmoid(tags.column("begin"))
    out: list[Anchor] = []
    for k, kind in enumerate(KINDS):
        for run in runs(inside[:, k], INSIDE_AT, tags.window, begin[:, k]):
            score = float(inside[run, k].max())
            if score >= ANCHOR_AT:
                _add(out, Anchor(kind, _phrase(span_of(tags, run, text), text), run, score), text)
    return sorted(named_once(out, text), key=lambda a: (a.span, a.kind))


def named_once(found: Sequence[Anchor], text: str) -> list[Anchor]:
    """The anchors without the former of two that a clause says are one arm ("the wreck is an Iskander")."""
    out: list[Anchor] = []
    for a in found:  # of one kind after another, each in text order
        last = out[-1] if out else None
        if last and last.kind is a.kind and a.kind in _OF_ARMS and _IS_A.fullmatch(text, last.span.end, a.span.start):
            out[-1] = Anchor(a.kind, a.span, a.tokens, max(last.score, a.score))
        else:
            out.append(a)
    return out


def _phrase(span: Span, text: str) -> Span:
    """The span without the small words before its phrase ("over attack drones", "the first boats"), and with all of
    its last word ("know-how")."""
    before = _BEFORE_PHRASE.match(text, span.start, span.end)
    after = _REST_OF_WORD.match(text, span.end)
    start = before.end() if before and before.end() < span.end else span.start
    return Span(start, after.end() if after else span.end)


def _add(out: list[Anchor], new: Anchor, text: str) -> None:
    """Adds an anchor, or joins it to the last where both are one noun phrase ("drones of the ZT-180 type")."""
    last = out[-1] if out else None
    if (
        last
        and last.kind is new.kind
        and _ONE_PHRASE.fullmatch(text, last.span.end, max(last.span.end, new.span.start))
    ):
        span = Span(last.span.start, max(last.span.end, new.span.end))
        tokens = slice(last.tokens.start, max(last.tokens.stop, new.tokens.stop))
        out[-1] = Anchor(last.kind, span, tokens, max(last.score, new.score))
    else:
        out.append(new)


def runs(p: Floats, at_least: float, window: Ints, begin: Floats | None = None) -> list[slice]:
    """Maximal runs of tokens with p >= at_least, cut at windows and at new beginnings."""
    out: list[slice] = []
    for i in map(int, np.flatnonzero(p >= at_least)):
        last = out[-1] if out else None
        joins = last is not None and last.stop == i and window[i] == window[i - 1]
        begins = begin is not None and begin[i] >= BEGIN_AT and begin[i] > begin[i - 1]
        if last is not None and joins and not begins:
            out[-1] = slice(last.start, i + 1)
        else:
            out.append(slice(i, i + 1))
    return out


def span_of(tags: Tags, tokens: slice, text: str) -> Span:
    rows = tags.offsets[tokens]
    return whole_words(Span(int(rows[0, 0]), int(rows[-1, 1])), text)


def scores(tags: Tags, anchor: Anchor, slot: str) -> Floats:
    """How likely each token fills a slot of the anchor's claim [n]."""
    return tags.link(anchor.tokens, f"anchor_{slot}", f"slot_{slot}", SLOT_BIAS)


def pointed(tags: Tags, anchor: Anchor, slot: str, text: str) -> list[Pointed]:
    """The runs of words that a slot's pointer picks, in text order."""
    p = scores(tags, anchor, slot)
    return [Pointed(span_of(tags, run, text), float(p[run].max())) for run in runs(p, SLOT_AT, tags.window)]


def strength(tags: Tags, p: Floats, span: Span) -> float:
    """The greatest of a pointer's `scores` over given words."""
    return float(p[tags.tokens_under(span)].max(initial=0))


def decided(tags: Tags, anchor: Anchor, evidence: Span, head: str) -> Floats:
    """Class probabilities of a decision about the claim, from its item, its evidence and its trigger."""
    words, there = tags.tokens_under(evidence), tags.column(f"evidence_{head}")
    logits = tags.column(head)[anchor.tokens].mean(axis=0) + there[words].mean(axis=0)
    if head in AT_TRIGGER:
        weight = scores(tags, anchor, "trigger") ** 2
        logits = logits + weight @ there / max(float(weight.sum()), 1e-6)
    return sigmoid(logits) if len(logits) == 1 else softmax(logits)


def best(p: Floats, names: Sequence[T]) -> tuple[T, float]:
    """The likeliest of a decision's classes."""
    at = int(p.argmax())
    return names[at], float(p[at])
