"""Addresses -> captures: a feed's entries, or a page's document. Links are not followed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sayso.errors import InputError
from sayso.ingest.capture import Capture, Where
from sayso.ingest.fetch import Fetched, fetch
from sayso.ingest.fields import Metadata
from sayso.ingest.forms import content_form, media_form
from sayso.ingest.route import read_pieces
from sayso.ingest.source import gunzipped


def read_address(url: str, meta: Metadata) -> Iterator[Capture | InputError]:
    """The captures of an http or https address; errors are yielded, not raised."""
    try:
        fetched = fetch(url)
    except InputError as error:
        yield error
        return
    yield from read_fetched(fetched, meta, dt.datetime.now(dt.UTC))


def read_fetched(fetched: Fetched, meta: Metadata, when: dt.datetime) -> Iterator[Capture | InputError]:
    """The captures of what was fetched at a time; none where it has not changed (status 304)."""
    if fetched.status == 304:
        return
    where = Where(fetched.url, url=fetched.url, captured=when.replace(microsecond=0), charset=fetched.charset)
    # Servers misname what they send, so the bytes come first.
    hint = content_form(fetched.body) or media_form(fetched.media_type)
    yield from read_pieces(gunzipped(iter((fetched.body,)), where.place), meta, where, hint)
