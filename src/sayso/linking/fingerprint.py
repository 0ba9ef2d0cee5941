"""A document's fingerprint: a fair sample of its shingles, with their places.

The sample holds the shingles with the least hashes, so two documents sample the same shingles wherever both
have them (Broder's bottom sketch, 1997). Below the lesser of two `ceiling`s both samples are complete, which
makes containment of a short text in a long one measurable. The places let shared shingles be strung into
runs. Serialised, a fingerprint takes 10 bytes and 6 more for each of at most `ANCHORS` shingles.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sayso.errors import InputError
from sayso.linking.shingles import SHINGLE, shingles

ANCHORS = 208
"""Shingles kept of a document: with `POSTINGS` rows in a table, under 2 KB a document."""
DENSITY = 2
"""At most one shingle in so many is kept, also of short texts: neighbours say the same."""
POSTINGS = 28
"""Shingles of a document by which it is looked up: those with the least hashes."""

_HEAD = struct.Struct("<IIH")
_FULL = 2**32
_HALF, _LOW = np.uint64(32), np.uint64(2**32 - 1)
_FAR = 0xFFFF  # a gap between two anchors is held in 16 bits; a wider one is cut to this


@dataclass(frozen=True, eq=False)
class Fingerprint:
    """A sample of a text's shingles in text order.

    `keys` are 32-bit hashes, all different; `places` their offsets in letters; `ceiling` the hash below which
    (exclusive) the sample is complete; `letters` the length of the text in letters.
    """

    keys: NDArray[np.int64]
    places: NDArray[np.int64]
    ceiling: int
    letters: int

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Fingerprint) and self.to_bytes() == other.to_bytes()

    def __hash__(self) -> int:
        return hash((self.letters, self.ceiling, self.postings))

    @cached_property
    def order(self) -> NDArray[np.int64]:
        """The indices that sort the keys."""
        return self.keys.argsort()

    @cached_property
    def ascending(self) -> NDArray[np.int64]:
        """The keys sorted, and after them one that is above all."""
        return np.append(self.keys[self.order], _FULL)

    @cached_property
    def postings(self) -> tuple[int, ...]:
        """The keys to look the document up by, ascending."""
        return tuple(self.ascending[: min(POSTINGS, len(self.keys))].tolist())

    @cached_property
    def posting_set(self) -> frozenset[int]:
        return frozenset(self.postings)

    @cached_property
    def where(self) -> dict[int, int]:
        """Key to its index."""
        return {key: i for i, key in enumerate(self.keys.tolist())}

    def count(self, ceiling: int) -> int:
        """How many of the sampled keys are below a ceiling."""
        return len(self.keys) if ceiling >= self.ceiling else int(self.ascending.searchsorted(ceiling))

    def to_bytes(self) -> bytes:
        gaps = np.diff(self.places, prepend=0).astype("<u2")
        head = _HEAD.pack(self.letters, self.ceiling - 1, len(self.keys))
        return head + self.keys.astype("<u4").tobytes() + gaps.tobytes()

    @staticmethod
    def from_bytes(data: bytes) -> Fingerprint:
        """The fingerprint `to_bytes` wrote. Raises `InputError` for other bytes."""
        if len(data) < _HEAD.size:
            raise InputError("fingerprint", f"{len(data)} bytes", f"at least {_HEAD.size}")
        length, last, count = _HEAD.unpack_from(data)
        if len(data) != _HEAD.size + 6 * count:
            raise InputError("fingerprint", f"{len(data)} bytes", f"{_HEAD.size + 6 * count} for {count} shingles")
        keys = np.frombuffer(data, "<u4", count, _HEAD.size).astype(np.int64)
        gaps = np.frombuffer(data, "<u2", count, _HEAD.size + 4 * count)
        return Fingerprint(keys, gaps.cumsum(dtype=np.int64), last + 1, length)


def fingerprint(text: str) -> Fingerprint:
    """The fingerprint of a text; without keys where it has fewer than `SHINGLE` letters."""
    hashes = shingles(text)
    if not len(hashes):
        return Fingerprint(np.zeros(0, np.int64), np.zeros(0, np.int64), _FULL // DENSITY, 0)
    # A first cut that nearly always leaves enough, so as to sort few; texts of many repeats need the second.
    rough = int(_FULL * 1.25 * ANCHORS / len(hashes))
    least, ceiling = _least(hashes, min(rough, _FULL // DENSITY))
    if len(least) < ANCHORS and rough < _FULL // DENSITY:
        least, ceiling = _least(hashes, _FULL // DENSITY)
    keys, places = (least >> _HALF).astype(np.int64), (least & _LOW).astype(np.int64)
    order = places.argsort()
    keys, places = keys[order], places[order]
    if len(places) and places[-1] > _FAR:
        places = np.minimum(np.diff(places, prepend=0), _FAR).cumsum()
    return Fingerprint(keys, places, ceiling, len(hashes) + SHINGLE - 1)


def _least(hashes: NDArray[np.uint32], ceiling: int) -> tuple[NDArray[np.uint64], int]:
    """Of the hashes under a ceiling the `ANCHORS` least, each with its first offset in the lower half of the
    number, and the ceiling they fill."""
    at = (hashes < np.uint32(ceiling)).nonzero()[0]
    least = hashes[at].astype(np.uint64) << _HALF
    least |= at.astype(np.uint64)
    least.sort()
    keys = least >> _HALF
    again = keys[1:] == keys[:-1]
    if again.any():
        least = least[np.append(True, ~again)]
    if len(least) > ANCHORS:
        ceiling, least = int(least[ANCHORS] >> _HALF), least[:ANCHORS]
    return least, ceiling
