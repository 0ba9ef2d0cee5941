"""Reading gold and predicted ledgers from JSON Lines files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sayso.batch import read_all
from sayso.errors import InputError
from sayso.evaluate.scores import Scores, evaluate
from sayso.export.ledger_json import reading_json
from sayso.ingest import Metadata

_NEEDED = {"claims": list, "responses": list, "origins": list}


def evaluate_files(gold: Path, predicted: Path | None = None) -> Scores:
    """Scores of a file of predicted ledgers, or of what is read from the gold texts now.

    Raises `InputError` naming file and line where an object is no ledger, or where a gold text
    cannot be read.
    """
    want = list(ledgers(gold, {"id": str, "text": str, **_NEEDED}))
    if predicted is not None:
        found = {d["id"]: d for d in ledgers(predicted, {"id": str})}
    else:
        found = {}
        for reading in read_all([str(gold)], Metadata()):
            if isinstance(reading, InputError):
                raise reading
            found[reading.document.id] = reading_json(reading)
    return evaluate(want, found)


def ledgers(path: Path, needed: dict[str, type]) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file, each with values of the needed types; else `InputError`."""
    try:
        stream = open(path, encoding="utf-8")
    except OSError as error:
        raise InputError(str(path), error.strerror or "unreadable", "a JSON Lines file of ledgers") from error
    with stream:
        for number, line in enumerate(stream, 1):
            if not line.strip():
                continue
            place = f"{path}:{number}"
            try:
                ledger = json.loads(line)
            except json.JSONDecodeError as error:
                raise InputError(place, f"no JSON ({error.msg})", "one JSON object") from error
            if not isinstance(ledger, dict):
                raise InputError(place, f"a {type(ledger).__name__}", "one JSON object")
            for key, kind in needed.items():
                if not isinstance(ledger.get(key), kind):
                    raise InputError(f"{place}, {key}", repr(ledger.get(key))[:40], f"a {kind.__name__}")
            yield ledger
