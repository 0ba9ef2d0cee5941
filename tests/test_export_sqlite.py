"""The SQLite export: whole, keyed, searchable, and open to Datasette."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from deal_help import CARS, DEALS, DOCUMENTS, DRONES, TOLDS
from sayso.errors import InputError
from sayso.export.formats import write
from sayso.export.plain import plain
from sayso.export.sqlite_schema import TABLES, columns
from sayso.model import Money


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("sqlite")
    write("sqlite", DEALS, TOLDS, DOCUMENTS, out)
    return out


@pytest.fixture
def db(folder: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(folder / "ledger.db")) as opened:
        yield opened


def test_it_is_sound(db: sqlite3.Connection) -> None:
    assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    for table in TABLES:
        assert [r[1] for r in db.execute(f"PRAGMA table_info({table.name})")] == list(columns(table))


def test_every_thing_has_its_row(db: sqlite3.Connection) -> None:
    witnesses = [w for d in DEALS for w in d.witnesses]
    expected = {
        "documents": len(DOCUMENTS) + 1,
        "deals": len(DEALS),
        "claims": len(TOLDS),
        "claim_parties": sum(len(t.claim.supplier) + len(t.claim.recipient) for t in TOLDS.values()),
        "claim_voices": sum(len(t.claim.voices) for t in TOLDS.values()),
        "witnesses": len(witnesses),
        "roots": sum(len(d.roots) for d in DEALS),
        "root_documents": sum(len(r.documents) for d in DEALS for r in d.roots),
        "responses": sum(len(w.answers) for w in witnesses),
        "drifts": sum(len(w.drifts) for w in witnesses),
        "standings": sum(len(d.standing) for d in DEALS),
        "steps": sum(len(d.steps) for d in DEALS),
        "stated": sum(len(d.values) for d in DEALS),
    }
    assert set(expected) == {t.name for t in TABLES}
    assert {t: db.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in expected} == expected


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for v in value.values():
            yield from strings(v)
    elif isinstance(value, list):
        for v in value:
            yield from strings(v)


def test_no_word_of_a_deal_or_claim_is_lost(db: sqlite3.Connection) -> None:
    cells = [str(c) for t in TABLES for row in db.execute(f"SELECT * FROM {t.name}") for c in row]
    held = "\n".join([*cells, *(s for c in cells if c.startswith(("[", "{")) for s in strings(json.loads(c)))])
    for record in (*DEALS, *TOLDS.values()):
        assert [s for s in strings(plain(record)) if s not in held] == []


def test_full_text_and_arrays(db: sqlite3.Connection) -> None:
    found = db.execute(
        "SELECT c.key FROM claims_fts f JOIN claims c ON c.rowid = f.rowid WHERE claims_fts MATCH 'puma'"
    )
    assert found.fetchall() == [("cccccccccccc.0",)]
    countries = db.execute("SELECT value FROM deals, json_each(supplier_countries) ORDER BY 1").fetchall()
    assert countries == [("CL",), ("NO",)]


def test_facets_have_indexes(db: sqlite3.Connection) -> None:
    for table in TABLES:
        indexed = {
            column[2]
            for (name,) in db.execute("SELECT name FROM pragma_index_list(?)", [table.name])
            for column in db.execute("SELECT * FROM pragma_index_info(?)", [name])
        }
        assert set(table.facets.split()) <= indexed, table.name


def test_a_number_too_large_for_sqlite_is_kept(tmp_path: Path) -> None:
    told = TOLDS["bbbbbbbbbbbb.0"]
    rich = replace(told, claim=replace(told.claim, value=Money(1e30, None, "EUR")))
    write("sqlite", [], {told.key: rich}, DOCUMENTS, tmp_path)
    with closing(sqlite3.connect(tmp_path / "ledger.db")) as db:
        assert db.execute("SELECT value_min, value_max FROM claims").fetchall() == [(1e30, None)]


def test_metadata_names_what_is_there(folder: Path, db: sqlite3.Connection) -> None:
    told = json.loads((folder / "metadata.json").read_text("utf-8"))["databases"]["ledger"]["tables"]
    assert set(told) == {t.name for t in TABLES}
    for name, table in told.items():
        held = {r[1] for r in db.execute(f"PRAGMA table_info({name})")}
        named = {f if isinstance(f, str) else f["array"] for f in table["facets"]} | set(table["columns"])
        named |= {table[k] for k in ("label_column", "sort_desc") if k in table}
        assert named <= held
        assert table["title"]
        assert all(table["columns"].values())


def test_a_deal_given_twice_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="each deal once"):
        write("sqlite", [CARS, CARS], TOLDS, DOCUMENTS, tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.filterwarnings("ignore")
def test_datasette_opens_it(folder: Path) -> None:
    datasette = pytest.importorskip("datasette.app", reason="datasette is not installed (extra interop)")
    metadata = json.loads((folder / "metadata.json").read_text("utf-8"))

    async def ask() -> dict[str, Any]:
        served = datasette.Datasette([str(folder / "ledger.db")], metadata=metadata)
        await served.invoke_startup()
        pages = {
            "tables": "/ledger.json",
            "deals": "/ledger/deals.json?_shape=objects&_facet=stage&_facet_array=standing",
            "claims": "/ledger/claims.json?_shape=objects&_search=drones&_labels=on",
            "deal": f"/ledger/deals/{DRONES.id.replace('.', '~2E')}.json?_shape=objects",
            "page": "/ledger/claims",
        }
        got = {name: await served.client.get(path) for name, path in pages.items()}
        assert {name: r.status_code for name, r in got.items()} == dict.fromkeys(pages, 200)
        return {name: r.text if name == "page" else r.json() for name, r in got.items()}

    got = asyncio.run(ask())
    tables = {t["name"]: t for t in got["tables"]["tables"]}
    assert {t.name for t in TABLES} <= {name for name, t in tables.items() if not t["hidden"]}
    assert tables["claims"]["fts_table"] == "claims_fts"
    assert tables["deals"]["count"] == 2
    facets = _facets(got["deals"]["facet_results"])
    assert facets["stage"] == {"agreed": 1, "done": 1}
    assert facets["standing"] == {"single-origin": 1, "partly-denied": 1, "multi-origin": 1}
    assert facets["supplier_countries"] == {"NO": 1, "CL": 1}
    rows = got["claims"]["rows"]
    assert {r["key"] for r in rows} == {"aaaaaaaaaaaa.0", "bbbbbbbbbbbb.0"}
    assert rows[0]["deal"]["label"] == "Halden Dynamics → Portugal: 60 Tern-4 drones"
    assert got["deal"]["rows"][0]["item"] == DRONES.item
    assert "the words that make the claim" in got["page"]


def _facets(results: dict[str, Any]) -> dict[str, dict[str, int]]:
    """By column, in the form of Datasette 0.6x and of 1.0."""
    of = results.get("results", results)
    return {f["name"]: {str(r["value"]): r["count"] for r in f["results"]} for f in of.values()}
