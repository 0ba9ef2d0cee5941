"""What SQLAlchemy's tables cannot say: full text, and rows that must not change.

Full text lies beside the tables. SQLite's FTS5 reads its content from them and triggers keep it in
step; PostgreSQL's vectors are made of words that `text_search` has folded, so that both databases
find the same.
"""

from __future__ import annotations

from collections.abc import Iterator

_FROZEN = {
    "document": ("key", "id", "sha256", "outlet", "title", "url", "text", "record"),
    "verdict": ("id", "at", "who", "action", "target", "before", "after", "note"),
    "audit": ("id", "at", "who", "action", "target", "detail", "address"),
}
_KEPT = ("verdict", "audit")
_UNDONE_ONCE = "OLD.undone_by IS NOT NULL"


def sqlite(application_id: int) -> Iterator[str]:
    """Statements for SQLite."""
    yield f"PRAGMA application_id = {application_id}"
    yield from _fts("document", "title", "text")
    yield from _fts("claim", "quote", "item")
    for table, columns in _FROZEN.items():
        yield (
            f"CREATE TRIGGER {table}_frozen BEFORE UPDATE OF {_list(columns)} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} rows are frozen'); END"
        )
    yield (
        f"CREATE TRIGGER verdict_undone_once BEFORE UPDATE OF undone_by ON verdict WHEN {_UNDONE_ONCE} "
        "BEGIN SELECT RAISE(ABORT, 'verdict rows are frozen'); END"
    )
    for table in _KEPT:
        refuse = f"BEGIN SELECT RAISE(ABORT, '{table} rows are kept'); END"
        yield f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} {refuse}"
        # INSERT OR REPLACE deletes without a delete trigger.
        there = f"EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"
        yield f"CREATE TRIGGER {table}_not_replaced BEFORE INSERT ON {table} WHEN {there} {refuse}"


def _list(columns: tuple[str, ...]) -> str:
    return ", ".join(f'"{c}"' for c in columns)


def _fts(table: str, first: str, second: str) -> Iterator[str]:
    name, both = f"{table}_text", f"{first}, {second}"
    yield (
        f"CREATE VIRTUAL TABLE {name} USING fts5({both}, content='{table}', content_rowid='row', "
        "tokenize='unicode61 remove_diacritics 2')"
    )
    take_in = f"INSERT INTO {name}(rowid, {both}) VALUES (NEW.row, NEW.{first}, NEW.{second});"
    take_out = f"INSERT INTO {name}({name}, rowid, {both}) VALUES ('delete', OLD.row, OLD.{first}, OLD.{second});"
    yield f"CREATE TRIGGER {name}_in AFTER INSERT ON {table} BEGIN {take_in} END"
    yield f"CREATE TRIGGER {name}_out AFTER DELETE ON {table} BEGIN {take_out} END"
    yield f"CREATE TRIGGER {name}_anew AFTER UPDATE OF row, {both} ON {table} BEGIN {take_out} {take_in} END"


def postgresql() -> Iterator[str]:
    """Statements for PostgreSQL."""
    for table in ("document", "claim"):
        yield (
            f"CREATE TABLE {table}_text (row integer PRIMARY KEY REFERENCES {table}(row) ON DELETE CASCADE, "
            "words tsvector NOT NULL)"
        )
        yield f"CREATE INDEX ix_{table}_text_words ON {table}_text USING gin (words)"
    yield (
        "CREATE FUNCTION sayso_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION '% rows are %', TG_TABLE_NAME, TG_ARGV[0] "
        "USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    for table, columns in _FROZEN.items():
        yield (
            f"CREATE TRIGGER {table}_frozen BEFORE UPDATE OF {_list(columns)} ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION sayso_refuse('frozen')"
        )
    yield (
        f"CREATE TRIGGER verdict_undone_once BEFORE UPDATE OF undone_by ON verdict FOR EACH ROW WHEN ({_UNDONE_ONCE}) "
        "EXECUTE FUNCTION sayso_refuse('frozen')"
    )
    for table in _KEPT:
        yield (
            f"CREATE TRIGGER {table}_kept BEFORE DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION sayso_refuse('kept')"
        )
