"""The check finds every kind of damage, and names where."""

from __future__ import annotations

import sqlite3
import zlib
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from sayso.model import Attribution, Span
from sayso.store import Store, check, open_store
from store_help import READER, article, put

pytest_plugins = ("store_places",)


def damage(store: Store, *statements: str) -> list[str]:
    """What the check says after statements that go round the store's own rules."""
    if store.engine.dialect.name == "sqlite":
        with sqlite3.connect(store.place) as raw:
            for statement in statements:
                raw.execute(statement)
        raw.close()
    else:
        address = store.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(address) as connection:
            connection.execute("SET session_replication_role = replica")  # no triggers
            for statement in statements:
                connection.execute(statement.encode())
    return check(store)


@pytest.fixture
def key(store: Store) -> str:
    with store.adding() as t:
        put(t, 1)
        return put(t, 0)


UNFROZEN = "DROP TRIGGER document_frozen"


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE claim SET quote = 'x' WHERE n = 0 AND document = '{key}'", "quote of ('{key}.0',) is 'x'"),
        ("UPDATE claim SET kind = 'use' WHERE key = '{key}.1'", "kind of ('{key}.1',) is 'use'; expected 'transfer'"),
        ("UPDATE claim SET evidence_start = 3 WHERE key = '{key}.1'", "evidence_start of"),
        ("UPDATE claim SET said = '1999-01-01' WHERE key = '{key}.1'", "said of"),
        ("UPDATE claim SET record = '{{' WHERE key = '{key}.1'", "{key}.1: a record that cannot be read"),
        ("UPDATE claim_party SET name = 'x' WHERE claim = '{key}.1' AND position = 0", "claim_party: name of"),
        ("DELETE FROM claim_voice WHERE claim = '{key}.2'", "claim_voice: no row ('{key}.2', 0)"),
        ("DELETE FROM claim WHERE key = '{key}.2'", "2 claims; expected 3, as were read"),
        ("INSERT INTO origin (document, n, name, relation) VALUES ('{key}', 7, 'x', 'cites')", "a row ('{key}', 7)"),
        ("UPDATE response SET responder = 'x' WHERE document = '{key}'", "responder of ('{key}', 0) is 'x'"),
        ("UPDATE document SET published = '1999-01-01' WHERE key = '{key}'", "published of"),
        ("UPDATE document SET unread = 'x' WHERE key = '{key}'", "unread of"),
        ("UPDATE archive SET size = 3", "archived bytes that changed"),
        (
            "INSERT INTO archive SELECT '00', media_type, bytes, size FROM archive LIMIT 1",
            "no document; expected one of",
        ),
    ],
)
def test_damage_is_told(store: Store, key: str, statement: str, told: str) -> None:
    assert check(store) == []
    lines = damage(store, statement.format(key=key))
    assert any(told.format(key=key) in line for line in lines), lines
    assert all(line.startswith(store.place) and "expected" in line for line in lines)


def test_changed_bytes_are_told(store: Store, key: str) -> None:
    changed = zlib.compress(article()[1].replace(b"rockets", b"rackets")).hex()
    blob = f"X'{changed}'" if store.engine.dialect.name == "sqlite" else f"'\\x{changed}'"
    lines = damage(store, f"UPDATE archive SET bytes = {blob} WHERE sha256 = '{article()[0].document.sha256}'")
    assert len(lines) == 1
    assert "archived bytes that changed" in lines[0]


def test_a_changed_text_is_told(store: Store, key: str) -> None:
    statements = [f"UPDATE document SET text = 'short', title = 'x' WHERE key = '{key}'"]
    if store.engine.dialect.name == "sqlite":
        statements.insert(0, UNFROZEN)
    lines = damage(store, *statements)
    assert any("does not fit a text of 5 characters" in line for line in lines)


def test_rows_of_nothing_are_told(tmp_path: Path) -> None:
    """PostgreSQL keeps no such rows; SQLite does where another program put them in."""
    with open_store(tmp_path / "l.sayso", create=True) as store:
        with store.adding() as t:
            put(t)
        lines = damage(store, "INSERT INTO posting VALUES (1, 'nothing')", "INSERT INTO block VALUES ('b', 'x.0')")
    assert len(lines) == 2
    assert "posting" in lines[0] + lines[1]
    assert "names no document" in lines[0] + lines[1]


def test_values_of_another_type_are_told(tmp_path: Path) -> None:
    """SQLite takes any value in any column."""
    with open_store(tmp_path / "l.sayso", create=True) as store:
        with store.adding() as t:
            put(t)
        lines = damage(store, "UPDATE claim SET said = 'Tuesday'", "UPDATE archive SET bytes = 'text'")
    assert ["expected" in line for line in lines] == [True, True]


@pytest.mark.parametrize("table", ["document", "claim"])
def test_full_text_out_of_step_is_told(store: Store, key: str, table: str) -> None:
    if store.engine.dialect.name == "sqlite":
        first, second = ("title", "text") if table == "document" else ("quote", "item")
        statement = (
            f"INSERT INTO {table}_text({table}_text, rowid, {first}, {second}) "
            f"SELECT 'delete', row, {first}, {second} FROM {table} LIMIT 1"
        )
    else:
        statement = f"UPDATE {table}_text SET words = 'x' WHERE row = 1"
    lines = damage(store, statement)
    assert len(lines) == 1
    assert f"{table}_text" in lines[0]


def test_spans_that_do_not_fit_are_told(store: Store) -> None:
    """Evidence is refused at the door; other spans are found here."""
    reading, raw = article()
    bad = replace(reading, attributions=(Attribution((Span(0, 4),), (), (Span(0, 10_000),)),))
    with store.adding() as t:
        key = t.put_document(bad.document, raw, "text/plain").key
        t.put_reading(key, bad, reader=READER)
    assert len(check(store)) == 1
    assert "span [0, 10000)" in check(store)[0]


def test_a_check_stops_after_a_thousand_faults(store: Store) -> None:
    with store.adding() as t:
        for n in range(12):
            put(t, n, claims=100)
    lines = damage(store, "UPDATE claim SET kind = 'x'")
    assert len(lines) == 1000


def test_a_check_reads_beside_a_writer(store: Store, key: str) -> None:
    if store.engine.dialect.name == "sqlite":
        pytest.skip("FTS5 counts its own check as a write")
    with store.adding() as t:
        put(t, 5)
        assert check(store) == []
