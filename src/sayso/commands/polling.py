"""Asking one feed, as a polite reader does: conditionally, seldom, and never sooner than it asks for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from threading import Event

from sayso.errors import InputError, StoreError
from sayso.ingest import Capture, Metadata
from sayso.ingest.fetch import FetchError, fetch
from sayso.ingest.opml import Feed as Listed
from sayso.ingest.web import read_fetched
from sayso.keeping import Added
from sayso.store import Feed, Store

EVERY = 3600  # seconds between two polls where nobody says otherwise
LONGEST = 7 * 24 * 3600  # seconds that a feed may ask to be left alone


@dataclass(slots=True)
class Polled:
    """What came of a poll. `new` are the titles of documents added, `deals` those they told of;
    `error` says why there was no answer."""

    feed: Feed
    unchanged: bool = False
    new: list[str] = field(default_factory=list)
    known: int = 0
    deals: set[str] = field(default_factory=set)
    failures: list[InputError] = field(default_factory=list)
    error: InputError | None = None


def register_feeds(store: Store, listed: Iterable[Listed], minutes: int | None) -> int:
    """Notes feeds to be polled; one that is known stays, with a new interval where one is given (for all
    feeds, where none is listed).

    How many feeds there are then.
    """
    with store.adding() as t:
        known = {feed.url: feed for feed in t.feeds()}
        wanted = {one.url: one for one in listed} or {url: Listed(url, url) for url in known}
        for url, one in wanted.items():
            feed = known.get(url, Feed(url, one.title if one.title != url else None, every_seconds=EVERY))
            if url not in known or minutes is not None:
                t.put_feed(replace(feed, every_seconds=minutes * 60 if minutes else feed.every_seconds))
        return len(known.keys() | wanted.keys())


def due_feeds(store: Store) -> list[Feed]:
    with store.looking() as look:
        return look.feeds(due=dt.datetime.now(dt.UTC))


def seconds_to_next(store: Store) -> float:
    """Until some feed is due; 0 where one is."""
    now = dt.datetime.now(dt.UTC)
    with store.looking() as look:
        waits = [(feed.next_due - now).total_seconds() if feed.next_due else 0.0 for feed in look.feeds()]
    return max(min(waits, default=0.0), 0.0)


def poll(
    store: Store,
    feed: Feed,
    add: Callable[[Capture], Added | InputError],
    stop: Event,
    *,
    allow_private: bool = False,
) -> Polled:
    """Fetches a feed, adds what is new, and notes when to ask again; errors are told, not raised.

    The feed's marks are noted only when all of it was gone through, so that a stop loses nothing.
    """
    now = dt.datetime.now(dt.UTC)
    result = Polled(feed)
    try:
        fetched = fetch(feed.url, etag=feed.etag, modified=feed.modified, allow_private=allow_private)
        result.unchanged = fetched.status == 304
        for found in read_fetched(fetched, Metadata(), now):
            _count(result, found, add)
            if stop.is_set():
                return result
        feed = replace(
            feed, etag=fetched.etag or (feed.etag if result.unchanged else None),
            modified=fetched.modified or (feed.modified if result.unchanged else None),
        )  # fmt: skip
        result.feed = _next(feed, now, fetched.status, 0.0)
    except FetchError as error:
        result.error = error
        result.feed = _next(feed, now, error.status, error.retry_after or 0.0)
    except (InputError, StoreError) as error:
        result.error = InputError(error.place, error.found, error.expected)
        result.feed = _next(feed, now, None, 0.0)
    try:
        with store.adding() as t:
            t.put_feed(result.feed)
    except StoreError as error:
        result.error = InputError(error.place, error.found, error.expected)
    return result


def _count(result: Polled, found: Capture | InputError, add: Callable[[Capture], Added | InputError]) -> None:
    added = found if isinstance(found, InputError) else add(found)
    if isinstance(added, InputError):
        result.failures.append(added)
        return
    if added.new and isinstance(found, Capture):
        result.new.append(found.document.title or found.document.id)
    result.known += not added.new
    result.deals.update(added.deals)


def _next(feed: Feed, now: dt.datetime, status: int | None, wait: float) -> Feed:
    """The feed as polled now, due after its interval or after the longer wait that it asks for."""
    seconds = max(feed.every_seconds, min(wait, LONGEST))
    return replace(feed, last_polled=now, last_status=status, next_due=now + dt.timedelta(seconds=seconds))
