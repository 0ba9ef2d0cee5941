"""Putting documents and readings in; everything within one transaction of `Store.adding`."""

from __future__ import annotations

import datetime as dt
from hashlib import sha256

import sqlalchemy as sa

from sayso.errors import InputError, StoreError
from sayso.model import Document, Reading
from sayso.store import codec, rowing
from sayso.store.decisions import PutDecisions
from sayso.store.gather import PutGather
from sayso.store.keys import document_key
from sayso.store.links import PutLinks
from sayso.store.people import PutPeople
from sayso.store.query import Look
from sayso.store.rows import Put
from sayso.store.schema import archive, claim, claim_designation, claim_party, claim_voice, document, origin, response
from sayso.store.text_search import PutText


class PutDocuments(PutText):
    """Documents and readings."""

    __slots__ = ()

    def put_document(self, new: Document, raw: bytes, media_type: str, *, captured: dt.datetime | None = None) -> Put:
        """Keeps a document as ingested, with its bytes; one that is there already stays as it is.

        `captured` is when the bytes were fetched, a moment with its zone. Raises `StoreError` for a
        document that does not fit its bytes or has characters no database keeps (NUL, lone
        surrogates).
        """
        place = f"{self.place}, document {new.id!a}"
        digest = sha256(raw).hexdigest()
        if new.sha256 not in (None, digest):
            raise StoreError(place, f"bytes of SHA-256 {digest}", f"{new.sha256}, as the document says")
        rowing.check_characters((new.id, new.text, new.outlet, new.title, new.url, new.author), place)
        key = document_key(digest, new.id, new.outlet, new.url)
        there = self.first(sa.select(*document.c["sha256", "id", "outlet", "url"]).where(document.c.key == key))
        if there is not None:
            if tuple(there) != (digest, new.id, new.outlet, new.url):  # 1 in 10^8 for a million documents
                raise StoreError(place, f"another document under the key {key}", "a key of its own")
            return Put(key, new=False)
        if self.first(sa.select(archive.c.size).where(archive.c.sha256 == digest)) is None:
            packed = {"sha256": digest, "media_type": media_type, "bytes": codec.pack(raw), "size": len(raw)}
            self.add(archive, [packed])
        times: rowing.Values = {"captured": captured, "added_at": dt.datetime.now(dt.UTC)}
        self.add(document, [rowing.document_row(new, key, digest) | times])
        self.index_document(key, new.title, new.text)
        return Put(key, new=True)

    def put_reading(self, key: str, read: Reading | str, *, reader: str) -> list[str]:
        """A document's reading, or why it is not read, in place of what was there; the claims' keys.

        What hung on the old claims (blocks, matches, deals) goes with them. `reader` names the
        version that read. Raises `InputError` for an unknown key and `StoreError` for a reading of
        another text; `SpanError` where its evidence does not fit the text.
        """
        there = self.first(sa.select(*document.c["text", "record", "read_at"]).where(document.c.key == key))
        if there is None:
            raise InputError(self.place, f"no document {key!r}", "a document's key (12 hex digits)")
        place = f"{self.place}, document {key}"
        if isinstance(read, Reading) and read.document.text != there.text:
            raise StoreError(place, "a reading of another text", "one of the frozen text")
        if isinstance(read, Reading):
            values, told = rowing.read_values(read), rowing.claim_rows(read, key, place)
        else:
            values, told = rowing.unread_values(read, codec.document_of(there.record, "", place)), []
        if there.read_at is not None:
            self._clear(key)
        values |= {"reader": reader, "read_at": dt.datetime.now(dt.UTC)}
        self.connection.execute(sa.update(document).where(document.c.key == key), values)
        if isinstance(read, Reading):
            self._put_parts(read, key, told)
        return [str(row["key"]) for row in told]

    def _put_parts(self, read: Reading, key: str, told: list[rowing.Values]) -> None:
        if told:
            self.add(claim, told)
            self.index_claims((str(row["key"]), str(row["quote"]), str(row["item"])) for row in told)
        keyed = [(str(row["key"]), one) for row, one in zip(told, read.claims, strict=True)]
        self.add(claim_party, [row for k, one in keyed for row in rowing.party_rows(one, k)])
        self.add(claim_designation, [row for k, one in keyed for row in rowing.designation_rows(one, k)])
        self.add(claim_voice, [row for k, one in keyed for row in rowing.voice_rows(one, k)])
        self.add(response, rowing.response_rows(read, key))
        self.add(origin, rowing.origin_rows(read, key))

    def _clear(self, key: str) -> None:
        for table in (claim, response, origin):
            self.connection.execute(sa.delete(table).where(table.c.document == key))


class Adding(Look, PutDocuments, PutLinks, PutGather, PutDecisions, PutPeople):
    """All that can be read and written within one transaction."""

    __slots__ = ()
