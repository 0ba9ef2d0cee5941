"""Full text narrowed, counted and divided into facets; `text_search` finds and ranks."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

import sqlalchemy as sa

from sayso.store.query import Look
from sayso.store.rows import Hit
from sayso.store.schema import claim, document
from sayso.store.text_search import Within, asked_for, scored, snippet, terms
from sayso.store.word_match import rows_with

DOCUMENT_FACETS = ("outlet", "language")
CLAIM_FACETS = ("outlet", "kind", "stage", "category", "polarity")
YEAR = "year"
MOST_COUNTED = 10_000
"""What is found is counted, and divided into facets, so far."""

_TABLES = {"document": document, "claim": claim}
Test = sa.ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Searched:
    """A search: its words, among documents or claims, and values that the facets must have; `year` is
    of publication."""

    text: str
    within: Within = "document"
    chosen: tuple[tuple[str, str], ...] = ()
    said_from: dt.date | None = None
    said_to: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """How many were found, counted up to `MOST_COUNTED`, and how those divide: by facet, the
    commonest values first."""

    total: int
    facets: dict[str, list[tuple[str, int]]]


def facets_of(within: Within) -> tuple[str, ...]:
    return (*(DOCUMENT_FACETS if within == "document" else CLAIM_FACETS), YEAR)


def best(look: Look, asked: Searched, *, limit: int, offset: int = 0) -> list[Hit]:
    """The hits that fit, the best first."""
    wanted = terms(asked.text)
    if not wanted:
        return []
    words = asked_for(wanted, sqlite=look.sqlite)
    ranking = sa.text(scored(asked.within, sqlite=look.sqlite)).bindparams(asked=words)
    found = ranking.columns(sa.column("row", sa.Integer), sa.column("score", sa.Double)).subquery("found")
    table = _TABLES[asked.within]
    ranked = sa.select(found.c.row, found.c.score)
    if tests := _tests(asked):
        ranked = ranked.join(table, table.c.row == found.c.row).where(*tests)
    ranked = ranked.order_by(found.c.score.desc(), found.c.row).limit(limit).offset(offset)
    scores = {row: float(score) for row, score in look.connection.execute(ranked)}
    hits: dict[int, Hit] = {}
    for row in look.connection.execute(_shown(asked.within).where(table.c.row.in_(scores))):
        number, key, told, title, outlet, said, body = row
        hits[number] = Hit(key, told, title, outlet, said, scores[number], *snippet(body, wanted))
    return [hits[number] for number in scores]


def _shown(within: Within) -> sa.Select[int, str, str | None, str | None, str | None, dt.date | None, str]:
    d, c = document.c, claim.c
    if within == "document":
        return sa.select(d.row, d.key, sa.null().label("claim"), d.title, d.outlet, d.published, d.text)
    joined = sa.select(c.row, c.document, c.key, d.title, c.outlet, c.said, c.quote)
    return joined.join(document, d.key == c.document)


def found(look: Look, asked: Searched) -> Found:
    """How many fit, and how they divide."""
    table = _TABLES[asked.within]
    names = facets_of(asked.within)[:-1]
    query = sa.select(*(table.c[n] for n in names), _day(asked)).where(
        table.c.row.in_(rows_with(look, asked.within, asked.text)), *_tests(asked)
    )
    counters: dict[str, Counter[str]] = {n: Counter() for n in (*names, YEAR)}
    total = 0
    for *values, said in look.connection.execute(query.limit(MOST_COUNTED)):
        total += 1
        for name, value in zip(names, values, strict=True):
            if value is not None:
                counters[name][value] += 1
        if said is not None:
            counters[YEAR][str(said.year)] += 1
    ordered = {n: sorted(c.items(), key=lambda e: (-e[1], e[0])) for n, c in counters.items()}
    return Found(total, ordered)


def word_counts(look: Look, text: str, *, most_terms: int = 8) -> list[tuple[str, int]]:
    """Each part of a query with the number of documents that have it (up to `MOST_COUNTED`)."""
    counted = []
    for term in terms(text)[:most_terms]:
        rows = rows_with(look, "document", [term]).limit(MOST_COUNTED).subquery()
        number: int = look.connection.execute(sa.select(sa.func.count()).select_from(rows)).scalar_one()
        counted.append((" ".join(term.words) + ("*" if term.prefix else ""), number))
    return counted


def _day(asked: Searched) -> sa.ColumnElement[dt.date | None]:
    """The day of publication, or the first that it may be."""
    d = document.c
    return sa.func.coalesce(d.published, d.published_start) if asked.within == "document" else claim.c.said


def _tests(asked: Searched) -> list[Test]:
    table, day = _TABLES[asked.within], _day(asked)
    tests: list[Test] = []
    for name, value in asked.chosen:
        if name == YEAR:
            year = int(value)
            tests.append(day.between(dt.date(year, 1, 1), dt.date(year, 12, 31)))
        elif name in facets_of(asked.within):
            tests.append(table.c[name] == value)
    tests += [day >= asked.said_from] if asked.said_from else []
    tests += [day <= asked.said_to] if asked.said_to else []
    return tests
