"""Reading documents and readings back."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import fields
from hashlib import sha256

import sqlalchemy as sa

from sayso.errors import InputError, StoreError
from sayso.model import Claim, Document, Reading
from sayso.store import codec
from sayso.store.claims import Claims
from sayso.store.decisions import Decisions
from sayso.store.gather import Gather
from sayso.store.handle import Handle, Query, Row, chunked
from sayso.store.keys import document_key
from sayso.store.links import Links
from sayso.store.people import People
from sayso.store.rows import Kept
from sayso.store.schema import archive, claim, deal, document, verdict
from sayso.store.text_search import TextSearch

_KEPT = [document.c[f.name] for f in fields(Kept)]
_READINGS = 100  # in memory at a time


class Documents(Handle):
    """Documents, their bytes and their readings."""

    __slots__ = ()

    def documents(
        self,
        *,
        outlet: str | None = None,
        published_from: dt.date | None = None,
        published_to: dt.date | None = None,
        group_id: str | None = None,
        read: bool | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> Iterator[Kept]:
        """The documents that fit all that is set, in the order of their coming."""
        c = document.c
        tests = [
            c.outlet == outlet if outlet is not None else None,
            c.published >= published_from if published_from else None,
            c.published <= published_to if published_to else None,
            c.group_id == group_id if group_id is not None else None,
            c.reading.is_not(None) if read else c.reading.is_(None) if read is False else None,
        ]
        query = sa.select(*_KEPT).where(*(t for t in tests if t is not None)).order_by(c.row)
        return (_kept(row) for row in self.stream(query.limit(limit).offset(offset)))

    def key_of(self, document: Document, raw: bytes) -> str:
        """The key that a document has or would have."""
        return document_key(sha256(raw).hexdigest(), document.id, document.outlet, document.url)

    def kept(self, key: str) -> Kept | None:
        """What the ledger lists of one document; None where it has no such key."""
        row = self.first(sa.select(*_KEPT).where(document.c.key == key))
        return None if row is None else _kept(row)

    def keys(self, *, id: str | None = None, sha256: str | None = None, url: str | None = None) -> list[str]:
        """The keys of the documents with this external id, digest or address."""
        given = {"id": id, "sha256": sha256, "url": url}
        tests = [document.c[name] == value for name, value in given.items() if value is not None]
        return list(self.connection.execute(sa.select(document.c.key).where(*tests).order_by(document.c.row)).scalars())

    def document(self, key: str) -> Document:
        """The frozen record as ingested. Raises `InputError` for an unknown key."""
        row = self._row(sa.select(document.c.record, document.c.text).where(document.c.key == key), key)
        return codec.document_of(row.record, row.text, f"{self.place}, document {key}")

    def raw(self, key: str) -> tuple[bytes, str]:
        """A document's bytes, checked against their SHA-256, and their media type."""
        query = sa.select(archive).join(document).where(document.c.key == key)
        row = self._row(query, key)
        place = f"{self.place}, document {key}"
        return codec.unpack(row.bytes, row.size, row.sha256, place), row.media_type

    def reading(self, key: str) -> Reading | None:
        """A document's reading; None where it is unread. Raises `InputError` for an unknown key."""
        found = dict(self.readings([key]))
        if key not in found:
            self._row(sa.select(document.c.key).where(document.c.key == key), key)
        return found.get(key)

    def readings(self, keys: Iterable[str] | None = None) -> Iterator[tuple[str, Reading]]:
        """Key and reading of each document of `keys` that is there and read; without, of all."""
        if keys is None:
            query = sa.select(document.c.key).where(document.c.reading.is_not(None)).order_by(document.c.row)
            keys = (row.key for row in self.stream(query))
        for chunk in chunked(keys, _READINGS):
            claims: dict[str, list[Claim]] = defaultdict(list)
            held = sa.select(claim.c.document, claim.c.key, claim.c.record).where(claim.c.document.in_(chunk))
            for row in self.connection.execute(held.order_by(claim.c.document, claim.c.n)):
                claims[row.document].append(codec.claim_of(row.record, f"{self.place}, claim {row.key}"))
            query = sa.select(*document.c["key", "text", "reading", "claims"]).where(document.c.key.in_(chunk))
            rows = {row.key: row for row in self.connection.execute(query)}
            for key in chunk:
                if key in rows and rows[key].reading is not None:
                    yield key, self._reading(rows[key], tuple(claims[key]))

    def counts(self) -> dict[str, int]:
        """How many documents (read, unread, awaiting reading), claims, deals and verdicts there are."""
        read, unread = sa.func.count(document.c.reading), sa.func.count(document.c.unread)
        every, told = sa.func.count(), sa.func.coalesce(sa.func.sum(document.c.claims), 0)
        row = self.connection.execute(sa.select(every, read, unread, told).select_from(document)).one()
        found = {"documents": row[0], "read": row[1], "unread": row[2], "awaiting": row[0] - row[1] - row[2]}
        found["claims"] = row[3]
        for table in (deal, verdict):
            found[table.name + "s"] = self.connection.execute(sa.select(every).select_from(table)).scalar_one()
        return found

    def _reading(self, row: Row, claims: tuple[Claim, ...]) -> Reading:
        place = f"{self.place}, document {row.key}"
        if len(claims) != row.claims:
            raise StoreError(place, f"{len(claims)} claims", f"{row.claims}, as were read")
        return codec.reading_of(row.reading, row.text, claims, place)

    def _row(self, query: Query, key: str) -> Row:
        row = self.first(query)
        if row is None:
            raise InputError(self.place, f"no document {key!r}", "a document's key (12 hex digits)")
        return row


class Look(Documents, Claims, Links, Gather, Decisions, People, TextSearch):
    """All that can be read within one transaction."""

    __slots__ = ()


def _kept(row: Row) -> Kept:
    return Kept(*row)
