"""Documents gathered into groups from the ties between pairs of them, without chaining strangers.

Average linkage: two groups join while the pairs between them are, on average, more than half tied, the
strongest first. So A like B and B like C do not join A and C (one tie of the two that would be needed), and
a digest that holds two reports does not make them one. The outcome depends on the set of ties alone.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Mapping

FULL = 1000
"""The tie of a verified pair; a lesser one tells how near a pair comes to it, and no pair without any."""
_JOIN = 0.5  # groups join above this average, in `FULL`s

Ties = dict[int, tuple[int, int]]  # by neighbouring group: the sum of ties, and how many are verified


def groups(ids: Iterable[str], ties: Mapping[tuple[str, str], int]) -> dict[str, str]:
    """The group of every document, named by its smallest member's id.

    `ties` are by pair in either order, 0 to `FULL`. Only groups with a verified pair between them join, so
    the components of verified ties can be grouped one at a time. Raises `KeyError` for a pair with an
    unknown id.
    """
    order = sorted(set(ids))
    rank = {name: n for n, name in enumerate(order)}
    near: list[Ties] = [{} for _ in order]
    for (x, y), tie in ties.items():
        a, b = rank[x], rank[y]
        if a != b and tie > 0:
            near[a][b] = near[b][a] = (min(tie, FULL), int(tie >= FULL))
    home = _agglomerate(near)
    return {name: order[home[n]] for n, name in enumerate(order)}


def component(start: Iterable[str], verified: Callable[[str], Iterable[str]]) -> frozenset[str]:
    """All documents joined with those of `start` by a chain of verified ties: all that a change there can
    affect."""
    found = set(start)
    todo = list(found)
    while todo:
        for other in verified(todo.pop()):
            if other not in found:
                found.add(other)
                todo.append(other)
    return frozenset(found)


def _agglomerate(near: list[Ties]) -> list[int]:
    """The smallest member of each one's group. Empties `near`."""
    size = [1] * len(near)
    home = list(range(len(near)))
    heap = [(-_average(tie, 1), a, b) for a, ties in enumerate(near) for b, tie in ties.items() if a < b]
    heap = [entry for entry in heap if entry[0] < -_JOIN]
    heapq.heapify(heap)
    while heap:
        loss, a, b = heapq.heappop(heap)
        tie = near[a].get(b)
        if tie is None or -_average(tie, size[a] * size[b]) != loss:
            continue  # out of date
        _merge(near, a, b)
        home[b] = a
        size[a] += size[b]
        for c, tie in near[a].items():
            loss = -_average(tie, size[a] * size[c])
            if loss < -_JOIN:
                heapq.heappush(heap, (loss, min(a, c), max(a, c)))
    for n in range(len(home)):
        home[n] = home[home[n]]  # members come after the smallest of their group
    return home


def _average(tie: tuple[int, int], pairs: int) -> float:
    total, verified = tie
    return total / (pairs * FULL) if verified else 0.0


def _merge(near: list[Ties], a: int, b: int) -> None:
    """Adds the ties of group `b` to those of group `a`."""
    for c, (total, verified) in near[b].items():
        del near[c][b]
        if c != a:
            old_total, old_verified = near[a].get(c, (0, 0))
            near[a][c] = near[c][a] = (old_total + total, old_verified + verified)
    near[b] = {}
