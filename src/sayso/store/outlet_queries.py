"""Outlets and the voices that are no outlets: what the ledger holds of each."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from sayso.model import Deal, VoiceKind
from sayso.store.handle import chunked
from sayso.store.query import Look
from sayso.store.schema import claim, claim_voice, deal, deal_facet, document, origin, response
from sayso.store.text_search import words_of

MOST_DEALS = 2_000
"""Deals that one outlet's account looks at, the latest said."""


@dataclass(frozen=True, slots=True)
class OutletCount:
    """How many documents and claims of an outlet there are, and deals that its documents tell of."""

    name: str
    documents: int
    claims: int
    deals: int


@dataclass(frozen=True, slots=True)
class VoiceCount:
    """How many claims a voice is behind."""

    name: str
    kind: VoiceKind
    claims: int


def outlet_counts(look: Look) -> list[OutletCount]:
    """Every outlet of a document, that with most documents first."""
    many = sa.func.count()
    d, c, f = document.c, claim.c, deal_facet.c
    documents = dict(_pairs(look, sa.select(d.outlet, many).where(d.outlet.is_not(None)).group_by(d.outlet)))
    claims = dict(_pairs(look, sa.select(c.outlet, many).where(c.outlet.is_not(None)).group_by(c.outlet)))
    deals = dict(_pairs(look, sa.select(f.value, many).where(f.facet == "outlet").group_by(f.value)))
    found = [OutletCount(name, n, claims.get(name, 0), deals.get(name, 0)) for name, n in documents.items()]
    return sorted(found, key=lambda o: (-o.documents, o.name))


def voice_counts(look: Look) -> list[VoiceCount]:
    """Every named voice that is no outlet, that behind most claims first."""
    c = claim_voice.c
    kinds = (VoiceKind.NAMED_PERSON, VoiceKind.ORGANISATION, VoiceKind.DOCUMENT)
    query = sa.select(c.name, c.kind, sa.func.count()).where(c.kind.in_(kinds)).group_by(c.name, c.kind)
    best: dict[str, Counter[str]] = {}
    for name, kind, n in look.connection.execute(query):
        best.setdefault(name, Counter())[kind] += n
    found = [VoiceCount(name, VoiceKind(k.most_common(1)[0][0]), k.total()) for name, k in best.items()]
    return sorted(found, key=lambda v: (-v.claims, v.name))


def deals_with(look: Look, names: Sequence[str]) -> list[Deal]:
    """The deals in which one of these outlets is a witness or (under this very name) an origin, at most
    `MOST_DEALS`, the latest said first."""
    f = deal_facet.c
    ids: set[str] = set()
    for chunk in chunked(names):
        carried = sa.select(f.deal).where(f.facet == "outlet", f.value.in_(chunk))
        ids.update(look.connection.execute(carried).scalars())
    for name in names:
        # The words of a deal's origins are among those it is found by.
        having = [sa.select(f.deal).where(f.facet == "word", f.value == word) for word in set(words_of(name))]
        ids.update(look.connection.execute(sa.intersect(*having)).scalars() if having else ())
    latest: dict[str, dt.date | None] = {}
    for chunk in chunked(sorted(ids)):
        latest.update(_days(look, sa.select(deal.c.id, deal.c.last_said).where(deal.c.id.in_(chunk))))
    first = sorted(latest, key=lambda id: (latest[id] or dt.date.min, id), reverse=True)[:MOST_DEALS]
    return list(look.deals(first))


def printed_with(look: Look, names: Sequence[str]) -> list[tuple[str, int]]:
    """The outlets that carry the same texts as these, with the number of these's documents so shared."""
    ours, theirs = document.alias("ours"), document.alias("theirs")
    # Both from their indexes alone: the group stands behind the text in a row.
    grouped = sa.select(document.c.row).where(document.c.group_id.is_not(None))
    own = sa.select(document.c.row).where(document.c.outlet.in_(names)).intersect(grouped).subquery()
    query = (
        sa.select(theirs.c.outlet, sa.func.count(ours.c.row.distinct()))
        .select_from(own)
        .join(ours, ours.c.row == own.c.row)
        .join(theirs, theirs.c.group_id == ours.c.group_id)
        .where(theirs.c.outlet.is_not(None), theirs.c.outlet.not_in(names))
        .group_by(theirs.c.outlet)
    )
    return sorted(_pairs(look, query), key=lambda e: (-e[1], e[0]))


def named_as_origin(look: Look, names: Sequence[str]) -> list[tuple[str, int]]:
    """The outlets whose documents name one of these as where their report comes from, with how many."""
    query = sa.select(document.c.outlet, sa.func.count(document.c.row.distinct()))
    query = query.join(origin, origin.c.document == document.c.key).where(origin.c.name.in_(names))
    query = query.where(document.c.outlet.is_not(None)).group_by(document.c.outlet)
    return sorted(_pairs(look, query), key=lambda e: (-e[1], e[0]))


@dataclass(frozen=True, slots=True)
class Reaction:
    """A response of a party, and where it stands."""

    document: str
    n: int
    type: str
    scope: str
    quote: str
    outlet: str | None
    title: str | None


def reactions_of(look: Look, name: str, *, limit: int) -> list[Reaction]:
    """What a party answered, the newest documents first."""
    r, d = response.c, document.c
    query = sa.select(r.document, r.n, r.type, r.scope, r.quote, d.outlet, d.title).join(document)
    query = query.where(r.responder == name).order_by(d.row.desc(), r.n).limit(limit)
    return [Reaction(*row) for row in look.connection.execute(query)]


def reaction_counts(look: Look, name: str) -> dict[str, int]:
    """How often a party answered, by the response's type."""
    query = sa.select(response.c.type, sa.func.count()).where(response.c.responder == name)
    return dict(_pairs(look, query.group_by(response.c.type)))


def _pairs(look: Look, query: sa.Select[str, int]) -> Iterator[tuple[str, int]]:
    return ((row[0], row[1]) for row in look.connection.execute(query))


def _days(look: Look, query: sa.Select[str, dt.date | None]) -> Iterator[tuple[str, dt.date | None]]:
    return ((row[0], row[1]) for row in look.connection.execute(query))
