"""From whom to whom, as a picture: bands as wide as the number of deals.

A Sankey diagram of two columns: https://en.wikipedia.org/wiki/Sankey_diagram
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 300  # user units, about a CSS pixel each
_LEFT, _RIGHT = 108, 192  # where the bands begin and end
_TALL = 150  # of all bands together
_LEAST = 1.5
_GAP = 17  # between ends, so that their names do not touch
_LONGEST = 15  # characters of a name


@dataclass(frozen=True, slots=True)
class Flow:
    """Deals between two parties; `address` lists them."""

    supplier: str
    recipient: str
    deals: int
    address: str


@dataclass(frozen=True, slots=True)
class End:
    """A party on one side: its name at (x, y), and the bar from `top` to `bottom`."""

    name: str
    x: int
    y: float
    top: float
    bottom: float
    supplies: bool


@dataclass(frozen=True, slots=True)
class Band:
    path: str
    width: float
    flow: Flow


@dataclass(frozen=True, slots=True)
class FlowPicture:
    width: int
    height: float
    ends: tuple[End, ...]
    bands: tuple[Band, ...]


def flow_picture(flows: Sequence[Flow]) -> FlowPicture | None:
    """The picture of some flows, the widest first; None of none."""
    if not flows:
        return None
    scale = _TALL / sum(f.deals for f in flows)
    left, tall = _column(flows, True, scale)
    right, taller = _column(flows, False, scale)
    at = {(e.name, e.supplies): e.top for e in (*left, *right)}
    bands = []
    for f in sorted(flows, key=lambda f: (at[_key(f, True)], at[_key(f, False)])):
        width = max(f.deals * scale, _LEAST)
        a, b = at[_key(f, True)] + width / 2, at[_key(f, False)] + width / 2
        at[_key(f, True)] += width
        at[_key(f, False)] += width
        middle = (_LEFT + _RIGHT) // 2
        path = f"M{_LEFT + 5} {a:.1f}C{middle} {a:.1f} {middle} {b:.1f} {_RIGHT - 5} {b:.1f}"
        bands.append(Band(path, round(width, 1), f))
    return FlowPicture(WIDTH, round(max(tall, taller), 1), (*left, *right), tuple(bands))


def _key(f: Flow, supplies: bool) -> tuple[str, bool]:
    return _short(f.supplier if supplies else f.recipient), supplies


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"


def _column(flows: Sequence[Flow], supplies: bool, scale: float) -> tuple[list[End], float]:
    """The ends of one side from the top, and the height that they take."""
    sizes: dict[str, float] = {}
    for f in flows:
        name = _key(f, supplies)[0]
        sizes[name] = sizes.get(name, 0.0) + max(f.deals * scale, _LEAST)
    found, y = [], 8.0
    for name, size in sizes.items():
        room = max(size, _GAP - 2)
        top = round(y + (room - size) / 2, 1)
        x = _LEFT - 6 if supplies else _RIGHT + 6
        found.append(End(name, x, round(y + room / 2 + 4, 1), top, round(top + size, 1), supplies))
        y += room + 4
    return found, y + 4
