"""An article's text as the page shows it: paragraphs of pieces, each with all marks over it.

The cutting is `export.page_text`'s; here its keys become the page's anchors, which count from 0 as
claims do: c1 -> c-0.
"""

from __future__ import annotations

from dataclasses import dataclass

from sayso.export import page_text
from sayso.model import Document, Reading, Zone

NAMES = {"c": "claim", "r": "response", "o": "origin", "d": "date"}
_NUMBERED = ("c", "r")  # marks whose number stands in the text


@dataclass(frozen=True, slots=True)
class Ref:
    """A number in the text that leads to a card: where evidence ends."""

    anchor: str
    number: str
    label: str


@dataclass(frozen=True, slots=True)
class TextPiece:
    """Characters under the same marks. `runs` are the characters, of which one with a code reorders its
    line and is isolated. `opens` are anchors of evidence that begins here, `refs` of what ends; `lit`
    and `slots` the anchors of evidence and slots over it, `said` the attributions, outermost first."""

    start: int
    end: int
    classes: str
    runs: list[tuple[str, str]]
    lit: str
    slots: str
    said: str
    opens: tuple[str, ...]
    refs: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`wrapped`: its line ends are mere wrapping."""

    zone: Zone
    wrapped: bool
    pieces: tuple[TextPiece, ...]


def anchor(key: str) -> str:
    """A mark's key as the page's anchor: c1 -> c-0."""
    return f"{key[0]}-{int(key[1:]) - 1}"


def paragraphs(reading: Reading) -> tuple[Paragraph, ...]:
    """The whole text. Raises `SpanError` for a mark that does not fit it."""
    d = reading.document
    found = page_text.blocks(d, page_text.marks(reading))
    return tuple(Paragraph(b.zone, b.wrapped, tuple(_piece(p, b, d) for p in b.pieces)) for b in found)


def _piece(p: page_text.Piece, block: page_text.Block, d: Document) -> TextPiece:
    gap = p.span.start >= block.span.end
    return TextPiece(
        p.span.start, p.span.end, "gap" if gap else " ".join(p.roles),
        _runs(d.text[p.span.start : p.span.end]),
        " ".join(map(anchor, p.evidence)), " ".join(map(anchor, p.slots)), " ".join(p.said),
        tuple(map(anchor, p.opens)), tuple(_ref(k) for k in p.closes if k[0] in _NUMBERED),
    )  # fmt: skip


def _runs(text: str) -> list[tuple[str, str]]:
    # Nothing that acts or reorders is printable, and most pieces are.
    return [(text, "")] if text.isprintable() else page_text.runs(text)


def _ref(key: str) -> Ref:
    number = key[1:] if key[0] == "c" else key.upper()
    return Ref(anchor(key), number, f"{NAMES[key[0]]} {key[1:]}")
