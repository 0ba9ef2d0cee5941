"""How sure a reading is of a claim and of each of its slots, as a chance of being right.

The raw scores that claims are made with (a pointer's strength, a decision's probability) sit near 1
whatever they are worth. `calibration.csv` maps each slot's raw score to how often such a score was
right on labelled articles that nothing was trained on: a piecewise-linear, never falling curve. The
figure of a slot is its chance of being right given that the claim is one; `training/calibrate.py`
fits the curves anew.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources.abc import Traversable
from itertools import groupby, pairwise
from pathlib import Path

import numpy as np

from sayso.errors import LexiconError
from sayso.lexicon import DATA, Row, rows
from sayso.model import Claim

COLUMNS = ("slot", "raw", "calibrated", "origin")
ALWAYS = ("claim", "item", "category", "stage", "polarity", "hedged", "said_by", "said_by_kind")
SLOTS = (
    "claim", "supplier", "recipient", "item", "category", "quantity", "value", "when", "stage", "polarity", "hedged",
    "said_by", "said_by_kind",
)  # fmt: skip
_DIGITS = 3  # of a figure; more would claim a precision that no fit has


@dataclass(frozen=True, slots=True)
class Curve:
    """A piecewise-linear map by its knots: `raw` rises from 0 to 1, `calibrated` never falls."""

    raw: tuple[float, ...]
    calibrated: tuple[float, ...]

    def __call__(self, score: float) -> float:
        return round(float(np.interp(score, self.raw, self.calibrated)), _DIGITS)


Curves = Mapping[str, Curve]
RAW: Curves = {}  # leaves every score as it was made


def calibrated(claims: Iterable[Claim], by: Curves) -> list[Claim]:
    """The claims with their scores mapped, one for each slot that holds a value, in the order of `SLOTS`.

    A slot without a curve keeps its raw score.
    """
    return [replace(c, confidence=_mapped(c, by)) for c in claims]


def _mapped(claim: Claim, by: Curves) -> tuple[tuple[str, float], ...]:
    scores = dict(claim.confidence)  # a later score of a slot is of the value it holds now
    held = (s for s in SLOTS if s in scores and (s in ALWAYS or getattr(claim, s)))
    return tuple((s, by[s](scores[s]) if s in by else scores[s]) for s in held)


def curves(file: Path | None = None) -> Curves:
    """The curves from the package, or from a CSV file of the same form.

    Raises `LexiconError` naming file, line and value where a row breaks the file's rules, and
    `OSError` where the file cannot be read.
    """
    return _packaged() if file is None else _read(file)


@cache
def _packaged() -> Curves:
    return _read(DATA / "calibration.csv")


def _read(file: Path | Traversable) -> Curves:
    found = rows(file, COLUMNS)
    out: dict[str, Curve] = {}
    for slot, group in groupby(found, lambda r: r.one_of("slot", SLOTS)):
        knots = list(group)
        if slot in out:
            raise knots[0].wrong("slot", "all rows of a slot together")
        out[slot] = _curve(knots)
    missing = [s for s in SLOTS if s not in out]
    if missing:
        last = found[-1].line if found else 1
        raise LexiconError(file.name, last, f"no row for {missing[0]!r}", "at least two rows for every slot")
    return out


def _curve(knots: list[Row]) -> Curve:
    raw, said = [_share(k, "raw") for k in knots], [_share(k, "calibrated") for k in knots]
    for knot in knots:
        knot.need("origin")
    for (a, b), knot in zip(pairwise(zip(raw, said, strict=True)), knots[1:], strict=True):
        if b[0] <= a[0]:
            raise knot.wrong("raw", f"more than {a[0]:g}, the raw score before it")
        if b[1] < a[1]:
            raise knot.wrong("calibrated", f"at least {a[1]:g}, that of the lower raw score")
    if raw[0] != 0:
        raise knots[0].wrong("raw", "0 in a slot's first row")
    if raw[-1] != 1:
        raise knots[-1].wrong("raw", "1 in a slot's last row")
    return Curve(tuple(raw), tuple(said))


def _share(row: Row, column: str) -> float:
    try:
        share = float(row.need(column))
    except ValueError as error:
        raise row.wrong(column, "a number from 0 to 1") from error
    if not (math.isfinite(share) and 0 <= share <= 1):
        raise row.wrong(column, "a number from 0 to 1")
    return share
