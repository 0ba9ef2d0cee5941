"""Reprints: which documents carry the same text, kept up to date one document at a time.

A document is looked up by its postings, compared with those that share enough of them, and tied to those it
overlaps with. A posting that stands in many documents otherwise unlike each other, or in a few of one
outlet, is boilerplate: it and the passage around it are left out of comparisons, and nobody is looked up by
it. "Unlike" is judged on whole texts, boilerplate and all, so a large group of true reprints, whose members
are alike, never becomes boilerplate, however large.

All of it is a function of the set of documents: a pair's score of its two texts; a posting's mark of the
scores among the `SAMPLE` first (by id) documents that hold it; a pair's tie of its texts and the marks. So
any order of arrival ends where a rebuild would. Adding a document looks at its own candidates and, when a
mark changes, at the documents that hold that posting; a mark changes but seldom, as the sample fills up.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping

from sayso.linking.fingerprint import POSTINGS, Fingerprint
from sayso.linking.overlap import REPRINT, Alignment, align, measure
from sayso.linking.regroup import FULL, component, groups
from sayso.linking.shelf import Entry, Shelf

SAMPLE = 32
"""Documents on which it is judged whether a posting is boilerplate."""
MANY = 4
"""So many mutually unlike documents make a posting boilerplate anywhere,"""
MANY_OF_AN_OUTLET = 3
"""and so many of one outlet make it that outlet's."""
ALIKE = 0.65
"""The least score of two texts that are alike."""

_NEAR = 0.2  # pairs below this score are no further looked at
_SHARE = 10  # one shared posting in so many is worth a comparison


def add(shelf: Shelf, name: str, fingerprint: Fingerprint, outlet: str | None = None) -> frozenset[str]:
    """Adds a document; returns the ids whose ties changed, itself included.

    `name` must be new to the shelf.
    """
    shelf.put(name, Entry(fingerprint, outlet))
    marked = shelf.marked(fingerprint.postings, None)
    others: set[str] = set()
    judged: list[tuple[int, str | None, list[str]]] = []
    for key in fingerprint.postings:
        held = shelf.holders(key, None, SAMPLE if key in marked else None)
        if len(held) < 2 or name not in held:
            continue  # no other has it, or it is boilerplate and judged without this one
        others.update(held)
        judged.append((key, None, held[:SAMPLE]))
        if outlet is not None:
            judged.append((key, outlet, shelf.holders(key, outlet, SAMPLE)))
    others.discard(name)
    fresh = {other: found for other in others if (found := _score(shelf, name, other))}
    touched = {name}
    for key, scope, sample in judged:
        if name in sample and _judge(shelf, key, scope, sample):
            touched.update(_remarked(shelf, key, scope))
    return frozenset(_retie(shelf, touched, {(name, other): found for other, found in fresh.items()})) | {name}


def regroup(shelf: Shelf, names: Iterable[str]) -> dict[str, str]:
    """The groups, by id, of all documents that a change at `names` can affect."""
    affected = component(names, lambda name: [n for n, tie in shelf.ties(name).items() if tie >= FULL])
    ties = {(a, b): tie for a in affected for b, tie in shelf.ties(a).items() if a < b and b in affected}
    return groups(affected, ties)


def _score(shelf: Shelf, a: str, b: str) -> Alignment | None:
    """Notes how alike two whole texts are, where they share enough postings to be compared. Their
    alignment, where they are near."""
    one, two = shelf.entry(a).fingerprint, shelf.entry(b).fingerprint
    alignment = align(one, two) if _worth_comparing(one, two, frozenset()) else None
    score = measure(alignment).score if alignment else 0.0
    if score < _NEAR:
        return None
    shelf.score(a, b, score)
    return alignment


