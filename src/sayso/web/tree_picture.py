"""The tree of origins as a picture: roots on the left, retellings to the right.

Leaves stand one under another in their order, each parent at the middle of its children, so that no
line crosses another (Reingold & Tilford's first rule, https://doi.org/10.1109/TSE.1981.234519).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from sayso.web.tree import Node

_COLUMN = 232  # user units from a step to the next
_ROW = 26  # from a leaf to the next
_TOP, _LEFT = 18, 12
_LONGEST = 26  # characters of a name
_WIDEST = 14.0


@dataclass(frozen=True, slots=True)
class Dot:
    """A node: its mark at (x, y), its name beside it, `full` the whole name and notes on demand."""

    x: int
    y: float
    kind: str
    name: str
    note: str
    full: str
    address: str
    denied: bool
    drifted: bool


@dataclass(frozen=True, slots=True)
class Twig:
    """A line from a node to one of its children, as wide as the outlets beyond it are many."""

    path: str
    width: float
    denied: bool


@dataclass(frozen=True, slots=True)
class TreePicture:
    width: int
    height: float
    dots: tuple[Dot, ...]
    twigs: tuple[Twig, ...]


def tree_picture(roots: Sequence[Node]) -> TreePicture:
    """The picture of a deal's roots; empty where there are none."""
    dots: list[Dot] = []
    twigs: list[Twig] = []
    y = float(_TOP)
    for root in roots:
        y, _ = _place(root, 0, y, dots, twigs)
        y += _ROW / 2
    width = max((d.x for d in dots), default=0) + _COLUMN
    return TreePicture(width, y, tuple(dots), tuple(twigs))


def _place(node: Node, depth: int, y: float, dots: list[Dot], twigs: list[Twig]) -> tuple[float, float]:
    """Draws a node and all below it from height `y` on; the height after it, and its own."""
    x, at = _LEFT + depth * _COLUMN, []
    for child in node.children:
        y, middle = _place(child, depth + 1, y, dots, twigs)
        at.append(middle)
    own = (at[0] + at[-1]) / 2 if at else y
    if not at:
        y += _ROW
    for child, middle in zip(node.children, at, strict=True):
        bend = max(x + _COLUMN - 34, _edge(node, x))
        path = f"M{_edge(node, x)} {own:.1f}C{bend} {own:.1f} {bend} {middle:.1f} {x + _COLUMN - 7} {middle:.1f}"
        twigs.append(Twig(path, _width(child.outlets), child.denied))
    dots.append(_dot(node, x, own))
    return y, own


def _edge(node: Node, x: int) -> int:
    """Where lines leave a node: after its name, which they would cross else."""
    bold = node.kind in ("root", "unknown")
    return x + 16 + round((7.6 if bold else 6.8) * len(_short(node.name)))


def _width(outlets: int) -> float:
    return round(min(_WIDEST, 0.6 + 1.2 * sqrt(outlets)), 1)


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"


def _dot(node: Node, x: int, y: float) -> Dot:
    first = node.sources[0] if node.sources else None
    drifts = sum(s.drifts for s in node.sources)
    notes = [
        "denial" if node.denied else "",
        f"{drifts} changed" if drifts else "",
        "not read" if node.sources and all(s.unread for s in node.sources) else "",
        f"×{len(node.sources)}" if node.kind == "document" and len(node.sources) > 1 else "",
        f"{node.outlets} outlets" if node.kind == "root" and node.outlets > 1 else "",
        "not in the ledger" if node.kind == "cited" else "",
    ]
    listed = ", ".join(s.outlet for s in node.sources[:12]) + (" …" if len(node.sources) > 12 else "")
    full = f"{node.name}: {listed}" if node.kind in ("copies", "rest") else node.name
    if first and first.said:
        full += f", {first.said}"
    address = first.address if first and node.kind in ("document", "root") else ""
    note = ", ".join(n for n in notes if n)
    return Dot(x, round(y, 1), node.kind, _short(node.name), note, full, address, node.denied, bool(drifts))
