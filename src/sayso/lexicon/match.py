"""Finds thousands of phrases in a text at once: a trie of tokens, longest match first.

A token is a run of letters or a run of digits, so that "Shahed-136", "Shahed 136" and
"Shahed136" are the same two tokens. Time grows with the length of the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar

from sayso.model import Span

T = TypeVar("T")

_TOKEN = re.compile(r"[^\W\d_]+|\d+")
# What may stand between two tokens of one phrase. A line's end counts as a blank; a blank line does not.
_GAPS = frozenset(
    ["", " ", "-", "\n", "\r\n", "\u00a0", "‐", "‑", "–", "—", "/", ".", "'", "’", "&", " & ", "- ", "  "]
)
_ABBREVIATED = frozenset([". ", ".\n", ".-"])  # only after a token of one or two letters: "U. S.", "St. Petersburg"
_MARKED = (",", "' ")  # only where the phrase itself has the mark: "2,000-pound bomb", "Workers' Party"
_GAPS_MARKED = _GAPS | {",", ", ", "' ", "’ "}
_VARIANT = re.compile(r"[A-Z]{1,3}\d?(?![^\W_])")  # F-16C, T-90MS, M1A2
# The rest of a name like "Xi'an" or "N'Djamena"; not a possessive or a contraction.
_WITHIN_NAME = re.compile(r"['’](?!(?:s|t|d|m|re|ve|ll)\b)[A-Za-z]{2,}")
_PLURAL_S = re.compile(r"['’]?s(?![^\W_])")


class Case(StrEnum):
    """How far the letters' case must agree with the phrase as it is listed."""

    ANY = "any"
    INITIAL = "initial"  # a capital where a listed word begins with one; designations may be all lower case
    EXACT = "exact"


@dataclass(frozen=True, slots=True)
class Phrase(Generic[T]):
    """A phrase to find and what finding it means.

    `plurals` are further forms that mean the same; `variant` lets letters follow a number
    ("F-16" in "F-16C").
    """

    words: str
    value: T
    case: Case = Case.ANY
    plurals: tuple[str, ...] = ()
    variant: bool = False


class Hit(NamedTuple, Generic[T]):
    """Where a phrase stands, and the values of every phrase listed in that form."""

    span: Span
    values: tuple[T, ...]


@dataclass(slots=True)
class _End(Generic[T]):
    words: str
    tokens: tuple[str, ...]
    phrase: Phrase[T]


@dataclass(slots=True)
class _Node(Generic[T]):
    after: dict[str, _Node[T]] = field(default_factory=dict)
    ends: list[_End[T]] = field(default_factory=list)


def _accents() -> dict[int, str]:
    table = {ord("’"): "'", ord("ʼ"): "'", ord("ß"): "s", ord("ł"): "l", ord("ø"): "o", ord("đ"): "d", ord("ı"): "i"}
    for code in range(0xE0, 0x250):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii() and base != chr(code):
            table[code] = base
    return table


_FOLD = _accents()


def fold(text: str) -> str:
    """Lower case without accents, of the same length, for comparison."""
    if text.isascii():
        return text.lower()
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return low.translate(_FOLD)


def tokens(words: str) -> tuple[str, ...]:
    """The tokens that a phrase is compared by."""
    return tuple(_TOKEN.findall(fold(words)))


def plural(noun: str) -> str:
    """The regular English plural of a noun phrase that ends with its head."""
    if noun[-1:].isdigit():
        return noun + "s"
    low = noun.lower()
    if noun[-1:].isupper():  # "UAVs", "UASs"
        return noun + "s"
    if re.search(r"(s|x|z|ch|sh)$", low):
        return noun + "es"
    if re.search(r"[^aeiou]y$", low):
        return noun[:-1] + "ies"
    return noun + "s"


def _case_fits(case: Case, listed: str, found: str) -> bool:
    if case is Case.ANY:
        return True
    if case is Case.EXACT:
        return listed.rstrip(".") == found
    mine, theirs = _TOKEN.findall(listed), _TOKEN.findall(found)
    if all(_initial_fits(a, b) for a, b in zip(mine, theirs, strict=True)):
        return True
    # "f-16", "su-35": a designation in one piece may be written small.
    return any(t.isdigit() for t in mine) and not any(c.isspace() for c in found)