def _worth_comparing(a: Fingerprint, b: Fingerprint, ignored: frozenset[int]) -> bool:
    """Whether the two share a posting in `_SHARE` of those that both would have."""
    both = a.posting_set & b.posting_set
    shared = len(both - ignored) if ignored else len(both)
    if shared * _SHARE >= POSTINGS or not shared:
        return shared > 0
    last_a, last_b = a.postings[-1], b.postings[-1]
    fewer = bisect_right(a.postings, last_b) if last_b < last_a else bisect_right(b.postings, last_a)
    return shared * _SHARE >= fewer


def _judge(shelf: Shelf, key: int, outlet: str | None, sample: list[str]) -> bool:
    """Marks or unmarks a posting as boilerplate on its sample; whether that is news."""
    many = MANY if outlet is None else MANY_OF_AN_OUTLET
    if len(sample) < many:
        return False
    common = _unlike(shelf, sample) >= many
    news = common != bool(shelf.marked((key,), outlet))
    if news:
        shelf.mark(key, outlet, common)
    return news


def _unlike(shelf: Shelf, sample: list[str]) -> int:
    """How many of the documents are mutually unlike: a greedy count, those with the fewest likes first."""
    members = set(sample)
    alike: dict[str, set[str]] = {}
    for name in sample:
        scores = shelf.scores(name)
        alike[name] = {other for other in members.intersection(scores) if scores[other] >= ALIKE}
    count = 0
    for name in sorted(sample, key=lambda n: (len(alike[n]), n)):
        if name in members:
            count += 1
            members -= alike[name]
            members.discard(name)
    return count


def _remarked(shelf: Shelf, key: int, outlet: str | None) -> Collection[str]:
    """All documents that a changed mark can affect."""
    held = shelf.holders(key, outlet)
    if not shelf.marked((key,), outlet):  # no longer boilerplate, it makes candidates
        everyone = shelf.holders(key)
        for a in held:
            for b in everyone:
                if a != b and b not in shelf.scores(a):
                    _score(shelf, a, b)
        if outlet is None:  # what was boilerplate anywhere was not judged by outlet
            for each in {shelf.entry(name).outlet for name in held} - {None}:
                _judge(shelf, key, each, shelf.holders(key, each, SAMPLE))
    return held


def _retie(shelf: Shelf, names: Collection[str], fresh: Mapping[tuple[str, str], Alignment]) -> set[str]:
    """Ties anew every pair with one of `names` in it; the ids of those whose tie changed.

    `fresh` holds alignments already made.
    """
    ignored = {name: _ignored(shelf, name) for name in names}
    changed: set[str] = set()
    for a in names:
        before = shelf.ties(a)
        for b, score in shelf.scores(a).items():
            if b in names and b < a:
                continue
            if b not in ignored:
                ignored[b] = _ignored(shelf, b)
            without = ignored[a] | ignored[b]
            alignment = fresh.get((a, b)) or fresh.get((b, a))
            left = _score_without(shelf, a, b, without, alignment) if without else score
            tie = max(0, min(FULL, int(FULL * (left - _NEAR) / (REPRINT - _NEAR))))
            if tie != before.get(b, 0):
                shelf.tie(a, b, tie)
                changed.update((a, b))
    return changed


def _score_without(shelf: Shelf, a: str, b: str, ignored: frozenset[int], alignment: Alignment | None) -> float:
    """The score of two texts less their boilerplate."""
    one, two = shelf.entry(a).fingerprint, shelf.entry(b).fingerprint
    if not _worth_comparing(one, two, ignored):
        return 0.0
    alignment = alignment or align(one, two)
    return measure(alignment, ignored).score if alignment else 0.0


def _ignored(shelf: Shelf, name: str) -> frozenset[int]:
    """The postings of a document that are boilerplate anywhere or in its outlet."""
    entry = shelf.entry(name)
    postings = entry.fingerprint.postings
    anywhere = shelf.marked(postings, None)
    return anywhere if entry.outlet is None else anywhere | shelf.marked(postings, entry.outlet)
