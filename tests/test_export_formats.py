"""What holds of every export: streamed, whole or not there, the same each time, and told what was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from deal_help import CARS, DEALS, DOCUMENTS, DRONES, TOLDS
from sayso.errors import InputError
from sayso.export.formats import FORMATS, write
from sayso.export.walk import lines, walk
from sayso.model import Deal, Document, Told

DOCS = Path(__file__).resolve().parents[1] / "docs" / "exports.md"
FORMAT = pytest.mark.parametrize("format", FORMATS)


def files(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.iterdir()}


@FORMAT
def test_the_same_ledger_gives_the_same_files(format: str, tmp_path: Path) -> None:
    for name in ("a", "b"):
        write(format, iter(DEALS), dict(TOLDS), dict(DOCUMENTS), tmp_path / name)
    assert files(tmp_path / "a") == files(tmp_path / "b")
    assert not [name for name in files(tmp_path / "a") if name.endswith(".part")]


@FORMAT
def test_an_empty_ledger_gives_its_files_and_no_notes(format: str, tmp_path: Path) -> None:
    write(format, DEALS, TOLDS, DOCUMENTS, tmp_path / "full")
    assert write(format, [], {}, {}, tmp_path / "empty") == []
    assert set(files(tmp_path / "empty")) == set(files(tmp_path / "full"))


@FORMAT
def test_a_run_that_fails_leaves_what_was_there(format: str, tmp_path: Path) -> None:
    write(format, DEALS, TOLDS, DOCUMENTS, tmp_path)
    before = files(tmp_path)

    def broken() -> Iterator[Deal]:
        yield DRONES
        raise InputError("here", "a fault", "none")

    with pytest.raises(InputError, match="a fault"):
        write(format, broken(), TOLDS, DOCUMENTS, tmp_path)
    assert files(tmp_path) == before


@FORMAT
def test_no_article_is_passed_on_in_full(format: str, tmp_path: Path) -> None:
    notes = write(format, DEALS, TOLDS, DOCUMENTS, tmp_path)
    assert "texts of articles, which no export passes on: 3" in notes
    for text in (d.text.encode() for d in DOCUMENTS.values()):
        assert not [name for name, held in files(tmp_path).items() if text in held]


@FORMAT
def test_a_place_that_is_a_file_is_told(format: str, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x")
    with pytest.raises(InputError, match="a place that can be written to"):
        write(format, DEALS, TOLDS, DOCUMENTS, tmp_path / "out")


@FORMAT
def test_unicode_that_is_none_is_told(format: str, tmp_path: Path) -> None:
    key = "eeeeeeeeeeee"
    told = TOLDS["aaaaaaaaaaaa.0"]
    wrong = Told(f"{key}.0", key, "Outlet \udc80", None, told.claim, "\udc80")
    deal = replace(
        CARS, item="\udc80", supplier="\udc80", supplier_countries=(), claims=(f"{key}.0",), conflicts=("\udc80",)
    )
    if format == "un-register":
        deal = replace(deal, supplier_countries=("CL",))
    with pytest.raises(InputError):
        write(format, [deal], {wrong.key: wrong}, DOCUMENTS, tmp_path)
    assert list(tmp_path.iterdir()) == []


@FORMAT
def test_the_format_is_documented(format: str) -> None:
    assert f"`{format}`" in DOCS.read_text("utf-8")


def test_an_unknown_format_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="one of jsonl, csv, sqlite"):
        write("xlsx", DEALS, TOLDS, DOCUMENTS, tmp_path)


def test_deals_are_taken_one_by_one() -> None:
    taken = 0

    def counted() -> Iterator[Deal]:
        nonlocal taken
        for deal in DEALS:
            taken += 1
            yield deal

    parts = walk(counted(), TOLDS, DOCUMENTS, Counter())
    for n in (1, 2):
        next(parts)
        assert taken == n


def test_only_named_documents_are_asked_for() -> None:
    class Asked(dict[str, Document]):
        asked: list[str] = []  # noqa: RUF012

        def get(self, key: str, default: object = None) -> Document | None:  # type: ignore[override]
            self.asked.append(key)
            return super().get(key)

    asked = Asked(DOCUMENTS)
    list(walk([CARS], {CARS.id: TOLDS[CARS.id]}, asked, Counter()))
    assert asked.asked == ["cccccccccccc"]


def test_every_claim_and_document_comes_once() -> None:
    parts = list(walk(DEALS, TOLDS, DOCUMENTS, Counter()))
    assert [p.deal and p.deal.id for p in parts] == [DRONES.id, CARS.id, None]
    assert [t.key for p in parts for t in p.claims] == list(TOLDS)
    documents = [key for p in parts for key, _ in p.documents]
    assert sorted(documents) == sorted({*DOCUMENTS, "dddddddddddd"})


def test_what_comes_twice_is_told() -> None:
    with pytest.raises(InputError, match="each deal once"):
        list(walk([CARS, CARS], TOLDS, DOCUMENTS, Counter()))
    with pytest.raises(InputError, match="each claim in one deal"):
        list(walk([CARS, replace(CARS, id="x.0")], TOLDS, DOCUMENTS, Counter()))


def test_notes_are_lines() -> None:
    assert lines(Counter({"b": 1200, "a": 1, "none": 0})) == ["a: 1", "b: 1,200"]
