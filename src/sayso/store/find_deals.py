"""Which deals fit, by queries of their own: for one look, where an index in memory would not pay."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from sayso.store.handle import chunked
from sayso.store.query import Look
from sayso.store.schema import claim, deal, deal_facet
from sayso.store.text_search import Term

_LAST = "\U0010ffff"  # sorts after every character of a word or key


@dataclass(frozen=True, slots=True)
class Wants:
    """Deals that fit all of it; days are included. `facets` holds facets with values: a deal must have
    one of the values in one of the facets."""

    facets: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = ()
    said_from: dt.date | None = None
    said_to: dt.date | None = None
    when_from: dt.date | None = None
    when_to: dt.date | None = None


def deals_fitting(look: Look, wanted: Wants, sort: str, *, descending: bool) -> list[str]:
    """The ids in the order of a column of the deals' table; what has no value comes last."""
    column = deal.c[sort]
    order = (column.desc() if descending else column.asc()).nulls_last()
    query = sa.select(deal.c.id).where(*_tests(wanted)).order_by(order, deal.c.id)
    return list(look.connection.execute(query).scalars())


def facet_values(look: Look, facet: str) -> list[str]:
    """All values that some deal has in a facet."""
    query = sa.select(deal_facet.c.value).distinct().where(deal_facet.c.facet == facet)
    return list(look.connection.execute(query).scalars())


def deals_named(look: Look, term: Term) -> set[str]:
    """The deals with all words of a term among their parties, items, outlets and origins."""
    found: set[str] | None = None
    for n, word in enumerate(term.words):
        value = deal_facet.c.value
        begins = term.prefix and n == len(term.words) - 1
        fits = value.between(word, word + _LAST) if begins else value == word
        query = sa.select(deal_facet.c.deal).where(deal_facet.c.facet == "word", fits)
        with_it = set(look.connection.execute(query).scalars())
        found = with_it if found is None else found & with_it
    return found or set()


def deals_beginning(look: Look, start: str, *, most: int) -> list[str]:
    """The ids of the deals of every claim whose key begins so, in order, at most `most`."""
    query = sa.select(claim.c.deal).distinct().where(claim.c.key.between(start, start + _LAST))
    query = query.where(claim.c.deal.is_not(None)).order_by(claim.c.deal).limit(most)
    return list(look.connection.execute(query).scalars())


def _tests(wanted: Wants) -> Sequence[sa.ColumnElement[bool]]:
    c, f = deal.c, deal_facet.c
    tests: list[sa.ColumnElement[bool]] = [
        c.id.in_(sa.select(f.deal).where(f.facet.in_(facets), f.value.in_(values))) for facets, values in wanted.facets
    ]
    # An open end reaches on for ever: "since 2019" meets every later day.
    if wanted.when_from:
        tests.append((c.when_end >= wanted.when_from) | (c.when_end.is_(None) & c.when_start.is_not(None)))
    if wanted.when_to:
        tests.append((c.when_start <= wanted.when_to) | (c.when_start.is_(None) & c.when_end.is_not(None)))
    tests += [c.last_said >= wanted.said_from] if wanted.said_from else []
    tests += [c.first_said <= wanted.said_to] if wanted.said_to else []
    return tests


def breadths(look: Look, ids: Iterable[str]) -> dict[str, int]:
    """How many documents tell of each of these deals."""
    found: dict[str, int] = {}
    for chunk in chunked(ids):
        rows = look.connection.execute(sa.select(deal.c.id, deal.c.documents).where(deal.c.id.in_(chunk)))
        found.update((row.id, row.documents) for row in rows)
    return found
