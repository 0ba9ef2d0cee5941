"""The article's text cut into pieces that carry its marks.

Marks overlap and nest, which elements cannot; so the text is cut at every boundary and each piece
knows all marks over it. Joined, the pieces are the document's text: none lost, none doubled.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sayso.model import Claim, Document, Reading, Span, Zone

_BREAK = re.compile(r"\n(?:[^\S\n]*\n)+")
_LINE = re.compile(r"\n+")
_REORDERING = re.compile("[\u202a-\u202e\u2066-\u2069]")
# What HTML cannot carry as written: controls but tab and newline, lone surrogates, noncharacters.
_UNWRITABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(p << 16 | 0xFFFE)}{chr(p << 16 | 0xFFFF)}" for p in range(17))
    + "]"
)
_PICTURE = {chr(c): chr(0x2400 + c) for c in range(0x20)} | {"\x7f": "\u2421"}


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters with a role: source, cue, content (keys `a0` …), evidence, response, origin,
    published (the key of what it backs), slot (the key of its claim), link, or a zone."""

    span: Span
    role: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters under the same marks. `opens` and `closes` hold the keys of evidence that begins
    before the piece and ends after it; `evidence`, `slots`, `said` the keys of marks over it."""

    span: Span
    roles: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    slots: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()
    closes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, with the white space that follows it. `wrapped`: its line ends are mere wrapping."""

    span: Span
    gap: Span
    zone: Zone
    wrapped: bool
    pieces: tuple[Piece, ...]


EVIDENCE = ("evidence", "response", "origin", "published")


def marks(reading: Reading) -> list[Mark]:
    """All marks of a reading. Raises `SpanError` for one that does not fit the text."""
    d = reading.document
    out = []
    for i, a in enumerate(reading.attributions):
        for role, spans in (("source", a.source), ("cue", a.cue), ("content", a.content)):
            out += [Mark(s, role, f"a{i}") for s in spans]
    for i, c in enumerate(reading.claims, start=1):
        out.append(Mark(c.evidence, "evidence", f"c{i}"))
        out += [Mark(s, "slot", f"c{i}") for s in _slots(c)]
    for i, r in enumerate(reading.responses, start=1):
        out.append(Mark(r.evidence, "response", f"r{i}"))
        out += [Mark(r.responder_span, "slot", f"r{i}")] if r.responder_span else []
    out += [Mark(o.span, "origin", f"o{i}") for i, o in enumerate(reading.origins, start=1) if o.span]
    out += [Mark(k.span, "link") for k in d.links]
    out += [Mark(z.span, f"zone-{z.zone.value}") for z in d.zones if z.zone is not Zone.BODY]
    if d.published_span:
        out.append(Mark(d.published_span, "published", "d1"))
    for m in out:
        m.span.of(d.text)
    return out


def _slots(c: Claim) -> list[Span]:
    """Where a claim's values and voices stand."""
    found = [p.span for p in (*c.supplier, *c.recipient)] + [v.span for v in c.voices] + [c.item_span]
    found += [
        c.quantity.span if c.quantity else None,
        c.value.span if c.value else None,
        c.when.span if c.when else None,
    ]
    return [s for s in found if s]


def blocks(document: Document, found: Sequence[Mark]) -> list[Block]:
    """The text in paragraphs, each cut at the boundaries of the marks over it."""
    text = document.text
    pairs = _paragraphs(document)
    pieces = _pieces(len(text), found, [x for p in pairs for s in p for x in s])
    out = []
    at = 0
    for span, gap in pairs:
        inside = []
        # The gap's pieces stay with the paragraph: evidence may begin or end in white space.
        while at < len(pieces) and pieces[at].span.start < gap.end:
            inside.append(pieces[at])
            at += 1
        out.append(Block(span, gap, _zone(span, document), _is_wrapped(span.of(text)), tuple(inside)))
    return out


