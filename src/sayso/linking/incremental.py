"""What adding claims can change, so that a ledger need not be gathered anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple, Protocol

from sayso.linking.units import Place


class Stored(Protocol):
    """What must be known of the ledger as it stands, new claims and their matches included.

    A claim's place is that of its document in the order of saying (`units.place`); of claims that an
    analyst merged, the first of theirs.
    """

    def place(self, key: str) -> Place: ...

    def matched(self, keys: Iterable[str], since: Place | None) -> set[str]:
        """The claims matched with any of `keys`, at this place or later where one is given."""

    def beside(self, keys: Iterable[str]) -> set[str]:
        """The claims in one document with any of `keys`, or merged with them by an analyst."""

    def deals(self, keys: Iterable[str]) -> set[str]:
        """The deals that any of `keys` stood in before; a new claim in none."""

    def members(self, deals: Iterable[str]) -> set[str]:
        """The claims that stood in any of the deals."""


class Affected(NamedTuple):
    """The claims whose deal must be decided anew, and those beside them that stand as they are but
    must be given to `deals` (as `standing`) for it to decide."""

    anew: frozenset[str]
    standing: frozenset[str]


def affected(added: Iterable[str], stored: Stored) -> Affected:
    """What the added claims can change.

    A unit's deal hangs on nothing said later, so only what is said after an affected claim can follow:
    its matches, and those of any deal that it may enter or leave. Where the added claims are the
    latest, only they are decided.
    """
    anew: set[str] = set()
    more = set(added)
    touched: set[str] = set()
    while more - anew:
        anew |= more
        while rest := stored.beside(anew) - anew:
            anew |= rest
        since = min(map(stored.place, anew))
        touched |= stored.deals(anew) | stored.deals(stored.matched(anew, None) - anew)
        more = stored.matched(anew | stored.members(touched), since)
    near = stored.deals(stored.matched(anew, None) - anew)
    return Affected(frozenset(anew), frozenset(stored.members(near) - anew))


def component(start: Iterable[str], neighbours: Callable[[str], Iterable[str]]) -> frozenset[str]:
    """The keys of all claims joined with those of `start` by a chain of matches, merges and documents:
    all that an analyst's merge or split there can affect. `neighbours` gives those of one claim.

    Gathering that set alone gives what gathering the whole ledger would give for it.
    """
    found = set(start)
    todo = list(found)
    while todo:
        for key in neighbours(todo.pop()):
            if key not in found:
                found.add(key)
                todo.append(key)
    return frozenset(found)
