"""What a rebuild changes, found by looking before and after."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import NamedTuple

from sayso.export.plain import summary
from sayso.keeping import rebuild
from sayso.lexicon import Lexicon
from sayso.store import Adding, Look, Store
from sayso.store.codec import deal_json


@dataclass(frozen=True, slots=True)
class Changes:
    """`deals` has the ids under "new", "gone" and "changed"; `summaries` a line for each, as it is now
    (or was); `regrouped` the documents that are in another group of copies."""

    documents: int
    deals: dict[str, list[str]]
    summaries: dict[str, str]
    regrouped: list[str]


class Links(NamedTuple):
    """What linking derived: a digest and a line of each deal, and each document's group."""

    digests: dict[str, bytes]
    lines: dict[str, str]
    groups: dict[str, str | None]


def links(look: Look) -> Links:
    digests, lines = {}, {}
    for deal in look.deals():
        digests[deal.id] = blake2b(deal_json(deal).encode(), digest_size=16).digest()
        lines[deal.id] = summary(deal)
    return Links(digests, lines, {kept.key: kept.group_id for kept in look.documents()})


def compared(before: Links, after: Links) -> Changes:
    old, new = before.digests, after.digests
    deals = {
        "new": sorted(new.keys() - old.keys()),
        "gone": sorted(old.keys() - new.keys()),
        "changed": sorted(id for id in old.keys() & new.keys() if old[id] != new[id]),
    }
    regrouped = sorted(key for key, group in after.groups.items() if before.groups.get(key) != group)
    named = {id for ids in deals.values() for id in ids}
    lines = {id: line for id, line in (before.lines | after.lines).items() if id in named}
    return Changes(len(after.groups), deals, lines, regrouped)


class _UndoneError(Exception):
    """Takes a trial's transaction back."""


@dataclass(frozen=True, slots=True)
class _Trial(Store):
    """A ledger whose transactions are looked at at their end and taken back."""

    seen: list[Links] = field(default_factory=list)

    @contextmanager
    def adding(self) -> Iterator[Adding]:
        with Store.adding(self) as t:
            yield t
            self.seen.append(links(t))
            raise _UndoneError


def rebuilt(
    store: Store, lexicon: Lexicon, *, keep: bool = True
) -> tuple[Iterator[tuple[int, int]], Callable[[], Changes]]:
    """A rebuild's steps, to be gone through, and then what it changed. Without `keep` nothing changes."""
    with store.looking() as look:
        before = links(look)
    trial = _Trial(store.engine, store.place)

    def steps() -> Iterator[tuple[int, int]]:
        with suppress(_UndoneError):
            yield from rebuild(store if keep else trial, lexicon)

    def changes() -> Changes:
        if not keep:
            return compared(before, trial.seen[0])
        with store.looking() as look:
            return compared(before, links(look))

    return steps(), changes
