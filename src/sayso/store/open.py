"""Opening a ledger: a file (SQLite) or a server (PostgreSQL), created, migrated or refused.

SQLite runs in WAL mode with `synchronous=FULL`: readers never wait for a writer, and each commit is
flushed to the disk before it is reported. A killed process loses nothing that was committed in any
mode, since the system holds the pages; FULL keeps it over a power cut too, where NORMAL may drop
the last commits (https://www.sqlite.org/pragma.html#pragma_synchronous). The few milliseconds are
small beside the reading of an article.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import sqlalchemy as sa

from sayso.errors import StoreError
from sayso.store import engines
from sayso.store.faults import told
from sayso.store.query import Look
from sayso.store.schema import REVISION
from sayso.store.write import Adding

MIGRATIONS = Path(__file__).with_name("migrations")
WAIT_SECONDS = 30.0
"""How long a second writer waits for the first before it gives up."""


@dataclass(frozen=True, slots=True)
class Store:
    """An open ledger. `place` is its path, or its address without the password.

    Threads may share it; each takes a handle of its own, and takes what it gives before it closes.
    """

    engine: sa.Engine
    place: str

    @contextmanager
    def looking(self) -> Iterator[Look]:
        """A consistent view to read from; it waits for nobody and sees no later commit."""
        with told(self.place), self.engine.connect() as connection:
            yield Look(engines.reading(connection), self.place)

    @contextmanager
    def adding(self) -> Iterator[Adding]:
        """A transaction: all that is put in is kept at the end, or, after an error, none of it.

        One writer at a time: a second one waits, then `StoreError` says that the ledger is locked.
        """
        with told(self.place), self.engine.connect() as connection, engines.writing(connection) as writer:
            yield Adding(writer, self.place)

    def close(self) -> None:
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_store(where: str | os.PathLike[str], *, create: bool = False, wait: float = WAIT_SECONDS) -> Store:
    """Opens the ledger at a path or a postgresql:// address.

    With `create`, an absent or empty one is made; an existing one is opened. An older form is
    migrated, in one transaction; a newer one is refused. `wait` is in seconds. Raises `StoreError`.
    """
    place = os.fspath(where)
    if engines.is_address(place):
        engine, place = engines.server(place, wait)
    else:
        engines.check_file(place, create=create)
        engine = engines.file(place, wait, create=create)
    try:
        with told(place):
            _prepare(engine, place, create=create)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine, place)


def _prepare(engine: sa.Engine, place: str, *, create: bool) -> None:
    with engine.connect() as connection:
        found = _revision(connection, place)
    if found == REVISION:
        return
    if found is None and not create:
        raise StoreError(place, "an empty database", "a ledger; `sayso init` makes one")
    with engine.connect() as connection, engines.writing(connection) as writer:
        if _revision(writer, place) != REVISION:  # else another program has just done it
            _migrate(writer, place)


def _revision(connection: sa.Connection, place: str) -> str | None:
    """The ledger's form; None for an empty database. Raises `StoreError` for another program's."""
    tables = set(sa.inspect(connection).get_table_names())
    if not tables:
        return None
    if not {"alembic_version", "document", "verdict"} <= tables:
        raise StoreError(place, engines.FOREIGN, engines.OURS)
    found = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalars().all()
    return found[0] if len(found) == 1 else "none"


def _migrate(connection: sa.Connection, place: str) -> None:
    """Brings the ledger to the newest form inside the caller's transaction."""
    from alembic import command  # 0.2 s to load, and seldom needed
    from alembic.config import Config
    from alembic.script import ScriptDirectory
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    found = _revision(connection, place)
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        raise StoreError(place, f"a ledger of a newer sayso (form {found})", f"form {REVISION} or older: update sayso")
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise StoreError(place, f"a ledger of form {found} that cannot be migrated ({error})", REVISION) from error
