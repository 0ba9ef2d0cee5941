"""Whether a ledger is sound: every page, every archived byte, every span, every copy of a value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from itertools import islice

import sqlalchemy as sa

from sayso.errors import SaysoError, StoreError
from sayso.model import Reading, Span
from sayso.store import codec, rowing
from sayso.store.keys import document_key
from sayso.store.open import Store
from sayso.store.query import Look
from sayso.store.rowing import Values
from sayso.store.schema import archive, claim, claim_designation, claim_party, claim_voice, document, origin, response
from sayso.store.text_search import VECTOR, indexed

_MOST = 1_000  # faults told
# Records as written: a later version may write more keys.
_NOT_DERIVED = frozenset({"record", "reading"})


def check(store: Store) -> list[str]:
    """What is wrong, a line each, at most a thousand; empty for a sound ledger.

    Reads everything, 7 ms a document of 10 claims. Others may write meanwhile, save for the last look at
    SQLite's full text, which takes the writer's place.
    """
    found: list[str] = []
    try:
        with store.looking() as look:
            found += islice(_faults(look), _MOST)
        if store.engine.dialect.name == "sqlite":
            found += _fts5(store)
    except StoreError as error:  # too damaged to go on
        found.append(str(error))
    return found


def _faults(look: Look) -> Iterator[str]:
    if look.sqlite:
        for (line,) in look.connection.exec_driver_sql("PRAGMA integrity_check"):
            if line != "ok":
                yield f"{look.place}: {line}; expected sound pages"
        for table, row, parent, _ in look.connection.exec_driver_sql("PRAGMA foreign_key_check"):
            yield f"{look.place}, {table}: row {row} names no {parent}; expected one that is there"
    yield from _archive(look)
    for row in look.stream(sa.select(document.c.key).order_by(document.c.row)):
        place = f"{look.place}, document {row.key}"
        try:
            yield from _document(look, row.key, place)
        except (SaysoError, ValueError, TypeError) as error:  # the last two: another type than its column's
            yield _told(error, place)
    if not look.sqlite:
        yield from _vectors(look, "document", sa.select(*document.c["row", "key", "title", "text"]))
        yield from _vectors(look, "claim", sa.select(*claim.c["row", "key", "quote", "item"]))


def _told(error: Exception, place: str) -> str:
    if isinstance(error, StoreError):
        return str(error)
    found = str(error).splitlines()[0] if str(error) else type(error).__name__
    return f"{place}: {found}; expected values that fit"


def _archive(look: Look) -> Iterator[str]:
    for row in look.stream(sa.select(archive)):
        place = f"{look.place}, archive {row.sha256}"
        try:
            codec.unpack(row.bytes, row.size, row.sha256, place)
        except (StoreError, TypeError) as error:
            yield _told(error, place)
    lost = sa.select(archive.c.sha256).where(~sa.exists().where(document.c.sha256 == archive.c.sha256))
    for row in look.stream(lost):
        yield f"{look.place}, archive {row.sha256}: no document; expected one of these bytes"


def _document(look: Look, key: str, place: str) -> Iterator[str]:
    """Everything that stands twice is derived anew and compared."""
    ingested, read = look.document(key), look.reading(key)
    row = look.connection.execute(sa.select(document).where(document.c.key == key)).mappings().one()
    digest = str(row["sha256"])
    named = document_key(digest, ingested.id, ingested.outlet, ingested.url)
    if named != key:
        yield f"{place}: a record of document {named}; expected its own"
    expected = rowing.document_row(ingested, key, digest)
    if read is not None:
        expected |= rowing.read_values(read)
        yield from _spans(read, read.document.text, place)
    yield from _compare([expected], [dict(row)], ("key",), place)
    yield from _spans(ingested, ingested.text, place)
    yield from _parts(look, read or Reading(ingested), key, place)


def _parts(look: Look, read: Reading, key: str, place: str) -> Iterator[str]:
    claims = rowing.claim_rows(read, key, place)
    keyed = [(f"{key}.{n}", one) for n, one in enumerate(read.claims)]
    yield from _same(look, claim, claim.c.document == key, claims, place)
    yield from _same(look, response, response.c.document == key, rowing.response_rows(read, key), place)
    yield from _same(look, origin, origin.c.document == key, rowing.origin_rows(read, key), place)
    for table, rows in (
        (claim_party, rowing.party_rows),
        (claim_designation, rowing.designation_rows),
        (claim_voice, rowing.voice_rows),
    ):
        theirs = table.c.claim.in_([k for k, _ in keyed])
        yield from _same(look, table, theirs, [row for k, one in keyed for row in rows(one, k)], place)


def _same(
    look: Look, table: sa.Table, theirs: sa.ColumnElement[bool], expected: list[Values], place: str
) -> Iterator[str]:
    there = [dict(row) for row in look.connection.execute(sa.select(table).where(theirs)).mappings()]
    names = ("key",) if table is claim else tuple(c.name for c in table.primary_key)
    return _compare(expected, there, names, f"{place}, {table.name}")


def _compare(expected: list[Values], there: list[Values], names: tuple[str, ...], place: str) -> Iterator[str]:
    held = {tuple(row[n] for n in names): row for row in there}
    for row in expected:
        key = tuple(row[n] for n in names)
        found = held.pop(key, None)
        if found is None:
            yield f"{place}: no row {key}; expected one, as the reading has it"
            continue
        for name in row.keys() - _NOT_DERIVED:
            if found[name] != row[name]:
                yield f"{place}: {name} of {key} is {found[name]!r:.80}; expected {row[name]!r:.80}"
    for key in held:
        yield f"{place}: a row {key}; expected none, as the reading has none"


def _spans(value: object, text: str, place: str) -> Iterator[str]:
    """Every span within a record that does not fit the text."""
    if isinstance(value, Span):
        if not 0 <= value.start <= value.end <= len(text):
            yield f"{place}: span [{value.start}, {value.end}); expected one within {len(text)} characters"
    elif isinstance(value, tuple):
        for one in value:
            yield from _spans(one, text, place)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _spans(getattr(value, field.name), text, place)


def _fts5(store: Store) -> list[str]:
    found = []
    for table in ("document", "claim"):
        name = f"{table}_text"
        try:
            with store.adding() as t:
                # A check of the index against its content, which FTS5 takes as a write.
                t.connection.exec_driver_sql(f"INSERT INTO {name}({name}, rank) VALUES ('integrity-check', 1)")
        except StoreError as error:
            found.append(f"{store.place}, {name}: out of step with {table} ({error.found}); expected the same words")
    return found


def _vectors(look: Look, table: str, query: sa.Select[int, str, str | None, str]) -> Iterator[str]:
    anew = sa.text(f"SELECT words IS NOT DISTINCT FROM ({VECTOR}) FROM {table}_text WHERE row = :row")
    for row, key, first, second in look.stream(query):
        same = look.connection.execute(anew, {"row": row, "first": indexed(first or ""), "second": indexed(second)})
        if same.scalar() is not True:
            yield f"{look.place}, {table}_text: {key} is out of step; expected the words of its {table}"
