"""The stretches of a page -> lines and paragraphs in the order of reading, columns apart.

A page is cut at a gutter: an upright band of white, that only few stretches cross, between two
sides filled with running text (so a table's columns are none). What crosses it, such as a title, is read
in its place between what is above and below; each side is cut again. The figures are chosen by
how newspapers, journals and reports are set: a gutter is at least half a line high wide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from sayso.ingest.pdf_glyphs import Rect, Stretch, shares_line

_MAX_CUTS = 3
_MIN_LINES = 4  # of each side of a gutter
_MIN_GUTTER = 0.5  # of the middle height
_MIN_FILL = 0.55  # of a side's area between its margins, by width
_MIN_LINE_CHARACTERS = 12
_MAX_CROSSING = 0.15
_LEVELS = (0, 1, 2, 3, 5, 8, 13, 21, 34)
_NEW_LEADING = 1.35  # of the usual distance of lines
_LOOSE_LEADING = 1.7  # of the height, where no distance is usual
_NEW_SIZE = 1.2
_INDENT = 0.8
_SHORT = 0.2  # of the column's width left free by a paragraph's last line
_TABLE_GAP = 2.0  # of the height
_STOPS = (".", "!", "?", ":", '."', ".”", "?”", "!”", "。", "다.")
_BULLET = re.compile(r"[•●▪■◦‣∙\uf0b7\uf0a7]|[-–—] |\(?[0-9a-z]{1,3}[.)] ")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of print; `rect` upright, by `turn` quarters, as its stretches."""

    text: str
    rect: Rect
    turn: int
    tabular: bool = False

    @property
    def height(self) -> float:
        return self.rect[3] - self.rect[1]


def columns(stretches: Sequence[Stretch]) -> list[list[list[Line]]]:
    """The paragraphs of each column of a page, in the order of reading; text turned otherwise
    comes after."""
    return [
        _paragraphs([line_of(row) for row in rows(region)])
        for turn in sorted({s.turn for s in stretches})
        for region in _regions([s for s in stretches if s.turn == turn], _MAX_CUTS)
    ]


def rows(stretches: Sequence[Stretch]) -> list[list[Stretch]]:
    """Stretches by line, top down, each from left to right."""
    found: list[list[Stretch]] = []
    for one in sorted(stretches, key=lambda s: (-(s.rect[1] + s.rect[3]), s.rect[0])):
        if found and shares_line(found[-1][0].rect, one.rect):
            found[-1].append(one)
        else:
            found.append([one])
    return [sorted(row, key=lambda s: s.rect[0]) for row in found]


def line_of(row: Sequence[Stretch]) -> Line:
    rects = [s.rect for s in row]
    rect = (min(r[0] for r in rects), min(r[1] for r in rects), max(r[2] for r in rects), max(r[3] for r in rects))
    height = rect[3] - rect[1]
    wide = sum(b.rect[0] - a.rect[2] > _TABLE_GAP * height for a, b in pairwise(row))
    return Line(" ".join(s.text for s in row), rect, row[0].turn, tabular=wide > 1)


def _regions(stretches: list[Stretch], cuts: int) -> Iterator[list[Stretch]]:
    """Parts of a page that are each read from top to bottom."""
    at = _gutter(stretches) if cuts and len(stretches) >= 2 * _MIN_LINES else None
    if at is None:
        yield stretches
        return
    across = sorted((s for s in stretches if s.rect[0] < at < s.rect[2]), key=lambda s: -s.rect[1])
    bands: list[list[Stretch]] = [[] for _ in range(len(across) + 1)]
    for one in stretches:
        if not one.rect[0] < at < one.rect[2]:
            middle = one.rect[1] + one.rect[3]
            bands[sum(a.rect[1] + a.rect[3] > middle for a in across)].append(one)
    waiting: list[Stretch] = []
    for index, band in enumerate(bands):
        if band:
            if waiting:
                yield waiting
                waiting = []
            for side in ([s for s in band if s.rect[2] <= at], [s for s in band if s.rect[0] >= at]):
                if side:
                    yield from _regions(side, cuts - 1)
        if index < len(across):
            waiting.append(across[index])
    if waiting:
        yield waiting


def _gutter(stretches: Sequence[Stretch]) -> float | None:
    """Where the widest gutter runs that the fewest stretches cross; None where there is none."""
    edges = sorted([(s.rect[0], 1) for s in stretches] + [(s.rect[2], -1) for s in stretches])
    least = _MIN_GUTTER * median(s.height for s in stretches)
    spans: list[tuple[float, float, int]] = []
    covered = 0
    for (x, step), (after, _) in pairwise(edges):
        covered += step
        if after > x:
            spans.append((x, after, covered))
    for level in _LEVELS:
        if level > _MAX_CROSSING * len(stretches):
            break
        for start, end in sorted(_white(spans, level), key=lambda g: g[0] - g[1]):
            if end - start >= least and _is_gutter(stretches, (start + end) / 2):
                return (start + end) / 2
    return None


def _white(spans: Sequence[tuple[float, float, int]], level: int) -> Iterator[tuple[float, float]]:
    """Bands that at most `level` stretches cover."""
    start: float | None = None
    for x, _, covered in spans:
        if covered <= level:
            start = x if start is None else start
        elif start is not None:
            yield start, x
            start = None


def _is_gutter(stretches: Sequence[Stretch], at: float) -> bool:
    sides = ([s for s in stretches if s.rect[2] <= at], [s for s in stretches if s.rect[0] >= at])
    if not all(_is_prose(side) for side in sides):
        return False
    tops = [max(s.rect[3] for s in side) for side in sides]
    bottoms = [min(s.rect[1] for s in side) for side in sides]
    beside = min(tops) - max(bottoms)
    return beside >= 0.5 * min(t - b for t, b in zip(tops, bottoms, strict=True))


def _is_prose(side: Sequence[Stretch]) -> bool:
    """Whether stretches are lines that fill their column, as running text does and cells do not."""
    if len(side) < _MIN_LINES:
        return False
    lines = [line_of(row) for row in rows(side)]
    width = max(s.rect[2] for s in side) - min(s.rect[0] for s in side)
    filled = sum(line.rect[2] - line.rect[0] for line in lines)
    characters = sum(len(line.text) for line in lines)
    return (
        len(lines) >= _MIN_LINES
        and filled >= _MIN_FILL * width * len(lines)
        and characters >= _MIN_LINE_CHARACTERS * len(lines)
    )


def _paragraphs(lines: Sequence[Line]) -> list[list[Line]]:
    if not lines:
        return []
    steps = [a.rect[1] - b.rect[1] for a, b in pairwise(lines)]
    usual = median(steps) if len(steps) > 1 else _LOOSE_LEADING / _NEW_LEADING * lines[0].height
    left, right = min(line.rect[0] for line in lines), max(line.rect[2] for line in lines)
    found = [[lines[0]]]
    for before, line, step in zip(lines, lines[1:], steps, strict=False):
        if step > _NEW_LEADING * usual or _begins(before, line, left, right):
            found.append([line])
        else:
            found[-1].append(line)
    return found


def _begins(before: Line, line: Line, left: float, right: float) -> bool:
    """Whether a line begins a paragraph, by size, indent, bullet, or the short line before it."""
    sizes = sorted((before.height, line.height))
    if sizes[1] > _NEW_SIZE * sizes[0] or before.tabular or line.tabular or _BULLET.match(line.text):
        return True
    if line.rect[0] - left > _INDENT * line.height and before.rect[0] - left < _INDENT / 2 * line.height:
        return True
    return before.text.endswith(_STOPS) and right - before.rect[2] > _SHORT * (right - left)
