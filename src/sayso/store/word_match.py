"""The rows of documents or claims that fit a full-text query, to be narrowed and counted further."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from sayso.store.query import Look
from sayso.store.text_search import Term, Within, asked_for, terms

_SQLITE = {
    "document": "SELECT rowid AS row FROM document_text WHERE document_text MATCH :asked",
    "claim": "SELECT rowid AS row FROM claim_text WHERE claim_text MATCH :asked",
}
_SERVER = {
    "document": "SELECT row FROM document_text WHERE words @@ to_tsquery('simple', :asked)",
    "claim": "SELECT row FROM claim_text WHERE words @@ to_tsquery('simple', :asked)",
}


def rows_with(look: Look, within: Within, query: str | list[Term]) -> sa.Select[Any]:
    """A query for the rows that have what is asked for; of a query without a word, none."""
    wanted = terms(query) if isinstance(query, str) else query
    if not wanted:
        return sa.select(sa.literal(0).label("row")).where(sa.false())
    asked = asked_for(wanted, sqlite=look.sqlite)
    words = sa.text((_SQLITE if look.sqlite else _SERVER)[within]).bindparams(asked=asked)
    found = words.columns(sa.column("row", sa.Integer)).subquery()
    return sa.select(found.c.row)
