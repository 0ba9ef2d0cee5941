"""Every export by its name. A ledger goes in, files come out, and what did not fit is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from sayso.errors import InputError
from sayso.export import annotation, ftm, jsonl, prov, schema_org, sipri, sqlite, tables, un_register
from sayso.export.walk import Documents, Notes, Part, lines, walk
from sayso.model import Deal, Told

Writer = Callable[[Iterable[Part], Documents, Path, Notes], None]

FORMATS: dict[str, Writer] = {
    "jsonl": jsonl.write,
    "csv": tables.write,
    "sqlite": sqlite.write,
    "sipri": sipri.write,
    "un-register": un_register.write,
    "ftm": ftm.write,
    "web-annotation": annotation.write,
    "schema-org": schema_org.write,
    "prov": prov.write,
}


def write(format: str, deals: Iterable[Deal], tolds: Mapping[str, Told], documents: Documents, out: Path) -> list[str]:
    """Writes a ledger into the folder `out` and says, a line each, what was left out or flattened.

    All of `deals` and `tolds` is written, in their order; of `documents`, by key, what those name. An
    existing file of the same name is replaced when the new one is whole. Raises `InputError` for an
    unknown format, a place that cannot be written to, or a deal or claim that comes twice.
    """
    if format not in FORMATS:
        raise InputError("export", f"the format {format!r}", f"one of {', '.join(FORMATS)}")
    notes = Notes()
    FORMATS[format](walk(deals, tolds, documents, notes), documents, out, notes)
    return lines(notes)
