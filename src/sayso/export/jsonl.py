"""JSON Lines: `deals.jsonl`, `claims.jsonl` and `documents.jsonl`, one object a line, without loss.

The keys are a promise (see docs/exports.md): they may be added to, not changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from sayso.export.files import Json, dumped, writing
from sayso.export.plain import plain, slots
from sayso.export.walk import Documents, Notes, Part
from sayso.model import Deal, Document, Told


def write(parts: Iterable[Part], documents: Documents, out: Path, notes: Notes) -> None:
    """Writes the three files into the folder `out`. Raises `InputError`."""
    with (
        writing(out / "deals.jsonl") as deals,
        writing(out / "claims.jsonl") as claims,
        writing(out / "documents.jsonl") as articles,
    ):
        for part in parts:
            if part.deal:
                deals.write(dumped(deal_json(part.deal, {t.key: t for t in part.claims})) + "\n")
            claims.writelines(dumped(claim_json(t)) + "\n" for t in part.claims)
            for key, document in part.documents:
                articles.write(dumped(document_json(key, document, part.carriers[key])) + "\n")
                notes["texts of articles, which no export passes on"] += document is not None


def deal_json(deal: Deal, tolds: Mapping[str, Told]) -> dict[str, Json]:
    """All of a deal, with its claims in full. A claim that `tolds` lacks has its key alone."""
    claims: list[Json] = [claim_json(tolds[key]) if key in tolds else {"key": key} for key in deal.claims]
    whole = plain(deal)
    assert isinstance(whole, dict)
    return whole | {"claims": claims}


def claim_json(told: Told) -> dict[str, Json]:
    """A claim where it was told: the keys of a claim in a reading's JSON, after these five."""
    return {
        "key": told.key, "document": told.document, "outlet": told.outlet, "said": plain(told.said),
        "evidence": told.quote, "evidence_span": plain(told.claim.evidence),
    } | slots(told.claim)  # fmt: skip


def document_json(key: str, document: Document | None, outlet: str | None = None) -> dict[str, Json]:
    """A document without its text. Of one that was not given: its key and outlet."""
    if document is None:
        return {"key": key, "outlet": outlet}
    whole = plain(replace(document, text=""))
    assert isinstance(whole, dict)
    del whole["text"]
    return {"key": key} | whole
