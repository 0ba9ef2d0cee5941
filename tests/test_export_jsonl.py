"""JSON Lines hold a ledger without loss, under the keys that are promised."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from deal_help import DEALS, DOCUMENTS, DRONES, TOLDS, UNREAD
from sayso.export.files import dumped
from sayso.export.formats import write
from sayso.export.jsonl import claim_json, deal_json
from sayso.export.plain import plain
from sayso.model import Claim, Deal, Document, Quantity, Told

DOCS = Path(__file__).resolve().parents[1] / "docs"

st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False).map(lambda x: x + 0.0))


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n")[:-1]]


def deal_of(line: dict[str, Any]) -> Deal:
    return msgspec.convert(line | {"claims": [c["key"] for c in line["claims"]]}, Deal)


def told_of(line: dict[str, Any]) -> Told:
    slots = line | {"evidence": line["evidence_span"], "confidence": list(line["confidence"].items())}
    for role in ("supplier", "recipient"):
        sides = zip(line[role], line[f"{role}_party_countries"], line[f"{role}_spans"], strict=True)
        slots[role] = [{"name": name, "countries": codes, "span": span} for name, codes, span in sides]
    return Told(*_head(line), msgspec.convert(slots, Claim), line["evidence"])


def _head(line: dict[str, Any]) -> tuple[str, str, str | None, dt.date | None]:
    values = [line[k] for k in ("key", "document", "outlet", "said")]
    return msgspec.convert(values, tuple[str, str, str | None, dt.date | None])


def test_deals_claims_and_documents_read_back_equal(tmp_path: Path) -> None:
    notes = write("jsonl", DEALS, TOLDS, DOCUMENTS, tmp_path)
    assert tuple(map(deal_of, read(tmp_path / "deals.jsonl"))) == DEALS
    claims = {line["key"]: line for line in read(tmp_path / "claims.jsonl")}
    assert set(claims) == set(TOLDS)
    for key, told in TOLDS.items():
        assert told_of(claims[key]) == told
    documents = {d["key"]: d for d in read(tmp_path / "documents.jsonl")}
    assert documents.pop(UNREAD) == {"key": UNREAD, "outlet": "Zeitblick Ost"}
    for key, document in DOCUMENTS.items():
        assert msgspec.convert(documents[key] | {"text": document.text}, Document) == document
    assert "texts of articles, which no export passes on: 3" in notes
    assert "claims that a deal names and that were not given: 1" in notes


def test_a_deal_carries_its_claims_and_quotations() -> None:
    line = deal_json(DRONES, TOLDS)
    assert line["claims"] == [claim_json(TOLDS[key]) for key in DRONES.claims]
    first = claim_json(TOLDS[DRONES.claims[0]])
    start, end = msgspec.convert(first["evidence_span"], tuple[int, int])
    assert DOCUMENTS[str(first["document"])].text[start:end] == first["evidence"]
    assert deal_json(DRONES, {})["claims"] == [{"key": key} for key in DRONES.claims]


def test_the_two_kinds_of_names_stay_together() -> None:
    told = next(iter(TOLDS.values()))
    line = claim_json(told)
    assert line["supplier"] == ["Halden Dynamics", "Norway"]
    assert line["supplier_countries"] == ["NO"]
    assert line["supplier_party_countries"] == [["NO"], ["NO"]]


@given(st.from_type(Deal))
def test_any_deal_reads_back_equal(deal: Deal) -> None:
    assert deal_of(json.loads(dumped(deal_json(deal, {})))) == deal


@given(st.from_type(Claim), st.text())
def test_any_claim_reads_back_equal(claim: Claim, quote: str) -> None:
    once = replace(claim, confidence=tuple(dict(claim.confidence).items()))  # a slot has one confidence
    told = Told("k.0", "k", None, None, once, quote)
    assert told_of(json.loads(dumped(claim_json(told)))) == told


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_number_that_json_lacks_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="JSON"):
        dumped(plain(Quantity(value, None)))


def test_what_no_record_holds_is_refused() -> None:
    with pytest.raises(TypeError, match="in no record"):
        plain(object())


def test_every_key_is_documented() -> None:
    page = (DOCS / "exports.md").read_text("utf-8") + (DOCS / "json.md").read_text("utf-8")
    found: set[str] = set()

    def keys(value: object) -> None:
        if isinstance(value, dict):
            found.update(k for k in value if isinstance(k, str))
            for v in value.values():
                keys(v)
        elif isinstance(value, list):
            for v in value:
                keys(v)

    for deal in DEALS:
        keys(deal_json(deal, TOLDS))
    missing = sorted(k for k in found if f"`{k}`" not in page and f'"{k}"' not in page)
    assert missing == []
