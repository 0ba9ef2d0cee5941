"""A slot's value in a few words, from a ledger's JSON form, for reading it beside another's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sayso.evaluate.agreement import innermost, stated
from sayso.evaluate.confusion import LABELLED, label
from sayso.evaluate.pairing import Ledger

NOTHING = "—"
OUTLET_ITSELF = "the outlet itself"


def value(claim: Ledger, slot: str) -> str:
    """A claim's value of a slot; `NOTHING` where it gives none. Not safe to show before it is escaped."""
    if slot in LABELLED:
        return label(claim, slot).replace("_", " ") or NOTHING
    return _WORDS[slot](claim) if stated(claim, slot) else NOTHING


def _party(slot: str) -> Callable[[Ledger], str]:
    def words(claim: Ledger) -> str:
        codes = _listed(claim.get(slot + "_countries"))
        return ", ".join(_listed(claim.get(slot))) + (f" ({', '.join(codes)})" if codes else "")

    return words


def _item(claim: Ledger) -> str:
    names = _listed(claim.get("designations"))
    return str(claim.get("item") or "") + (f" [{', '.join(names)}]" if names else "")


def _amount(slot: str, unit: str, before: str) -> Callable[[Ledger], str]:
    def words(claim: Ledger) -> str:
        x = claim[slot]
        after = f"{before}{x[unit]}" if x.get(unit) else ""
        return _bounds(_number(x.get("min")), _number(x.get("max"))) + after

    return words


def _when(claim: Ledger) -> str:
    x = claim["when"]
    return _bounds(x.get("start"), x.get("end"), "since ", "by ")


def _bounds(low: str | None, high: str | None, least: str = "at least ", most: str = "at most ") -> str:
    if low is None or high is None:
        return f"{most}{high}" if low is None else f"{least}{low}"
    return low if low == high else f"{low} to {high}"


def _number(x: Any) -> str | None:
    return f"{x:,g}" if isinstance(x, int | float) and abs(x) < 1e6 else None if x is None else f"{x:,.0f}"


def _listed(x: object) -> list[str]:
    return [str(v) for v in x] if isinstance(x, list) else [str(x)] if x else []


_WORDS: Mapping[str, Callable[[Ledger], str]] = {
    "supplier": _party("supplier"),
    "recipient": _party("recipient"),
    "item": _item,
    "quantity": _amount("quantity", "per", " a "),
    "value": _amount("value", "currency", " "),
    "when": _when,
    "said_by": lambda c: str(innermost(c)[0]) or OUTLET_ITSELF,
}
