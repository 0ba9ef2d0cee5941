"""Average-link agglomeration of one document's claims, with vetoes, and the joining of pairs.

Each cluster remembers its best neighbour, and a merge asks only the neighbours of the two merged, so
that the work grows with the matches times the merges they see, never with the cube of the claims.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass, field

from sayso.linking.compare import clash
from sayso.linking.traits import Traits

GRAIN = 1000  # scores are counted in thousandths of a bit, so that no order of addition changes a sum
Sides = tuple[object, ...]


@dataclass(slots=True)
class Cluster:
    """Claims by number, the distinct values among them that can be at odds, the clusters that may not
    join, and for each cluster with matches between: the sum of scores and how many."""

    members: list[int]
    kinds: dict[Sides, Traits]
    barred: set[int] = field(default_factory=set)
    near: dict[int, tuple[int, int]] = field(default_factory=dict)


def sides(t: Traits) -> Sides:
    """The values of a claim that can be at odds with another's."""
    return (t.designations, t.supplier, t.recipient, t.value, t.when)


def together(count: int, joined: Iterable[tuple[int, int]]) -> list[int]:
    """For each number below `count`, the smallest it is joined with, by any chain of pairs."""
    home = list(range(count))

    def root(n: int) -> int:
        while home[n] != n:
            home[n] = home[home[n]]
            n = home[n]
        return n

    for a, b in joined:
        low, high = sorted((root(a), root(b)))
        home[high] = low
    return [root(n) for n in range(count)]


def agglomerate(
    claims: list[Traits], scores: dict[tuple[int, int], int], barred: Iterable[tuple[int, int]] = ()
) -> list[list[int]]:
    """Groups of claims, which are numbered as in `claims`; each group in order, and the groups too.

    `scores` holds each matched pair once, in thousandths of a bit; `barred` pairs never share a group.
    The best average goes first; of equal ones, the pair with the smallest numbers.
    """
    clusters = {n: Cluster([n], {sides(t): t}) for n, t in enumerate(claims)}
    for (a, b), score in scores.items():
        clusters[a].near[b] = clusters[b].near[a] = (score, 1)
    for a, b in barred:
        clusters[a].barred.add(b)
        clusters[b].barred.add(a)
    best = {n: _best(clusters, n) for n in clusters}
    heap = [(*found, n) for n, found in best.items() if found]
    heapq.heapify(heap)
    while heap:
        loss, other, n = heapq.heappop(heap)
        if n not in clusters or best[n] != (loss, other):
            continue  # out of date
        low, high = min(n, other), max(n, other)
        _merge(clusters, low, high)
        del best[high]
        for touched in (low, *clusters[low].near):  # only averages with the merged cluster changed
            found = _best(clusters, touched)
            if best[touched] != found:
                best[touched] = found
                if found:
                    heapq.heappush(heap, (*found, touched))
    return [sorted(c.members) for _, c in sorted(clusters.items())]


def _best(clusters: dict[int, Cluster], n: int) -> tuple[float, int] | None:
    """The neighbour of the best average that may be merged with, as the average's negative and number."""
    here = clusters[n]
    ranked = sorted((-_average(here, clusters[m], *here.near[m]), m) for m in here.near if m not in here.barred)
    for loss, m in ranked:
        if loss >= 0:
            return None
        if _may_join(here, clusters[m]):
            return loss, m
        here.barred.add(m)
        clusters[m].barred.add(n)
    return None


def _average(a: Cluster, b: Cluster, total: int, count: int) -> float:
    """The average score over all pairs between the clusters, those without a match at 0; below 0
    where fewer are matched than the geometric mean of the sizes, so that one bridge never joins two
    groups."""
    pairs = len(a.members) * len(b.members)
    return total / pairs if count * count >= pairs else -1.0


def _may_join(a: Cluster, b: Cluster) -> bool:
    return not any(clash(x, y) for x in a.kinds.values() for y in b.kinds.values())


def _merge(clusters: dict[int, Cluster], low: int, high: int) -> None:
    """Moves all of `high` into `low`."""
    kept, gone = clusters[low], clusters.pop(high)
    kept.members += gone.members
    kept.kinds.update(gone.kinds)
    for m in gone.barred:
        kept.barred.add(m)
        if m in clusters:
            clusters[m].barred.discard(high)
            clusters[m].barred.add(low)
    for m, (total, count) in gone.near.items():
        if m == low:
            continue
        there = clusters[m]
        del there.near[high]
        old_total, old_count = kept.near.get(m, (0, 0))
        kept.near[m] = there.near[low] = (old_total + total, old_count + count)
    del kept.near[high]