def _initial_fits(listed: str, found: str) -> bool:
    """Whether a word has the capital that is listed; short acronyms need all: "AT 4" is no "At 4"."""
    if listed.isupper() and 2 <= len(listed) <= 3:
        return found.isupper()
    return found[0].isupper() or not listed[0].isupper()


def _fits(end: _End[T], found: str) -> bool:
    plain, listed = found.replace("’", "'"), end.words.replace("’", "'")
    marked = any(mark in plain and mark not in listed for mark in _MARKED)
    return not marked and _case_fits(end.phrase.case, listed, plain)


@dataclass(frozen=True, slots=True, eq=False)
class Matcher(Generic[T]):
    """Phrases made ready for search. Build it once: `Matcher.of(phrases)`."""

    _root: dict[str, _Node[T]]

    @staticmethod
    def of(phrases: Iterable[Phrase[T]]) -> Matcher[T]:
        """A matcher of these phrases. A phrase without a letter or digit is never found."""
        top: _Node[T] = _Node()
        for phrase in phrases:
            for words in (phrase.words, *phrase.plurals):
                keys = tokens(words)
                node = top
                for key in keys:
                    node = node.after.setdefault(key, _Node())
                if keys:
                    node.ends.append(_End(words, keys, phrase))
        return Matcher(top.after)

    def every(self, text: str) -> list[Hit[T]]:
        """The longest hit at each place where one begins; hits may overlap."""
        low = fold(text)
        spans = [m.span() for m in _TOKEN.finditer(low)]
        root = self._root
        out: list[Hit[T]] = []
        for i, (a, b) in enumerate(spans):
            node = root.get(low[a:b])
            if node is not None:
                hit = self._longest(text, low, spans, i, node)
                if hit is not None:
                    out.append(hit)
        return out

    def find(self, text: str) -> list[Hit[T]]:
        """The hits from left to right, each the longest, none overlapping."""
        out: list[Hit[T]] = []
        reached = 0
        for hit in self.every(text):
            if hit.span.start >= reached:
                out.append(hit)
                reached = hit.span.end
        return out

    def at(self, text: str) -> tuple[T, ...]:
        """The values of the phrases that are the whole of `text`."""
        hits = self.every(text.strip()) if text.strip() else []
        return hits[0].values if hits and hits[0].span == (0, len(text.strip())) else ()

    def _longest(self, text: str, low: str, spans: list[tuple[int, int]], i: int, node: _Node[T]) -> Hit[T] | None:
        start, end = spans[i]
        if not _may_start(low, start):
            return None
        best: Hit[T] | None = None
        while True:
            if node.ends:
                best = _hit(text, start, end, node.ends) or best
            i += 1
            if i == len(spans):
                return best
            a, b = spans[i]
            after = node.after.get(low[a:b])
            if after is None:
                return best
            gap = text[end:a]
            if gap not in _GAPS_MARKED and not (gap in _ABBREVIATED and end - spans[i - 1][0] <= 2):
                return best
            node, end = after, b


def _may_start(low: str, start: int) -> bool:
    """Whether a word begins here: not inside "AF16", nor at the "155" of "2,155"."""
    if start == 0:
        return True
    before = low[start - 1]
    if before.isalnum():
        return False
    return not (before in ".," and low[start].isdigit() and start > 1 and low[start - 2].isdigit())


def _hit(text: str, start: int, end: int, ends: list[_End[T]]) -> Hit[T] | None:
    """The phrases that fit the case and whose word ends at `end`, or with a plural or variant letter."""
    stop, glued = end, end < len(text) and (text[end].isalnum())
    variant = False
    if glued:
        tail = (_PLURAL_S.match(text, end) or _VARIANT.match(text, end)) if text[end - 1].isdigit() else None
        if tail is None:
            return None
        stop, variant = tail.end(), tail.group() != "s"
    if _WITHIN_NAME.match(text, stop):
        return None
    found = text[start:end]
    if found[:2] in ("A ", "I ", "a ") and found[2:3].isdigit():  # "a 10-day visit" is no A-10
        return None
    fitting = [e for e in ends if (not variant or e.phrase.variant) and _fits(e, found)]
    if text[stop : stop + 1] == "." and any(e.words.endswith(".") for e in fitting):
        stop += 1  # "U.S.", "Corp."
    return Hit(Span(start, stop), tuple(e.phrase.value for e in fitting)) if fitting else None
