"""Which ledger a command works on, and options that several commands share."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.model import Category, Stage, Standing

if TYPE_CHECKING:
    from sayso.store import Store

DEFAULT = "ledger.sayso"


def day(value: str) -> dt.date:
    """A day as an option's value. Raises typer's `BadParameter`."""
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise typer.BadParameter(f"{value!r}; expected a day such as 2023-02-24") from None


def opened(ledger: str) -> Store:
    """The ledger at a place, to be closed. Raises `StoreError`, which says `sayso init` where there is none."""
    from sayso.store import open_store

    return open_store(ledger)


Ledger = Annotated[
    str,
    typer.Option(
        "--ledger", envvar="SAYSO_LEDGER", metavar="PATH|URL", help="The ledger: a file, or postgresql://user@host/db."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="As JSON.")]
AsLines = Annotated[bool, typer.Option("--jsonl", help="As JSON Lines: one object a line.")]
AsOf = Annotated[
    dt.date | None,
    typer.Option("--as-of", parser=day, metavar="DAY", help="What was known on that day (YYYY-MM-DD)."),
]
About = Annotated[str | None, typer.Option(metavar="WORDS", help="Deals that these words tell of, the best first.")]
Party = Annotated[list[str] | None, typer.Option(metavar="WHO", help="Supplier or recipient: country, code or name.")]
Supplier = Annotated[list[str] | None, typer.Option(metavar="WHO", help="From whom. May be given again: any of them.")]
Recipient = Annotated[list[str] | None, typer.Option(metavar="WHO", help="To whom.")]
Categories = Annotated[list[Category] | None, typer.Option("--category", metavar="NAME", help="Such as tank, missile.")]
Stages = Annotated[list[Stage] | None, typer.Option("--stage", metavar="NAME", help="Such as agreed, done.")]
Standings = Annotated[
    list[Standing] | None, typer.Option("--standing", metavar="NAME", help="Such as single-origin, denied.")
]
Outlet = Annotated[list[str] | None, typer.Option(metavar="NAME", help="Told by this outlet.")]
SaidFrom = Annotated[dt.date | None, typer.Option(parser=day, metavar="DAY", help="Told on or after this day.")]
SaidTo = Annotated[dt.date | None, typer.Option(parser=day, metavar="DAY", help="Told on or before it.")]
WhenFrom = Annotated[dt.date | None, typer.Option(parser=day, metavar="DAY", help="To happen on or after this day.")]
WhenTo = Annotated[dt.date | None, typer.Option(parser=day, metavar="DAY", help="To happen on or before it.")]
Private = Annotated[bool, typer.Option("--allow-private", help="Addresses that are not of the public internet too.")]
