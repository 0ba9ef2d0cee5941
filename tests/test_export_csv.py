"""CSV cells are safe in a spreadsheet and read back equal."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deal_help import CARS, DEALS, DOCUMENTS, DRONES, TOLDS
from sayso.export import tables
from sayso.export.cells import rows_to
from sayso.export.formats import write

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
_PART = re.compile(r"\\(.)|(; )", re.DOTALL)


def read_back(cell: str) -> str:
    """The text that was put into a cell."""
    return cell.removeprefix("'")


def read_list(cell: str) -> list[str]:
    """The list that was put into a cell."""
    text = read_back(cell)
    if not text:
        return []
    found, at = [""], 0
    for m in _PART.finditer(text):
        found[-1] += text[at : m.start()]
        at = m.end()
        if m.group(2):
            found.append("")
        elif m.group(1) != "e":
            found[-1] += m.group(1)
    found[-1] += text[at:]
    return found


def through(values: list[object]) -> list[str]:
    stream = io.StringIO(newline="")
    rows_to(stream, ["a"] * len(values))(values)
    stream.seek(0)
    return list(csv.reader(stream, strict=True))[1]


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, strict=True))


@given(st.text())
def test_any_text_is_guarded_and_reads_back(text: str) -> None:
    cell = through([text, 1])[0]
    assert read_back(cell) == text
    assert not cell.startswith(STARTS)


@given(st.lists(st.text() | st.text("\\;e '=", max_size=4), max_size=5))
def test_any_list_reads_back(values: list[str]) -> None:
    cell = through([values, 1])[0]
    assert read_list(cell) == values
    assert not cell.startswith(STARTS)


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@a", "\tb", "\rb", "\nb", "'quoted", "＝1", "=cmd|' /C calc'!A0"]
)
def test_a_formula_is_guarded(text: str) -> None:
    assert through([text]) == [f"'{text}"]


def test_numbers_stay_numbers() -> None:
    stream = io.StringIO(newline="")
    rows_to(stream, ["n"])([-5.0, 1.5, 3, 0.0, None, True, dt.date(2031, 2, 3), "7"])
    assert stream.getvalue().split("\r\n")[1] == '-5,1.5,3,0,"","true","2031-02-03","7"'


@pytest.mark.parametrize("name", ["deals.csv", "claims.csv"])
def test_rfc_4180_with_a_header(tmp_path: Path, name: str) -> None:
    write("csv", DEALS, TOLDS, DOCUMENTS, tmp_path)
    raw = (tmp_path / name).read_bytes()
    assert raw.startswith((b'"deal",', b'"claim",'))
    assert raw.endswith(b"\r\n")
    assert b"\r\n" in raw
    assert b"\n" not in raw.replace(b"\r\n", b"")
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8"), newline=""), strict=True))
    assert len({len(row) for row in rows}) == 1
    assert len(set(rows[0])) == len(rows[0])


def test_deals(tmp_path: Path) -> None:
    write("csv", DEALS, TOLDS, DOCUMENTS, tmp_path)
    drones, cars = read(tmp_path / "deals.csv")
    assert list(drones) == list(tables.DEALS)
    assert read_back(cars["supplier"]) == CARS.supplier
    assert cars["supplier"].startswith("'+")
    assert tuple(read_list(cars["designations"])) == CARS.designations
    assert tuple(read_list(drones["claims"])) == DRONES.claims
    assert read_list(drones["standing"]) == ["single-origin", "partly-denied"]
    assert read_list(cars["quantity"]) == ["40", "60"]
    assert (drones["origins"], drones["documents"]) == ("1", "3")
    assert (drones["when_start"], cars["when_start"]) == ("2031-05-01", "")


def test_claims(tmp_path: Path) -> None:
    write("csv", DEALS, TOLDS, DOCUMENTS, tmp_path)
    rows = {row["claim"]: row for row in read(tmp_path / "claims.csv")}
    assert set(rows) == set(TOLDS)
    for key, told in TOLDS.items():
        row, document = rows[key], DOCUMENTS[told.document]
        assert list(row) == list(tables.CLAIMS)
        assert read_back(row["quote"]) == told.quote
        assert document.text[int(row["evidence_start"]) : int(row["evidence_end"])] == told.quote
        assert read_list(row["supplier"]) == [p.name for p in told.claim.supplier]
        assert read_list(row["recipient"]) == [p.name for p in told.claim.recipient]
        assert row["url"] == document.url
        number = told.claim.quantity
        assert row["quantity_max"] == (f"{number.max:.0f}" if number and number.max else "")
    loose = [key for key, row in rows.items() if not row["deal"]]
    assert loose == ["cccccccccccc.1"]


def test_what_has_no_column_is_told(tmp_path: Path) -> None:
    notes = write("csv", DEALS, TOLDS, DOCUMENTS, tmp_path)
    assert "drifts, which have no column: 2" in notes
    assert "spans of slots, which have no column: 8" in notes
    assert "confidences of slots, of which claims.csv has a claim's lowest: 1" in notes
