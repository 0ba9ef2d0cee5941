"""For the tests of commands: the command line in this process, and a small ledger of `ledger_help`'s papers.

`from command_help import *` brings the fixture `ledger` (the file's path).
"""

from __future__ import annotations

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from ledger_help import Paper, anonymous, outlet
from sayso.ingest import Capture
from sayso.keeping.add import keep
from sayso.lexicon import load
from sayso.model import Reading, ResponseType, Scope, Stage
from sayso.store import Store, document_key, open_store

__all__ = ["EVIL", "KEYS", "PAPERS", "TEXT", "Done", "_made", "keys", "ledger", "make_ledger", "run"]

EVIL = "\x1b[31mred\x9b2J\u202e"
"""Words that would colour and clear a terminal, and turn a line round."""

_COPY = "The ministry gave no figures and said that the talks would go on in spring, as they had last year. " * 4


@dataclass(frozen=True, slots=True)
class Done:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


def run(*arguments: str | Path) -> Done:
    """One command as `main` runs it, with what it prints."""
    from sayso.cli import main

    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err), pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["sayso", *map(str, arguments)])
        try:
            main()
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(bool(end.code))
    return Done(code, out.getvalue(), err.getvalue())


def _papers() -> list[Paper]:
    """A weekly's report, an agency that retells it, two papers that retell the agency, one of no day, and
    another deal."""
    weekly = Paper("weekly", "Der Hafenbote", 2).tell(anonymous("people close to the talks"), count=40)
    weekly.answer("The Chinese foreign ministry", ResponseType.DENIED, Scope.BROADER)
    agency = Paper("agency", "Meridian Wire", 3).tell(outlet("Der Hafenbote"), count=40)
    copy = Paper("copy", "Kestrel Daily", 5).tell(
        outlet("Der Hafenbote"), outlet("Meridian Wire"), count=60, hedged=True
    )
    later = Paper("later", EVIL, 9).tell(outlet("Der Hafenbote"), outlet("Meridian Wire"), stage=Stage.DONE)
    bare = Paper("bare", "Undated Courier", None).tell(outlet("Der Hafenbote"))
    for paper in (agency, copy):
        paper.paragraphs.append(_COPY)
    copy.paragraphs.append(f"A last line {EVIL} of its own.")
    return [weekly, agency, copy, later, bare]


PAPERS = _papers()
TEXT = {paper.key: paper.reading().document.text for paper in PAPERS}


def _capture(paper: Paper) -> tuple[Capture, Reading]:
    reading = paper.reading()
    raw = reading.document.text.encode()
    document = replace(reading.document, sha256=sha256(raw).hexdigest(), title=f"Report {paper.key}")
    return Capture(document, raw, "text/plain"), replace(reading, document=document)


def _key(paper: Paper) -> str:
    document = _capture(paper)[0].document
    return document_key(str(document.sha256), document.id, document.outlet, document.url)


KEYS = {paper.key: _key(paper) for paper in PAPERS}
"""Document keys by external id: weekly, agency, copy, later, bare."""


def make_ledger(path: Path) -> Store:
    """A new ledger with the papers in it, linked as `add` links them."""
    store = open_store(path, create=True)
    for paper in PAPERS:
        capture, reading = _capture(paper)
        keep(store, capture, reading, load())
    return store


def keys(where: Path) -> list[str]:
    with open_store(where) as store, store.looking() as look:
        return sorted(kept.key for kept in look.documents())


@pytest.fixture(scope="session")
def _made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("made") / "ledger.sayso"
    with make_ledger(path) as store, store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return path.read_bytes()


@pytest.fixture
def ledger(tmp_path: Path, _made: bytes) -> Path:
    """The path of a ledger with the papers in it."""
    path = tmp_path / "ledger.sayso"
    path.write_bytes(_made)
    return path
