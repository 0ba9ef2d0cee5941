"""Reads the CSV files of the domain's vocabulary, strictly: a wrong row names its place."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from sayso.errors import LexiconError

DATA: Traversable = files("sayso") / "data"
MAX_BYTES = 8 * 2**20
MAX_CELL = 2_000
_FORMULA = ("=", "+", "-", "@")  # a spreadsheet would run these


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a data file: its cells by column, and where it stands."""

    file: str
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def wrong(self, column: str, expected: str) -> LexiconError:
        """The error to raise about a cell; `expected` says what should stand there."""
        return LexiconError(self.file, self.line, f"{column} {self.cells[column]!r}", expected)

    def need(self, column: str) -> str:
        """A cell that must not be empty."""
        if not self.cells[column]:
            raise self.wrong(column, "some text")
        return self.cells[column]

    def one_of(self, column: str, allowed: Sequence[str]) -> str:
        """A cell that must be one of a few words."""
        if self.cells[column] not in allowed:
            raise self.wrong(column, "one of " + ", ".join(repr(a) for a in allowed))
        return self.cells[column]

    def split(self, column: str) -> tuple[str, ...]:
        """A cell's values, parted by "|"; none where it is empty. No value may be blank or stand twice."""
        if not self.cells[column]:
            return ()
        parts = tuple(self.cells[column].split("|"))
        if any(p != p.strip() or not p for p in parts) or len(set(parts)) < len(parts):
            raise self.wrong(column, 'distinct values parted by "|" without blanks around it')
        return parts


def _check(row: Row) -> Row:
    for column, cell in row.cells.items():
        if cell != cell.strip():
            raise row.wrong(column, "no blanks at either end")
        if cell.startswith(_FORMULA):
            raise row.wrong(column, "a first character that no spreadsheet takes for a formula")
        if len(cell) > MAX_CELL or not cell.isprintable():
            raise row.wrong(column, f"at most {MAX_CELL} printable characters on one line")
    return row


def rows(file: Path | Traversable, columns: Sequence[str]) -> list[Row]:
    """The rows of a CSV file (UTF-8, RFC 4180) whose header is exactly `columns`.

    Raises `LexiconError` on a wrong header, a row of another length, blanks around a cell, or a
    cell that a spreadsheet would run; `OSError` where the file cannot be read.
    """
    raw = file.read_bytes()
    if len(raw) > MAX_BYTES:
        raise LexiconError(file.name, 1, f"{len(raw)} bytes", f"at most {MAX_BYTES}")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise LexiconError(file.name, line, f"byte 0x{raw[error.start]:02x}", "UTF-8") from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    out: list[Row] = []
    try:
        header = next(reader, [])
        if header != list(columns):
            raise LexiconError(file.name, 1, f"columns {','.join(header)!r}", f"columns {','.join(columns)!r}")
        for cells in reader:
            if len(cells) != len(header):
                raise LexiconError(file.name, reader.line_num, f"{len(cells)} cells", f"{len(header)} cells")
            out.append(_check(Row(file.name, reader.line_num, dict(zip(header, cells, strict=True)))))
    except csv.Error as error:
        raise LexiconError(file.name, reader.line_num, str(error), "RFC 4180 quoting") from error
    return out
