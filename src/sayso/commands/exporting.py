"""`sayso export`: deals and their claims into files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.commands import out
from sayso.commands.place import (
    DEFAULT,
    About,
    AsJson,
    AsOf,
    Categories,
    Ledger,
    Outlet,
    Party,
    Recipient,
    SaidFrom,
    SaidTo,
    Stages,
    Standings,
    Supplier,
    WhenFrom,
    WhenTo,
    opened,
)
from sayso.errors import InputError
from sayso.export.words import plural
from sayso.model import Deal, Document, Told

if TYPE_CHECKING:
    from sayso.commands.choosing import Asked
    from sayso.keeping.verdicts import Decided
    from sayso.store import Look

_AT_ONCE = 500  # claims in memory


def register(app: typer.Typer) -> None:
    app.command("export")(export)


def export(
    format: Annotated[str, typer.Argument(help="Such as jsonl, csv, sqlite, ftm; see docs/exports.md.")],
    folder: Annotated[Path, typer.Argument(metavar="OUT", help="A folder for the files.")],
    ledger: Ledger = DEFAULT,
    about: About = None,
    party: Party = None,
    supplier: Supplier = None,
    recipient: Recipient = None,
    category: Categories = None,
    stage: Stages = None,
    standing: Standings = None,
    outlet: Outlet = None,
    said_from: SaidFrom = None,
    said_to: SaidTo = None,
    when_from: WhenFrom = None,
    when_to: WhenTo = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Writes deals that fit into files, and says what was left out."""
    from sayso.commands.choosing import asked
    from sayso.export.formats import write
    from sayso.keeping.verdicts import decided

    want = asked(**locals())
    with opened(ledger) as store, store.looking() as look:
        deals, claims = _wanted(look, want)
        tolds = Tolds(look, decided(look), claims)
        notes = write(format, tolds.ahead(deals), tolds, Texts(look), folder)
    if as_json:
        out.emit({"format": format, "folder": str(folder), "deals": tolds.deals, "notes": list(notes)})
        return
    to = out.console()
    out.say(to, f"{plural(tolds.deals, 'deal')} written to {folder}")
    for note in notes:
        out.say(to, note, lead="  not in it: ", rest="    ")


def _wanted(look: Look, want: Asked) -> tuple[Iterable[Deal], Callable[[], Iterator[str]]]:
    """The deals that fit, and the keys of all claims to be written: with no filter those of no deal too."""
    from sayso.commands.choosing import chosen

    if want.is_anything():
        return look.deals(), lambda: (told.key for told in look.claims())
    found = chosen(look, want)
    ids = [r.id for r in found.rows]
    deals = list(found.deals.values())
    return (deals or look.deals(ids)), lambda: (key for deal in deals or look.deals(ids) for key in deal.claims)


class Tolds(Mapping[str, Told]):
    """Claims as decided, read from the ledger a few at a time."""

    def __init__(self, look: Look, verdicts: Decided, keys: Callable[[], Iterator[str]]) -> None:
        self._look, self._verdicts, self._keys = look, verdicts, keys
        self._held: dict[str, Told] = {}
        self.deals = 0

    def ahead(self, deals: Iterable[Deal]) -> Iterator[Deal]:
        """The deals, each with its claims read before it is asked for them; counted in `deals`."""
        for deal in deals:
            self._held = self._verdicts.told(self._look, deal.claims)
            self.deals += 1
            yield deal

    def __getitem__(self, key: str) -> Told:
        if key not in self._held:
            self._held |= self._verdicts.told(self._look, [key])
        return self._held[key]

    def __contains__(self, key: object) -> bool:
        return key in self._held or (isinstance(key, str) and bool(self._verdicts.told(self._look, [key])))

    def __iter__(self) -> Iterator[str]:
        from sayso.store.handle import chunked

        for keys in chunked(self._keys(), _AT_ONCE):
            self._held = self._verdicts.told(self._look, keys)
            yield from [key for key in keys if key in self._held]

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Texts(Mapping[str, Document]):
    """Documents as they were read, one at a time."""

    def __init__(self, look: Look) -> None:
        self._look = look

    def __getitem__(self, key: str) -> Document:
        try:
            read = self._look.reading(key)
            return read.document if read else self._look.document(key)
        except InputError as error:
            raise KeyError(key) from error

    def __iter__(self) -> Iterator[str]:
        return (kept.key for kept in self._look.documents())

    def __len__(self) -> int:
        return self._look.counts()["documents"]
