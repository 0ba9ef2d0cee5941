"""Deals that are nearly one: what a reviewer may want to merge, or to keep apart for good."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sayso.keeping.verdicts import Decided
from sayso.linking.blocking import lookup_keys
from sayso.linking.compare import compare
from sayso.linking.weights import weights
from sayso.model import Match
from sayso.store import Look

BELOW = 3.0  # bits under the threshold that are still near: odds of one in eight of the least match's
_MOST = 80  # claims looked at for one deal


@dataclass(frozen=True, slots=True)
class NearDeal:
    """Another deal with the comparison of two claims that speaks loudest for its being the same.
    `reached` says whether the score reaches the threshold of a match."""

    deal: str
    match: Match
    reached: bool


def near_deals(look: Look, claims: Iterable[str], decided: Decided, *, most: int = 5) -> list[NearDeal]:
    """The deals nearest to that of these claims, the best first; those kept apart from it by an analyst
    are left out."""
    told = decided.told(look, list(claims)[:_MOST])
    here = set(look.deals_of(told).values())
    met: dict[str, set[str]] = {}
    for key, one in told.items():
        for _, other in look.blocks(sorted(lookup_keys(one)), most=_MOST):
            met.setdefault(other, set()).add(key)
    homes = {k: d for k, d in look.deals_of(list(met)[: 10 * _MOST]).items() if d is not None and d not in here}
    members = look.members({d for d in here if d is not None})
    barred = set(look.deals_of({o for k in members for o in decided.apart.get(k, ())}).values())
    others = decided.told(look, sorted(k for k, d in homes.items() if d not in barred)[:_MOST])
    threshold = weights().threshold
    best: dict[str, NearDeal] = {}
    for other, one in others.items():
        for key in met[other]:
            found = compare(told[key], one)
            deal = homes[other]
            if found.score >= threshold - BELOW and (deal not in best or found.score > best[deal].match.score):
                best[deal] = NearDeal(deal, found, found.score >= threshold)
    return sorted(best.values(), key=lambda n: (-n.match.score, n.deal))[:most]
