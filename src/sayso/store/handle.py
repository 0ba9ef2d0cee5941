"""What every part of a transaction's handle shares: its connection, and keys by the chunk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

import sqlalchemy as sa

T = TypeVar("T")
Query = sa.Select[*tuple[Any, ...]]
Row = sa.Row[*tuple[Any, ...]]

_STREAM = 200  # rows fetched at a time


@dataclass(frozen=True, slots=True)
class Handle:
    """A connection within a transaction, and the ledger's name for errors."""

    connection: sa.Connection
    place: str

    @property
    def sqlite(self) -> bool:
        return self.connection.dialect.name == "sqlite"

    def stream(self, query: Query) -> Iterator[Row]:
        """The rows one after another, few in memory at a time."""
        with self.connection.execute(query, execution_options={"yield_per": _STREAM}) as result:
            yield from result

    def first(self, query: Query) -> Row | None:
        return self.connection.execute(query).first()

    def add(self, table: sa.Table, rows: Sequence[Mapping[str, object]]) -> None:
        if rows:
            self.connection.execute(sa.insert(table), list(rows))

    def replace(self, table: sa.Table, old: sa.ColumnElement[bool], rows: Sequence[Mapping[str, object]]) -> None:
        """Takes the rows that fit `old` out and puts `rows` in."""
        self.connection.execute(sa.delete(table).where(old))
        self.add(table, rows)


def chunked(keys: Iterable[T], size: int = 500) -> Iterator[list[T]]:
    """The keys in order, `size` at a time: the longest IN (...) that still plans fast."""
    left = iter(keys)
    while chunk := list(islice(left, size)):
        yield chunk
