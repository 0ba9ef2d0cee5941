"""Links through the pages of a list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pages:
    """Page `number` of `last`; the addresses beside it, "" where there is none. `total` things are in
    all; where not `exact`, at least so many."""

    number: int
    last: int
    total: int
    exact: bool
    previous: str
    next: str


def pages(
    total: int, number: int, size: int, address: Callable[[int | None], str], *, most: int | None = None
) -> Pages:
    """The page `number`, or the last one where there are fewer. `address` makes a page's address, of the
    first for None; `most` is how far `total` was counted."""
    last = max(1, -(-total // size))
    here = min(number, last)
    previous = address(here - 1 if here > 2 else None) if here > 1 else ""
    return Pages(here, last, total, most is None or total < most, previous, address(here + 1) if here < last else "")
