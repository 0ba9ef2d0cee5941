"""Claims across documents: by key, by what they say, and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from typing import Any

import sqlalchemy as sa

from sayso.model import Interval, Told
from sayso.store import codec
from sayso.store.handle import Handle, Row, chunked
from sayso.store.rows import Wanted
from sayso.store.schema import claim, claim_designation, claim_party, claim_voice, document

ALL = Wanted()
_TOLD = sa.select(
    *claim.c["key", "document", "outlet", "said", "quote", "record"], *document.c["published_start", "published_end"]
).join(document, claim.c.document == document.c.key)
_FACETS = ("kind", "stage", "category", "polarity", "basis", "outlet")

Test = sa.ColumnElement[bool]


class Claims(Handle):
    """Claims where they were told."""

    __slots__ = ()

    def told(self, keys: Iterable[str]) -> Iterator[Told]:
        """The claims of these keys, in their order; a key that is not there is passed over."""
        for chunk in chunked(keys):
            rows = {row.key: row for row in self.connection.execute(_TOLD.where(claim.c.key.in_(chunk)))}
            yield from (self._told(rows[key]) for key in chunk if key in rows)

    def claims(self, wanted: Wanted = ALL, *, limit: int | None = None, offset: int = 0) -> Iterator[Told]:
        """The claims that fit, the latest said first."""
        query = sa.select(claim.c.key).where(*_tests(wanted))
        query = query.order_by(claim.c.said.desc().nulls_last(), claim.c.row).limit(limit).offset(offset)
        return self.told(row.key for row in self.stream(query))  # sorting keys alone, not records

    def count_claims(self, wanted: Wanted = ALL) -> int:
        query = sa.select(sa.func.count()).select_from(claim).where(*_tests(wanted))
        return self.connection.execute(query).scalar_one()

    def facets(self, wanted: Wanted = ALL, *, most: int = 50) -> dict[str, list[tuple[str, int]]]:
        """How the claims that fit divide: by facet, its commonest values with their counts.

        Suppliers and recipients are counted by country, or by name where they have none.
        """
        tests, many = _tests(wanted), sa.func.count()
        columns = [claim.c[name] for name in _FACETS]
        counters: dict[str, Counter[str]] = {name: Counter() for name in (*_FACETS, "supplier", "recipient")}
        for *values, count in self.connection.execute(sa.select(*columns, many).where(*tests).group_by(*columns)):
            for name, value in zip(_FACETS, values, strict=True):
                if value is not None:
                    counters[name][value] += count
        c = claim_party.c
        parties = sa.select(c.role, c.facet, many).where(c.facet.is_not(None)).group_by(c.role, c.facet)
        if tests:
            parties = parties.where(c.claim.in_(sa.select(claim.c.key).where(*tests)))
        for role, name, count in self.connection.execute(parties):
            counters[role][name] = count
        return {name: sorted(c.items(), key=lambda e: (-e[1], e[0]))[:most] for name, c in counters.items()}

    def _told(self, row: Row) -> Told:
        read = codec.claim_of(row.record, f"{self.place}, claim {row.key}")
        between = None if row.said else Interval(row.published_start, row.published_end)
        between = between if between and (between.start or between.end) else None
        return Told(row.key, row.document, row.outlet, row.said, read, row.quote, between)


def _tests(wanted: Wanted) -> list[Test]:
    given = ((f.name, getattr(wanted, f.name)) for f in fields(wanted))
    return [_TESTS[name](value) for name, value in given if value is not None]


def _equal(column: str) -> Callable[[Any], Test]:
    return lambda value: claim.c[column] == value


def _part(column: sa.Column[str]) -> Callable[[Any], Test]:
    """Claims with a row in one of their tables that has this value."""
    return lambda value: claim.c.key.in_(sa.select(column.table.c.claim).where(column == value))


def _party(*roles: str) -> Callable[[Any], Test]:
    """Claims with this country, or party of this name; a union, since each half has its index."""
    c = claim_party.c
    of = sa.select(c.claim).where(c.role.in_(roles))
    return lambda who: claim.c.key.in_(sa.union_all(of.where(c.facet == who), of.where(c.name == who)))


_ALIKE = ("kind", "stage", "category", "polarity", "basis", "hedged", "outlet", "document", "deal")
_TESTS: dict[str, Callable[[Any], Test]] = {
    **{name: _equal(name) for name in _ALIKE},
    "supplier": _party("supplier"),
    "recipient": _party("recipient"),
    "party": _party("supplier", "recipient"),
    "designation": _part(claim_designation.c.name),
    "voice": _part(claim_voice.c.name),
    "said_from": lambda day: claim.c.said >= day,
    "said_to": lambda day: claim.c.said <= day,
    # An open end reaches on for ever: "since 2019" meets every later day.
    "when_from": lambda day: (claim.c.when_end >= day) | (claim.c.when_end.is_(None) & claim.c.when_start.is_not(None)),
    "when_to": lambda day: (claim.c.when_start <= day) | (claim.c.when_start.is_(None) & claim.c.when_end.is_not(None)),
    "confidence": lambda least: claim.c.confidence >= least,
}