def _zone(paragraph: Span, document: Document) -> Zone:
    """The zone that holds a whole paragraph; body where none does."""
    held = paragraph.start + len(paragraph.of(document.text).rstrip())
    return next((z.zone for z in document.zones if z.span.covers(Span(paragraph.start, held))), Zone.BODY)


def _paragraphs(document: Document) -> list[tuple[Span, Span]]:
    """Paragraphs and the gaps after them: at blank lines where the text has any, else at every
    line end; and at line ends where the zone changes."""
    text = document.text
    pattern = _BREAK if _BREAK.search(text.strip()) else _LINE
    gaps = [Span(*m.span()) for m in pattern.finditer(text)]
    edges = {e for z in document.zones for e in z.span}
    taken = {x for g in gaps for x in range(g.start, g.end)}
    for m in re.finditer(r"\n", text):
        if m.start() not in taken and edges & {m.start(), m.end()}:
            gaps.append(Span(*m.span()))
    out, at = [], 0
    for gap in sorted(gaps):
        out.append((Span(at, gap.start), gap))
        at = gap.end
    if at < len(text) or not out:
        out.append((Span(at, len(text)), Span(len(text), len(text))))
    return out


def _is_wrapped(paragraph: str) -> bool:
    """Whether line ends come from wrapping at a column: all lines but the last are long."""
    lines = paragraph.split("\n")
    return len(lines) > 1 and all(len(line) > 45 for line in lines[:-1])


def _pieces(length: int, found: Iterable[Mark], edges: Iterable[int]) -> list[Piece]:
    """Cuts `[0, length)` at all edges and mark boundaries, in O(n log n) plus marks over pieces."""
    begin: dict[int, list[Mark]] = {}
    finish: dict[int, list[Mark]] = {}
    for m in found:
        # A mark without characters is shown at the piece before it, or at the first.
        start = min(m.span.start, max(0, m.span.end - 1))
        begin.setdefault(start, []).append(m)
        finish.setdefault(max(m.span.end, min(1, length)), []).append(m)
    cuts = sorted({0, length, *edges, *begin, *finish})
    over: dict[Mark, None] = {}
    out = []
    for start, end in pairwise(cuts):
        for m in finish.get(start, ()):
            over.pop(m, None)
        for m in begin.get(start, ()):
            if m.span.end > m.span.start:
                over[m] = None
        opens = _keys(begin.get(start, ()), EVIDENCE)
        closes = _keys(finish.get(end, ()), EVIDENCE)
        out.append(_piece(Span(start, end), list(over), opens, closes))
    return out


def _piece(span: Span, over: list[Mark], opens: tuple[str, ...], closes: tuple[str, ...]) -> Piece:
    roles = dict.fromkeys(m.role for m in over)
    said = _keys(sorted(over, key=lambda m: m.span.start - m.span.end), ("source", "cue", "content"))
    if len(_keys(over, ("content",))) > 1:
        roles["content-deep"] = None
    return Piece(span, tuple(roles), _keys(over, EVIDENCE), _keys(over, ("slot",)), said, opens, closes)


def _keys(found: Iterable[Mark], roles: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(m.key for m in found if m.role in roles))


def writable(text: str) -> str:
    """`text` with what HTML cannot carry shown, one character for one: ASCII controls as their
    pictures (U+2400 …), other controls, lone surrogates and noncharacters as U+FFFD."""
    return _UNWRITABLE.sub(lambda m: _PICTURE.get(m[0], "\ufffd"), text)


def runs(text: str) -> list[tuple[str, str]]:
    """Writable text in runs `(characters, code)`: `code` names a single character that reorders the
    line (UAX #9), to be isolated; it is empty for all others."""
    out = []
    at = 0
    text = writable(text)
    for m in _REORDERING.finditer(text):
        out += [(text[at : m.start()], "")] if m.start() > at else []
        out.append((m[0], f"U+{ord(m[0]):04X}"))
        at = m.end()
    return [*out, (text[at:], "")] if at < len(text) else out
