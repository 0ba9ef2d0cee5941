"""Whether confidence is what it says: of the values given at 0.8, are eight in ten right?

Expected calibration error after Naeini, Cooper and Hauskrecht (2015) and Guo et al. (2017): the mean
over bins of the distance between the confidence given and the share that was right. Few examples make
it large by chance alone, so each figure comes with what perfect confidence would be expected to show.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sayso.evaluate.agreement import AGREEMENTS, stated
from sayso.evaluate.pairing import Ledger, paired

BINS = 10
DECIDED = ("polarity", "hedged")  # slots whose "no" is a value too
Point = tuple[float, bool]  # the confidence given, and whether the value was right


@dataclass(frozen=True, slots=True)
class Bin:
    """Values of like confidence: how many, the mean confidence, the share that was right."""

    count: int
    said: float
    right: float

    @property
    def error(self) -> float:
        return abs(self.said - self.right)


@dataclass(frozen=True, slots=True)
class Binned:
    """Bins that hold something, lowest first; `ece` their expected calibration error, `chance` what
    it would be expected to be if every figure were its value's exact chance of being right."""

    bins: tuple[Bin, ...]
    ece: float
    chance: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """One slot's confidence against the truth, in bins of equal width and of equal mass."""

    count: int
    said: float
    right: float
    brier: float
    width: Binned
    mass: Binned

    def as_dict(self) -> dict[str, Any]:
        whole = {"count": self.count, "said": self.said, "right": self.right, "brier": self.brier}
        return whole | {
            name: {
                "ece": b.ece, "chance": b.chance,
                "bins": [{"count": x.count, "said": x.said, "right": x.right} for x in b.bins],
            }
            for name, b in (("width", self.width), ("mass", self.mass))
        }  # fmt: skip


def reliabilities(gold: Iterable[Ledger], found: Mapping[str, Ledger]) -> dict[str, Reliability]:
    """By slot that the predicted ledgers give confidence for; "claim" is whether a claim is one."""
    return {slot: reliability(p) for slot, p in points(gold, found).items() if p}


def points(gold: Iterable[Ledger], found: Mapping[str, Ledger]) -> dict[str, list[Point]]:
    """Every value that has a confidence, by slot; slots of unpaired claims are left out, since their
    confidence is that they are right if the claim is one."""
    out: dict[str, list[Point]] = {slot: [] for slot in ("claim", *AGREEMENTS)}
    for g in gold:
        p = paired(g, found.get(g["id"], {}))
        known = {j: i for i, j in p.pairs}
        for j, claim in enumerate(p.found):
            sure = claim.get("confidence") or {}
            if "claim" in sure:
                out["claim"].append((float(sure["claim"]), j in known))
            if j in known:
                for slot in AGREEMENTS:
                    if slot in sure:
                        out[slot].append((float(sure[slot]), is_right(p.gold[known[j]], claim, slot)))
    return out


def is_right(gold: Ledger, found: Ledger, slot: str) -> bool:
    """Whether a predicted claim's value of a slot is that of the gold claim it is paired with."""
    return (slot in DECIDED or stated(gold, slot)) and AGREEMENTS[slot](gold, found)


def reliability(given: Sequence[Point]) -> Reliability:
    """Figures of at least one value."""
    n = len(given)
    return Reliability(
        n, sum(p for p, _ in given) / n, sum(y for _, y in given) / n, sum((p - y) ** 2 for p, y in given) / n,
        _binned(_by_width(given)), _binned(_by_mass(given)),
    )  # fmt: skip


def _by_width(given: Sequence[Point]) -> list[list[Point]]:
    out: list[list[Point]] = [[] for _ in range(BINS)]
    for p, right in given:
        out[min(int(p * BINS), BINS - 1)].append((p, right))
    return out


def _by_mass(given: Sequence[Point]) -> list[list[Point]]:
    """Tenths of the values by confidence; equal confidences stay together, so that no order decides."""
    out: list[list[Point]] = [[] for _ in range(BINS)]
    before = 0
    for _, group in groupby(sorted(given), lambda x: x[0]):
        tied = list(group)
        out[int(BINS * (before + len(tied) / 2) / len(given))] += tied
        before += len(tied)
    return out


def _binned(groups: Iterable[Sequence[Point]]) -> Binned:
    held = [g for g in groups if g]
    n = sum(map(len, held))
    bins = tuple(Bin(len(g), sum(p for p, _ in g) / len(g), sum(y for _, y in g) / len(g)) for g in held)
    # The mean distance of a sum of independent yes-or-nos from its expectation, by the normal curve.
    chance = sum(math.sqrt(2 / math.pi * sum(p * (1 - p) for p, _ in g)) for g in held) / n
    return Binned(bins, sum(b.count * b.error for b in bins) / n, chance)
