"""Two texts compared word by word, in about linear time whatever the texts.

Words that stand once in both texts and in the same order hold them together; what lies between is
compared in the same way, and by `difflib` where it is short ("patience diff",
https://bramcohen.livejournal.com/73318.html).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Literal

_WORD = re.compile(r"\s*\S+")
_SHORT = 10_000  # product of two lengths up to which difflib compares
_DEEP = 40  # times that a piece is cut again

Kind = Literal["same", "removed", "added"]
Range = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Change:
    """Words that stand in both texts (as the second has them), in the first alone or in the second."""

    kind: Kind
    text: str
    words: int


def changes(a: str, b: str) -> list[Change]:
    """The way from `a` to `b` in text order. White space makes no difference; case does."""
    ours, theirs = _WORD.findall(a), _WORD.findall(b)
    left, right = [w.strip() for w in ours], [w.strip() for w in theirs]
    found: list[Change] = []
    i = j = 0
    for n, m in [*_pairs(left, right), (len(left), len(right))]:
        for kind, words in (("removed", ours[i:n]), ("added", theirs[j:m]), ("same", theirs[m : m + 1])):
            if words:
                _append(found, kind, words)  # type: ignore[arg-type]
        i, j = n + 1, m + 1
    return found


def _append(found: list[Change], kind: Kind, words: Sequence[str]) -> None:
    text = "".join(words)
    if found and found[-1].kind == kind:
        text, before = found[-1].text + text, found.pop().words
        found.append(Change(kind, text, before + len(words)))
    else:
        found.append(Change(kind, text, len(words)))


def _pairs(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int]]:
    """The indices of words that are the same, ascending in both."""
    found: list[tuple[int, int]] = []
    left: list[tuple[Range, int]] = [((0, len(a), 0, len(b)), 0)]
    while left:
        (i, n, j, m), depth = left.pop()
        while i < n and j < m and a[i] == b[j]:
            found.append((i, j))
            i, j = i + 1, j + 1
        while i < n and j < m and a[n - 1] == b[m - 1]:
            n, m = n - 1, m - 1
            found.append((n, m))
        if i == n or j == m:
            continue
        anchors = _anchors(a, b, (i, n, j, m)) if depth < _DEEP else []
        if anchors:
            found += anchors
            edges = [(i - 1, j - 1), *anchors, (n, m)]
            gaps = pairwise(edges)
            left += [((x + 1, p, y + 1, q), depth + 1) for (x, y), (p, q) in gaps]
        elif (n - i) * (m - j) <= _SHORT:
            for block in SequenceMatcher(None, a[i:n], b[j:m], autojunk=False).get_matching_blocks():
                found += [(i + block.a + k, j + block.b + k) for k in range(block.size)]
    return sorted(found)


def _anchors(a: Sequence[str], b: Sequence[str], r: Range) -> list[tuple[int, int]]:
    """Words that stand once in each range: the most of them that are in the same order."""
    i, n, j, m = r
    once_a, once_b = Counter(a[i:n]), Counter(b[j:m])
    where = {b[y]: y for y in range(j, m) if once_b[b[y]] == 1}
    common = [(x, where[a[x]]) for x in range(i, n) if once_a[a[x]] == 1 and a[x] in where]
    # The longest rising run of places in b: https://en.wikipedia.org/wiki/Patience_sorting
    tops: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for k, (_, y) in enumerate(common):
        pile = bisect_left(tops, y)
        before.append(last[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [y]
        last[pile : pile + 1] = [k]
    rising = []
    at = last[-1] if last else -1
    while at >= 0:
        rising.append(common[at])
        at = before[at]
    return rising[::-1]
