"""Claims gathered into deals: a function of the set of claims and matches, in whatever order they came.

First each document's own claims are gathered, and an analyst's merges (`units`). Then each unit goes, in
the order in which they were said, to the earlier deal that speaks loudest for it, or founds one. So what
was said before never hangs on what is said later, and adding today's article decides today's claims
alone. A unit joins only a deal that it has enough matches with and no claim at odds with, so that neither
a bridge of one match nor a vague claim chains strangers together.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sayso.linking.agglomerate import Sides, sides
from sayso.linking.compare import clash
from sayso.linking.traits import Traits, traits
from sayso.linking.units import Pair, Place, links_of, merged, place, splits_of, units
from sayso.model import Match, Told

Totals = dict[str, tuple[int, int]]  # by deal: the sum of scores, and how many matches


@dataclass(slots=True)
class _Deal:
    """The places in the order of saying that its claims take, and the distinct values among them that
    can be at odds, each with its first place."""

    places: list[Place] = field(default_factory=list)
    kinds: dict[Sides, tuple[Place, Traits]] = field(default_factory=dict)

    def add(self, at: Place, claim: Traits) -> None:
        insort(self.places, at)
        first, _ = self.kinds.get(sides(claim), (at, claim))
        self.kinds[sides(claim)] = (min(first, at), claim)

    def takes(self, unit: list[Traits], at: Place, count: int) -> bool:
        """Whether a unit that comes at a place with `count` matches may join what came before it:
        with as many matches as the geometric mean of the sizes, and nothing at odds."""
        if count * count < bisect_right(self.places, at) * len(unit):
            return False
        return not any(clash(x, y) for first, y in self.kinds.values() if first <= at for x in unit)


def deals(
    tolds: Iterable[Told],
    matches: Iterable[Match],
    cannot_link: Iterable[Pair] = (),
    must_link: Iterable[Pair] = (),
    standing: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Every claim's deal: the key of its earliest claim, by day of saying (undated last), document and key.

    `matches` are the pairs that `is_match`. `must_link` and `cannot_link` are an analyst's merges and
    splits and hold whatever the scores say; what names a claim not among `tolds` is left aside. Claims
    in `standing` keep the deal given there: those that are not `affected` when claims are added. Raises
    `InputError` where merges and splits contradict each other.
    """
    known = {t.key: t for t in tolds}
    kept = {k: d for k, d in (standing or {}).items() if k in known}
    links, splits = links_of(known, matches), splits_of(cannot_link)
    groups = merged(known, must_link)
    places = {key: place(known[group[0]]) for group in groups for key in group}
    found: dict[str, str] = {}
    gathered: dict[str, _Deal] = defaultdict(_Deal)

    def join(keys: Iterable[str], deal: str) -> None:
        for key in keys:
            found[key] = deal
            gathered[deal].add(places[key], traits(known[key]))

    for key, deal in kept.items():
        join([key], deal)
    free = [group for group in groups if group[0] not in kept]
    for unit in units(known, free, links, splits):
        at = places[unit[0]]
        before = {o for key in unit for o in (*links[key], *splits.get(key, ())) if o in found and places[o] <= at}
        totals: Totals = {}
        for key in unit:
            for other in before.intersection(links[key]):
                total, count = totals.get(found[other], (0, 0))
                totals[found[other]] = (total + links[key][other], count + 1)
        barred = {found[o] for key in unit for o in before.intersection(splits.get(key, ()))}
        claims = [traits(known[key]) for key in unit]
        # The greatest sum of scores first; of equal ones, the smaller key.
        ranked = sorted(totals.keys() - barred, key=lambda deal: (-totals[deal][0], deal))
        fits = (deal for deal in ranked if gathered[deal].takes(claims, at, totals[deal][1]))
        join(unit, next(fits, unit[0]))
    return found
