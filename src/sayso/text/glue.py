"""Words glued together where scraping lost a tag: "2022starting", "Iranaccording".

A word is split only where it is no word itself and its parts are: one of them a cue (a function
word, a reporting verb, a place name) of `data/glue.csv`, the other among the frequent words of
`data/words.txt`, which also lists the rarer words that would split so but are whole ("melon").
Precision comes first: nothing is split that a document holds twice, that stands in an address or
handle, or in a text that is not English.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from sayso.lexicon.rows import DATA, rows

KINDS = ("strong", "light", "reporting", "unit", "place")
_WORD = re.compile(r"[A-Za-z]{6,40}")
_SAMPLE = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"(?<![\w/@#_&=.,:~%-])\$?\d{1,9}(?:[.,]\d{1,9}){0,4}(?=[a-z]{3,20}(?![\w/@_&=~:-]|\.\w))([a-z]+)")
_CAMEL = re.compile(r"(?<![\w/@#_&=.~%-])([a-z]{2,12})([A-Z][a-z]{2,20})(?![\w/@_&=~-]|\.\w)")
_SENTENCE = re.compile(r"(?<![\w/@#_&=.~%:-])([a-z]{2,20})[.?!][\"”’)]{0,2}(?=([“‘]?[A-Z][a-z]{1,20})(?![\w/@_&=~.-]))")
_DOMAINS = frozenset({"com", "org", "net", "info", "co"})
_SAMPLE_WORDS = 400
_MIN_ENGLISH = 0.75
_AROUND = 1


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`frequent`: words that may be a part. `whole`: rarer words never to be split."""

    frequent: frozenset[str]
    whole: frozenset[str]
    strong: frozenset[str]
    light: frozenset[str]
    reporting: frozenset[str]
    unit: frozenset[str]
    place: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    """The words of `data/words.txt` and `data/glue.csv`. Raises `LexiconError`."""
    parts: dict[str, set[str]] = {kind: set() for kind in KINDS}
    for row in rows(DATA / "glue.csv", ["kind", "words"]):
        parts[row.one_of("kind", KINDS)].update(row["words"].split())
    frequent: set[str] = set()
    whole: set[str] = set()
    for line in (DATA / "words.txt").read_text(encoding="utf-8").split("\n"):
        if line.startswith("="):
            whole.add(line[1:])
        elif line and not line.startswith("#"):
            frequent.add(line)
    return Vocabulary(
        frequent=frozenset(frequent),
        whole=frozenset(whole),
        **{kind: frozenset(words) for kind, words in parts.items()},
    )


def split_at(word: str, v: Vocabulary) -> int | None:
    """Where a word that is none should have its space: an index into `word`, or None."""
    low = word.lower()
    if low in v.frequent or low in v.whole or low in v.place or not (word.islower() or word[1:].islower()):
        return None
    for cut in range(len(low) - 2, 1, -1):
        if _fits(low[:cut], low[cut:], word[0].isupper(), v):
            # "areporter" is "a reporter", not "are porter".
            return 1 if low[0] == "a" and low[1:] in v.frequent else cut
    return None


def _fits(first: str, second: str, capitalised: bool, v: Vocabulary) -> bool:
    known = first in v.place or (first in v.frequent and len(first) >= 3)
    if known and (second in v.strong or (second in v.reporting and len(first) >= 4)):
        return True
    if first in v.place and len(first) >= 4 and (second in v.light or (second in v.frequent and len(second) >= 5)):
        return True
    if capitalised:
        return first == "the" and second in v.frequent and len(second) >= 5
    if second in v.light:
        return first in v.frequent and len(first) >= (6 if len(second) == 2 else 5)
    if second in v.frequent and len(second) >= 5:
        return first in v.strong or (first in v.light and len(first) >= 3)
    return False


def gaps(text: str) -> list[int]:
    """Offsets in `text` where a space is missing, ascending."""
    v = vocabulary()
    found = set(_after_numbers(text, v))
    found.update(m.start(2) for m in _CAMEL.finditer(text) if _function(m[1], v) and _known(m[2], v))
    found.update(m.end() for m in _SENTENCE.finditer(text) if m[1] in v.frequent and _known(m[2], v))
    words = Counter(_WORD.findall(text))
    odd = [w for w, n in words.items() if n == 1 and w.lower() not in v.frequent and split_at(w, v) is not None]
    if odd and is_english(text, v):
        found.update(_between_words(text, odd, v))
    return sorted(found)


def _function(word: str, v: Vocabulary) -> bool:
    return word in v.strong or word in v.light


def _known(word: str, v: Vocabulary) -> bool:
    low = word.strip("“‘").lower()
    return low not in _DOMAINS and (low in v.frequent or low in v.place)


def is_english(text: str, v: Vocabulary) -> bool:
    """Whether most of the words at the head of a text are frequent English ones."""
    seen = [w.lower() for w, _ in zip((m[0] for m in _SAMPLE.finditer(text)), range(_SAMPLE_WORDS), strict=False)]
    return sum(w in v.frequent or len(w) == 1 for w in seen) >= _MIN_ENGLISH * len(seen)


def _between_words(text: str, odd: list[str], v: Vocabulary) -> Iterator[int]:
    for word in odd:
        for match in re.finditer(rf"(?<![^\W_]){word}(?![^\W_])", text):
            cut = split_at(word, v)
            if cut is not None and not _in_address(text, match.start(), match.end()):
                yield match.start() + cut


def _in_address(text: str, start: int, end: int) -> bool:
    """Whether the characters beside a word make it part of an address, handle or compound."""
    before, after = text[max(0, start - _AROUND) : start], text[end : end + 2]
    return bool(re.search(r"[\w/@#_&=~.’'-]\Z", before) or re.match(r"[/@_&=~’'-]|\.\w|:/", after))


def _after_numbers(text: str, v: Vocabulary) -> Iterator[int]:
    for match in _NUMBER.finditer(text):
        word = match[1]
        if word in v.unit or word not in v.frequent:
            continue
        if len(word) >= 4 or word in v.light:
            yield match.start(1)
