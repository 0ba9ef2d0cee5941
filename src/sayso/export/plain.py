"""Any record of the model as JSON, field by field, without loss."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, is_dataclass
from enum import StrEnum

from sayso.export.files import Json
from sayso.model import Claim, Deal, Party, Span


def plain(value: object) -> Json:
    """A record as an object of its fields, a span as `[start, end]`, a day as `YYYY-MM-DD`.

    Whole numbers are written without a fraction. Raises `TypeError` for what no record holds.
    """
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, float):
        return number(value)
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, (tuple, list)):
        return [plain(v) for v in value]
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    raise TypeError(f"{value!r} is in no record")


def number(x: float) -> float | int:
    return int(x) if x.is_integer() else x


def slots(c: Claim) -> dict[str, Json]:
    """A claim's slots under the keys of a reading's JSON, without its evidence.

    `…_party_countries` adds which countries belong to which name.
    """
    return {
        "kind": c.kind.value, **_parties("supplier", c.supplier), **_parties("recipient", c.recipient),
        "item": c.item, "item_span": plain(c.item_span), "designations": plain(c.designations),
        "category": c.category.value, "quantity": plain(c.quantity), "value": plain(c.value),
        "measure": plain(c.measure), "when": plain(c.when), "stage": c.stage.value, "polarity": c.polarity.value,
        "hedged": c.hedged, "voices": plain(c.voices), "basis": c.basis.value, "zone": c.zone.value,
        "confidence": {slot: plain(sure) for slot, sure in c.confidence},
    }  # fmt: skip


def _parties(role: str, parties: tuple[Party, ...]) -> dict[str, Json]:
    return {
        role: [p.name for p in parties],
        f"{role}_countries": list(dict.fromkeys(c for p in parties for c in p.countries)),
        f"{role}_spans": [plain(p.span) for p in parties],
        f"{role}_party_countries": [list(p.countries) for p in parties],
    }


def summary(d: Deal) -> str:
    """Who, to whom, what: "Norway → Portugal: 100 drones"."""
    return f"{d.supplier or '?'} → {d.recipient or '?'}: {d.item or '?'}"


def spans_of_slots(c: Claim) -> int:
    """How many spans a claim has beside that of its evidence."""
    found: list[Span | None] = [p.span for p in (*c.supplier, *c.recipient)]
    found += [v.span for v in c.voices] + [c.item_span]
    found += [v.span for v in (c.quantity, c.value, c.measure, c.when) if v]
    return sum(span is not None for span in found)
