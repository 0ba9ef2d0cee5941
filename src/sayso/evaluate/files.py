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
    """Scores of a file of predicted ledgers, or of what is read from the gold texts now; see `compared`."""
    return evaluate(*compared(gold, predicted))


def compared(gold: Path, predicted: Path | None = None) -> tuple[list[dict[str, Any]], dict[str, dict[str, Any]]]:
    """The gold ledgers, and by document id those to measure: of a file, or read from the gold texts now.

    Raises `InputError` naming file and line where an object is no ledger, or where a gold text
    cannot be read.
    """
    want = list(ledgers(gold, {"id": str, "text": str, **_NEEDED}))
    if predicted is not None:
        return want, {d["id"]: d for d in ledgers(predicted, {"id": str})}
    found = {}
    for reading in read_all([str(gold)], Metadata()):
        if isinstance(reading, InputError):
            raise reading
        found[reading.document.id] = reading_json(reading)
    return want, found


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
            _check_claims(ledger.get("claims") or [], place)
            yield ledger


def _check_claims(claims: Any, place: str) -> None:
    """Raises `InputError` where a claim has not the form that pairing needs."""
    for n, claim in enumerate(claims if isinstance(claims, list) else [None]):
        where = f"{place}, claims[{n}]"
        if not isinstance(claim, dict) or not isinstance(claim.get("kind"), str):
            raise InputError(where, repr(claim)[:40], "a claim: an object with its kind")
        span = claim.get("evidence_span")
        if span is not None and not (
            isinstance(span, list) and len(span) == 2 and all(isinstance(x, int) and x >= 0 for x in span)
        ):
            raise InputError(f"{where}, evidence_span", repr(span)[:40], "a start and an end")
        voices = claim.get("voices") or []
        if not isinstance(voices, list) or not all(
            isinstance(v, dict) and {"name", "kind"} <= v.keys() for v in voices
        ):
            raise InputError(f"{where}, voices", repr(voices)[:40], "a list of voices with name and kind")
        if not isinstance(claim.get("confidence") or {}, dict):
            raise InputError(f"{where}, confidence", repr(claim["confidence"])[:40], "an object of figures by slot")
