"""How much of two texts is one text: shared shingles strung into runs, and the part of each they cover.

A shingle spoilt by a wrong letter still lies between two that are shared and equally far apart in both
texts, so a run counts whole: what is measured is the share of text in common, about the same for a clean
copy, a scan full of errors and a copy with a word replaced here and there. Whole-text likeness would miss
abridged copies, hence containment: the part of the lesser text that is found in the other.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sayso.linking.fingerprint import Fingerprint

FURNITURE = 150
"""Letters of its own that a printing may add free of charge: headline, byline, sign-off. So many at least
stand about a copy however short, and no more need stand about a long one."""
REPRINT = 0.6
"""The least score of a reprint. On the articles of `benchmarks/reprints.py`, 0.5 to 0.65 serve about equally;
lower ones join texts of one template, higher ones lose copies that are mostly furniture."""
LEAST_LETTERS = 80
"""Fewer letters in common than this (some fifteen words) are a quotation or a phrase, and score less."""

_SLACK = 30  # letters by which a replaced word may shift what follows within a run
_BREAK = 12  # sampled shingles in a row that may be spoilt within a run
_LOOK_BACK = 4  # runs that may be open at once: text moved about, lists
_LEAST_SHARED = 3
_LEAST_PART = 0.1  # of the lesser sample; a copy with every seventh word spoilt shares some 0.4
_TAINT = 6  # one common shingle in so many marks a run as boilerplate: few of a run's are looked up by
_OURS, _IGNORED = 1, 2

Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Overlap:
    """`shared` letters in common (estimated from the sample), the part of each text they make up (0 to 1),
    and the score: the greater part, with `FURNITURE` left out of account."""

    shared: int
    of_a: float
    of_b: float
    score: float


NOTHING = Overlap(0, 0.0, 0.0, 0.0)


def is_reprint(overlap: Overlap) -> bool:
    """Whether one of the two texts is, wholly or in large part, in the other."""
    return overlap.score >= REPRINT


@dataclass(slots=True)
class Run:
    """Shared shingles in the same order and at about the same distance in both texts: the indices of the
    first and last in either sample, how far apart the texts last stood, in letters, and how many they are."""

    a: int
    b: int
    last_a: int
    last_b: int
    offset: int
    count: int


@dataclass(frozen=True, slots=True)
class Side:
    """A sample below a ceiling: how many shingles, and the index of each there (None: all are)."""

    whole: Fingerprint
    ceiling: int
    count: int
    ranks: Indices | None

    def at(self, indices: Indices) -> Indices:
        return indices if self.ranks is None else self.ranks[indices]

    def among(self, keys: Collection[int]) -> list[int]:
        """Where the keys stand that are in the sample below the ceiling, ascending."""
        where = self.whole.where
        found = sorted(where[key] for key in keys if key < self.ceiling and key in where)
        return found if self.ranks is None else self.ranks[found].tolist()


@dataclass(frozen=True, slots=True)
class Alignment:
    """The samples of two texts at a common ceiling, and the runs they share; `turned` where they stand
    here the other way round."""

    a: Side
    b: Side
    runs: tuple[Run, ...]
    turned: bool


def compare(a: Fingerprint, b: Fingerprint, ignored: Collection[int] = ()) -> Overlap:
    """The overlap of two texts, leaving out of both the passages that hold an `ignored` key. Symmetric."""
    alignment = align(a, b)
    return measure(alignment, ignored) if alignment else NOTHING


def align(a: Fingerprint, b: Fingerprint) -> Alignment | None:
    """The runs that two texts share; None where too little to look into."""
    ceiling = min(a.ceiling, b.ceiling)
    turned = _later(a, b)
    if turned:
        a, b = b, a
    found = b.ascending.searchsorted(a.keys)
    in_a = (b.ascending[found] == a.keys).nonzero()[0]
    count_a, count_b = a.count(ceiling), b.count(ceiling)
    if len(in_a) < max(_LEAST_SHARED, _LEAST_PART * min(count_a, count_b)):
        return None
    in_b = b.order[found[in_a]]
    side_a, side_b = _side(a, ceiling, count_a), _side(b, ceiling, count_b)
    runs = _runs(side_a.at(in_a), side_b.at(in_b), b.places[in_b] - a.places[in_a])
    return Alignment(side_a, side_b, tuple(runs), turned)


def _later(a: Fingerprint, b: Fingerprint) -> bool:
    """Whether `b` comes first: what is strung together depends on the order, so it must be settled."""
    if a.ceiling != b.ceiling:
        return a.ceiling < b.ceiling
    return a.keys.tobytes() > b.keys.tobytes()


def _side(whole: Fingerprint, ceiling: int, count: int) -> Side:
    cut = count < len(whole.keys)
    return Side(whole, ceiling, count, (whole.keys < ceiling).cumsum() - 1 if cut else None)


def measure(alignment: Alignment, ignored: Collection[int] = ()) -> Overlap:
    """How much two aligned texts have in common, leaving out what is `ignored`."""
    a, b = alignment.a, alignment.b
    marks_a, marks_b = bytearray(a.count), bytearray(b.count)
    bad_a, bad_b = (a.among(ignored), b.among(ignored)) if ignored else ([], [])
    tainted = []
    for run in alignment.runs:
        bad = bisect_right(bad_a, run.last_a) - bisect_left(bad_a, run.a) if bad_a else 0
        if bad and bad * _TAINT >= run.count:
            tainted.append(run)
        else:
            _mark(marks_a, run.a, run.last_a, run.count)
            _mark(marks_b, run.b, run.last_b, run.count)
    for run in tainted:
        marks_a[run.a : run.last_a + 1] = bytes((_IGNORED,)) * (run.last_a + 1 - run.a)
        marks_b[run.b : run.last_b + 1] = bytes((_IGNORED,)) * (run.last_b + 1 - run.b)
    for marks, places in ((marks_a, bad_a), (marks_b, bad_b)):
        for i in places:
            marks[i] = _IGNORED
    part_a, score_a, letters_a = _part(marks_a, a.whole.letters)
    part_b, score_b, letters_b = _part(marks_b, b.whole.letters)
    shared = min(letters_a, letters_b)
    if alignment.turned:
        part_a, part_b = part_b, part_a
    return Overlap(shared, part_a, part_b, max(score_a, score_b) * min(1.0, shared / LEAST_LETTERS))


def _runs(in_a: Indices, in_b: Indices, offsets: Indices) -> list[Run]:
    """The shared shingles strung together while they keep order and distance in both texts.

    Those at one and the same distance hold together whatever is spoilt between; a small change of distance
    is bridged where little is spoilt there.
    """
    cuts = (offsets[1:] != offsets[:-1]).nonzero()[0]
    starts, ends = np.append(0, cuts + 1), np.append(cuts, len(offsets) - 1)
    stretches = zip(
        in_a[starts].tolist(),
        in_b[starts].tolist(),
        in_a[ends].tolist(),
        in_b[ends].tolist(),
        offsets[starts].tolist(),
        (ends - starts + 1).tolist(),
        strict=True,
    )
    runs: list[Run] = []
    for i, j, last_i, last_j, offset, count in stretches:
        for run in runs[: -_LOOK_BACK - 1 : -1]:
            if (
                i <= run.last_a + _BREAK
                and run.last_b < j <= run.last_b + _BREAK
                and -_SLACK <= offset - run.offset <= _SLACK
            ):
                run.last_a, run.last_b, run.offset = last_i, last_j, offset
                run.count += count
                break
        else:
            runs.append(Run(i, j, last_i, last_j, offset, count))
    return runs


def _mark(marks: bytearray, first: int, last: int, count: int) -> None:
    """Marks all between a run's ends and as far beyond as spoilt shingles will reach: as between two."""
    beyond = min(2, round((last - first + 1 - count) / count))
    start, end = max(0, first - beyond), min(len(marks), last + 1 + beyond)
    marks[start:end] = bytes((_OURS,)) * (end - start)


def _part(marks: bytearray, letters: int) -> tuple[float, float, int]:
    """Of the text not ignored: the part in common, the same without furniture, and its letters."""
    common = marks.count(_OURS)
    counted = len(marks) - marks.count(_IGNORED)
    if not common:
        return 0.0, 0.0, 0
    step = letters / len(marks)
    own = max(counted - FURNITURE / step, counted / 2)
    return common / counted, min(1.0, common / own), round(common * step)
