"""What reviewing looks up: where claims stand, which verdicts are the newest, what awaits a decision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from sayso.store import codec
from sayso.store.handle import Query, chunked
from sayso.store.query import Look
from sayso.store.schema import claim, deal, deal_match, verdict

_NO_CONFLICTS = '%"conflicts":[]%'  # in a deal's record; within a string its quotes would be escaped


class ClaimPlace(NamedTuple):
    """Where a claim stands: its evidence's characters, and the kind it was read as."""

    key: str
    document: str
    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A claim as a queue lists it. `confidence` is of the least sure slot."""

    key: str
    deal: str | None
    kind: str
    item: str
    quote: str
    outlet: str | None
    said: dt.date | None
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Filter:
    """Which claims a queue is of: those that fit every field that is set."""

    kind: str | None = None
    category: str | None = None
    outlet: str | None = None
    deal: str | None = None


@dataclass(frozen=True, slots=True)
class Apart:
    """Two claims that match though they stand in two deals, with their score in bits."""

    a: str
    b: str
    deal_a: str
    deal_b: str
    score: float


_PLACE = sa.select(*claim.c["key", "document", "evidence_start", "evidence_end", "kind"])
_WAITING = [claim.c[n] for n in ("key", "deal", "kind", "item", "quote", "outlet", "said", "confidence")]


def claim_places(look: Look, keys: Iterable[str]) -> Iterator[ClaimPlace]:
    """The places of these claims, of those that are there."""
    yield from _places(look, claim.c.key, keys)


def places_in(look: Look, documents: Iterable[str]) -> Iterator[ClaimPlace]:
    """The places of all claims of these documents."""
    yield from _places(look, claim.c.document, documents)


def last_verdict(look: Look) -> int:
    """The number of the newest verdict; 0 where there is none."""
    found: int = look.connection.execute(sa.select(sa.func.coalesce(sa.func.max(verdict.c.id), 0))).scalar_one()
    return found


def records(look: Look, keys: Iterable[str]) -> dict[str, str]:
    """The claims of these keys as they were read, each as its JSON."""
    found: dict[str, str] = {}
    for chunk in chunked(keys):
        query = sa.select(claim.c.key, claim.c.record).where(claim.c.key.in_(chunk))
        found.update((row.key, row.record) for row in look.connection.execute(query))
    return found


def count_claims(look: Look, wanted: Filter) -> int:
    found: int = look.connection.execute(
        sa.select(sa.func.count()).select_from(claim).where(*_tests(wanted))
    ).scalar_one()
    return found


def count_of(look: Look, keys: Iterable[str], wanted: Filter) -> int:
    """How many of these claims fit."""
    total = 0
    for chunk in chunked(keys):
        query = sa.select(sa.func.count()).select_from(claim).where(claim.c.key.in_(chunk), *_tests(wanted))
        total += look.connection.execute(query).scalar_one()
    return total


def least_sure(look: Look, wanted: Filter, without: Iterable[str], below: float, most: int) -> list[Waiting]:
    """The claims with a slot less sure than `below`, the least sure first; `without` these."""
    query = _waiting(wanted).where(claim.c.confidence < below, _not_in(look, without))
    return _read(look, query.order_by(claim.c.confidence, claim.c.row).limit(most))


def in_conflict(look: Look, wanted: Filter, without: Iterable[str], most: int) -> list[Waiting]:
    """The claims of deals whose roots differ, the deals last told of first."""
    query = _waiting(wanted).join(deal, deal.c.id == claim.c.deal).where(_not_in(look, without))
    query = query.where(deal.c.record.not_like(_NO_CONFLICTS))
    return _read(look, query.order_by(deal.c.last_said.desc().nulls_last(), claim.c.row).limit(most))


def founding(look: Look, wanted: Filter, without: Iterable[str], known: Iterable[str], most: int) -> list[Waiting]:
    """The claims that found a deal, none of these `known`; the newest read first."""
    query = _waiting(wanted).where(claim.c.deal == claim.c.key, _not_in(look, without))
    return _read(look, query.where(_not_in(look, known)).order_by(claim.c.row.desc()).limit(most))


def newest(look: Look, wanted: Filter, without: Iterable[str], most: int) -> list[Waiting]:
    """All claims that fit, the newest read first."""
    return _read(look, _waiting(wanted).where(_not_in(look, without)).order_by(claim.c.row.desc()).limit(most))


def these(look: Look, keys: Iterable[str], wanted: Filter) -> list[Waiting]:
    """Those of these claims that fit, in no order."""
    return [w for chunk in chunked(keys) for w in _read(look, _waiting(wanted).where(claim.c.key.in_(chunk)))]


def matched_apart(look: Look, most: int, among: Iterable[str] | None = None) -> list[Apart]:
    """Pairs that match though their deals are two, the best first; `among`: of these claims' matches."""
    one, two = claim.alias("one"), claim.alias("two")
    query = (
        sa.select(deal_match.c.a, deal_match.c.b, one.c.deal, two.c.deal, deal_match.c.score)
        .join(one, one.c.key == deal_match.c.a)
        .join(two, two.c.key == deal_match.c.b)
        .where(one.c.deal != two.c.deal)
    )
    if among is not None:
        keys = list(among)[:500]
        query = query.where(deal_match.c.a.in_(keys) | deal_match.c.b.in_(keys))
    query = query.order_by(deal_match.c.score.desc(), deal_match.c.a, deal_match.c.b).limit(most)
    return [Apart(*row) for row in look.connection.execute(query)]


def _places(look: Look, column: sa.Column[str], values: Iterable[str]) -> Iterator[ClaimPlace]:
    for chunk in chunked(values):
        yield from (ClaimPlace(*row) for row in look.connection.execute(_PLACE.where(column.in_(chunk))))


def _waiting(wanted: Filter) -> Query:
    return sa.select(*_WAITING).where(*_tests(wanted))


def _not_in(look: Look, keys: Iterable[str]) -> sa.ColumnElement[bool]:
    """That a claim is none of these: one value to bind, however many they are."""
    given = sorted(keys)
    if look.sqlite:
        each = sa.select(sa.func.json_each(codec.to_json(given)).table_valued("value").c.value)
    else:
        each = sa.select(sa.func.unnest(sa.cast(given, postgresql.ARRAY(sa.Text))))
    return claim.c.key.not_in(each)


def _read(look: Look, query: Query) -> list[Waiting]:
    return [Waiting(*row) for row in look.connection.execute(query)]


def _tests(wanted: Filter) -> list[sa.ColumnElement[bool]]:
    given = {"kind": wanted.kind, "category": wanted.category, "outlet": wanted.outlet, "deal": wanted.deal}
    return [claim.c[name] == value for name, value in given.items() if value]
