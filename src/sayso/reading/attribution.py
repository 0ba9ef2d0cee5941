"""Source, cue and content spans from the tagger's columns, joined into attributions.

The tags are decoded role by role (BIO); every source and content piece then goes to the cue it is
most strongly linked with (a learned dot product), after the frame of PARC/PolNeAR (Pareti 2012;
Newell et al. 2018): one cue, its source, its content in one or more pieces.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sayso.model import Attribution, Span
from sayso.text.tagger import Floats, Tags, softmax

# Set on PolNeAR's dev part; see benchmarks/attribution.py.
START_AT = 0.6  # a piece must somewhere reach this probability
CONTINUE_AT = 0.2  # and hold this one throughout (hysteresis: fewer broken pieces)
EDGE_AT = 0.4  # but begin and end with one that reaches this
PER_CHARACTER = 0.0015  # what distance from a cue costs a link, up to 200 characters
FAR = 600  # characters: nothing further from a cue is joined to it
CONTENT_AT, SOURCE_AT = -0.2, 0.0  # link probability less distance; nearness alone may do for content
LONGEST_WORD = 60  # characters
_PARTS = r"(?:['’](?!(?:s|t|d|m|re|ve|ll)\b)[^\W\d_]{2,}|[-‐‑]\d\w*)*"
_WORD, _REST = re.compile(rf"[^\W_]+{_PARTS}"), re.compile(rf"[^\W_]*{_PARTS}")
TINY_GAP = 2  # characters between two pieces of one content that are one
_EDGES = " ,;:-–—"  # no content begins or ends with these


@dataclass(frozen=True, slots=True)
class Piece:
    """A decoded span with the tokens under it and the mean probability of its tags."""

    span: Span
    tokens: slice
    score: float


def pieces(tags: Tags, role: str, text: str) -> list[Piece]:
    """The spans of one role, in text order, grown to whole words."""
    p = softmax(tags.column(f"tag_{role}"))
    on = 1 - p[:, 0]
    lives, begins = on >= CONTINUE_AT, p[:, 1] > np.maximum(p[:, 2], 0.5)
    out: list[Piece] = []
    n, i = len(p), 0
    for first in np.flatnonzero(on >= min(START_AT, CONTINUE_AT)):
        if first < i:
            continue
        i = int(first)
        j = i + 1
        while j < n and lives[i] and lives[j] and not begins[j]:
            j += 1
        if on[i:j].max() >= START_AT:
            strong = i + np.flatnonzero(on[i:j] >= EDGE_AT)
            a, b = int(strong[0]), int(strong[-1]) + 1
            span = whole_words(Span(int(tags.offsets[a, 0]), int(tags.offsets[b - 1, 1])), text)
            span = without_commas(span, text) if role == "content" else span
            out.append(Piece(span, slice(a, b), float(on[a:b].mean())))
        i = j
    return merged(out)


def without_commas(span: Span, text: str) -> Span:
    """A span less the commas, dashes and blanks at its ends; as it is where it holds nothing else."""
    inner = span.stripped(text, _EDGES)
    return inner if inner.start < inner.end else span


def merged(found: list[Piece]) -> list[Piece]:
    """Joins pieces that growing to whole words made overlap."""
    out: list[Piece] = []
    for p in found:
        if out and p.span.start < out[-1].span.end:
            out.append(_both(out.pop(), p))
        else:
            out.append(p)
    return out


def _both(a: Piece, b: Piece) -> Piece:
    span = Span(a.span.start, max(a.span.end, b.span.end))
    return Piece(span, slice(a.tokens.start, b.tokens.stop), max(a.score, b.score))


def whole_words(span: Span, text: str) -> Span:
    """Grows a span that starts or ends inside a word, a name ("Xi'an") or a designation ("ZT-180")."""
    start, end = span
    if start < len(text) and text[start].isalnum():
        low = max(0, start - LONGEST_WORD)
        for m in _WORD.finditer(text, low, min(len(text), start + LONGEST_WORD)):
            if m.start() <= start < m.end():
                start = m.start()
                break
    if end > 0 and text[end - 1].isalnum():
        rest = _REST.match(text, end, min(len(text), end + LONGEST_WORD))
        end = rest.end() if rest else end
    return Span(start, end)


def _links(tags: Tags, cues: Sequence[Piece], parts: Sequence[Piece], role: str) -> Floats:
    """Mean link probability of each part with each cue, less their distance [parts, cues]."""
    table = np.full((len(parts), len(cues)), -1, dtype=np.float32)
    for c, cue in enumerate(cues):
        scores = tags.link(cue.tokens, f"cue_{role}", f"token_{role}")
        for i, part in enumerate(parts):
            gap = max(part.span.start - cue.span.end, cue.span.start - part.span.end, 0)
            if gap <= FAR:
                table[i, c] = scores[part.tokens].mean() - PER_CHARACTER * min(gap, 200)
    return table


def attributions(tags: Tags, text: str) -> list[Attribution]:
    """The outermost attributions of a text, in order of their content."""
    cues, sources, contents = (pieces(tags, role, text) for role in ("cue", "source", "content"))
    if not cues:
        return []
    by_content, by_source = _links(tags, cues, contents, "content"), _links(tags, cues, sources, "source")
    held: dict[int, list[Piece]] = {}
    for row, part in zip(by_content, contents, strict=True):
        best = int(row.argmax())
        if row[best] > CONTENT_AT:
            held.setdefault(best, []).append(part)
    out = []
    for c, parts in held.items():
        source = _best_source(by_source[:, c], sources)
        out.append(_join([source] if source else [], [cues[c]], _without_tiny_gaps(parts)))
    return sorted(out, key=lambda a: a.content[0])


def _best_source(scores: Floats, sources: Sequence[Piece]) -> Piece | None:
    if not len(scores):
        return None
    best = int(scores.argmax())
    return sources[best] if scores[best] > SOURCE_AT else None


def _without_tiny_gaps(parts: Sequence[Piece]) -> list[Piece]:
    out: list[Piece] = []
    for p in parts:
        if out and p.span.start - out[-1].span.end <= TINY_GAP:
            out.append(_both(out.pop(), p))
        else:
            out.append(p)
    return out


def _join(source: list[Piece], cue: list[Piece], content: list[Piece]) -> Attribution:
    score = float(np.mean([p.score for p in (*source, *cue, *content)]))
    spans = [tuple(p.span for p in role) for role in (source, cue, content)]
    return Attribution(spans[0], spans[1], spans[2], confidence=round(score, 4))
