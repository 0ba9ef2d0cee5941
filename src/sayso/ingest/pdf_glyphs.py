"""The characters of a PDF page, by PDFium, as stretches of text on one line.

PDFium reads in the order in which a page was drawn, which is often not the order of reading, so
only places and characters are taken from it. Text that stands turned by a quarter is turned upright.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

Rect = tuple[float, float, float, float]
"""left, bottom, right, top, in points"""

_GAP = 0.9  # of the height: a wider gap ends a stretch
_BACK = -0.6  # of the height: a step back so far does too
_SAME_LINE = 0.5  # of the lower height that two stretches of one line share
_HYPHENS = frozenset("\x02\ufffe")  # PDFium's marks for a hyphen at a line's end
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text without a wide gap. `rect` is where it stands once turned upright by `turn` quarters."""

    text: str
    rect: Rect
    turn: int

    @property
    def height(self) -> float:
        return self.rect[3] - self.rect[1]


def turned(rect: Rect, turn: int) -> Rect:
    """A rectangle after `turn` quarter turns clockwise about the origin; -turn undoes it."""
    left, bottom, right, top = rect
    for _ in range(turn % 4):
        left, bottom, right, top = bottom, -right, top, -left
    return left, bottom, right, top


def shares_line(a: Rect, b: Rect) -> bool:
    """Whether two upright rectangles stand on one line."""
    shared = min(a[3], b[3]) - max(a[1], b[1])
    return shared >= _SAME_LINE * min(a[3] - a[1], b[3] - b[1])


def stretches(page: pdfium.PdfPage, limit: int) -> tuple[list[Stretch], int]:
    """A page's stretches, and how many characters it has; nothing where they are over `limit`."""
    text_page = page.get_textpage()
    try:
        count = text_page.count_chars()
        return ([] if count > limit else list(_stretches(text_page, count))), count
    finally:
        text_page.close()


def _stretches(text_page: pdfium.PdfTextPage, count: int) -> Iterator[Stretch]:
    held: list[str] = []
    rect = last = (0.0, 0.0, 0.0, 0.0)
    turn = 0
    for char, here, quarter in _glyphs(text_page, count):
        if here is None:  # a space or line end
            if held:
                held.append(char)
            continue
        # The letters of a ligature have one place.
        if held and here != last and (quarter != turn or _apart(rect, here)):
            yield from _stretch(held, rect, turn)
            held = []
        if not held:
            rect, turn = here, quarter
        held.append(char)
        last = here
        rect = (min(rect[0], here[0]), min(rect[1], here[1]), max(rect[2], here[2]), max(rect[3], here[3]))
    yield from _stretch(held, rect, turn)


def _apart(rect: Rect, here: Rect) -> bool:
    height = rect[3] - rect[1]
    return not shares_line(rect, here) or not _BACK * height <= here[0] - rect[2] <= _GAP * height


def _stretch(held: list[str], rect: Rect, turn: int) -> Iterator[Stretch]:
    # Characters beyond the basic plane come as two surrogates.
    text = "".join(held).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    text = _SPACES.sub(" ", text).strip()
    if text:
        yield Stretch(text, rect, turn)


def _glyphs(text_page: pdfium.PdfTextPage, count: int) -> Iterator[tuple[str, Rect | None, int]]:
    """Each character, its upright rectangle (None for white space) and its quarter turns."""
    raw, box = text_page.raw, pdfium_c.FS_RECTF()
    place = ctypes.byref(box)
    code_of, box_of, angle_of = (
        pdfium_c.FPDFText_GetUnicode, pdfium_c.FPDFText_GetLooseCharBox, pdfium_c.FPDFText_GetCharAngle
    )  # fmt: skip
    for i in range(count):
        char = chr(code_of(raw, i))
        if char.isspace():
            yield char, None, 0
            continue
        if char in _HYPHENS:
            char = "-"
        elif char < " " or "\x7f" <= char <= "\x9f":
            char = "\ufffd"
        if not box_of(raw, i, place):
            continue
        rect = (box.left, box.bottom, box.right, box.top)
        if not all(map(math.isfinite, rect)):
            continue
        turn = -round(angle_of(raw, i) / (math.pi / 2)) % 4  # PDFium counts clockwise
        yield char, turned(rect, turn) if turn else rect, turn
