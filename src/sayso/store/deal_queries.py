"""Deals as a reader asks for them; `deal_index` chooses among them and counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields

import sqlalchemy as sa

from sayso.store import codec
from sayso.store.handle import Row, chunked
from sayso.store.query import Look
from sayso.store.rows import Kept
from sayso.store.schema import claim, deal, deal_facet, document, response
from sayso.store.text_search import terms

SORTS = (
    "last_said", "first_said", "when_start", "supplier", "recipient", "item", "category", "stage", "origins",
    "outlets", "documents",
)  # fmt: skip
"""Columns that a list of deals can be in the order of."""
_NARROW = [
    deal.c[name]
    for name in (
        "id", "supplier", "recipient", "item", "category", "kind", "stage", "standing", "origins", "first_said",
        "last_said", "when_start", "when_end", "documents", "claims", "outlets",
    )
]  # fmt: skip
_LAST = "\U0010ffff"  # sorts after every character of a word


@dataclass(frozen=True, slots=True)
class DealsWanted:
    """Which deals: those that fit every field that is set; days are included.

    `chosen` holds facets of `deal_facets.COUNTED` with their values, of which a deal must have one.
    `text` is words that must all be among the deal's (its parties, items, outlets, origins), word*
    for a beginning. `since` wants a document that came after the one of this number.
    """

    chosen: tuple[tuple[str, tuple[str, ...]], ...] = ()
    text: str = ""
    said_from: dt.date | None = None
    said_to: dt.date | None = None
    when_from: dt.date | None = None
    when_to: dt.date | None = None
    since: int | None = None


@dataclass(frozen=True, slots=True)
class DealRow:
    """A deal as a list shows it. `origins` are the independent ones; the rest are counts."""

    id: str
    supplier: str
    recipient: str
    item: str
    category: str
    kind: str
    stage: str
    standing: tuple[str, ...]
    origins: int
    first_said: dt.date | None
    last_said: dt.date | None
    when_start: dt.date | None
    when_end: dt.date | None
    documents: int
    claims: int
    outlets: int


def deal_rows(look: Look, ids: Sequence[str]) -> list[DealRow]:
    """The deals of these ids, in their order; one that is not there is passed over."""
    found: dict[str, DealRow] = {}
    for chunk in chunked(ids):
        rows = look.connection.execute(sa.select(*_NARROW).where(deal.c.id.in_(chunk)))
        found.update((row.id, _row(row)) for row in rows)
    return [found[id] for id in ids if id in found]


def in_order(look: Look, sort: str, *, descending: bool) -> list[str]:
    """The ids of all deals in the order of a column of `SORTS`; what has no value comes last."""
    column = deal.c[sort]
    order = (column.desc() if descending else column.asc()).nulls_last()
    return list(look.connection.execute(sa.select(deal.c.id).order_by(order, deal.c.id)).scalars())


def words_wanted(text: str) -> list[tuple[str, int]]:
    """The words of a search, each with 1 where it is the beginning of one and else 0."""
    return [
        (word, int(term.prefix and n == len(term.words) - 1))
        for term in terms(text)
        for n, word in enumerate(term.words)
    ]


def with_word(look: Look, word: str, begins: int) -> list[str]:
    """The ids of the deals that have a word, or one that begins so."""
    c = deal_facet.c
    fits = c.value.between(word, word + _LAST) if begins else c.value == word
    found = look.connection.execute(sa.select(c.deal).where(c.facet == "word", fits))
    return [str(id) for id in found.scalars()]


def later_deals(look: Look, row: int) -> list[str]:
    """The ids of the deals with a claim of a document that came after number `row`."""
    query = sa.select(claim.c.deal).distinct().join(document, document.c.key == claim.c.document)
    found = look.connection.execute(query.where(document.c.row > row, claim.c.deal.is_not(None)))
    return [str(id) for id in found.scalars()]


def newest_document(look: Look) -> int:
    """The number of the document that came last; 0 where there is none."""
    found: int = look.connection.execute(sa.select(sa.func.coalesce(sa.func.max(document.c.row), 0))).scalar_one()
    return found


def _row(row: Row) -> DealRow:
    standing = codec.of_json(row.standing)
    names = tuple(str(s) for s in standing) if isinstance(standing, list) else ()
    return DealRow(**{**row._mapping, "standing": names})


def kept_of(look: Look, keys: Sequence[str]) -> dict[str, Kept]:
    """What the ledger lists of these documents, of those that are there."""
    columns = [document.c[f.name] for f in fields(Kept)]
    found: dict[str, Kept] = {}
    for chunk in chunked(keys):
        for row in look.connection.execute(sa.select(*columns).where(document.c.key.in_(chunk))):
            found[row.key] = Kept(*row)
    return found


def response_places(look: Look, keys: Sequence[str]) -> dict[tuple[str, int, int], int]:
    """The number of each of these documents' responses, by (document, start, end)."""
    c = response.c
    found: dict[tuple[str, int, int], int] = {}
    for chunk in chunked(keys):
        query = sa.select(c.document, c.evidence_start, c.evidence_end, c.n).where(c.document.in_(chunk))
        for row in look.connection.execute(query.order_by(c.n.desc())):
            found[row.document, row.evidence_start, row.evidence_end] = row.n
    return found
