"""A reading as one JSON object: the gold form, with spans, confidence and time expressions beside it.

The keys are a promise (see docs/json.md): they may be added to, not changed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sayso.model import Attribution, Claim, Interval, Measure, Money, Party, Quantity, Reading, Span, Voice


def reading_json(reading: Reading) -> dict[str, Any]:
    """A JSON-serialisable object; offsets are Unicode code points of `text`."""
    d = reading.document
    return {
        "id": d.id, "url": d.url, "outlet": d.outlet, "title": d.title, "author": d.author,
        "published": _day(d.published), "published_inferred": d.published_inferred,
        "published_span": _span(d.published_span), "language": d.language, "sha256": d.sha256, "text": d.text,
        "zones": [{"zone": z.zone.value, "span": _span(z.span)} for z in d.zones],
        "links": [{"span": _span(k.span), "target": k.target} for k in d.links],
        "origins": [
            {"name": o.name, "relation": o.relation.value, "span": _span(o.span)} for o in reading.origins
        ],
        "claims": [_claim(c, d.text) for c in reading.claims],
        "responses": [
            {
                "responder": r.responder, "type": r.type.value, "scope": r.scope.value,
                "evidence": r.evidence.of(d.text), "evidence_span": _span(r.evidence),
                "responder_span": _span(r.responder_span),
            }
            for r in reading.responses
        ],
        "attributions": [_attribution(i, a) for i, a in enumerate(reading.attributions)],
        "timexes": [
            {
                "start": t.span.start, "end": t.span.end, "type": t.type, "value": t.value,
                "interval": _interval(t.interval),
            }
            for t in reading.timexes
        ],
        "notes": list(reading.notes),
    }  # fmt: skip


def _claim(c: Claim, text: str) -> dict[str, Any]:
    return {
        "evidence": c.evidence.of(text), "evidence_span": _span(c.evidence), "kind": c.kind.value,
        "supplier": [p.name for p in c.supplier], "supplier_countries": _countries(c.supplier),
        "supplier_spans": [_span(p.span) for p in c.supplier],
        "recipient": [p.name for p in c.recipient], "recipient_countries": _countries(c.recipient),
        "recipient_spans": [_span(p.span) for p in c.recipient],
        "item": c.item, "item_span": _span(c.item_span), "designations": list(c.designations),
        "category": c.category.value, "quantity": _amount(c.quantity), "value": _money(c.value),
        "measure": _measure(c.measure),
        "when": _interval(c.when), "stage": c.stage.value, "polarity": c.polarity.value, "hedged": c.hedged,
        "voices": [_voice(v) for v in c.voices], "basis": c.basis.value, "zone": c.zone.value,
        "confidence": dict(c.confidence),
    }  # fmt: skip


def _attribution(number: int, a: Attribution) -> dict[str, Any]:
    return {
        "id": number, "parent": a.parent, "confidence": a.confidence,
        **{role: [_span(s) for s in getattr(a, role)] for role in ("source", "cue", "content")},
    }  # fmt: skip


def _span(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def _day(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _countries(parties: Sequence[Party]) -> list[str]:
    return list(dict.fromkeys(c for p in parties for c in p.countries))


def _number(x: float | None) -> float | int | None:
    return int(x) if x is not None and float(x).is_integer() else x


def _amount(q: Quantity | None) -> dict[str, Any] | None:
    if q is None:
        return None
    return {"min": _number(q.min), "max": _number(q.max), "per": q.per, "span": _span(q.span)}


def _money(m: Money | None) -> dict[str, Any] | None:
    if m is None:
        return None
    return {"min": _number(m.min), "max": _number(m.max), "currency": m.currency, "span": _span(m.span)}


def _measure(m: Measure | None) -> dict[str, Any] | None:
    if m is None:
        return None
    return {"min": _number(m.min), "max": _number(m.max), "unit": m.unit, "span": _span(m.span)}


def _interval(i: Interval | None) -> dict[str, Any] | None:
    return None if i is None else {"start": _day(i.start), "end": _day(i.end), "span": _span(i.span)}


def _voice(v: Voice) -> dict[str, Any]:
    return {"name": v.name, "kind": v.kind.value, "span": _span(v.span)}
