"""Quality floors on gold data, each bound to the digest of the file it was measured on.

A floor is the measured figure less about a point. Where a file changes, its floor must be set anew.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from sayso.batch import read_all
from sayso.errors import InputError
from sayso.evaluate import Scores, evaluate
from sayso.export.ledger_json import reading_json
from sayso.ingest import Metadata

FLOORS_FILE = Path(__file__).with_name("floors.json")
FLOORS: dict[str, Any] = json.loads(FLOORS_FILE.read_text("utf-8"))


def _bound(shared: Path, name: str) -> tuple[Path, dict[str, float]]:
    """A gold file and its floors; skipped where the file is not the one they were measured on."""
    path = shared / name
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    entry = FLOORS[name]
    if digest != entry["sha256"]:
        pytest.skip(f"{path} has sha256 {digest}; the floors are for {entry['sha256']}: measure and set them anew")
    return path, entry["floors"]


def _tool(shared: Path, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, shared / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _ledgers(path: Path) -> dict[str, dict[str, Any]]:
    out = {}
    for reading in read_all([str(path)], Metadata()):
        assert not isinstance(reading, InputError), reading
        out[reading.document.id] = reading_json(reading)
    return out


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _too_low(floors: dict[str, float], found: dict[str, float]) -> dict[str, tuple[float, float]]:
    return {k: (round(found[k], 3), v) for k, v in floors.items() if found[k] < v}


def _figures(scores: Scores) -> dict[str, float]:
    return {"overall": scores.overall, **{k: c.f1 for k, c in scores.rows.items()}}


def test_claims_on_dev(shared: Path) -> None:
    path, floors = _bound(shared, "gold/dev.jsonl")
    scores = evaluate(_lines(path), _ledgers(path))
    assert _too_low(floors, _figures(scores)) == {}


def test_the_scorer_agrees_with_the_corpus_tool(shared: Path) -> None:
    path = shared / "gold" / "seed.jsonl"
    gold, found = _lines(path), _ledgers(path)
    rows, _ = _tool(shared, "score_claims").score(gold, found)
    mine = evaluate(gold, found)
    assert mine.overall == pytest.approx(rows["overall"]["f1"])
    for name, count in mine.rows.items():
        assert (count.tp, count.fp, count.fn) == tuple(rows[name][k] for k in ("tp", "fp", "fn")), name


def test_attributions_on_polnear_dev(shared: Path) -> None:
    path, floors = _bound(shared, "corpus/polnear/dev.jsonl")
    tool = _tool(shared, "score_attributions")
    found = _ledgers(path)
    counts = tool.Counter_()
    for g in _lines(path):
        outermost = [a for a in found[g["id"]]["attributions"] if a["parent"] is None]
        counts.add(tool.Doc(g["text"]), g["attributions"], outermost)
    report = counts.report()
    assert _too_low(floors, {k: report[k][2] for k in floors}) == {}
