"""Whether a ledger has changed: a word that differs after every commit.

SQLite counts other connections' commits for each connection (`PRAGMA data_version`), so one
connection is kept for asking. PostgreSQL's snapshot changes with every transaction that writes
(https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-PG-SNAPSHOT); it changes for
other databases of the server too, which costs only time.
"""

from __future__ import annotations

from threading import Lock

import sqlalchemy as sa

from sayso.store.faults import told
from sayso.store.open import Store


class Watch:
    """Asks one store; threads may share it. Close it before the store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = Lock()
        sqlite = store.engine.dialect.name == "sqlite"
        self._query = "PRAGMA data_version" if sqlite else "SELECT pg_current_snapshot()"
        # Outside transactions: within one, neither would ever change.
        self._connection = store.engine.raw_connection() if sqlite else None

    def version(self) -> str:
        """The ledger's state. Whoever asks before reading reads this state or a newer one."""
        with self._lock, told(self._store.place):
            if self._connection is not None:
                cursor = self._connection.cursor()
                cursor.execute(self._query)
                return str((cursor.fetchone() or [None])[0])
            with self._store.engine.connect() as connection:
                return str(connection.execute(sa.text(self._query)).scalar_one())

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
