"""A word diff of two texts in any script: what was kept, put in, taken out and put in its place.

Words that stand once in both texts anchor the comparison (patience diff, Bram Cohen's; the anchors that keep
order are the longest increasing sequence); between two anchors it goes on with words unique there. What has
none is compared in full (longest common sequence) where it is small, and is one replacement where not, so
that no input takes long.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sayso.model import Span

_WORDS = re.compile(r"[぀-ヿ㐀-鿿豈-﫿฀-๿]|\w+|\s+|[^\w\s]")  # kana, Han, Thai: by the character
_SMALL = 10_000  # words of one side times words of the other, up to which they are compared in full
_WIDTHS = (1, 5)  # words to an anchor; five (three and the blanks between) where no single one stands once
_EFFORT = 20  # times that all words may be looked through for anchors

Range = tuple[int, int, int, int]  # of words: from, to in a; from, to in b
Pair = tuple[int, int]  # a word in a and the same in b


class Change(StrEnum):
    EQUAL = "equal"
    INSERT = "insert"
    DELETE = "delete"
    REPLACE = "replace"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way from text a to text b: an empty span stands where nothing is taken or put in."""

    change: Change
    a: Span
    b: Span


def word_diff(a: str, b: str) -> list[Step]:
    """The steps that turn `a` into `b`, in order; together their spans cover both texts.

    Equal spans hold the same characters. Spaces and punctuation marks are words of their own.
    """
    words_a, words_b = _WORDS.findall(a), _WORDS.findall(b)
    starts_a, starts_b = _starts(words_a), _starts(words_b)
    steps: list[Step] = []
    for kept, (i, i_end, j, j_end) in _joined(_pieces(words_a, words_b)):
        if kept:
            change = Change.EQUAL
        else:
            change = Change.REPLACE if i < i_end and j < j_end else Change.DELETE if i < i_end else Change.INSERT
        steps.append(Step(change, Span(starts_a[i], starts_a[i_end]), Span(starts_b[j], starts_b[j_end])))
    return steps


def _starts(words: list[str]) -> list[int]:
    starts = [0]
    for word in words:
        starts.append(starts[-1] + len(word))
    return starts


def _joined(pieces: Iterator[tuple[bool, Range]]) -> Iterator[tuple[bool, Range]]:
    """Pieces of one kind that touch, as one."""
    held: tuple[bool, Range] | None = None
    for kept, piece in pieces:
        if held and held[0] == kept:
            held = (kept, (held[1][0], piece[1], held[1][2], piece[3]))
            continue
        if held:
            yield held
        held = (kept, piece)
    if held:
        yield held


def _pieces(a: list[str], b: list[str]) -> Iterator[tuple[bool, Range]]:
    """Ranges of words, in order: equal or not. The work still to do is kept on a stack, not in calls."""
    todo: list[tuple[bool, Range]] = [(False, (0, len(a), 0, len(b)))]
    effort = _EFFORT * (len(a) + len(b))
    while todo:
        kept, (i, i_end, j, j_end) = todo.pop()
        if kept:
            yield True, (i, i_end, j, j_end)
            continue
        head = _alike(a, b, i, j, min(i_end - i, j_end - j), 1)
        if head:
            yield True, (i, i + head, j, j + head)
            i, j = i + head, j + head
        tail = _alike(a, b, i_end - 1, j_end - 1, min(i_end - i, j_end - j), -1)
        if tail:
            todo.append((True, (i_end - tail, i_end, j_end - tail, j_end)))
            i_end, j_end = i_end - tail, j_end - tail
        within = (i, i_end, j, j_end)
        anchors: list[Pair] = []
        if i < i_end and j < j_end and effort > 0:
            anchors = _anchors(a, b, within)
            effort -= i_end - i + j_end - j
        if anchors:
            todo.extend(reversed(list(_between(anchors, within))))
        elif i < i_end or j < j_end:
            yield from _between(_common(a, b, within), within)


def _alike(a: list[str], b: list[str], i: int, j: int, most: int, step: int) -> int:
    """How many words from here on, in one direction, are the same."""
    count = 0
    while count < most and a[i + count * step] == b[j + count * step]:
        count += 1
    return count


def _between(anchors: list[Pair], piece: Range) -> Iterator[tuple[bool, Range]]:
    """The anchors, which are equal words, and what lies before, between and after them."""
    i, i_end, j, j_end = piece
    for p, q in anchors:
        if i < p or j < q:
            yield False, (i, p, j, q)
        yield True, (p, p + 1, q, q + 1)
        i, j = p + 1, q + 1
    if i < i_end or j < j_end:
        yield False, (i, i_end, j, j_end)


def _common(a: list[str], b: list[str], piece: Range) -> list[Pair]:
    """The longest common sequence of words of a small piece; nothing of a large one."""
    i, i_end, j, j_end = piece
    if (i_end - i) * (j_end - j) > _SMALL:
        return []
    rows = [[0] * (j_end - j + 1)]  # by words of a from the end: the length by words of b from the end
    for word in reversed(a[i:i_end]):
        below, row = rows[-1], [0]
        for n, other in enumerate(reversed(b[j:j_end])):
            row.append(below[n] + 1 if word == other else max(row[n], below[n + 1]))
        rows.append(row)
    found: list[Pair] = []
    while i < i_end and j < j_end:
        here = rows[i_end - i][j_end - j]
        if a[i] == b[j]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif rows[i_end - i - 1][j_end - j] == here:
            i += 1
        else:
            j += 1
    return found


def _anchors(a: list[str], b: list[str], piece: Range) -> list[Pair]:
    """Words that stand once in either range, or else begin a run of words that does, where they keep
    order: the longest such sequence."""
    i, i_end, j, j_end = piece
    for width in _WIDTHS:
        once_a, once_b = _once(a, i, i_end, width), _once(b, j, j_end, width)
        pairs = [(at, once_b[run]) for run, at in once_a.items() if run in once_b]
        if pairs:
            return _in_order(pairs)
    return []


def _in_order(pairs: list[Pair]) -> list[Pair]:
    """The longest part of the pairs, given in order of the first, that is in order of the second too."""
    ends: list[int] = []  # for each length, the least end of a sequence so long, and which pair that is
    last: list[int] = []
    before: list[int] = []
    for n, (_, q) in enumerate(pairs):
        length = bisect_left(ends, q)
        ends[length : length + 1] = [q]
        last[length : length + 1] = [n]
        before.append(last[length - 1] if length else -1)
    found: list[Pair] = []
    n = last[-1]
    while n >= 0:
        found.append(pairs[n])
        n = before[n]
    return found[::-1]


def _once(words: list[str], start: int, end: int, width: int) -> dict[tuple[str, ...], int]:
    """The runs of words that stand once in a range, and where. Blanks begin none."""
    runs = list(zip(*(words[start + n : end] for n in range(width)), strict=False))
    counts = Counter(runs)
    return {run: n for n, run in enumerate(runs, start) if counts[run] == 1 and not run[0].isspace()}
