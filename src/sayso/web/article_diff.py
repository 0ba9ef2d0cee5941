"""Two articles beside each other, word by word."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.export import words
from sayso.export.page_text import runs
from sayso.model import Document
from sayso.store import article_queries
from sayso.web import links
from sayso.web.article_places import diff_address
from sayso.web.dating import Dated, document_dated
from sayso.web.state import Reader
from sayso.web.word_diff import Change, Kind, changes

MOST = 400_000  # characters of a text that are compared
_FOLD = 80  # words alike that are shown whole; of more, their ends
_ENDS = 160  # characters of either end


@dataclass(frozen=True, slots=True)
class Side:
    """`cut`: only the beginning of the text is compared."""

    key: str
    title: str
    outlet: str
    published: Dated
    address: str
    words: int
    cut: bool


@dataclass(frozen=True, slots=True)
class DiffPart:
    """Words of both, of the first alone (removed) or of the second (added). `folded` are words alike
    that are shown only when they are asked for, between `runs` and `after`."""

    kind: Kind
    words: int
    runs: list[tuple[str, str]]
    folded: list[tuple[str, str]]
    after: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ArticleDiff:
    """`alike` is the score by which the two were grouped (0 to 1), None where they were not compared."""

    a: Side
    b: Side
    same: int
    removed: int
    added: int
    alike: float | None
    turned: str
    parts: tuple[DiffPart, ...]


def article_diff(reader: Reader, key: str, other: str) -> ArticleDiff:
    """What the second document's text has in place of the first's. Raises `InputError`."""
    look = reader.look
    a, b = look.document(key), look.document(other)
    found = changes(a.text[:MOST], b.text[:MOST])
    number = {kind: sum(c.words for c in found if c.kind == kind) for kind in ("same", "removed", "added")}
    return ArticleDiff(
        _side(key, a, number["same"] + number["removed"]), _side(other, b, number["same"] + number["added"]),
        number["same"], number["removed"], number["added"], article_queries.likeness(look, key).get(other),
        diff_address(other, key), tuple(map(_part, found)),
    )  # fmt: skip


def _side(key: str, d: Document, count: int) -> Side:
    title = words.visible(d.title or "") or "title not stated"
    return Side(key, title, d.outlet or "", document_dated(d), links.article(key), count, len(d.text) > MOST)


def _part(c: Change) -> DiffPart:
    if c.kind != "same" or c.words <= _FOLD:
        return DiffPart(c.kind, c.words, runs(c.text), [], [])
    first = max(c.text.rfind(" ", 0, _ENDS), 0) or _ENDS
    last = c.text.find(" ", len(c.text) - _ENDS)
    last = last if last > first else len(c.text) - _ENDS
    if last <= first:  # words so short that both ends are the whole
        return DiffPart(c.kind, c.words, runs(c.text), [], [])
    return DiffPart(c.kind, c.words, runs(c.text[:first]), runs(c.text[first:last]), runs(c.text[last:]))
