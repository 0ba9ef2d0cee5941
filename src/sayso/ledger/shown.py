"""A deal's witnesses as plain objects, one a document."""

from __future__ import annotations

from typing import Any

from sayso.model import Deal, Scope, Witness

# What a response meets, as it is printed: the allegation itself, or something wider or narrower.
SCOPES = {Scope.SPECIFIC: "specific", Scope.BROADER: "general", Scope.NARROWER: "narrower", Scope.UNKNOWN: "unknown"}


def witness_json(deal: Deal) -> list[dict[str, Any]]:
    """The witnesses, JSON-serialisable, in the order of their documents' keys."""
    return [_witness(w) for w in deal.witnesses]


def _witness(w: Witness) -> dict[str, Any]:
    return {
        "document": w.document, "outlet": w.outlet, "said": w.said.isoformat() if w.said else None,
        "claims": list(w.claims), "chain": list(w.chain), "basis": w.basis.value, "root": w.root or None, "why": w.why,
        "group": w.group, "unread": w.unread,
        "responses": [
            {
                "responder": a.responder, "type": a.type.value, "scope": SCOPES[a.scope], "quote": a.quote,
                "span": list(a.span),
            }
            for a in w.answers
        ],
        "drifts": [
            {
                "slot": d.slot, "root_value": d.root_value, "value": d.value, "root": d.root, "told": d.told,
                "root_span": list(d.root_span) if d.root_span else None, "span": list(d.span) if d.span else None,
            }
            for d in w.drifts
        ],
    }  # fmt: skip
