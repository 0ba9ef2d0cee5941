"""What is given to `add` and `watch`, as captures."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable, Iterator

from sayso.errors import InputError
from sayso.ingest import Capture, Metadata, captures
from sayso.ingest.markup import is_web


def found(inputs: Iterable[str], meta: Metadata, *, allow_private: bool = False) -> Iterator[Capture | InputError]:
    """The documents of files, folders, addresses and feeds, in order; errors are yielded."""
    for one in inputs:
        if allow_private and is_web(one):
            yield from _anywhere(one, meta)
        else:
            yield from captures(one, meta, stdin=sys.stdin.buffer)


def _anywhere(url: str, meta: Metadata) -> Iterator[Capture | InputError]:
    from sayso.ingest.fetch import fetch
    from sayso.ingest.web import read_fetched

    try:
        fetched = fetch(url, allow_private=True)
    except InputError as error:
        yield error
        return
    yield from read_fetched(fetched, meta, dt.datetime.now(dt.UTC))
