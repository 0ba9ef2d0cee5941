"""Parties that only the context gives: a claim that names no supplier or recipient of its own takes
that of the claims around it about the same kind of deal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from sayso.model import Claim, Kind, Party

# Kinds that continue each other: a package's total and its items, an embargo and what it bars.
_DEALS = (Kind.TRANSFER, Kind.FUNDING, Kind.TECHNOLOGY_TRANSFER)
RAW_SCORE = 0.05  # of a party taken from the context: below that of any pointer


def filled(claims: Sequence[Claim]) -> list[Claim]:
    """The claims in order, empty parties filled where the context agrees on one."""
    return [_with(_with(c, "supplier", claims), "recipient", claims) for c in claims]


def _with(claim: Claim, slot: str, claims: Sequence[Claim]) -> Claim:
    if getattr(claim, slot) or claim.kind in (Kind.SPECIFICATION, Kind.PRODUCTION):
        return claim
    party = _likeliest(claim, slot, claims)
    if party is None:
        return claim
    confidence = (*claim.confidence, (slot, RAW_SCORE))
    parties = (party,)
    if slot == "supplier":
        return replace(claim, supplier=parties, confidence=confidence)
    return replace(claim, recipient=parties, confidence=confidence)


def _likeliest(claim: Claim, slot: str, claims: Sequence[Claim]) -> Party | None:
    """The party that most like claims name, those with the same other party counting double; the
    nearest before wins a tie."""
    other = "recipient" if slot == "supplier" else "supplier"
    votes: Counter[tuple[str, ...]] = Counter()
    named: dict[tuple[str, ...], Party] = {}
    for c in claims:
        if not _alike(claim, c) or not getattr(c, slot):
            continue
        party = getattr(c, slot)[0]
        key = party.countries or (party.name.lower(),)
        if key == _key(claim, other):
            continue
        votes[key] += 2 if _key(c, other) == _key(claim, other) else 1
        if c.evidence.start <= claim.evidence.start or key not in named:
            named[key] = party
    return named[votes.most_common(1)[0][0]] if votes else None


def _alike(a: Claim, b: Claim) -> bool:
    return a.kind is b.kind or (a.kind in _DEALS and b.kind in _DEALS)


def _key(claim: Claim, slot: str) -> tuple[str, ...]:
    parties = getattr(claim, slot)
    return (parties[0].countries or (parties[0].name.lower(),)) if parties else ()
