"""Readings of gold texts, each file read once in a run of the tests."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from sayso.batch import read_all
from sayso.errors import InputError
from sayso.export.ledger_json import reading_json
from sayso.ingest import Metadata


@cache
def ledgers_of(path: Path) -> dict[str, dict[str, Any]]:
    """What is read from the texts of a gold file, by document id."""
    out = {}
    for reading in read_all([str(path)], Metadata()):
        assert not isinstance(reading, InputError), reading
        out[reading.document.id] = reading_json(reading)
    return out


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
