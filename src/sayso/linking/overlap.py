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

from sayso.linking.fingerprint import Fingerprint

FURNITURE = 150
"""Letters of its own that a printing may add free of charge: headline, byline, sign-off. So many at least
stand about a copy however short, and no more need stand about a long one."""
REPRINT = 0.58
"""The least score of a reprint. Set with `benchmarks/reprints.py`, whose table shows the neighbours."""
LEAST_LETTERS = 80
"""Fewer letters in common than this (some fifteen words) are a quotation or a phrase, and score less."""

_SLACK = 30  # letters by which a replaced word may shift what follows within a run
_BREAK = 12  # sampled shingles in a row that may be spoilt within a run
_LOOK_BACK = 4  # runs that may be open at once: text moved about, lists
_LEAST_SHARED = 3
_LEAST_PART = 0.08  # of the lesser sample; a copy with every seventh word spoilt shares some 0.4
_TAINT = 6  # one common shingle in so many marks a run as boilerplate: few of a run's are looked up by
_OURS, _IGNORED = 1, 2


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
    """Shared shingles in the same order and at the same distance in both texts: the indices of the first
    and last in either sample, how far apart the texts last stood, in letters, and how many they are."""

    a: int
    b: int
    last_a: int
    last_b: int
    offset: int
    count: int

    def goes_on(self, i: int, j: int, offset: int) -> bool:
        return (
            i <= self.last_a + _BREAK
            and self.last_b < j <= self.last_b + _BREAK
            and -_SLACK <= offset - self.offset <= _SLACK
        )


@dataclass(frozen=True, slots=True)
class Alignment:
    """The samples of two texts at a common ceiling, and the runs they share; `turned` where they stand
    here the other way round."""

    a: Fingerprint
    b: Fingerprint
    runs: tuple[Run, ...]
    turned: bool


def compare(a: Fingerprint, b: Fingerprint, ignored: Collection[int] = ()) -> Overlap:
    """The overlap of two texts, leaving out of both the passages that hold an `ignored` key. Symmetric."""
    alignment = align(a, b)
    return measure(alignment, ignored) if alignment else NOTHING


def align(a: Fingerprint, b: Fingerprint) -> Alignment | None:
    """The runs that two texts share; None where too little to look into."""
    ceiling = min(a.ceiling, b.ceiling)
    lesser = min(a.count(ceiling), b.count(ceiling))
    if len(a.key_set & b.key_set) < max(_LEAST_SHARED, _LEAST_PART * lesser):
        return None
    turned = (a.ceiling, a.keys) < (b.ceiling, b.keys)  # runs depend on who comes first: the one to be cut
    if turned:
        a, b = b, a
    a = a.below(ceiling)
    return Alignment(a, b, tuple(_runs(a, b)), turned)


def measure(alignment: Alignment, ignored: Collection[int] = ()) -> Overlap:
    """How much two aligned texts have in common, leaving out what is `ignored`."""
    a, b = alignment.a, alignment.b
    marks_a, marks_b = bytearray(len(a.keys)), bytearray(len(b.keys))
    bad_a = [i for i, key in enumerate(a.keys) if key in ignored] if ignored else []
    bad_b = [b.where[key] for key in ignored if key in b.where]
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
    for marks, bad_ones in ((marks_a, bad_a), (marks_b, bad_b)):
        for i in bad_ones:
            marks[i] = _IGNORED
    part_a, score_a, letters_a = _part(marks_a, a.letters)
    part_b, score_b, letters_b = _part(marks_b, b.letters)
    shared = min(letters_a, letters_b)
    if alignment.turned:
        part_a, part_b = part_b, part_a
    return Overlap(shared, part_a, part_b, max(score_a, score_b) * min(1.0, shared / LEAST_LETTERS))


def _runs(a: Fingerprint, b: Fingerprint) -> list[Run]:
    """The shared shingles strung together while they keep order and distance in both texts.

    Those at one and the same distance hold together whatever is spoilt between; a small change of distance
    is bridged where little is spoilt there.
    """
    where, places_a, places_b = b.where, a.places, b.places
    at_a = [i for i, key in enumerate(a.keys) if key in where]
    at_b = [where[a.keys[i]] for i in at_a]
    offsets = [places_b[j] - places_a[i] for i, j in zip(at_a, at_b, strict=True)]
    cuts = [n for n in range(1, len(offsets)) if offsets[n] != offsets[n - 1]]
    runs: list[Run] = []
    for start, end in zip([0, *cuts], [*cuts, len(offsets)], strict=True):
        i, j, offset = at_a[start], at_b[start], offsets[start]
        run = next((r for r in runs[: -_LOOK_BACK - 1 : -1] if r.goes_on(i, j, offset)), None)
        if run is None:
            run = Run(i, j, i, j, offset, 0)
            runs.append(run)
        run.last_a, run.last_b, run.offset = at_a[end - 1], at_b[end - 1], offset
        run.count += end - start
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
