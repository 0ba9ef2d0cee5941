"""Words cut into the pieces that the encoder knows, each with its characters in the text.

The tokenization of BERT (Devlin et al. 2019), uncased: words are parted at blanks and at marks, put in small
letters without accents, and each is cut into the longest pieces of the vocabulary from left to right
(WordPiece, Schuster and Nakajima 2012).
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator

Pieces = tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]  # ids, first characters, ends

_UNKNOWN = "[UNK]"
_LONGEST_WORD = 100  # letters; a longer one is unknown
_MOST_KEPT = 50_000  # words remembered
_CHUNK = re.compile(r"\S+")
_PLAIN = re.compile(r"[a-z0-9]+|[^a-z0-9]")  # the parts of an ASCII chunk: runs of letters and digits, single marks
_MARKS = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_DROPPED = ("Cc", "Cf", "Co")  # controls, marks of direction, private use
_IDEOGRAPHS = ((0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F), (0x2B740, 0x2B81F),
               (0x2B920, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F))  # fmt: skip


class WordPiece:
    """`pieces(text)` gives the ids of a text's pieces and their characters."""

    def __init__(self, tokenizer: str) -> None:
        """`tokenizer` is a tokenizer.json with a WordPiece model."""
        self._vocabulary: dict[str, int] = json.loads(tokenizer)["model"]["vocab"]
        self._known: dict[str, Pieces] = {}

    def __call__(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        ids: list[int] = []
        spans: list[tuple[int, int]] = []
        known = self._known
        for chunk in _CHUNK.finditer(text):
            words, at = chunk.group(), chunk.start()
            found = known.get(words)
            if found is None:
                found = self._pieces(words)
                if len(words) <= _LONGEST_WORD:
                    if len(known) >= _MOST_KEPT:
                        known.clear()
                    known[words] = found
            ids += found[0]
            spans += [(at + a, at + b) for a, b in zip(found[1], found[2], strict=True)]
        return ids, spans

    def _pieces(self, chunk: str) -> Pieces:
        """The pieces of what stands between two blanks."""
        ids: list[int] = []
        starts: list[int] = []
        ends: list[int] = []
        for word, places in _words(chunk):
            for number, low, high in self._cut(word):
                ids.append(number)
                starts.append(places[low])
                ends.append(places[high - 1] + 1)
        return tuple(ids), tuple(starts), tuple(ends)

    def _cut(self, word: str) -> list[tuple[int, int, int]]:
        """A word's pieces: id, and from where to where."""
        unknown = [(self._vocabulary[_UNKNOWN], 0, len(word))]
        if len(word) > _LONGEST_WORD:
            return unknown
        out: list[tuple[int, int, int]] = []
        at = 0
        while at < len(word):
            before = "##" if at else ""
            ends = range(len(word), at, -1)
            end = next((e for e in ends if before + word[at:e] in self._vocabulary), None)
            if end is None:
                return unknown
            out.append((self._vocabulary[before + word[at:end]], at, end))
            at = end
        return out


def _words(chunk: str) -> Iterator[tuple[str, range | list[int]]]:
    """The words and marks of a chunk, in small letters without accents, with the place of each letter."""
    if chunk.isascii() and chunk.isprintable():
        for m in _PLAIN.finditer(chunk.lower()):
            yield m.group(), range(m.start(), m.end())
        return
    word: list[str] = []
    places: list[int] = []
    for at, letter in _letters(chunk):
        alone = letter in _MARKS or letter.isspace() or _is_ideograph(letter) or unicodedata.category(letter)[0] == "P"
        if alone and word:
            yield "".join(word), places
            word, places = [], []
        if alone and not letter.isspace():
            yield letter, [at]
        elif not alone:
            word.append(letter)
            places.append(at)
    if word:
        yield "".join(word), places


def _letters(chunk: str) -> Iterator[tuple[int, str]]:
    """Each letter that counts, with the place of the one that it comes from."""
    for at, letter in enumerate(chunk):
        if letter == "\ufffd" or (unicodedata.category(letter) in _DROPPED and letter not in "\t\n\r"):
            continue
        for part in unicodedata.normalize("NFD", letter):
            if unicodedata.category(part) != "Mn":
                yield from ((at, small) for small in part.lower())


def _is_ideograph(letter: str) -> bool:
    return any(low <= ord(letter) <= high for low, high in _IDEOGRAPHS)
