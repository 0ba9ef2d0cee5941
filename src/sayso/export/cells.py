"""Cells of CSV files that a spreadsheet neither runs nor mistakes, and that read back equal.

RFC 4180: comma, CRLF, quotation marks doubled. Every text is quoted, so that a semicolon or a tab in
it parts no cells wherever those part them; numbers are bare. A text that begins as a formula does
gets an apostrophe before it, and so does one that begins with an apostrophe: whoever reads takes one
apostrophe away and has the text. (OWASP, "CSV Injection".)
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import TextIO

from sayso.export.plain import number

Cell = str | int | float
_ACTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")
_EMPTY = "\\e"  # an empty value in a list, which is not the empty list


def rows_to(stream: TextIO, header: Sequence[str]) -> Callable[[Iterable[object]], object]:
    """Writes the header and returns what writes a row."""
    writer = csv.writer(stream, dialect="excel", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(header)
    return lambda values: writer.writerow([cell(v) for v in values])


def cell(value: object) -> Cell:
    """A value as a cell: nothing is empty, a list is joined, a number stays one."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return number(value)
    if isinstance(value, int):
        return value
    if isinstance(value, (tuple, list)):
        return guarded(joined(cell_text(v) for v in value))
    return guarded(cell_text(value))


def cell_text(value: object) -> str:
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def guarded(text: str) -> str:
    return f"'{text}" if text.startswith(_ACTS) else text


def joined(values: Iterable[str]) -> str:
    r"""Values parted by "; "; a backslash stands before a semicolon or backslash of theirs."""
    return "; ".join(v.replace("\\", "\\\\").replace(";", "\\;") or _EMPTY for v in values)
