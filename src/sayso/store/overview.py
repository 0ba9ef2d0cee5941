"""A ledger as a whole: what is in it, how large it is, and what a key's beginning stands for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from sayso.store.query import Look
from sayso.store.schema import REVISION, document

_LAST = "\U0010ffff"  # sorts after every character of a key


@dataclass(frozen=True, slots=True)
class Overview:
    """`counts` as `Look.counts` gives them; `languages` of documents that are not read, `reasons` why
    they are not, the commonest first; `size` in bytes; `form` the schema's."""

    counts: dict[str, int]
    languages: tuple[tuple[str, int], ...]
    reasons: tuple[tuple[str, int], ...]
    groups: int
    last_key: str | None
    last_added: dt.datetime | None
    size: int
    form: str
    database: str


def overview(look: Look) -> Overview:
    c = document.c
    last = look.first(sa.select(c.key, c.added_at).order_by(c.row.desc()).limit(1))
    groups = sa.select(sa.func.count(sa.distinct(c.group_id)))
    return Overview(
        counts=look.counts(),
        languages=_unread(look, c.language), reasons=_unread(look, c.unread),
        groups=look.connection.execute(groups).scalar_one(),
        last_key=last.key if last else None, last_added=last.added_at if last else None,
        size=_size(look), form=REVISION, database="SQLite" if look.sqlite else "PostgreSQL",
    )  # fmt: skip


def documents_beginning(look: Look, start: str, *, most: int) -> list[str]:
    """The documents whose key begins so, in order, at most `most`."""
    query = sa.select(document.c.key).where(document.c.key.between(start, start + _LAST))
    return list(look.connection.execute(query.order_by(document.c.key).limit(most)).scalars())


def _unread(look: Look, column: sa.Column[str]) -> tuple[tuple[str, int], ...]:
    many = sa.func.count()
    query = sa.select(column, many).where(document.c.unread.is_not(None)).group_by(column).order_by(many.desc(), column)
    return tuple((str(value), count) for value, count in look.connection.execute(query))


def _size(look: Look) -> int:
    query = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
    if not look.sqlite:
        query = "SELECT pg_database_size(current_database())"
    return int(look.connection.execute(sa.text(query)).scalar_one())
