"""Records to rows of the tables."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sayso.errors import StoreError
from sayso.model import Claim, Deal, Document, Reading
from sayso.store import codec

Values = dict[str, object]

_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")


def check_characters(values: Iterable[str | None], place: str) -> None:
    """Raises `StoreError` for characters that no database keeps."""
    for value in values:
        bad = _UNKEEPABLE.search(value or "")
        if bad:
            raise StoreError(place, f"U+{ord(bad[0]):04X} at {bad.start():,}", "text without NUL and lone surrogates")


def document_row(new: Document, key: str, digest: str) -> Values:
    """A document that awaits reading."""
    return {
        "key": key, "id": new.id, "sha256": digest, "outlet": new.outlet, "title": new.title, "url": new.url,
        "author": new.author, "language": new.language, "text": new.text, "record": codec.document_json(new),
        **_published(new), "claims": 0,
    }  # fmt: skip


def read_values(read: Reading) -> Values:
    """What a reading sets in its document's row."""
    values = {"unread": None, "reading": codec.reading_json(read), "claims": len(read.claims)}
    return values | _published(read.document)


def unread_values(reason: str, ingested: Document) -> Values:
    """What sets a document's row back to how it was ingested, with why it was not read."""
    return {"unread": reason, "reading": None, "claims": 0, **_published(ingested)}


def _published(of: Document) -> Values:
    between = of.published_between
    return {
        "published": of.published, "published_inferred": of.published_inferred,
        "published_start": between and between.start, "published_end": between and between.end,
    }  # fmt: skip


def claim_rows(read: Reading, key: str, place: str) -> list[Values]:
    """The claims of a reading in their order; raises `SpanError` where evidence does not fit."""
    return [_claim_row(one, n, read.document, key, place) for n, one in enumerate(read.claims)]


def _claim_row(one: Claim, n: int, of: Document, key: str, place: str) -> Values:
    quantity, value, measure, when = one.quantity, one.value, one.measure, one.when
    return {
        "key": f"{key}.{n}", "document": key, "n": n, "outlet": of.outlet, "kind": one.kind.value,
        "stage": one.stage.value, "category": one.category.value, "polarity": one.polarity.value,
        "hedged": one.hedged, "item": one.item,
        "quantity_min": quantity and quantity.min, "quantity_max": quantity and quantity.max,
        "quantity_per": quantity and quantity.per,
        "value_min": value and value.min, "value_max": value and value.max,
        "value_currency": value and value.currency,
        "measure_min": measure and measure.min, "measure_max": measure and measure.max,
        "measure_unit": measure and measure.unit,
        "when_start": when and when.start, "when_end": when and when.end,
        "basis": one.basis.value, "zone": one.zone.value,
        "confidence": min((sure for _, sure in one.confidence), default=None),
        "evidence_start": one.evidence.start, "evidence_end": one.evidence.end,
        "quote": one.evidence.of(of.text), "said": of.published,
        "record": codec.claim_json(one, f"{place}, claim {n}"),
    }  # fmt: skip


def party_rows(one: Claim, key: str) -> list[Values]:
    """A row a party and country; a row without for a party of none."""
    rows: list[Values] = []
    for role, parties in (("supplier", one.supplier), ("recipient", one.recipient)):
        seen: set[str] = set()
        named = [(party.name, country) for party in parties for country in party.countries or (None,)]
        for i, (name, country) in enumerate(named):
            facet = country or name
            counts = None if facet in seen else facet
            seen.add(facet)
            rows.append({"claim": key, "role": role, "position": i, "name": name, "country": country, "facet": counts})
    return rows


def designation_rows(one: Claim, key: str) -> list[Values]:
    return [{"claim": key, "position": i, "name": name} for i, name in enumerate(one.designations)]


def voice_rows(one: Claim, key: str) -> list[Values]:
    return [{"claim": key, "position": i, "name": v.name, "kind": v.kind.value} for i, v in enumerate(one.voices)]


def response_rows(read: Reading, key: str) -> list[Values]:
    return [
        {
            "document": key, "n": n, "responder": r.responder, "type": r.type.value, "scope": r.scope.value,
            "evidence_start": r.evidence.start, "evidence_end": r.evidence.end,
            "quote": r.evidence.of(read.document.text),
        }
        for n, r in enumerate(read.responses)
    ]  # fmt: skip


def origin_rows(read: Reading, key: str) -> list[Values]:
    return [
        {
            "document": key, "n": n, "name": o.name, "relation": o.relation.value,
            "span_start": o.span and o.span.start, "span_end": o.span and o.span.end,
        }
        for n, o in enumerate(read.origins)
    ]  # fmt: skip


def deal_row(one: Deal) -> Values:
    return {
        "id": one.id, "supplier": one.supplier, "recipient": one.recipient, "item": one.item,
        "category": one.category.value, "kind": one.kind.value, "stage": one.stage.value,
        "standing": codec.to_json([s.standing for s in one.standing]), "origins": len(one.roots),
        "first_said": one.first_said, "last_said": one.last_said,
        "when_start": one.when and one.when.start, "when_end": one.when and one.when.end,
        "documents": len(one.witnesses), "claims": len(one.claims),
        "outlets": len({w.outlet for w in one.witnesses} - {None}), "record": codec.deal_json(one),
    }  # fmt: skip
