"""CSV: `deals.csv` and `claims.csv`, for a spreadsheet. What a cell cannot hold is counted."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sayso.export.cells import rows_to
from sayso.export.files import writing
from sayso.export.plain import spans_of_slots
from sayso.export.walk import Documents, Notes, Part, note_articles
from sayso.model import Deal, Told

DEALS = (
    "deal", "kind", "stage", "standing", "supplier", "supplier_countries", "recipient", "recipient_countries",
    "item", "designations", "category", "quantity", "value", "when_start", "when_end", "first_said", "last_said",
    "origins", "origin_names", "origin_paths", "documents", "outlets", "values", "conflicts", "responses", "steps",
    "reasons", "claims",
)  # fmt: skip
CLAIMS = (
    "claim", "deal", "document", "outlet", "url", "said", "quote", "evidence_start", "evidence_end", "kind", "stage",
    "polarity", "hedged", "supplier", "supplier_countries", "recipient", "recipient_countries", "item",
    "designations", "category", "quantity_min", "quantity_max", "quantity_per", "value_min", "value_max",
    "value_currency", "measure_min", "measure_max", "measure_unit", "when_start", "when_end", "voices",
    "voice_kinds", "basis", "zone", "confidence",
)  # fmt: skip


def write(parts: Iterable[Part], documents: Documents, out: Path, notes: Notes) -> None:
    """Writes the two files into the folder `out`. Raises `InputError`."""
    with writing(out / "deals.csv") as deals, writing(out / "claims.csv") as claims:
        deal_row, claim_row = rows_to(deals, DEALS), rows_to(claims, CLAIMS)
        for part in parts:
            note_articles(part, notes)
            notes["documents, of which claims.csv has key, outlet, day and address"] += len(part.documents)
            if part.deal:
                deal_row(_deal(part.deal))
                _note_deal(part.deal, notes)
            for told in part.claims:
                document = documents.get(told.document)
                claim_row(_claim(told, part.deal, document.url if document else None))
                _note_claim(told, notes)


def _deal(d: Deal) -> list[object]:
    answers = [a for w in d.witnesses for a in w.answers]
    when = d.when
    return [
        d.id, d.kind, d.stage, [s.standing for s in d.standing], d.supplier, d.supplier_countries, d.recipient,
        d.recipient_countries, d.item, d.designations, d.category,
        [v.value for v in d.values if v.slot == "quantity"], [v.value for v in d.values if v.slot == "value"],
        when and when.start, when and when.end, d.first_said, d.last_said,
        len(d.roots), [r.name for r in d.roots], [r.path for r in d.roots], len(d.witnesses),
        list(dict.fromkeys(w.outlet for w in d.witnesses if w.outlet is not None)),
        [f"{v.slot}: {v.value} ({', '.join(v.roots)})" for v in d.values], d.conflicts,
        list(dict.fromkeys(f"{a.responder}: {a.type.value} ({a.scope.value})" for a in answers)),
        [f"{s.stage.value}: {s.said.isoformat() if s.said else 'undated'} ({s.claim})" for s in d.steps],
        [f"{s.standing.value}: {s.why}" for s in d.standing], d.claims,
    ]  # fmt: skip


def _note_deal(d: Deal, notes: Notes) -> None:
    notes["witnesses, of which deals.csv has the number and the outlets"] += len(d.witnesses)
    notes["origins, of which deals.csv has name and path and not the documents"] += len(d.roots)
    notes["responses, of which deals.csv has who, what and how wide"] += sum(len(w.answers) for w in d.witnesses)
    notes["drifts, which have no column"] += sum(len(w.drifts) for w in d.witnesses)
    notes["claims behind the values of a deal, which have no column"] += sum(len(v.claims) for v in d.values)
    notes["spans of slots, which have no column"] += d.when is not None and d.when.span is not None


def _claim(told: Told, deal: Deal | None, url: str | None) -> list[object]:
    c = told.claim
    number, money, size, when = c.quantity, c.value, c.measure, c.when
    return [
        told.key, deal and deal.id, told.document, told.outlet, url, told.said, told.quote, c.evidence.start,
        c.evidence.end, c.kind, c.stage, c.polarity, c.hedged,
        [p.name for p in c.supplier], list(dict.fromkeys(k for p in c.supplier for k in p.countries)),
        [p.name for p in c.recipient], list(dict.fromkeys(k for p in c.recipient for k in p.countries)),
        c.item, c.designations, c.category, number and number.min, number and number.max, number and number.per,
        money and money.min, money and money.max, money and money.currency,
        size and size.min, size and size.max, size and size.unit, when and when.start, when and when.end,
        [v.name for v in c.voices], [v.kind for v in c.voices], c.basis, c.zone,
        min((sure for _, sure in c.confidence), default=None),
    ]  # fmt: skip


def _note_claim(told: Told, notes: Notes) -> None:
    c = told.claim
    notes["spans of slots, which have no column"] += spans_of_slots(c)
    notes["confidences of slots, of which claims.csv has a claim's lowest"] += max(0, len(c.confidence) - 1)
    split = any(len(side) > 1 and any(p.countries for p in side) for side in (c.supplier, c.recipient))
    notes["claims with several parties on a side, whose countries are in one list"] += split
