"""The weights of the comparison of claims: a table that an analyst can read and change."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path

from sayso.errors import LexiconError
from sayso.lexicon import DATA, Row, rows

COLUMNS = ("feature", "level", "speaks", "bits", "why")
SPEAKS = ("for", "against", "neither")
# What each feature can find; `levels.py` finds them. `start` sets where counting begins.
LEVELS: dict[str, tuple[str, ...]] = {
    "start": ("prior", "threshold"),
    "supplier": ("same", "part", "open", "different"),
    "recipient": ("same", "part", "open", "different"),
    "designation": ("same", "part", "one", "none", "different"),
    "category": ("same", "kin", "one", "both_open", "different"),
    "item": ("same", "part", "vague", "one_vague", "different"),
    "quantity": ("same", "fits", "one", "none", "different"),
    "value": ("same", "fits", "one", "none", "different"),
    "when": ("meets", "near", "unknown", "apart"),
    "said": ("day", "week", "month", "quarter", "year", "longer", "marked", "unknown"),
    "kind": ("same", "kin", "attribute", "loose_attribute", "against"),
    "stage": ("same", "onward", "unordered", "backward", "marked"),
    "document": ("same", "other"),
    "voices": ("shared", "none"),
    "wording": ("alike", "much", "part", "little"),
    "polarity": ("same", "opposite"),
}


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """Bits of evidence by feature and level; `prior` in bits, `threshold` the least score of a match."""

    bits: dict[tuple[str, str], float]
    prior: float
    threshold: float

    def of(self, feature: str, level: str) -> float:
        return self.bits[feature, level]


def _bits(row: Row) -> float:
    """The signed weight of a row: `speaks` gives the sign, since no cell may begin with one."""
    speaks = row.one_of("speaks", SPEAKS)
    try:
        size = float(row.need("bits"))
    except ValueError as error:
        raise row.wrong("bits", "a number") from error
    if not (math.isfinite(size) and 0 <= size <= 100):
        raise row.wrong("bits", "a number from 0 to 100")
    if (speaks == "neither") != (size == 0):
        raise row.wrong("speaks", '"neither" where bits is 0, and there alone')
    return -size if speaks == "against" else size


def _read(file: Path | Traversable) -> Weights:
    bits: dict[tuple[str, str], float] = {}
    last = 1
    for row in rows(file, COLUMNS):
        feature = row.one_of("feature", tuple(LEVELS))
        level = row.one_of("level", LEVELS[feature])
        row.need("why")
        if (feature, level) in bits:
            raise row.wrong("level", f"a level of {feature} that is not listed yet")
        bits[feature, level] = _bits(row)
        last = row.line
    missing = [f"{f} {v}" for f, levels in LEVELS.items() for v in levels if (f, v) not in bits]
    if missing:
        raise LexiconError(file.name, last, f"no row after this for {missing[0]!r}", "a row for every level")
    return Weights(bits, bits.pop(("start", "prior")), bits.pop(("start", "threshold")))


@cache
def _packaged() -> Weights:
    return _read(DATA / "deal_weights.csv")


def weights(file: Path | None = None) -> Weights:
    """The weights from the package, or from a CSV file of the same form.

    Raises `LexiconError` naming file, line and value where a row breaks the file's rules, and
    `OSError` where the file cannot be read.
    """
    return _packaged() if file is None else _read(file)
