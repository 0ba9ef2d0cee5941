"""Bringing deals up to date with what was decided or read anew, where that can change them alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from sayso.keeping.deals import derive, gather, match
from sayso.keeping.verdicts import Decided
from sayso.lexicon import Lexicon
from sayso.store import Adding

T = TypeVar("T")


def refresh(t: Adding, before: Decided, after: Decided, lexicon: Lexicon) -> list[str]:
    """Derives what the change from one set of verdicts to another can touch; the deals made anew.

    A claim whose value changed is matched anew, and those that it matched before are decided with it.
    """
    values = t.places(revalued(before, after)).keys()
    changed = values | t.places(moved(before, after)).keys()
    if not changed:
        return []
    met = t.matched(values)
    match(t, sorted(values), after)
    return derive(t, gather(t, changed | met, after), after, lexicon)


def revalued(before: Decided, after: Decided) -> set[str]:
    """The claims that are edited, rejected or taken back otherwise than before."""
    return _differ(before.edits, after.edits) | (before.rejected ^ after.rejected)


def moved(before: Decided, after: Decided) -> set[str]:
    """The claims that are merged or split otherwise than before."""
    return _differ(before.together, after.together) | _differ(before.apart, after.apart)


def _differ(a: Mapping[str, T], b: Mapping[str, T]) -> set[str]:
    """The keys with another value in one than in the other."""
    return {key for key in a.keys() | b.keys() if a.get(key) != b.get(key)}


def whole(t: Adding, deals: Iterable[str], homes: dict[str, set[str]]) -> dict[str, set[str]]:
    """The homes with these deals added as their claims stand; a deal that has none left is then dropped."""
    return homes | {deal: t.members([deal]) for deal in set(deals) - homes.keys()}
