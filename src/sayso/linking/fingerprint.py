"""A document's fingerprint: a fair sample of its shingles, with their places.

The sample holds the shingles with the least hashes, so two documents sample the same shingles wherever both
have them (Broder's bottom sketch, 1997). Below the lesser of two `ceiling`s both samples are complete, which
makes containment of a short text in a long one measurable. The places let shared shingles be strung into
runs. Serialised, a fingerprint takes 10 bytes and 6 more for each of at most `ANCHORS` shingles.
"""

from __future__ import annotations

import struct
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from sayso.errors import InputError
from sayso.linking.shingles import SHINGLE, shingles

ANCHORS = 192
"""Shingles kept of a document: with `POSTINGS` rows in a table, under 2 KB a document."""
DENSITY = 2
"""At most one shingle in so many is kept, also of short texts: neighbours say the same."""
POSTINGS = 28
"""Shingles of a document by which it is looked up: those with the least hashes."""

_HEAD = struct.Struct("<IIH")
_FULL = 2**32
_FAR = 0xFFFF  # a gap between two anchors is held in 16 bits; a wider one is cut to this


@dataclass(frozen=True)
class Fingerprint:
    """A sample of a text's shingles in text order.

    `keys` are 32-bit hashes, `places` their offsets in letters, `ceiling` the hash below which (exclusive)
    the sample is complete, `letters` the length of the text in letters.
    """

    keys: tuple[int, ...]
    places: tuple[int, ...]
    ceiling: int
    letters: int

    @cached_property
    def ascending(self) -> tuple[int, ...]:
        return tuple(sorted(self.keys))

    @cached_property
    def postings(self) -> tuple[int, ...]:
        """The keys to look the document up by, ascending."""
        return self.ascending[:POSTINGS]

    def count(self, ceiling: int) -> int:
        """How many of the sampled keys are below a ceiling."""
        return len(self.keys) if ceiling >= self.ceiling else bisect_left(self.ascending, ceiling)

    @cached_property
    def posting_set(self) -> frozenset[int]:
        return frozenset(self.postings)

    @cached_property
    def key_set(self) -> frozenset[int]:
        return frozenset(self.keys)

    @cached_property
    def where(self) -> dict[int, int]:
        """Key to its index."""
        return {key: i for i, key in enumerate(self.keys)}

    def postings_upto(self, key: int) -> int:
        """How many of the postings are no higher than a key."""
        return bisect_right(self.postings, key)

    def below(self, ceiling: int) -> Fingerprint:
        """The sample cut at a lower ceiling; itself where nothing is cut."""
        if ceiling >= self.ceiling:
            return self
        kept = [key < ceiling for key in self.keys]
        return Fingerprint(tuple(compress(self.keys, kept)), tuple(compress(self.places, kept)), ceiling, self.letters)

    def to_bytes(self) -> bytes:
        gaps = np.diff(np.array((0, *self.places), dtype=np.int64)).astype("<u2")
        head = _HEAD.pack(self.letters, self.ceiling - 1, len(self.keys))
        return head + np.array(self.keys, dtype="<u4").tobytes() + gaps.tobytes()

    @staticmethod
    def from_bytes(data: bytes) -> Fingerprint:
        """The fingerprint `to_bytes` wrote. Raises `InputError` for other bytes."""
        if len(data) < _HEAD.size:
            raise InputError("fingerprint", f"{len(data)} bytes", f"at least {_HEAD.size}")
        length, last, count = _HEAD.unpack_from(data)
        if len(data) != _HEAD.size + 6 * count:
            raise InputError("fingerprint", f"{len(data)} bytes", f"{_HEAD.size + 6 * count} for {count} shingles")
        keys = np.frombuffer(data, "<u4", count, _HEAD.size)
        gaps = np.frombuffer(data, "<u2", count, _HEAD.size + 4 * count)
        places = np.cumsum(gaps, dtype=np.int64)
        return Fingerprint(tuple(keys.tolist()), tuple(places.tolist()), last + 1, length)


def fingerprint(text: str) -> Fingerprint:
    """The fingerprint of a text; without keys where it has fewer than `SHINGLE` letters."""
    hashes = shingles(text)
    if not len(hashes):
        return Fingerprint((), (), _FULL // DENSITY, 0)
    # A first cut that nearly always leaves enough, so as to sort few; texts of many repeats need the second.
    rough = int(_FULL * 1.25 * ANCHORS / len(hashes))
    keys, at, ceiling = _least(hashes, min(rough, _FULL // DENSITY))
    if len(keys) < ANCHORS and rough < _FULL // DENSITY:
        keys, at, ceiling = _least(hashes, _FULL // DENSITY)
    order = at.argsort()
    keys, places = keys[order], at[order]
    if len(places) and places[-1] > _FAR:
        places = np.minimum(np.diff(places, prepend=0), _FAR).cumsum()
    return Fingerprint(tuple(keys.tolist()), tuple(places.tolist()), ceiling, len(hashes) + SHINGLE - 1)


def _least(hashes: NDArray[np.uint32], ceiling: int) -> tuple[NDArray[np.uint32], NDArray[np.int64], int]:
    """Of the hashes under a ceiling the `ANCHORS` least: values, first offsets, and the ceiling they fill."""
    at = (hashes < np.uint32(ceiling)).nonzero()[0]
    keys, first = np.unique(hashes[at], return_index=True)
    if len(keys) > ANCHORS:
        ceiling, keys, first = int(keys[ANCHORS]), keys[:ANCHORS], first[:ANCHORS]
    return keys, at[first], ceiling
