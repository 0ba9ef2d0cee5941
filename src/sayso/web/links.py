"""Addresses of the workbench's pages."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote, quote_plus


def link(base: str, **parts: object) -> str:
    """An address with a query; a list gives its name several times, None and "" leave it out."""
    given = []
    for name, value in parts.items():
        if isinstance(value, (list, tuple)):
            given += [_pair(name, str(v)) for v in value]
        elif value is not None and value != "":
            given.append(_pair(name, str(value)))
    return f"{base}?{'&'.join(given)}" if given else base


@lru_cache(8192)  # a list has a hundred links with the same few values
def _pair(name: str, value: str) -> str:
    return f"{quote_plus(name)}={quote_plus(value)}"


def deal(id: str) -> str:
    return f"/deals/{quote(id, safe='')}"


def article(key: str) -> str:
    return f"/articles/{quote(key, safe='')}"


def claim(key: str) -> str:
    """A claim where it stands in its article: "<document>.<n>" -> /articles/<document>#c-<n>."""
    document, _, n = key.rpartition(".")
    return f"{article(document)}#c-{quote(n, safe='')}" if document else article(key)


def response(document: str, n: int) -> str:
    return f"{article(document)}#r-{n}"


def outlet(name: str) -> str:
    return f"/outlets/{quote(name, safe='')}"
