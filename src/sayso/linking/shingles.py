"""Shingles: the hash of every run of fourteen letters of a text, in any script.

Runs of letters, not of words, so that a wrong letter spoils no more than fourteen letters on either side,
and so that scripts without spaces need no word list. Only letters and digits count (NFKC, case folded):
spaces, punctuation, line breaks and quotation marks differ from printing to printing. A wide character (Han,
kana, hangul) counts for two letters, as it says about as much as two.
"""

from __future__ import annotations

import unicodedata
from functools import cache

import numpy as np
from numpy.typing import NDArray

SHINGLE = 14
"""Letters in a shingle: about three English words, seven Han characters."""

_WIDE = 0x2E80  # CJK radicals: from here on nearly all letters are wide
_PLANE = 0x10000
_DROPPED, _HARD = 0, 0xFFFFFFFF
_BASE = 0x9E3779B1  # odd, so that no letter is lost modulo 2**32


def letters(text: str) -> NDArray[np.uint32]:
    """The letters and digits of a text as code points, folded; wide ones twice."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    if not len(codes):
        return codes
    folded = _folds().take(codes, mode="clip")
    highest = folded.max()
    if highest == _HARD:
        folded = np.fromiter((ord(c) for c in fold(text) if c.isalnum()), dtype=np.uint32)
        return np.repeat(folded, 1 + (folded >= _WIDE))
    folded = folded.compress(folded != _DROPPED)
    return folded if highest < _WIDE else np.repeat(folded, 1 + (folded >= _WIDE))


def fold(text: str) -> str:
    """A text with spelling variants of one character made equal: NFKC and case folding."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


@cache
def _folds() -> NDArray[np.uint32]:
    """What `fold` makes of each code point of the basic plane: one letter, nothing, or a hard case.

    Hard are those that become several letters, those that join with the one before, and, at the table's
    end, where `take` sends them, all that are beyond the plane.
    """
    table = np.array([_folded(chr(code)) for code in range(_PLANE)], dtype=np.uint32)
    table[-1] = _HARD
    return table


def _folded(character: str) -> int:
    if unicodedata.category(character)[0] == "M" or "\u1100" <= character <= "\u11ff":
        return _HARD
    folded = fold(character)
    kept = [c for c in folded if c.isalnum()]
    if len(kept) > 1 or any(unicodedata.category(c)[0] == "M" for c in folded):
        return _HARD
    return ord(kept[0]) if kept else _DROPPED


def shingles(text: str) -> NDArray[np.uint32]:
    """The hash of each run of `SHINGLE` letters, in text order; empty for a shorter text.

    A polynomial over the letters, each scattered first, modulo 2**32, built by doubling (runs of 1, 2, 4, 8
    letters), then mixed so that the least hashes are a fair sample.
    """
    run = _scatter(letters(text))
    count = len(run) - SHINGLE + 1
    if count <= 0:
        return run[:0]
    total, done, width, base = run[:0], 0, 1, _BASE
    rest = SHINGLE
    while rest:
        if rest & 1:
            part = run[done : done + count]
            total = total * np.uint32(base) + part if done else part
            done += width
        rest >>= 1
        if rest:
            run = run[:-width] * np.uint32(base) + run[width:]
            width, base = width * 2, base * base % 2**32
    return _scatter(total)


def _scatter(values: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """A one-to-one mixing of 32-bit values (the finishing steps of MurmurHash3)."""
    values = values ^ (values >> np.uint32(16))
    values *= np.uint32(0x85EBCA6B)
    values ^= values >> np.uint32(13)
    values *= np.uint32(0xC2B2AE35)
    values ^= values >> np.uint32(16)
    return values
