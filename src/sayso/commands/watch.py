"""`sayso watch`: feeds, polled politely, into a ledger."""

from __future__ import annotations

import datetime as dt
from threading import Event
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.commands import out
from sayso.commands.place import DEFAULT, Ledger, Private, opened
from sayso.commands.stopping import stopping
from sayso.errors import InputError, SaysoError
from sayso.export.words import plural, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sayso.commands.polling import Polled
    from sayso.ingest.opml import Feed as Listed
    from sayso.store import Feed, Store

LEAST_MINUTES, DAY = 1, 24 * 60
PAUSE = 1.0  # seconds between two feeds
_LONGEST_SLEEP = 60.0  # seconds: feeds that another program adds are seen by then


def register(app: typer.Typer) -> None:
    app.command()(watch)


def watch(
    feeds: Annotated[list[str] | None, typer.Argument(help="OPML files, and addresses of feeds or pages.")] = None,
    ledger: Ledger = DEFAULT,
    once: Annotated[bool, typer.Option("--once", help="Poll what is due, then end.")] = False,
    every: Annotated[
        int | None,
        typer.Option(min=LEAST_MINUTES, max=7 * DAY, metavar="MINUTES", help="How often; 60 where it is not said."),
    ] = None,
    allow_private: Private = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a poll, a line each.")] = False,
) -> None:
    """Follows feeds: adds what is new in them, until stopped. Feeds once given are remembered."""
    from sayso.commands.jobs import adder
    from sayso.commands.polling import due_feeds, poll, register_feeds

    tell = _line if as_json else _told
    failed = 0
    with opened(ledger) as store, stopping() as stop:
        known = register_feeds(store, _listed(feeds or []), every)
        if not known:
            raise InputError(store.place, "no feeds to watch", "an OPML file or the address of a feed")
        out.errors.print(f"watching {plural(known, 'feed')}; Ctrl-C stops")
        add = adder(store)
        while not stop.is_set():
            for feed in _patiently(lambda: due_feeds(store), stop):
                result = poll(store, feed, add, stop, allow_private=allow_private)
                failed += result.error is not None or bool(result.failures)
                tell(result)
                if stop.wait(PAUSE):
                    break
            if once:
                break
            stop.wait(_sleep(store))
    if stop.is_set():
        out.errors.print("Stopped. What was added is kept.")
    elif failed:
        raise typer.Exit(1)


def _listed(given: list[str]) -> Iterator[Listed]:
    """The feeds of OPML files and addresses. Raises `InputError` for what is neither."""
    from sayso.ingest.markup import is_web
    from sayso.ingest.opml import Feed as Listed
    from sayso.ingest.opml import feeds_of

    for one in given:
        if is_web(one):
            yield Listed(one, one)
        else:
            yield from feeds_of(one)


def _patiently(look: Callable[[], list[Feed]], stop: Event) -> list[Feed]:
    """What is due; a ledger that does not answer for now is asked again at the next round."""
    try:
        return look()
    except SaysoError as error:
        out.errors.print(f"sayso: {visible(str(error))}; trying again")
        stop.wait(_LONGEST_SLEEP)
        return []


def _sleep(store: Store) -> float:
    """Seconds until the next feed is due, at most `_LONGEST_SLEEP`."""
    from sayso.commands.polling import seconds_to_next

    try:
        return min(max(seconds_to_next(store), PAUSE), _LONGEST_SLEEP)
    except SaysoError:
        return _LONGEST_SLEEP  # it is told of when it is asked for what is due


def _told(result: Polled) -> None:
    now = dt.datetime.now(dt.UTC)
    name = result.feed.title or result.feed.url
    to = out.console()
    if result.error is not None:
        out.errors.print(f"{now:%H:%M} {visible(str(result.error))}")
    elif result.unchanged:
        out.say(to, f"{now:%H:%M} {name}: unchanged")
    else:
        deals = f", {plural(len(result.deals), 'deal')} told of" if result.deals else ""
        out.say(to, f"{now:%H:%M} {name}: {len(result.new):,} new, {result.known:,} known{deals}")
        for title in result.new:
            out.say(to, title, lead="      ")
    out.failed(result.failures, "failed")


def _line(result: Polled) -> None:
    feed = result.feed
    new: list[out.Json] = list(result.new)
    out.emit({
        "feed": feed.url, "status": feed.last_status, "unchanged": result.unchanged, "new": new,
        "known": result.known, "deals": [*sorted(result.deals)], "failed": [str(f) for f in result.failures],
        "error": None if result.error is None else str(result.error),
        "next_due": feed.next_due.isoformat() if feed.next_due else None,
    }, lines=True)  # fmt: skip
