"""Reprints: which documents carry the same text, kept up to date one document at a time.

A document is looked up by its postings, compared with those that share enough of them, and tied to those it
overlaps with. A posting that stands in several documents all unlike each other, or in a few of one outlet, is
boilerplate: it and the passage around it are left out of comparisons, and nobody is looked up by it. "Unlike"
is judged on whole texts, boilerplate and all, so a large group of true reprints, whose members are alike,
does not become boilerplate, however large.

All of it is a function of the set of documents: a pair's score of its two texts; a posting's mark of the
scores among the documents that hold it; a pair's tie of its texts and the marks. More documents can only add
marks, so each posting is marked once and then costs nothing, and any order of arrival ends where a rebuild
would. Adding a document looks at its own candidates and, when that marks a posting, at those that hold it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence

from sayso.linking.fingerprint import POSTINGS, Fingerprint
from sayso.linking.overlap import REPRINT, Alignment, align, measure
from sayso.linking.regroup import FULL, component, groups
from sayso.linking.shelf import Entry, Shelf

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
    held = {key: shelf.holders(key) for key in fingerprint.postings if key not in marked}
    others = {other for holders in held.values() for other in holders if other != name}
    fresh = {(name, other): found for other in others if (found := _score(shelf, name, other))}
    touched = {name}
    for key, holders in held.items():
        if _judge(shelf, name, key, None, holders) or (
            outlet is not None and _judge(shelf, name, key, outlet, _of_outlet(shelf, outlet, holders))
        ):
            touched.update(holders)
    return frozenset(_retie(shelf, touched, fresh)) | {name}


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


def _of_outlet(shelf: Shelf, outlet: str, names: Sequence[str]) -> list[str]:
    return [name for name in names if shelf.entry(name).outlet == outlet]


def _judge(shelf: Shelf, name: str, key: int, outlet: str | None, holders: Sequence[str]) -> bool:
    """Marks a posting as boilerplate where its newest holder makes it that; whether it does."""
    many = MANY if outlet is None else MANY_OF_AN_OUTLET
    if len(holders) < many or shelf.marked((key,), outlet):
        return False
    news = _unlike(shelf, [n for n in holders if n != name and not _alike(shelf, n, name)], many - 1)
    if news:
        shelf.mark(key, outlet)
    return news


def _unlike(shelf: Shelf, names: Sequence[str], count: int) -> bool:
    """Whether so many of the documents are all unlike each other."""
    if len(names) < count or count < 2:
        return len(names) >= count
    for n, name in enumerate(names):
        if _unlike(shelf, [m for m in names[n + 1 :] if not _alike(shelf, name, m)], count - 1):
            return True
    return False


def _alike(shelf: Shelf, a: str, b: str) -> bool:
    return shelf.scores(a).get(b, 0.0) >= ALIKE


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
