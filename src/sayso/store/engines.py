"""Connections to the two databases, and how each begins to read and to write."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url

from sayso.errors import StoreError
from sayso.store.schema import APPLICATION_ID

FOREIGN = "another program's database"
OURS = "a ledger that `sayso init` made"
_SERVERS = ("postgresql", "postgres", "postgresql+psycopg")
_MAGIC = b"SQLite format 3\0"
_CACHE_KIB = 32_768
_WAL_PAGES = 8_000  # 32 MB: postings touch pages all over, and a rarer checkpoint writes each once
_WRITES = "sayso_writes"


def is_address(where: str) -> bool:
    """Whether this is a server's address, rather than a path. Raises `StoreError` for other schemes."""
    scheme, mark, _ = where.partition("://")
    if not mark or not scheme.replace("+", "").isalnum():
        return False
    if scheme not in _SERVERS:
        raise StoreError(f"{scheme}://…", "an address of another kind", "a path, or postgresql://user@host/database")
    return True


def check_file(path: str, *, create: bool) -> None:
    """Raises `StoreError` for a path that cannot be a ledger's, before SQLite touches it."""
    try:
        with open(path, "rb") as stream:
            head = stream.read(len(_MAGIC))
    except FileNotFoundError as error:
        if not create:
            raise StoreError(path, "no such file", "a ledger; `sayso init` makes one") from error
        folder = os.path.dirname(os.path.abspath(path))
        if not os.path.isdir(folder):
            raise StoreError(path, f"no such folder as {folder}", "a folder that exists") from error
    except IsADirectoryError as error:
        raise StoreError(path, "a directory", "a file") from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise StoreError(path, f"cannot be opened ({reason})", "a ledger that this user may read") from error
    else:
        if head and head != _MAGIC:
            raise StoreError(path, "not an SQLite database", OURS)


def file(path: str, wait: float, *, create: bool) -> sa.Engine:
    """An engine over one SQLite file."""
    uri = f"file:{quote(os.path.abspath(path))}?mode={'rwc' if create else 'rw'}"

    def connect() -> sqlite3.Connection:
        # Transactions are begun by hand: sqlite3's own begin late, and not for reading.
        made = sqlite3.connect(uri, uri=True, timeout=wait, isolation_level=None, check_same_thread=False)
        try:
            _set_up(made, path)
        except BaseException:
            made.close()
            raise
        return made

    engine = sa.create_engine("sqlite://", creator=connect, poolclass=sa.QueuePool, max_overflow=-1)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up(connection: sqlite3.Connection, path: str) -> None:
    # Before anything is written: another program's file stays as it is.
    (mark,) = connection.execute("PRAGMA application_id").fetchone()
    (things,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if mark != APPLICATION_ID and (mark or things):
        raise StoreError(path, FOREIGN, OURS)
    (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
    if mode != "wal":
        raise StoreError(path, f"journal mode {mode}", "a disk that SQLite's WAL mode works on (not a network drive)")
    for pragma in (
        "synchronous = FULL",
        "foreign_keys = ON",
        "cell_size_check = ON",
        f"cache_size = -{_CACHE_KIB}",
        f"wal_autocheckpoint = {_WAL_PAGES}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def server(address: str, wait: float) -> tuple[sa.Engine, str]:
    """An engine over a PostgreSQL database, and its address to show, without the password."""
    try:
        url = make_url(address).set(drivername="postgresql+psycopg")
        shown = _shown(url)
        engine = sa.create_engine(
            url,
            connect_args={"connect_timeout": 10},
            pool_pre_ping=True,
            execution_options={"sayso_wait": wait},
        )
    except ModuleNotFoundError as error:
        raise StoreError("postgresql", f"no module {error.name}", "pip install 'sayso[postgres]'") from error
    except (sa.exc.ArgumentError, ValueError) as error:
        raise StoreError("postgresql://…", f"an address that cannot be read ({error})", "user@host/database") from error
    return engine, shown


def _shown(url: URL) -> str:
    """Without the password, which may also stand in the query."""
    return url.set(drivername="postgresql", query={}).render_as_string(hide_password=True)


def reading(connection: sa.Connection) -> sa.Connection:
    """One that sees the ledger as it stood at its first look; SQLite's transactions do so anyway."""
    if connection.dialect.name == "sqlite":
        return connection
    return connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


@contextmanager
def writing(connection: sa.Connection) -> Iterator[sa.Connection]:
    """A transaction that holds the ledger's one place for a writer, waiting for it if need be."""
    writer = connection.execution_options(**{_WRITES: True})
    with writer.begin():
        if writer.dialect.name == "postgresql":
            wait = writer.get_execution_options()["sayso_wait"]
            writer.execute(
                sa.text("SELECT set_config('lock_timeout', :ms, true)"), {"ms": f"{max(1, int(wait * 1000))}ms"}
            )
            writer.execute(sa.text("SELECT pg_advisory_xact_lock(hashtext('sayso ' || current_schema()))"))
        yield writer
