"""One document's telling of a deal: its claims there, and how much each says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sayso.linking.levels import MAKING, ORDER
from sayso.model import Claim, Polarity, Reading, Stage, Told

LEAST_SURE = 0.35  # an extraction that doubts a value more is not compared; calibrated chances, see reading.confidence


@dataclass(frozen=True, slots=True)
class Telling:
    """A document's claims in one deal, in text order (at least one)."""

    document: str
    reading: Reading
    claims: tuple[Told, ...]

    @property
    def said(self) -> dt.date | None:
        return self.claims[0].said

    @property
    def outlet(self) -> str | None:
        return self.claims[0].outlet


def in_order(key: str) -> tuple[str, int]:
    """A claim's key "<document>.<n>" as it sorts: n as a number."""
    document, _, number = key.rpartition(".")
    return document, int(number) if number.isdigit() else 0


def by_day(said: dt.date | None, key: str) -> tuple[dt.date, tuple[str, int]]:
    """How things said are sorted: the earliest first, the undated last, then by claim key."""
    return said or dt.date.max, in_order(key)


def earliest(tellings: Iterable[Telling]) -> list[Telling]:
    return sorted(tellings, key=lambda t: (t.said or dt.date.max, t.document))


def tellings(tolds: Iterable[Told], readings: Mapping[str, Reading]) -> dict[str, Telling]:
    """The tellings by document key, whatever the order of `tolds`. A document without a reading is
    a fault of the caller's: `KeyError`."""
    found: dict[str, dict[str, Told]] = {}
    for told in tolds:
        found.setdefault(told.document, {})[told.key] = told
    return {
        document: Telling(document, readings[document], tuple(sorted(claims.values(), key=lambda t: in_order(t.key))))
        for document, claims in sorted(found.items())
    }


def weight(claim: Claim) -> int:
    """How specific a claim is: an undertaking counts more than a property, and each slot that tells
    it from others adds one, a type name two."""
    counted = claim.quantity is not None and claim.quantity.per is None
    told = (counted, claim.when, claim.value, claim.supplier, claim.recipient)
    return (2 if claim.kind in MAKING else 1) + 2 * bool(claim.designations) + sum(map(bool, told))


def sure(claim: Claim, slot: str) -> bool:
    """Whether the extraction trusts a slot's value; where it does not say, it does."""
    return dict(claim.confidence).get(slot, 1.0) >= LEAST_SURE


def undertakings(claims: Iterable[Told]) -> list[Told]:
    """The claims that say that something goes, is made or is paid: not denials, not properties."""
    return [t for t in claims if t.claim.kind in MAKING and t.claim.polarity is Polarity.AFFIRMED]


def main(claims: Iterable[Told]) -> list[Told]:
    """The undertakings that count what the deal is over; else that name its type; else all."""
    found = undertakings(claims)
    counted = [t for t in found if t.claim.quantity and t.claim.quantity.per is None]
    return counted or [t for t in found if t.claim.designations] or found


def stages(claims: Iterable[Told]) -> dict[Stage, Told]:
    """The stages told, in the order of an undertaking's life, each with the first claim of the most
    specific that tells it."""
    found: dict[Stage, Told] = {}
    for told in sorted(undertakings(claims), key=lambda t: (-weight(t.claim), in_order(t.key))):
        if sure(told.claim, "stage"):
            found.setdefault(told.claim.stage, told)
    return {s: found[s] for s in ORDER if s in found}
