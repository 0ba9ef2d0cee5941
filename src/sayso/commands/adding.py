"""`sayso add`: documents into a ledger."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from sayso.commands import out
from sayso.commands.place import DEFAULT, Ledger, Private, day, opened
from sayso.commands.stopping import stopping
from sayso.errors import InputError
from sayso.export.words import plural, visible

if TYPE_CHECKING:
    from sayso.keeping import Added
    from sayso.store import Look

MOST_JOBS = 64


@dataclass(slots=True)
class Tally:
    """What a run has done so far. `keys` are of the documents that are new, `deals` of all told of."""

    new: int = 0
    known: int = 0
    claims: int = 0
    unread: Counter[str] = field(default_factory=Counter)
    keys: set[str] = field(default_factory=set)
    deals: set[str] = field(default_factory=set)
    failures: list[InputError] = field(default_factory=list)

    def count(self, result: Added | InputError) -> None:
        if isinstance(result, InputError):
            self.failures.append(result)
            return
        self.new += result.new
        self.known += not result.new
        if result.new:
            self.keys.add(result.key)
            self.claims += result.claims
            self.unread.update([result.unread] if result.unread else [])
        self.deals.update(result.deals)

    def so_far(self) -> str:
        failed = f" · {len(self.failures):,} failed" if self.failures else ""
        return f"{self.new:,} new · {self.known:,} there already{failed}"


def register(app: typer.Typer) -> None:
    app.command()(add)


def add(
    inputs: Annotated[list[str], typer.Argument(help="Files, folders, addresses or feeds; - is standard input.")],
    ledger: Ledger = DEFAULT,
    outlet: Annotated[str | None, typer.Option(help="Who published the article.")] = None,
    url: Annotated[str | None, typer.Option(help="Where it was published.")] = None,
    title: Annotated[str | None, typer.Option(help="Its headline.")] = None,
    published: Annotated[dt.date | None, typer.Option(parser=day, metavar="YYYY-MM-DD", help="When.")] = None,
    author: Annotated[str | None, typer.Option(help="Its author.")] = None,
    language: Annotated[str | None, typer.Option(help="Its language (ISO 639).")] = None,
    jobs: Annotated[int, typer.Option(min=1, max=MOST_JOBS, help="Processes that read; one writes.")] = 1,
    allow_private: Private = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a document, a line each.")] = False,
) -> None:
    """Adds articles to the ledger; those that are there already are passed over."""
    from sayso.commands.inputs import found
    from sayso.commands.jobs import add_all
    from sayso.ingest import Metadata

    meta = Metadata(outlet=outlet, url=url, title=title, published=published, author=author, language=language)
    tally = Tally()
    with opened(ledger) as store, stopping() as stop:
        captures = found(inputs, meta, allow_private=allow_private)
        with _shown(tally) as show, closing(add_all(store, captures, jobs)) as results:
            for place, result in results:
                tally.count(result)
                show(place)
                if as_json and not isinstance(result, InputError):
                    out.emit(_line(place, result), lines=True)
                if stop.is_set():
                    break
        with store.looking() as look:
            fresh, changed = deals_touched(look, tally)
    to = out.errors if as_json else out.console()
    for line in summary(tally, fresh, changed):
        out.say(to, line)
    out.failed(tally.failures, "failed")
    if stop.is_set():
        out.errors.print("Stopped. What was added is kept; the same command goes on from there.")
        raise typer.Exit(130)
    if tally.failures:
        raise typer.Exit(1)


def _line(place: str, added: Added) -> dict[str, out.Json]:
    return {
        "key": added.key, "id": added.id, "place": place, "new": added.new, "unread": added.unread,
        "claims": added.claims, "deals": list(added.deals),
    }  # fmt: skip


def summary(tally: Tally, fresh: int, changed: int) -> Iterator[str]:
    """What a run did, a line each."""
    whole = tally.new + tally.known
    yield f"{plural(whole, 'document')}: {tally.new:,} new, {tally.known:,} there already"
    for why, many in tally.unread.most_common():
        yield f"  {many:,} kept but not read: {why}"
    yield f"{plural(tally.claims, 'claim')} · deals: {fresh:,} new, {changed:,} changed"


def deals_touched(look: Look, tally: Tally) -> tuple[int, int]:
    """How many deals a run made, and how many others it changed; of those that are there now.

    A deal is new where only documents of this run tell of it.
    """
    there = {deal.id: deal for deal in look.deals(sorted(tally.deals))}
    documents = {id: {key.rpartition(".")[0] for key in deal.claims} for id, deal in there.items()}
    fresh = sum(of <= tally.keys for of in documents.values())
    return fresh, len(there) - fresh


@contextmanager
def _shown(tally: Tally) -> Iterator[Callable[[str], None]]:
    """A line of progress on a terminal, which a call with the place brings up to date."""
    columns: Iterable[SpinnerColumn | TextColumn | TimeElapsedColumn] = (
        SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn(),
    )  # fmt: skip
    with Progress(*columns, console=out.errors, transient=True, disable=not out.errors.is_terminal) as bar:
        task = bar.add_task("reading", total=None)

        def show(place: str) -> None:
            bar.update(task, description=f"{tally.so_far()} · {visible(place)[-40:]}")

        yield show
