"""Documents that fit what a reader asks for: listed, counted; and what hangs on one of them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields

import sqlalchemy as sa

from sayso.errors import InputError
from sayso.store import codec
from sayso.store.handle import chunked
from sayso.store.query import Look
from sayso.store.schema import archive, claim, deal, document
from sayso.store.word_match import rows_with

READ, UNREAD, AWAITING = "read", "unread", "awaiting"
STATES = (READ, UNREAD, AWAITING)
"""What can have become of a document: read, not readable (its row says why), or not tried yet."""
SORTS = ("published", "oldest", "added")
MOST_COUNTED = 10_000
"""Documents that fit a filter are counted so far."""
_SAMPLE = 20_000  # of the newest documents, whose languages are offered

Test = sa.ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class ArticlesWanted:
    """Which documents: those that fit every field that is set; days are included. `text` is a query of
    the full text. A document of which only the month or year is known fits by any day of it."""

    text: str = ""
    outlet: str | None = None
    language: str | None = None
    state: str | None = None
    published_from: dt.date | None = None
    published_to: dt.date | None = None
    group: str | None = None


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """A document as a list shows it. `published_start` and `published_end` are the days of a month or
    year where no day is known."""

    key: str
    id: str
    title: str | None
    outlet: str | None
    published: dt.date | None
    published_inferred: bool
    published_start: dt.date | None
    published_end: dt.date | None
    language: str
    unread: str | None
    reader: str | None
    claims: int
    group_id: str | None

    @property
    def state(self) -> str:
        return UNREAD if self.unread is not None else READ if self.reader else AWAITING


ALL = ArticlesWanted()
_ROW = [document.c[f.name] for f in fields(ArticleRow)]


def list_articles(
    look: Look, wanted: ArticlesWanted = ALL, *, sort: str = "published", limit: int | None = None, offset: int = 0
) -> list[ArticleRow]:
    """The documents that fit, the latest (or oldest) published or the latest added first; undated ones last."""
    c = document.c
    orders = {
        "published": (c.published.desc().nulls_last(), c.row.desc()),
        "oldest": (c.published.nulls_last(), c.row),
        "added": (c.row.desc(),),
    }
    query = sa.select(c.row).where(*_tests(look, wanted)).order_by(*orders[sort]).limit(limit).offset(offset)
    rows = list(look.connection.execute(query).scalars())  # sorting numbers, not texts
    found: dict[int, ArticleRow] = {}
    for chunk in chunked(rows):
        for row, *values in look.connection.execute(sa.select(c.row, *_ROW).where(c.row.in_(chunk))):
            found[row] = ArticleRow(*values)
    return [found[row] for row in rows]


def count_articles(look: Look, wanted: ArticlesWanted = ALL, *, most: int = MOST_COUNTED) -> int:
    """How many fit: all of them without a filter, else at most `most`."""
    tests = _tests(look, wanted)
    query = sa.select(document.c.row).where(*tests)
    counted = sa.select(sa.func.count()).select_from((query.limit(most) if tests else query).subquery())
    found: int = look.connection.execute(counted).scalar_one()
    return found


def languages(look: Look) -> list[tuple[str, int]]:
    """The languages of the newest documents with their counts, the commonest first."""
    newest = sa.select(document.c.language).order_by(document.c.row.desc()).limit(_SAMPLE)
    counts = Counter(look.connection.execute(newest).scalars())
    return sorted(counts.items(), key=lambda e: (-e[1], e[0]))


Days = tuple[dt.date | None, dt.date | None, dt.date | None, bool]


def days_of(look: Look, keys: Iterable[str]) -> dict[str, Days]:
    """When each of these documents was published: its day, else the first and last day that it may be;
    and whether that was inferred."""
    names = ("key", "published", "published_start", "published_end", "published_inferred")
    found: dict[str, Days] = {}
    for chunk in chunked(keys):
        rows = look.connection.execute(sa.select(*document.c[names]).where(document.c.key.in_(chunk)))
        found.update((row[0], (row[1], row[2], row[3], row[4])) for row in rows)
    return found


def archived(look: Look, key: str) -> tuple[str, int]:
    """The media type of a document's archived bytes and how many they are. Raises `InputError`."""
    query = sa.select(archive.c.media_type, archive.c.size).join(document).where(document.c.key == key)
    row = look.first(query)
    if row is None:
        raise InputError(look.place, f"no document {key!r}", "a document's key (12 hex digits)")
    return row.media_type, row.size


def likeness(look: Look, key: str) -> dict[str, float]:
    """How alike a document's text is to each that it was compared with (0 to 1)."""
    found: dict[str, float] = {}
    for a, b, overlap in look.reprints([key]):
        score = overlap.get("score") if isinstance(overlap, dict) else None
        if isinstance(score, (int, float)):
            found[b if a == key else a] = float(score)
    return found


@dataclass(frozen=True, slots=True)
class DealName:
    """What a deal is called where it is only referred to."""

    id: str
    item: str
    supplier: str
    recipient: str
    standing: tuple[str, ...]


def deal_names(look: Look, ids: set[str]) -> dict[str, DealName]:
    """The deals of these ids, by id."""
    found: dict[str, DealName] = {}
    for chunk in chunked(sorted(ids)):
        query = sa.select(*deal.c["id", "item", "supplier", "recipient", "standing"]).where(deal.c.id.in_(chunk))
        for row in look.connection.execute(query):
            standing = codec.of_json(row.standing)
            names = tuple(str(s) for s in standing) if isinstance(standing, list) else ()
            found[row.id] = DealName(row.id, row.item, row.supplier, row.recipient, names)
    return found


def claim_deals(look: Look, key: str) -> dict[int, str]:
    """The deal of each claim of a document that is in one, by the claim's number."""
    query = sa.select(claim.c.n, claim.c.deal).where(claim.c.document == key, claim.c.deal.is_not(None))
    return {row.n: row.deal for row in look.connection.execute(query)}


def _tests(look: Look, wanted: ArticlesWanted) -> list[Test]:
    c, w = document.c, wanted
    tests = [
        c.outlet == w.outlet if w.outlet else None,
        c.language == w.language if w.language else None,
        c.group_id == w.group if w.group else None,
        (c.published >= w.published_from) | (c.published_end >= w.published_from) if w.published_from else None,
        (c.published <= w.published_to) | (c.published_start <= w.published_to) if w.published_to else None,
        {READ: c.reading.is_not(None), UNREAD: c.unread.is_not(None), AWAITING: c.read_at.is_(None)}.get(w.state or ""),
        c.row.in_(rows_with(look, "document", w.text)) if w.text else None,
    ]
    return [t for t in tests if t is not None]
