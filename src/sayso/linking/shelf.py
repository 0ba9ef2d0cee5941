"""Where fingerprints, look-up keys and ties are kept: what a store must offer, and one in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from sayso.linking.fingerprint import Fingerprint


@dataclass(frozen=True, slots=True)
class Entry:
    """A document as far as reprints go."""

    fingerprint: Fingerprint
    outlet: str | None = None


class Shelf(Protocol):
    """Five tables: entries by id; postings (key, id); marks (key, outlet or None), the keys found to be
    boilerplate; scores and ties by pair of ids."""

    def put(self, name: str, entry: Entry) -> None:
        """Adds an entry and its postings."""

    def entry(self, name: str) -> Entry: ...

    def holders(self, key: int) -> Sequence[str]:
        """The ids of the documents with this posting."""

    def mark(self, key: int, outlet: str | None) -> None: ...

    def marked(self, keys: Iterable[int], outlet: str | None) -> frozenset[int]:
        """Those of the keys that are marked for this outlet (None: for all)."""

    def score(self, a: str, b: str, score: float) -> None:
        """Notes the score of a pair's whole texts, both ways round."""

    def scores(self, name: str) -> Mapping[str, float]: ...

    def tie(self, a: str, b: str, tie: int) -> None:
        """Notes a pair's tie both ways round; 0 takes it away."""

    def ties(self, name: str) -> Mapping[str, int]: ...


class MemoryShelf:
    """A shelf in memory."""

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}
        self._holders: dict[int, list[str]] = {}
        self._marks: dict[str | None, set[int]] = defaultdict(set)
        self._scores: dict[str, dict[str, float]] = defaultdict(dict)
        self._ties: dict[str, dict[str, int]] = defaultdict(dict)

    def put(self, name: str, entry: Entry) -> None:
        self._entries[name] = entry
        for key in entry.fingerprint.postings:
            self._holders.setdefault(key, []).append(name)

    def entry(self, name: str) -> Entry:
        return self._entries[name]

    def names(self) -> Collection[str]:
        return self._entries.keys()

    def holders(self, key: int) -> Sequence[str]:
        return self._holders.get(key, ())

    def mark(self, key: int, outlet: str | None) -> None:
        self._marks[outlet].add(key)

    def marked(self, keys: Iterable[int], outlet: str | None) -> frozenset[int]:
        marks = self._marks.get(outlet)
        return frozenset(marks.intersection(keys)) if marks else frozenset()

    def score(self, a: str, b: str, score: float) -> None:
        self._scores[a][b] = self._scores[b][a] = score

    def scores(self, name: str) -> Mapping[str, float]:
        return self._scores.get(name, {})

    def tie(self, a: str, b: str, tie: int) -> None:
        if tie:
            self._ties[a][b] = self._ties[b][a] = tie
        else:
            self._ties[a].pop(b, None)
            self._ties[b].pop(a, None)

    def ties(self, name: str) -> Mapping[str, int]:
        return self._ties.get(name, {})
