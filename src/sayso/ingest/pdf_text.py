"""The pages of a PDF -> one frozen text, each line's box, and the heads and feet of its pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sayso.ingest.pdf_glyphs import Rect, Stretch, turned
from sayso.ingest.pdf_layout import Line, columns, line_of, rows
from sayso.model import Box, Span

_EDGE_LINES = 3  # from the top and from the bottom of a page
_MANY = 3  # pages that a head or foot stands on; two of a short document
_SAME_HEIGHT = 6.0  # points
_NUMBER = re.compile(r"\d+")
_STOPPED = re.compile(r"[.!?:;…。][\"”’)\]]{0,2}\Z")
_HYPHEN = re.compile(r"\w[-\u2010\xad]\Z")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u9fff]")
_LIKE_SIZE = 1.2
_MIN_LAST = 20  # characters of a line that may run on over a page


@dataclass(frozen=True, slots=True)
class Page:
    """A page's stretches; `corner` is the lower left of what of it is visible."""

    number: int
    stretches: Sequence[Stretch]
    corner: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Laid:
    """A text with its boxes, and the spans of heads and feet."""

    text: str
    boxes: tuple[Box, ...]
    furniture: tuple[Span, ...]

    def boxes_as_rows(self) -> list[tuple[float, ...]]:
        """start, end, page, left, bottom, right, top of each box"""
        return [(*b.span, b.page, b.left, b.bottom, b.right, b.top) for b in self.boxes]


@dataclass(frozen=True, slots=True)
class _Block:
    lines: list[tuple[Line, Page]]
    furniture: bool = False


def laid_out(pages: Sequence[Page]) -> Laid:
    """The text of pages in the order of reading. A page's head and foot come after its text, so
    that a paragraph may run on over the page's end."""
    blocks: list[_Block] = []
    for page, apart in zip(pages, _furniture(pages), strict=True):
        gone = {id(s) for row in apart for s in row}
        body = [s for s in page.stretches if id(s) not in gone]
        for first, *others in columns(body):
            last = next((b for b in reversed(blocks) if not b.furniture), None)
            if last is not None and _runs_on(last.lines[-1][0], first[0]):
                last.lines.extend((line, page) for line in first)
            else:
                blocks.append(_Block([(line, page) for line in first]))
            blocks += [_Block([(line, page) for line in lines]) for lines in others]
        blocks += [_Block([(line_of(row), page)], furniture=True) for row in apart]
    return _written(blocks)


def _furniture(pages: Sequence[Page]) -> list[list[list[Stretch]]]:
    """For each page the rows at its edges that other pages have too, but for their numbers."""
    edges: list[list[tuple[str, float, list[Stretch]]]] = []
    for page in pages:
        lines = rows([s for s in page.stretches if s.turn == 0])
        outer = lines if len(lines) <= 2 * _EDGE_LINES else lines[:_EDGE_LINES] + lines[-_EDGE_LINES:]
        edges.append([(_key(row), row[0].rect[1] - page.corner[1], row) for row in outer])
    seen = Counter(place for page in edges for place in {(key, _band(y)) for key, y, _ in page})
    need = _MANY if len(pages) > _MANY else 2
    return [
        [row for key, y, row in page if max(seen[key, _band(y) + by] for by in (-1, 0, 1)) >= need] for page in edges
    ]


def _key(row: Iterable[Stretch]) -> str:
    return _NUMBER.sub("#", " ".join(s.text for s in row).lower())


def _band(y: float) -> int:
    return round(y / _SAME_HEIGHT)


def _runs_on(last: Line, first: Line) -> bool:
    """Whether a paragraph goes on in the next column or on the next page."""
    sizes = sorted((last.height, first.height))
    if len(last.text) < _MIN_LAST or sizes[1] > _LIKE_SIZE * sizes[0] or last.tabular or first.tabular:
        return False
    return _STOPPED.search(last.text) is None and first.text[0].islower()


def _written(blocks: Sequence[_Block]) -> Laid:
    out: list[str] = []
    boxes: list[Box] = []
    furniture: list[Span] = []
    length = 0
    for block in blocks:
        start = length
        before = ""
        for line, page in block.lines:
            gap = _joint(before, line.text) if before else "\n\n" if out else ""
            start = length + len(gap) if not before else start
            out += (gap, line.text)
            length += len(gap) + len(line.text)
            boxes.append(_box(Span(length - len(line.text), length), line, page))
            before = line.text
        if block.furniture:
            furniture.append(Span(start, length))
    return Laid("".join(out), tuple(boxes), tuple(furniture))


def _joint(before: str, after: str) -> str:
    """What joins two lines of a paragraph: a hyphen stays, and what it parts is not parted further."""
    if _HYPHEN.search(before) and after[0].isalnum():
        return ""
    return "" if _UNSPACED.match(before[-1]) and _UNSPACED.match(after[0]) else " "


def _box(span: Span, line: Line, page: Page) -> Box:
    left, bottom, right, top = (round(v, 2) for v in _on_page(line, page.corner))
    return Box(span, page.number, left, bottom, right, top)


def _on_page(line: Line, corner: tuple[float, float]) -> Rect:
    left, bottom, right, top = turned(line.rect, -line.turn)
    return left - corner[0], bottom - corner[1], right - corner[0], top - corner[1]
