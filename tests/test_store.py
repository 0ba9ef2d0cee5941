"""The store on both databases: what is put in comes back, whole or not at all."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
import sqlalchemy as sa

from sayso.errors import InputError, SpanError, StoreError
from sayso.model import (
    Claim,
    Document,
    Interval,
    Kind,
    Match,
    Reading,
    Span,
)
from sayso.store import Store, check, document_key
from sayso.store.schema import metadata
from store_help import READER, article, put

pytest_plugins = ("store_places",)

NOON = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)


def counts(store: Store) -> dict[str, int]:
    """How many rows each table has, of those that have any."""
    with store.looking() as look:
        many = {
            t.name: look.connection.execute(sa.select(sa.func.count()).select_from(t)).scalar_one()
            for t in metadata.sorted_tables
        }
    return {name: count for name, count in many.items() if count}


# ---- documents and readings ---------------------------------------------------------------------


def test_what_is_put_in_comes_back(store: Store) -> None:
    reading, raw = article(1)
    with store.adding() as t:
        kept = t.put_document(reading.document, raw, "text/html", captured=NOON)
        keys = t.put_reading(kept.key, reading, reader=READER)
    assert kept.new
    assert keys == [f"{kept.key}.{n}" for n in range(3)]
    with store.looking() as look:
        assert look.document(kept.key) == reading.document
        assert look.reading(kept.key) == reading
        assert look.raw(kept.key) == (raw, "text/html")
        listed = look.kept(kept.key)
        assert listed is not None
        assert (listed.id, listed.outlet, listed.claims, listed.unread) == ("article-1", "Outlet 1", 3, None)
        assert (listed.captured, listed.reader) == (NOON, READER)
        assert abs(listed.added_at - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=5)
        told = list(look.told(reversed(keys)))
    assert [t.key for t in told] == keys[::-1]
    assert [t.claim for t in told] == list(reading.claims[::-1])
    assert all(t.quote == t.claim.evidence.of(reading.document.text) for t in told)
    assert {(t.outlet, t.said, t.document) for t in told} == {("Outlet 1", reading.document.published, kept.key)}
    assert check(store) == []


def test_adding_the_same_again_changes_nothing_and_says_so(store: Store) -> None:
    with store.adding() as t:
        key = put(t)
    before = counts(store)
    reading, raw = article()
    with store.adding() as t:
        again = t.put_document(reading.document, raw, "text/plain")
        t.put_reading(key, reading, reader=READER)
    assert (again.key, again.new) == (key, False)
    assert counts(store) == before
    assert check(store) == []


def test_a_key_follows_from_bytes_id_outlet_and_address_alone() -> None:
    given = ("ab" * 32, "a", "Courier", "https://x.example/")
    assert document_key(*given) == document_key(*given)
    assert len(document_key(*given)) == 12
    others = [("cd" * 32, *given[1:]), (given[0], "b", *given[2:]), (*given[:2], None, given[3]), (*given[:3], None)]
    assert len({document_key(*given), *(document_key(*o) for o in others)}) == 5


def test_the_same_bytes_of_two_outlets_are_two_documents_and_archived_once(store: Store) -> None:
    reading, raw = article()
    with store.adding() as t:
        first = t.put_document(reading.document, raw, "text/plain")
        second = t.put_document(replace(reading.document, outlet="Another"), raw, "text/plain")
    assert first.key != second.key
    assert second.new
    assert counts(store) == {"archive": 1, "document": 2}
    with store.looking() as look:
        assert look.keys(id="article-0") == look.keys(sha256=reading.document.sha256) == [first.key, second.key]
        assert look.keys(url="https://nowhere.example/") == []


def test_an_error_takes_the_whole_step_back(store: Store) -> None:
    with store.adding() as t:
        put(t, 0)
    before = counts(store)

    def fail() -> None:
        with store.adding() as t:
            t.put_postings(put(t, 1), range(10))
            t.add_verdict("me", "accept", {})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert counts(store) == before
    assert check(store) == []
    with store.adding() as t:  # and the place for a writer is free again
        put(t, 1)


def test_what_cannot_be_read_is_kept_with_its_reason(store: Store) -> None:
    reading, raw = article()
    with store.adding() as t:
        key = t.put_document(reading.document, raw, "text/plain").key
        assert t.put_reading(key, "language 'pl'", reader=READER) == []
    with store.looking() as look:
        assert look.reading(key) is None
        assert look.document(key) == reading.document
        assert [k.unread for k in look.documents(read=False)] == ["language 'pl'"]
        assert list(look.documents(read=True)) == []
        assert list(look.readings()) == []
    assert check(store) == []


def test_a_claim_of_a_month_alone_knows_the_month(store: Store) -> None:
    reading, raw = article()
    may = Interval(dt.date(2023, 5, 1), dt.date(2023, 5, 31))
    document = replace(reading.document, published=None, published_between=may)
    with store.adding() as t:
        key = t.put_document(document, raw, "text/plain").key
        t.put_reading(key, replace(reading, document=document), reader=READER)
        assert (next(t.claims()).said, next(t.claims()).said_between) == (None, may)


def test_an_inferred_day_is_the_readings_and_goes_with_it(store: Store) -> None:
    reading, raw = article()
    ingested = replace(reading.document, published=None, published_between=Interval(dt.date(2023, 1, 1), None))
    dated = replace(ingested, published=dt.date(2023, 3, 4), published_inferred=True, published_span=Span(0, 4))
    with store.adding() as t:
        key = t.put_document(ingested, raw, "text/plain").key
        t.put_reading(key, replace(reading, document=dated), reader=READER)
        listed = t.kept(key)
        assert listed is not None
        assert (listed.published, listed.published_inferred) == (dt.date(2023, 3, 4), True)
        assert listed.published_start == dt.date(2023, 1, 1)
        assert t.document(key) == ingested
        assert (next(t.claims()).said, next(t.claims()).said_between) == (dt.date(2023, 3, 4), None)
        t.put_reading(key, "no", reader=READER)
        listed = t.kept(key)
        assert listed is not None
        assert (listed.published, listed.published_inferred) == (None, False)
    assert check(store) == []


def test_reading_anew_replaces_all_that_hung_on_the_old_reading(store: Store) -> None:
    reading, raw = article(claims=4)
    with store.adding() as t:
        key = t.put_document(reading.document, raw, "text/plain").key
        keys = t.put_reading(key, reading, reader="1")
        t.put_blocks({k: ["x", "y"] for k in keys})
        t.put_matches(keys, [Match(keys[0], keys[1], 1.0)])
        t.put_postings(key, [1, 2])
    with store.adding() as t:
        t.put_reading(key, replace(reading, claims=reading.claims[:2], responses=()), reader="2")
    assert counts(store) == {
        "archive": 1, "document": 1, "claim": 2, "claim_party": 6, "claim_designation": 2, "claim_voice": 4,
        "origin": 1, "posting": 2,
    }  # fmt: skip
    with store.looking() as look:
        assert len(look.search("rockets", within="claim")) == 2
    assert check(store) == []


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"document": Document("x", "another text")}, StoreError),
        ({"claims": (Claim(Span(0, 10_000), Kind.USE, "x"),)}, SpanError),
        ({"claims": (Claim(Span(0, 1), Kind.USE, "x", confidence=(("item", float("nan")),)),)}, StoreError),
    ],
)
def test_a_reading_that_does_not_fit_is_refused(
    store: Store, change: dict[str, object], error: type[Exception]
) -> None:
    reading, raw = article()
    with store.adding() as t:
        key = t.put_document(reading.document, raw, "text/plain").key
    with pytest.raises(error), store.adding() as t:
        t.put_reading(key, replace(reading, **change), reader=READER)  # type: ignore[arg-type]
    assert counts(store) == {"archive": 1, "document": 1}


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b"])
def test_characters_no_database_keeps_are_refused(store: Store, text: str) -> None:
    with pytest.raises(StoreError, match=r"U\+(0000|D800) at 1"), store.adding() as t:
        t.put_document(Document("x", text), b"", "text/plain")


def test_a_document_that_does_not_fit_its_bytes_is_refused(store: Store) -> None:
    with pytest.raises(StoreError, match="SHA-256"), store.adding() as t:
        t.put_document(article()[0].document, b"other bytes", "text/plain")


def test_an_unknown_key_is_an_error_of_input(store: Store) -> None:
    with store.looking() as look:
        for ask in (look.document, look.raw, look.reading):
            with pytest.raises(InputError, match="no document 'nothing'"):
                ask("nothing")
        assert look.kept("nothing") is None
        assert list(look.told(["nothing.0"])) == []
        assert list(look.readings(["nothing"])) == []


def test_documents_stream_in_order_and_by_filter(store: Store) -> None:
    with store.adding() as t:
        keys = [put(t, n, claims=1) for n in range(250)]  # more than one chunk of a stream
    with store.looking() as look:
        assert [k.key for k in look.documents()] == keys
        assert [k.key for k in look.documents(limit=3, offset=2)] == keys[2:5]
        assert [k.key for k in look.documents(outlet="Outlet 3")] == keys[3::7]
        day = dt.date(2023, 1, 5)
        assert [k.key for k in look.documents(published_from=day, published_to=day)] == [keys[4]]
        assert [key for key, _ in look.readings()] == keys
        assert all(reading == article(n, 1)[0] for n, (_, reading) in enumerate(look.readings()))
        assert [key for key, _ in look.readings(keys[5:1:-1])] == keys[5:1:-1]


def test_a_reading_of_nothing_is_a_reading(store: Store) -> None:
    bare = Reading(Document("empty", ""))
    with store.adding() as t:
        key = t.put_document(bare.document, b"", "text/plain").key
        t.put_reading(key, bare, reader=READER)
        assert t.reading(key) == bare
        assert t.raw(key) == (b"", "text/plain")
    assert check(store) == []


def test_counts(store: Store) -> None:
    with store.adding() as t:
        assert set(t.counts().values()) == {0}
        put(t, 0)
        t.put_reading(put(t, 1), "no", reader=READER)
        reading, raw = article(2)
        t.put_document(reading.document, raw, "text/plain")
        t.add_verdict("me", "accept", {})
        assert t.counts() == {
            "documents": 3, "read": 1, "unread": 1, "awaiting": 1, "claims": 3, "deals": 0, "verdicts": 1,
        }  # fmt: skip
