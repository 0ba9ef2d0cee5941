"""A document's vague claims given to the one undertaking in it that they can be of.

"A Chinese firm is in talks to sell drones to Russia", says the headline; the body has the firm's name, the
type, the count and the month. What names none of these is told of the specific undertaking between the
same parties over the same sort of arms, where the document tells of one such only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations

from sayso.linking import levels
from sayso.linking.agglomerate import sides
from sayso.linking.compare import at_odds
from sayso.linking.levels import MAKING
from sayso.linking.traits import traits
from sayso.model import Category, Kind, Told

Group = list[Told]


MOST = 60  # groups; a document of more is a list or a register, where each line is its own


def settled(groups: Sequence[Group]) -> list[Group]:
    """One document's groups of claims, the vague ones joined to the specific one that they fit. Claims keep
    their order within the document, and the groups that of their first claims."""
    if len(groups) > MOST:
        return list(groups)
    specific = [g for g in groups if any(map(_is_specific, g))]
    out = {id(g): list(g) for g in groups}
    for vague in groups:
        if any(map(_is_specific, vague)):
            continue
        fitting = [g for g in specific if _fits(vague, out[id(g)])]
        if fitting and not any(_are_two(a, b) for a, b in combinations(fitting, 2)):
            out[id(fitting[0])] += out.pop(id(vague))
    return list(out.values())


def _is_specific(told: Told) -> bool:
    c = told.claim
    return bool(c.designations or c.value or c.when or (c.quantity and c.quantity.per is None))


def _fits(vague: Group, specific: Group) -> bool:
    """Whether both are undertakings, over a sort of arms that both name, from the same suppliers and to no
    others' recipients, with nothing at odds."""
    if not (_undertakes(vague) and _undertakes(specific) and _sorts(vague) & _sorts(specific)):
        return False
    pairs = [(a, b) for a in _distinct(vague) for b in _distinct(specific)]
    if any(at_odds(a, b) for a, b in pairs):
        return False
    return _meet(pairs, "supplier", ("same", "part")) and _meet(pairs, "recipient", ("same", "part", "open"))


def _undertakes(group: Group) -> bool:
    kinds = {t.claim.kind for t in group}
    return bool(kinds & MAKING) and Kind.RESTRICTION not in kinds


def _distinct(group: Group) -> Iterable[Told]:
    """One claim for each set of values that is compared here."""
    return {(sides(traits(t)), t.claim.quantity and replace(t.claim.quantity, span=None)): t for t in group}.values()


def _sorts(group: Group) -> set[Category]:
    return {t.claim.category for t in group} - {Category.UNSPECIFIED}


def _meet(pairs: Sequence[tuple[Told, Told]], side: str, wanted: Sequence[str]) -> bool:
    return any(levels.side(getattr(traits(a), side), getattr(traits(b), side))[0] in wanted for a, b in pairs)


def _are_two(a: Group, b: Group) -> bool:
    """Whether two groups are of two undertakings for sure: at odds, or counted differently."""
    return any(
        at_odds(x, y) or levels.quantity(x.claim.quantity, y.claim.quantity)[0] == "different"
        for x in _distinct(a)
        for y in _distinct(b)
    )
