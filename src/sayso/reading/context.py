"""What only the context gives: a claim that names no supplier or recipient of its own takes that of
the claims around it about the same kind of deal; one about "them" takes the item spoken of before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from sayso.lexicon.grammar import words_of
from sayso.model import Category, Claim, Kind, Party

# Kinds that continue each other: a package's total and its items, an embargo and what it bars.
_DEALS = (Kind.TRANSFER, Kind.FUNDING, Kind.TECHNOLOGY_TRANSFER)
RAW_SCORE = 0.05  # of a party taken from the context: below that of any pointer
REACH = 400  # characters back to what a pronoun stands for


def filled(claims: Sequence[Claim]) -> list[Claim]:
    """The claims in order, empty parties filled where the context agrees on one, items named."""
    return [_with(_with(c, "supplier", claims), "recipient", claims) for c in _named(claims)]


def _named(claims: Sequence[Claim]) -> list[Claim]:
    """The claims in order; an item that only stands for one ("them", "the deal") is that of the
    nearest claim before."""
    out: list[Claim] = []
    for claim in claims:
        before = _spoken_of(claim, out) if _stands_for(claim.item) else None
        out.append(_about(before, claim) if before else claim)
    return out


def _about(before: Claim, claim: Claim) -> Claim:
    category = before.category if claim.category is Category.UNSPECIFIED else claim.category
    return replace(
        claim, item=before.item, item_span=before.item_span, designations=before.designations, category=category
    )


def _spoken_of(claim: Claim, before: Sequence[Claim]) -> Claim | None:
    """The last of the claims before whose item ends before this one's begins, within `REACH`."""
    at = claim.item_span.start if claim.item_span else 0
    near = (c for c in reversed(before) if c.item_span and at - REACH <= c.item_span.end <= at)
    return next((c for c in near if not _stands_for(c.item)), None)


def _stands_for(item: str) -> bool:
    return words_of("stands for").issuperset(item.lower().split())


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
