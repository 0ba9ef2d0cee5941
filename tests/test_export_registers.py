"""Rows in the forms of SIPRI's register and of the UN's: what goes in, what does not, what is an estimate."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deal_help import CARS, DEALS, DOCUMENTS, DRONES, TOLDS
from sayso.export import sipri, un_register
from sayso.export.formats import write
from sayso.export.places import country_names, registers
from sayso.export.register_rows import Figure, number, years
from sayso.model import Category, Claim, Deal, Interval, Kind, Quantity, Span, Stage, Stated, Told

FILES = {"sipri": "sipri-register.csv", "un-register": "un-register.csv"}


def rows_of(format: str, out: Path, deal: Deal, tolds: Mapping[str, Told] = TOLDS) -> list[dict[str, str]]:
    write(format, [deal], tolds, DOCUMENTS, out)
    return read(out / FILES[format])


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, strict=True))


def claim(quantity: Quantity | None = None, when: Interval | None = None, *, hedged: bool = False) -> Claim:
    return Claim(Span(0, 1), Kind.TRANSFER, "tanks", quantity=quantity, when=when, hedged=hedged)


def told(when: Interval | None = None, *, said: dt.date | None = None, hedged: bool = False) -> Told:
    return Told("k.0", "k", None, said, claim(when=when, hedged=hedged), "t")


def test_sipri_rows(tmp_path: Path) -> None:
    write("sipri", DEALS, TOLDS, DOCUMENTS, tmp_path)
    drones, cars = read(tmp_path / "sipri-register.csv")
    assert list(drones) == list(sipri.HEADER)
    assert (drones["Supplier"], drones["Recipient"]) == ("Norway", "Portugal")
    assert "supplier Halden Dynamics" in drones["Comments"]
    assert (drones["Number ordered"], drones["Number ordered estimated"]) == ("60", "")
    assert (drones["Year of order"], drones["Year of order estimated"]) == ("2031", "?")
    assert drones["Number delivered"] == drones["Year(s) of delivery"] == ""
    assert drones["Weapon description"] == "uncrewed aerial vehicle"
    assert "partly-denied" in drones["Comments"]
    assert f"deal {DRONES.id}" in drones["Comments"]
    assert cars["Weapon designation"] == "'=Puma"
    assert (cars["Number ordered"], cars["Number ordered estimated"]) == ("40", "?")  # two origins differ
    assert (cars["Number delivered"], cars["Number delivered estimated"]) == ("40", "")
    assert (cars["Year(s) of delivery"], cars["Year(s) of delivery estimated"]) == ("2030", "")
    assert cars["Year of order"] == ""


def test_un_rows(tmp_path: Path) -> None:
    notes = write("un-register", DEALS, TOLDS, DOCUMENTS, tmp_path)
    (cars,) = read(tmp_path / "un-register.csv")
    assert list(cars) == list(un_register.HEADER)
    assert (cars["Exporting State"], cars["Final importing State"]) == ("Chile", "Kenya")
    assert (cars["Category"], cars["Category name"]) == ("II", "Armoured combat vehicles")
    assert cars["Category depends"] == "?"
    assert (cars["Number of items"], cars["Calendar year"]) == ("40", "2030")
    assert cars["Description of item"] == "“Puma” armoured cars (=Puma)"
    assert "deals of which no transfer is reported (stage agreed): 1" in notes
    assert "claims of no deal, which make no row: 1" in notes


@pytest.mark.parametrize("format", FILES)
@pytest.mark.parametrize(
    ("change", "note"),
    [
        ({"kind": Kind.FUNDING}, "kind funding"),
        ({"stage": Stage.NEGOTIATING}, "stage negotiating"),
        ({"stage": Stage.CANCELLED}, "stage cancelled"),
        ({"category": Category.UNSPECIFIED}, "unspecified"),
        ({"category": Category.COMPONENTS}, "components"),
    ],
)
def test_what_makes_no_row_is_told(
    tmp_path: Path, format: str, change: dict[str, Kind | Stage | Category], note: str
) -> None:
    deal = replace(CARS, **change)  # type: ignore[arg-type]
    notes = write(format, [deal], TOLDS, DOCUMENTS, tmp_path)
    assert read(tmp_path / FILES[format]) == []
    assert [n for n in notes if note in n and n.endswith(": 1")]


def test_own_production_is_no_transfer(tmp_path: Path) -> None:
    own = replace(CARS, kind=Kind.PRODUCTION, recipient_countries=())
    assert rows_of("sipri", tmp_path, own) == []
    licensed = replace(CARS, kind=Kind.PRODUCTION)
    (row,) = rows_of("sipri", tmp_path, licensed)
    assert row["Comments"].startswith("production; stage done")


def test_unknown_and_nameless_sides(tmp_path: Path) -> None:
    (row,) = rows_of("sipri", tmp_path, replace(CARS, supplier="", supplier_countries=(), recipient_countries=()))
    assert (row["Supplier"], row["Recipient"]) == ("unknown supplier(s)", "Kenya")
    assert rows_of("un-register", tmp_path, replace(CARS, recipient_countries=())) == []


def test_each_category_has_its_place() -> None:
    assert set(registers()) == set(Category)
    held = {r.un.partition(" ")[0] for r in registers().values()} - {""}
    assert held == set(un_register.CATEGORIES)
    nowhere = {c for c, r in registers().items() if not r.un and not r.sipri}
    assert {Category.AMMUNITION, Category.UNSPECIFIED, Category.OTHER, Category.MINE} <= nowhere
    assert all(r.un or not r.un_if for r in registers().values())
    assert all(r.sipri or not r.sipri_if for r in registers().values())


def test_every_country_has_a_name() -> None:
    assert country_names()["GB"] == "United Kingdom"
    assert len(country_names()) >= 250


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [
        (Quantity(100, 100), Figure(100, "")),
        (Quantity(35, 50), Figure(35, "?", "35 to 50")),
        (Quantity(24, None), Figure(24, "?", "at least 24")),
        (Quantity(None, 100), Figure(100, "?", "up to 100")),
        (Quantity(100, 100, "month"), Figure()),
        (None, Figure()),
    ],
)
def test_numbers(quantity: Quantity | None, expected: Figure) -> None:
    assert number([claim(quantity)]) == expected


def test_a_number_that_is_hedged_or_told_otherwise_is_an_estimate() -> None:
    assert number([claim(Quantity(9, 9), hedged=True)]).flag == "?"
    assert number([claim(Quantity(9, 9)), claim(Quantity(8, 8))]) == Figure(9, "?")
    assert number([claim(Quantity(9, 9)), claim(), claim(Quantity(9, 9))]) == Figure(9, "")


@pytest.mark.parametrize(
    ("start", "end", "value", "flag"),
    [
        ((2030, 1, 1), (2030, 12, 31), 2030, ""),
        ((2029, 6, 1), (2031, 2, 1), ["2029", "2030", "2031"], "?"),
        ((2019, 1, 1), None, 2019, "?"),
        (None, (2019, 1, 1), 2019, "?"),
        ((1990, 1, 1), (2019, 1, 1), ["1990", "2019"], "?"),
    ],
)
def test_years(start: tuple[int, int, int] | None, end: tuple[int, int, int] | None, value: object, flag: str) -> None:
    when = Interval(start and dt.date(*start), end and dt.date(*end))
    assert years([told(when)])[:2] == (value, flag)


def test_years_of_the_report_alone_are_an_estimate() -> None:
    assert years([told(said=dt.date(2031, 2, 3))]) == Figure(2031, "?", "delivery reported in 2031")
    assert years([told(Interval(dt.date(2030, 1, 1), dt.date(2030, 1, 2)), hedged=True)]).flag == "?"
    assert years([]) == Figure()


@given(st.none() | st.integers(0, 10**9), st.none() | st.integers(0, 10**9))
def test_a_number_stands_between_its_bounds(low: int | None, high: int | None) -> None:
    found = number([claim(Quantity(low, high))])
    assert found.value in (low, high)
    assert (found.flag == "") == (low is not None and low == high)


def test_origins_that_differ_make_an_estimate(tmp_path: Path) -> None:
    more = (*DRONES.values, Stated("quantity", "80", ("another",), ("bbbbbbbbbbbb.0",)))
    (row,) = rows_of("sipri", tmp_path, replace(DRONES, values=more))
    assert row["Number ordered estimated"] == "?"
