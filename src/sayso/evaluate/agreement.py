"""When two ledgers' values count as the same, slot by slot.

Works on ledgers in their JSON form (see docs/json.md), so that anything that writes the form can be
measured. A slot that a claim leaves empty is no value and cannot agree.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

Claim = Mapping[str, Any]
Agreement = Callable[[Claim, Claim], bool]

_SMALL_WORDS = frozenset("the a an of and for to in its his her their s".split())
_NUMBER_TOLERANCE = 0.005
_MOSTLY = 0.66  # share of all words that two names must have in common


def stems(words: object) -> frozenset[str]:
    """The content words of a name, folded and without plural endings."""
    ascii_words = unicodedata.normalize("NFKD", str(words)).encode("ascii", "ignore").decode().lower()
    found = re.findall(r"[a-z0-9]+", ascii_words.replace("'s", ""))
    return frozenset(re.sub(r"(?:es|s)$", "", w) if len(w) > 3 else w for w in found if w not in _SMALL_WORDS)


def same_name(a: object, b: object) -> bool:
    """One name's words all within the other's, or two thirds of both together shared."""
    x, y = stems(a), stems(b)
    if not x or not y:
        return x == y
    return x <= y or y <= x or len(x & y) >= _MOSTLY * len(x | y)


def _any_same(xs: list[object], ys: list[object]) -> bool:
    return any(same_name(x, y) for x in xs for y in ys)


def _many(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else [value] if value else []


def _party(slot: str) -> Agreement:
    def agree(a: Claim, b: Claim) -> bool:
        x, y = set(a.get(slot + "_countries") or ()), set(b.get(slot + "_countries") or ())
        return bool(x & y) if x and y else _any_same(_many(a.get(slot)), _many(b.get(slot)))

    return agree


def _item(a: Claim, b: Claim) -> bool:
    x, y = _many(a.get("designations")), _many(b.get("designations"))
    if x and y:
        return _any_same(x, y)
    return _any_same(x + _many(a.get("item")), y + _many(b.get("item")))


def _close(a: float | None, b: float | None) -> bool:
    if a is None or b is None:
        return a is b
    return abs(a - b) <= _NUMBER_TOLERANCE * max(abs(a), abs(b))


def _amount(slot: str, unit: str) -> Agreement:
    def agree(a: Claim, b: Claim) -> bool:
        x, y = a.get(slot) or {}, b.get(slot) or {}
        same_unit = (x.get(unit) or None) == (y.get(unit) or None)
        return same_unit and all(_close(x.get(k), y.get(k)) for k in ("min", "max"))

    return agree


def _when(a: Claim, b: Claim) -> bool:
    x, y = a.get("when") or {}, b.get("when") or {}
    return all((x.get(k) or None) == (y.get(k) or None) for k in ("start", "end"))


def _equal(slot: str) -> Agreement:
    return lambda a, b: bool(a.get(slot) == b.get(slot))


def innermost(claim: Claim) -> tuple[str, str]:
    """Name and kind of the innermost voice; the outlet itself where there is none."""
    voices = claim.get("voices") or []
    return (voices[0]["name"], voices[0]["kind"]) if voices else ("", "outlet_itself")


AGREEMENTS: Mapping[str, Agreement] = {
    "supplier": _party("supplier"),
    "recipient": _party("recipient"),
    "item": _item,
    "category": _equal("category"),
    "quantity": _amount("quantity", "per"),
    "value": _amount("value", "currency"),
    "when": _when,
    "stage": _equal("stage"),
    "polarity": _equal("polarity"),
    "hedged": _equal("hedged"),
    "said_by": lambda a, b: same_name(innermost(a)[0], innermost(b)[0]),
    "said_by_kind": lambda a, b: innermost(a)[1] == innermost(b)[1],
}


def stated(claim: Claim, slot: str) -> bool:
    """Whether a claim gives a value for a slot; a claim that is not hedged gives none for `hedged`."""
    if slot in ("said_by", "said_by_kind"):
        return True
    if slot in ("supplier", "recipient"):
        return bool(claim.get(slot + "_countries") or claim.get(slot))
    if slot == "item":
        return bool(claim.get("designations") or claim.get("item"))
    value = claim.get(slot)
    if isinstance(value, dict):
        return any(value.get(k) is not None for k in ("min", "max", "start", "end"))
    return bool(value)
