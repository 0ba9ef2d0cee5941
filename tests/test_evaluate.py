from __future__ import annotations

from typing import Any

import pytest

from sayso.evaluate import evaluate, table
from sayso.evaluate.agreement import AGREEMENTS, same_name
from sayso.evaluate.scores import ROWS

TEXT = "Norway will send 40 missiles to Ukraine, Oslo said."


def claim(**other: Any) -> dict[str, Any]:
    return {
        "evidence": "Norway will send 40 missiles to Ukraine", "kind": "transfer", "supplier": ["Norway"],
        "supplier_countries": ["NO"], "recipient": ["Ukraine"], "recipient_countries": ["UA"], "item": "missiles",
        "designations": [], "category": "missile", "quantity": {"min": 40, "max": 40}, "value": None, "when": None,
        "stage": "agreed", "polarity": "affirmed", "hedged": False,
        "voices": [{"name": "Oslo", "kind": "organisation"}],
        **other,
    }  # fmt: skip


def ledger(*claims: dict[str, Any], **other: Any) -> dict[str, Any]:
    return {"id": "a", "text": TEXT, "claims": list(claims), "responses": [], "origins": [], **other}


def test_a_ledger_agrees_with_itself() -> None:
    full = claim(value={"min": 5, "max": 5, "currency": "NOK"}, when={"start": "2024-04-01", "end": None}, hedged=True)
    gold = ledger(full, responses=[{"responder": "Oslo", "type": "denied"}], origins=[{"name": "NTB"}])
    scores = evaluate([gold], {"a": gold})
    assert scores.overall == 1
    assert set(scores.rows) == set(ROWS)


@pytest.mark.parametrize(
    ("slot", "change"),
    [
        ("supplier", {"supplier": ["Sweden"], "supplier_countries": ["SE"]}),
        ("quantity", {"quantity": {"min": None, "max": 40}}),
        ("quantity", {"quantity": {"min": 40, "max": 40, "per": "month"}}),
        ("stage", {"stage": "done"}),
        ("polarity", {"polarity": "denied"}),
        ("category", {"category": "mine"}),
        ("item", {"item": "radars"}),
        ("said_by", {"voices": []}),
        ("said_by_kind", {"voices": [{"name": "Oslo", "kind": "outlet"}]}),
    ],
)
def test_one_wrong_slot_costs_that_slot_alone(slot: str, change: dict[str, Any]) -> None:
    scores = evaluate([ledger(claim())], {"a": ledger(claim(**change))})
    assert (scores.rows[slot].tp, scores.rows[slot].fp, scores.rows[slot].fn) == (0, 1, 1)
    assert scores.rows["claim"].f1 == 1


def test_another_kind_is_another_claim() -> None:
    scores = evaluate([ledger(claim())], {"a": ledger(claim(kind="production"))})
    assert (scores.rows["claim"].tp, scores.rows["claim"].fp, scores.rows["claim"].fn) == (0, 1, 1)


def test_a_missing_document_counts_as_empty() -> None:
    scores = evaluate([ledger(claim(), claim(item="radars"))], {})
    assert (scores.rows["claim"].tp, scores.rows["claim"].fn) == (0, 2)


def test_a_claim_is_paired_once() -> None:
    scores = evaluate([ledger(claim())], {"a": ledger(claim(), claim())})
    assert (scores.rows["claim"].tp, scores.rows["claim"].fp) == (1, 1)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Biden", "Joe Biden", True),
        ("the Chinese Foreign Ministry", "China's foreign ministry", False),
        ("tanks", "tank", True),
        ("US officials", "U.S. officials", False),
        ("", "Oslo", False),
    ],
)
def test_names(a: str, b: str, same: bool) -> None:
    assert same_name(a, b) is same


def test_the_table_has_every_row() -> None:
    printed = table(evaluate([ledger(claim())], {"a": ledger(claim())}))
    assert all(f"\n{row} " in printed for row in AGREEMENTS)
    assert "overall" in printed.splitlines()[-1]
