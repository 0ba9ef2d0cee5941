"""A chain of voices as a small picture: one voice a row, innermost on top, joined by a line.

Who speaks is told by the shape, how firmly by the line: dashed where the claim is hedged or the
outlet cites no source, with a bar across where it is denied.
"""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sayso.export.words import OUTLET_BASIS, Step
from sayso.model import Basis

WIDTH = 280  # user units, one CSS pixel each where there is room
_LEFT = 34  # where the words begin
_NAME, _NOTE = 19, 16  # heights of a line of a name and of a note
_GAP = 16  # between rows
_COLUMNS = 36  # of a name; at 13 px a column is about 7 px
_LONGEST = 160  # columns; a name is cut there


@dataclass(frozen=True, slots=True)
class Words:
    """A line of words at height `y`: of a name, of a note, or of both."""

    y: int
    name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    y: int
    shape: str
    last: bool


@dataclass(frozen=True, slots=True)
class Edge:
    """A line down from `y1` to `y2`; `barred` for a denial, `stub` where it comes from nowhere."""

    y1: int
    y2: int
    dashed: bool
    barred: bool = False
    stub: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    width: int
    height: int
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    words: tuple[Words, ...]


def picture(steps: Sequence[Step], *, hedged: bool, denied: bool) -> Picture:
    """The picture of a chain of at least one voice."""
    sourceless = steps[0].note in (OUTLET_BASIS[Basis.UNCITED], OUTLET_BASIS[Basis.UNSTATED])
    alone = len(steps) == 1 and (hedged or denied)
    y = 26 if sourceless or alone else 4
    nodes: list[Node] = []
    words: list[Words] = []
    for n, step in enumerate(steps):
        nodes.append(Node(y + 8, step.kind.value, n == len(steps) - 1))
        lines = _lines(step.name)
        beside = step.note if _columns(lines[-1]) + len(step.note) < _COLUMNS else ""
        words += [Words(y + 13 + n * _NAME, line, "") for n, line in enumerate(lines[:-1])]
        y += _NAME * len(lines)
        words.append(Words(y + 13 - _NAME, lines[-1], beside))
        if step.note and not beside:
            words.append(Words(y + 10, "", step.note))
            y += _NOTE
        y += _GAP
    edges = [Edge(4, nodes[0].y - 9, sourceless or hedged, denied and alone, stub=True)] if sourceless or alone else []
    for n, (above, below) in enumerate(pairwise(nodes)):
        dashed = hedged or steps[n].note == OUTLET_BASIS[Basis.UNCITED]
        edges.append(Edge(above.y + 9, below.y - 9, dashed, barred=denied and n == 0))
    return Picture(WIDTH, y - _GAP + 4, tuple(nodes), tuple(edges), tuple(words))


def _lines(name: str) -> list[str]:
    """A name in lines that fit; wide characters count two columns."""
    columns = _COLUMNS // 2 if _columns(name) > len(name) else _COLUMNS
    short = textwrap.shorten(name, _LONGEST, placeholder=" …") if " " in name[:_LONGEST] else name
    if len(short) > _LONGEST:
        short = short[: _LONGEST - 1] + "…"
    return textwrap.wrap(short, columns) or ["…"]


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
