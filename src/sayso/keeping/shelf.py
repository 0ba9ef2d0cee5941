"""The ledger's file as the shelf on which reprints are looked up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from sayso.linking.fingerprint import Fingerprint
from sayso.linking.shelf import Entry
from sayso.store import Adding
from sayso.store.gather import ANYWHERE


class SqlShelf:
    """A `linking.shelf.Shelf` within one transaction, which remembers what it has looked up."""

    def __init__(self, t: Adding) -> None:
        self._t = t
        self._entries: dict[str, Entry] = {}
        self._held: dict[int, list[str]] = {}
        self._pairs: dict[str, dict[str, dict[str, float]]] = {}

    def put(self, name: str, entry: Entry) -> None:
        self._entries[name] = entry
        self._t.put_fingerprint(name, entry.fingerprint.to_bytes())
        self._t.put_postings(name, entry.fingerprint.postings)
        # All postings that will be asked for, in one query.
        wanted = set(entry.fingerprint.postings) - self.marked(entry.fingerprint.postings, None)
        self._held |= {key: [] for key in wanted}
        for key, holder in self._t.postings(wanted):
            self._held[key].append(holder)

    def entry(self, name: str) -> Entry:
        if name not in self._entries:
            packed, outlet = self._t.fingerprint_of(name)
            self._entries[name] = Entry(Fingerprint.from_bytes(packed), outlet)
        return self._entries[name]

    def holders(self, key: int) -> Sequence[str]:
        if key not in self._held:
            self._held[key] = [holder for _, holder in self._t.postings([key])]
        return self._held[key]

    def mark(self, key: int, outlet: str | None) -> None:
        self._t.mark(key, outlet or ANYWHERE)

    def marked(self, keys: Iterable[int], outlet: str | None) -> frozenset[int]:
        return self._t.marked(keys, outlet or ANYWHERE)

    def score(self, a: str, b: str, score: float) -> None:
        self._note(a, b, "score", score)

    def scores(self, name: str) -> Mapping[str, float]:
        return {other: pair["score"] for other, pair in self._of(name).items() if "score" in pair}

    def tie(self, a: str, b: str, tie: int) -> None:
        self._note(a, b, "tie", tie)

    def ties(self, name: str) -> Mapping[str, int]:
        return {other: int(pair["tie"]) for other, pair in self._of(name).items() if pair.get("tie")}

    def _of(self, name: str) -> dict[str, dict[str, float]]:
        if name not in self._pairs:
            rows = self._t.reprints([name])
            pairs = ((b if a == name else a, overlap) for a, b, overlap in rows)
            self._pairs[name] = {other: msgspec.convert(overlap, dict[str, float]) for other, overlap in pairs}
        return self._pairs[name]

    def _note(self, a: str, b: str, what: str, value: float) -> None:
        pair = {**self._of(a).get(b, {}), what: value}
        self._of(a)[b] = self._of(b)[a] = pair
        self._t.put_pair(a, b, dict(pair))
