"""A reliability diagram: the share that was right against the confidence given.

A dot a bin of equal mass, with the interval that the share's true value lies in 19 times of 20
(Wilson 1927); the dots of exact confidence lie on the diagonal. Below, how the confidences spread.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from sayso.evaluate.reliability import BINS, Bin, Reliability
from sayso.evaluate.rendering import environment

SIDE = 200  # user units of the square that stands for 0..1 both ways
LEFT, TOP, BELOW, SPREAD = 34, 8, 30, 34  # margins, and the height of the spread's bars
WIDTH, HEIGHT = LEFT + SIDE + 10, TOP + SIDE + 12 + SPREAD + BELOW
_Z = 1.96


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float
    low: float
    high: float
    title: str


@dataclass(frozen=True, slots=True)
class Column:
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Diagram:
    """Where everything stands, in user units."""

    label: str
    dots: tuple[Dot, ...]
    columns: tuple[Column, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    top: int = TOP
    side: int = SIDE


def diagram(found: Reliability, name: str) -> Diagram:
    """The diagram of one slot; `name` says whose it is."""
    label = f"{name}: {found.count} values, {found.right:.0%} right, mean confidence {found.said:.0%}"
    most = max(b.count for b in found.width.bins)
    foot = TOP + SIDE + 12 + SPREAD
    columns = []
    for b in found.width.bins:
        left = LEFT + min(int(b.said * BINS + 1e-9), BINS - 1) * SIDE / BINS + 1
        tall = round(SPREAD * b.count / most, 1)
        columns.append(Column(round(left, 1), round(foot - tall, 1), SIDE / BINS - 2, tall))
    return Diagram(label, tuple(map(_dot, found.mass.bins)), tuple(columns))


def _dot(b: Bin) -> Dot:
    low, high = wilson(b.right, b.count)
    title = f"{b.count} values at {b.said:.2f}: {b.right:.2f} right ({low:.2f} to {high:.2f})"
    return Dot(round(LEFT + b.said * SIDE, 1), _up(b.right), _up(low), _up(high), title)


def _up(share: float) -> float:
    return round(TOP + SIDE * (1 - share), 1)


def wilson(share: float, count: int) -> tuple[float, float]:
    """The 95 % score interval of a share of `count` values."""
    centre = (share + _Z**2 / (2 * count)) / (1 + _Z**2 / count)
    half = _Z * math.sqrt(share * (1 - share) / count + _Z**2 / (4 * count**2)) / (1 + _Z**2 / count)
    return max(0.0, centre - half), min(1.0, centre + half)


def standalone(found: Reliability, name: str) -> str:
    """The diagram as an SVG file of its own."""
    return environment().get_template("diagram.svg").render(d=diagram(found, name))
