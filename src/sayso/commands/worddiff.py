"""Two texts word by word: what stays, what went, what came."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from sayso.model import Span

MOST_WORDS = 10_000  # compared with as many: more, in one piece that differs, is taken as all changed
_WORD = re.compile(r"\S+")
_PARAGRAPH = re.compile(r"[^\n]+")


class Piece(NamedTuple):
    """A run of the two texts: the same words (both spans), or words that went from one (`a`) and those
    that came in their place (`b`); an empty span where there are none."""

    same: bool
    a: Span
    b: Span


def compared(a: str, b: str) -> list[Piece]:
    """The pieces in order. Words are the same where they are spelt the same.

    Paragraphs that stand in both are found first, so that long texts take little time.
    """
    found: list[Piece] = []
    for same, one, two in _runs(_spans(_PARAGRAPH, a), _spans(_PARAGRAPH, b), a, b):
        if same:
            found += [Piece(True, x, y) for x, y in zip(one, two, strict=True)]
            continue
        words, others = _within(one, a), _within(two, b)
        if len(words) > MOST_WORDS or len(others) > MOST_WORDS:
            found.append(_piece(False, words, others))
        else:
            found += [_piece(*run) for run in _runs(words, others, a, b)]
    return found


def _spans(pattern: re.Pattern[str], text: str) -> list[Span]:
    return [Span(*m.span()) for m in pattern.finditer(text)]


def _within(paragraphs: Sequence[Span], text: str) -> list[Span]:
    return [Span(*m.span()) for p in paragraphs for m in _WORD.finditer(text, p.start, p.end)]


def _runs(
    one: Sequence[Span], two: Sequence[Span], a: str, b: str
) -> Iterator[tuple[bool, Sequence[Span], Sequence[Span]]]:
    left, right = [s.of(a) for s in one], [s.of(b) for s in two]
    for tag, i, j, k, m in SequenceMatcher(None, left, right).get_opcodes():
        yield tag == "equal", one[i:j], two[k:m]


def _piece(same: bool, one: Sequence[Span], two: Sequence[Span]) -> Piece:
    return Piece(same, _hull(one), _hull(two))


def _hull(spans: Sequence[Span]) -> Span:
    return Span(spans[0].start, spans[-1].end) if spans else Span(0, 0)
