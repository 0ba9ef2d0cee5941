"""What linking looks up and keeps: fingerprints, postings, reprints, blocks, matches and deals.

Keys of postings are signed 64-bit integers; those of blocks any text. Each `put` replaces what the
same document, claim or deal had.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import sqlalchemy as sa

from sayso.model import Deal, Match
from sayso.store import codec, deal_facets, rowing
from sayso.store.codec import Json
from sayso.store.handle import Handle, Row, T, chunked
from sayso.store.schema import block, claim, deal, deal_facet, deal_match, document, fingerprint, posting, reprint


class Links(Handle):
    """Looking up."""

    __slots__ = ()

    def fingerprints(self, keys: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """The fingerprints of these documents, of those that have one."""
        for chunk in chunked(keys):
            rows = self.connection.execute(sa.select(fingerprint).where(fingerprint.c.document.in_(chunk)))
            yield from ((row.document, row.bytes) for row in rows)

    def postings(self, keys: Iterable[int], *, most: int | None = None) -> Iterator[tuple[int, str]]:
        """(key, document) of every document under these keys; see `blocks` for `most`."""
        return self._under(posting, posting.c.document, keys, most)

    def blocks(self, keys: Iterable[str], *, most: int | None = None) -> Iterator[tuple[str, str]]:
        """(key, claim) of every claim under these keys.

        A key with more than `most` rows is passed over, at a cost that does not grow with them: it
        tells nothing apart, and would make one look-up as long as the ledger.
        """
        return self._under(block, block.c.claim, keys, most)

    def reprints(self, keys: Iterable[str]) -> Iterator[tuple[str, str, Json]]:
        """(a, b, overlap) of every pair in which one of these documents stands."""
        for chunk in chunked(keys):
            either = reprint.c.a.in_(chunk) | reprint.c.b.in_(chunk)
            rows = self.connection.execute(sa.select(reprint).where(either).order_by(reprint.c.a, reprint.c.b))
            yield from ((row.a, row.b, codec.of_json(row.overlap)) for row in rows)

    def groups(self, keys: Iterable[str]) -> dict[str, str | None]:
        """The reprint group of each of these documents that is there."""
        return self._each(document.c.key, document.c.group_id, keys)

    def matches(self, keys: Iterable[str]) -> Iterator[Match]:
        """Every comparison in which one of these claims stands."""
        for chunk in chunked(keys):
            either = deal_match.c.a.in_(chunk) | deal_match.c.b.in_(chunk)
            rows = self.connection.execute(sa.select(deal_match).where(either).order_by(deal_match.c.a, deal_match.c.b))
            for row in rows:
                reasons = codec.reasons_of(row.reasons, f"{self.place}, match of {row.a} and {row.b}")
                yield Match(row.a, row.b, row.score, reasons)

    def deals_of(self, keys: Iterable[str]) -> dict[str, str | None]:
        """The deal of each of these claims that is there."""
        return self._each(claim.c.key, claim.c.deal, keys)

    def deal(self, id: str) -> Deal | None:
        return next(self.deals([id]), None)

    def deals(self, ids: Iterable[str] | None = None, *, limit: int | None = None, offset: int = 0) -> Iterator[Deal]:
        """The deals with these ids, or all, the latest said first."""
        query = sa.select(*deal.c["id", "record"]).order_by(deal.c.last_said.desc().nulls_last(), deal.c.id)
        if ids is None:
            yield from (self._deal(row) for row in self.stream(query.limit(limit).offset(offset)))
            return
        for chunk in chunked(ids):
            yield from (self._deal(row) for row in self.connection.execute(query.where(deal.c.id.in_(chunk))))

    def _deal(self, row: Row) -> Deal:
        return codec.deal_of(row.record, f"{self.place}, deal {row.id}")

    def _under(
        self, table: sa.Table, found: sa.Column[str], keys: Iterable[T], most: int | None
    ) -> Iterator[tuple[T, str]]:
        for chunk in chunked(dict.fromkeys(keys)):
            few = chunk if most is None else self._rare(table, chunk, most)
            rows = self.connection.execute(sa.select(table.c.key, found).where(table.c.key.in_(few)))
            yield from ((row[0], row[1]) for row in rows)

    def _rare(self, table: sa.Table, keys: list[T], most: int) -> list[T]:
        """Those of the keys with at most `most` rows; no key's rows are counted further."""
        kind = "bigint" if table is posting else "text"
        given = "json_each(:keys) AS k" if self.sqlite else f"unnest(CAST(:keys AS {kind}[])) AS k(value)"
        # In the primary key's order: PostgreSQL, before it has counted a table, would read all of it.
        second = list(table.primary_key)[1].name
        counted = f"SELECT 1 FROM {table.name} AS t WHERE t.key = k.value ORDER BY t.key, t.{second} LIMIT :most + 1"
        query = f"SELECT k.value FROM {given} WHERE (SELECT count(*) FROM ({counted}) AS s) <= :most"
        values = {"keys": codec.to_json(keys) if self.sqlite else keys, "most": most}
        return list(self.connection.execute(sa.text(query), values).scalars())

    def _each(self, key: sa.Column[str], value: sa.Column[str], keys: Iterable[str]) -> dict[str, str | None]:
        found: dict[str, str | None] = {}
        for chunk in chunked(keys):
            found.update(
                (row[0], row[1]) for row in self.connection.execute(sa.select(key, value).where(key.in_(chunk)))
            )
        return found


