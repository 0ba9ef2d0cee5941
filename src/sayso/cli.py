"""The command line: `sayso read` and `sayso eval`."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from sayso.commands import register
from sayso.errors import InputError, SaysoError
from sayso.ingest import Metadata
from sayso.model import Reading

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Reads news about the arms trade and keeps a ledger of claims: who says what, on whose say-so.",
)
_errors = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)


def _day(value: str) -> dt.date:
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise typer.BadParameter(f"{value!r}; expected a day such as 2023-02-24") from None


@app.callback()
def _root() -> None:
    """Keeps `read` a subcommand."""


@app.command()
def read(
    files: Annotated[list[str], typer.Argument(help="Text, HTML or JSON Lines files; - is standard input.")],
    outlet: Annotated[str | None, typer.Option(help="Who published the article.")] = None,
    url: Annotated[str | None, typer.Option(help="Where it was published.")] = None,
    title: Annotated[str | None, typer.Option(help="Its headline.")] = None,
    published: Annotated[dt.date | None, typer.Option(parser=_day, metavar="YYYY-MM-DD", help="When.")] = None,
    author: Annotated[str | None, typer.Option(help="Its author.")] = None,
    language: Annotated[str | None, typer.Option(help="Its language (ISO 639).")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a document, a line each.")] = False,
    html: Annotated[Path | None, typer.Option(metavar="OUT", help="Write a page (a folder of pages for many).")] = None,
) -> None:
    """Reads articles and prints the ledger of each."""
    from sayso.batch import read_all

    meta = Metadata(outlet=outlet, url=url, title=title, published=published, author=author, language=language)
    failures: list[InputError] = []
    found = _kept(read_all(_progress(files), meta, stdin=sys.stdin.buffer), failures)
    if html is not None:
        _write_pages(found, html, many=len(files) > 1)
    elif as_json:
        _print_json(found)
    else:
        _print_ledgers(found)
    if failures:
        _errors.print(f"{len(failures)} not read:")
        for failure in failures:
            _errors.print(f"  {failure}")
        raise typer.Exit(1)


def _progress(files: list[str]) -> Iterable[str]:
    """The files, with a bar on the terminal where there are many."""
    if len(files) < 3 or not _errors.is_terminal:
        return files
    return track(files, "reading", console=_errors)


def _kept(found: Iterable[Reading | InputError], failures: list[InputError]) -> Iterator[Reading]:
    for one in found:
        if isinstance(one, InputError):
            failures.append(one)
        else:
            yield one


def _print_json(readings: Iterable[Reading]) -> None:
    from sayso.export.ledger_json import reading_json

    for reading in readings:
        sys.stdout.write(json.dumps(reading_json(reading), ensure_ascii=False) + "\n")
        sys.stdout.flush()


def _print_ledgers(readings: Iterable[Reading]) -> None:
    from sayso.export.terminal import show

    console = Console(highlight=False)
    for reading in readings:
        show(reading, console)


def _write_pages(readings: Iterable[Reading], out: Path, *, many: bool) -> None:
    from sayso.export.page import write_pages

    for path in write_pages(readings, out, many=many):
        _errors.print(f"wrote {path}")


@app.command("eval")
def measure(
    gold: Annotated[Path, typer.Argument(help="Ledgers to measure against, JSON Lines with texts.")],
    predicted: Annotated[
        Path | None, typer.Argument(help="Ledgers to measure; without, the texts are read now.")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="The figures as JSON, confusions and calibration too.")
    ] = False,
    html: Annotated[Path | None, typer.Option(metavar="OUT", help="Write a report with the errors, one page.")] = None,
) -> None:
    """Prints precision, recall and F1 by slot."""
    from sayso.evaluate import compared, evaluate, figures, table, write_report

    want, found = compared(gold, predicted)
    if html is not None:
        _errors.print(f"wrote {write_report(want, found, html, gold.name)}")
    print(json.dumps(figures(want, found), indent=1) if as_json else table(evaluate(want, found)))


register(app)


def main() -> None:
    """Runs the command line; a fault of the input is one line, not a traceback."""
    try:
        app()
    except SaysoError as error:
        _errors.print(f"sayso: {error}")
        raise SystemExit(1) from None
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(141) from None
