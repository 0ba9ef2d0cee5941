"""What a database has against us, as one line an analyst can act on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import exc

from sayso.errors import StoreError

# By the beginning of SQLite's extended result name (https://www.sqlite.org/rescode.html).
_SQLITE = {
    "SQLITE_BUSY_SNAPSHOT": ("changed by another writer since this read began", "to be read again, then written"),
    "SQLITE_BUSY": ("locked: another program is writing", "that program to finish; then try again"),
    "SQLITE_LOCKED": ("locked by another connection of this program", "one writer at a time"),
    "SQLITE_FULL": ("the disk is full; nothing of this step was kept", "free space; then try again"),
    "SQLITE_READONLY": ("may not be written", "a file and a folder that this user may write"),
    "SQLITE_PERM": ("may not be opened", "a file and a folder that this user may write"),
    "SQLITE_AUTH": ("may not be opened", "a file and a folder that this user may write"),
    "SQLITE_CANTOPEN": (
        "cannot be opened",
        "a file in a folder that this user may write (SQLite keeps files named -wal and -shm beside it)",
    ),
    "SQLITE_CORRUPT": ("a damaged page", "a sound ledger: take a backup, or mend a copy with sqlite3's .recover"),
    "SQLITE_NOTADB": ("not an SQLite database", "a ledger that `sayso init` made"),
    "SQLITE_IOERR": ("the disk failed or is full", "a disk that can be read and written"),
    "SQLITE_TOOBIG": ("a value too large for SQLite", "at most a billion bytes"),
}

# By the beginning of PostgreSQL's error code (https://www.postgresql.org/docs/current/errcodes-appendix.html).
_POSTGRESQL = {
    "55P03": ("locked: another program is writing", "that program to finish; then try again"),
    "40": ("changed by another writer meanwhile", "to be read again, then written"),
    "53100": ("the server's disk is full; nothing of this step was kept", "free space; then try again"),
    "25006": ("a read-only transaction or server", "a server that may be written"),
    "42501": ("not allowed", "a user that may do this"),
    "XX001": ("damaged data on the server", "a sound database: restore a backup"),
    "XX002": ("a damaged index on the server", "a sound database (REINDEX rebuilds an index)"),
}


@dataclass(frozen=True, slots=True)
class Fault:
    found: str
    expected: str


def fault(error: exc.DBAPIError) -> Fault | None:
    """What to say of a database's error; None where it is a fault of our own statement."""
    cause = error.orig
    name = getattr(cause, "sqlite_errorname", None)
    code = getattr(cause, "sqlstate", None)
    table, given = (_SQLITE, name) if isinstance(cause, sqlite3.Error) else (_POSTGRESQL, code)
    for start, (found, expected) in table.items():
        if isinstance(given, str) and given.startswith(start):
            return Fault(f"{found} ({given})", expected)
    detail = str(cause).strip().splitlines()[0] if str(cause).strip() else type(cause).__name__
    if isinstance(error, exc.IntegrityError):
        return Fault(f"refused: {detail}", "rows that fit the ledger's rules")
    if isinstance(error, exc.DataError):
        return Fault(f"a value that the database cannot hold: {detail}", "one that it can")
    if isinstance(error, exc.OperationalError | exc.DatabaseError) and not isinstance(error, exc.ProgrammingError):
        return Fault(detail, "a ledger that answers")
    return None


@contextmanager
def told(place: str) -> Iterator[None]:
    """Turns a database's error inside into a `StoreError` that names `place`."""
    try:
        yield
    except exc.DBAPIError as error:
        what = fault(error)
        if what is None:
            raise
        raise StoreError(place, what.found, what.expected) from error
