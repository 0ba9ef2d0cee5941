"""What gathering documents into groups and claims into deals looks up and keeps on the way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import sqlalchemy as sa

from sayso.store import codec
from sayso.store.codec import Json
from sayso.store.handle import Handle, chunked
from sayso.store.schema import (
    boilerplate,
    claim,
    deal_match,
    document,
    fingerprint,
    mention,
    posting,
    reprint,
    telltale,
)

ANYWHERE = ""
"""The outlet of a posting that is boilerplate whoever prints it."""

Place = tuple[dt.date | None, str]


class Gather(Handle):
    """Looking up."""

    __slots__ = ()

    def fingerprint_of(self, key: str) -> tuple[bytes, str | None]:
        """A document's fingerprint and outlet; empty bytes where it has none."""
        query = sa.select(fingerprint.c.bytes, document.c.outlet).join(document).where(document.c.key == key)
        row = self.first(query)
        return (b"", None) if row is None else (row.bytes, row.outlet)

    def marked(self, keys: Iterable[int], outlet: str) -> frozenset[int]:
        """Those of the postings that are boilerplate of an outlet, or `ANYWHERE`."""
        found: set[int] = set()
        for chunk in chunked(keys):
            query = sa.select(boilerplate.c.key).where(boilerplate.c.key.in_(chunk), boilerplate.c.outlet == outlet)
            found.update(self.connection.execute(query).scalars())
        return frozenset(found)

    def places(self, keys: Iterable[str]) -> dict[str, Place]:
        """The day of saying and the document of each of these claims that is there."""
        found: dict[str, Place] = {}
        for chunk in chunked(keys):
            query = sa.select(*claim.c["key", "said", "document"]).where(claim.c.key.in_(chunk))
            found.update((row.key, (row.said, row.document)) for row in self.connection.execute(query))
        return found

    def matched(self, keys: Iterable[str]) -> set[str]:
        """The claims compared with any of these and found to match."""
        found: set[str] = set()
        for chunk in chunked(keys):
            for here, there in ((deal_match.c.a, deal_match.c.b), (deal_match.c.b, deal_match.c.a)):
                found.update(self.connection.execute(sa.select(there).where(here.in_(chunk))).scalars())
        return found

    def claims_in(self, documents: Iterable[str]) -> set[str]:
        """The claims of these documents."""
        return self._claims(claim.c.document, documents)

    def members(self, deals: Iterable[str]) -> set[str]:
        """The claims of these deals."""
        return self._claims(claim.c.deal, deals)

    def deals_in(self, documents: Iterable[str]) -> set[str]:
        """The deals that these documents' claims are in."""
        found: set[str] = set()
        for chunk in chunked(documents):
            query = sa.select(claim.c.deal).where(claim.c.document.in_(chunk), claim.c.deal.is_not(None)).distinct()
            found.update(self.connection.execute(query).scalars())
        return found

    def mentioning(self, keys: Iterable[str]) -> set[str]:
        """The unread documents that may be known by any of these names and numbers."""
        return self._set(mention.c.document, mention.c.key, keys)

    def telling(self, keys: Iterable[str]) -> set[str]:
        """The deals that any of these names and numbers may give away."""
        return self._set(telltale.c.deal, telltale.c.key, keys)

    def telling_unread(self, documents: Iterable[str]) -> set[str]:
        """The deals that these documents, if they are unread, may tell of."""
        keys = self._set(mention.c.key, mention.c.document, documents)
        return self.telling(keys)

    def _claims(self, column: sa.Column[str], values: Iterable[str]) -> set[str]:
        return self._set(claim.c.key, column, values)

    def _set(self, wanted: sa.Column[str], column: sa.Column[str], values: Iterable[str]) -> set[str]:
        found: set[str] = set()
        for chunk in chunked(values):
            found.update(self.connection.execute(sa.select(wanted).where(column.in_(chunk))).scalars())
        return found


class PutGather(Handle):
    """Keeping."""

    __slots__ = ()

    def mark(self, key: int, outlet: str) -> None:
        """Notes that a posting is boilerplate of an outlet, or `ANYWHERE`."""
        there = (boilerplate.c.key == key) & (boilerplate.c.outlet == outlet)
        self.replace(boilerplate, there, [{"key": key, "outlet": outlet}])

    def put_pair(self, a: str, b: str, overlap: Json) -> None:
        """Notes what two documents share, in place of what was noted of them."""
        one, two = sorted((a, b))
        row = {"a": one, "b": two, "overlap": codec.to_json(overlap)}
        self.replace(reprint, (reprint.c.a == one) & (reprint.c.b == two), [row])

    def put_mentions(self, key: str, keys: Iterable[str]) -> None:
        """Files an unread document under names and numbers."""
        self.replace(mention, mention.c.document == key, [{"key": k, "document": key} for k in sorted(set(keys))])

    def put_telltales(self, deal: str, keys: Iterable[str]) -> None:
        """Files a deal under the names and numbers that give it away."""
        self.replace(telltale, telltale.c.deal == deal, [{"key": k, "deal": deal} for k in sorted(set(keys))])

    def clear_links(self) -> None:
        """Empties all that linking derived, so that it can be derived anew."""
        for table in (telltale, mention, boilerplate, reprint, posting, fingerprint):
            self.connection.execute(sa.delete(table))
        self.connection.execute(sa.update(document).values(group_id=None))