class PutLinks(Handle):
    """Keeping."""

    __slots__ = ()

    def put_fingerprint(self, key: str, packed: bytes) -> None:
        self.replace(fingerprint, fingerprint.c.document == key, [{"document": key, "bytes": packed}])

    def put_postings(self, key: str, keys: Iterable[int]) -> None:
        """Files a document under signed 64-bit keys."""
        rows = [{"key": k, "document": key} for k in sorted(set(keys))]
        self.replace(posting, posting.c.document == key, rows)

    def put_blocks(self, blocks: Mapping[str, Iterable[str]]) -> None:
        """Files claims, each under its keys."""
        rows = [{"key": k, "claim": told} for told, keys in blocks.items() for k in sorted(set(keys))]
        self.replace(block, block.c.claim.in_(list(blocks)), rows)

    def put_reprints(self, key: str, others: Mapping[str, Json]) -> None:
        """A document's pairs, all of them: each other document with their overlap."""
        rows = [{"a": key, "b": other, "overlap": codec.to_json(overlap)} for other, overlap in others.items()]
        self.replace(reprint, (reprint.c.a == key) | (reprint.c.b == key), rows)

    def set_group(self, group_id: str | None, keys: Iterable[str]) -> None:
        """Puts these documents into one reprint group, or into none."""
        for chunk in chunked(keys):
            self.connection.execute(sa.update(document).where(document.c.key.in_(chunk)).values(group_id=group_id))

    def put_matches(self, keys: Iterable[str], matches: Iterable[Match]) -> None:
        """The comparisons of these claims, all of them."""
        claims = list(keys)
        rows = [
            {"a": m.a, "b": m.b, "score": m.score, "reasons": codec.reasons_json(m.reasons, f"{m.a} and {m.b}")}
            for m in matches
        ]
        self.replace(deal_match, deal_match.c.a.in_(claims) | deal_match.c.b.in_(claims), rows)

    def put_deals(self, deals: Iterable[Deal]) -> None:
        """Deals in place of what stood under their ids; each of their claims is then in that deal."""
        given = list(deals)
        self.drop_deals(one.id for one in given)
        self.add(deal, [rowing.deal_row(one) for one in given])
        self.add(deal_facet, [row for one in given for row in deal_facets.facet_rows(one)])
        members = [{"member": key, "of": one.id} for one in given for key in one.claims]
        if members:
            query = sa.update(claim).where(claim.c.key == sa.bindparam("member")).values(deal=sa.bindparam("of"))
            self.connection.execute(query, members)

    def drop_deals(self, ids: Iterable[str]) -> None:
        """Takes deals away; their claims are then in none."""
        for chunk in chunked(ids):
            self.connection.execute(sa.delete(deal).where(deal.c.id.in_(chunk)))
