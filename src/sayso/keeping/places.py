"""How a verdict names a claim: by its place, which outlasts another reading of the document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import msgspec

from sayso.model import Kind, Span, Told
from sayso.store import Look, Verdict
from sayso.store.codec import Json
from sayso.store.review_queries import ClaimPlace, claim_places, places_in


class Ref(msgspec.Struct, frozen=True):
    """A claim's place: the key it had, its document, the evidence's characters and the kind."""

    key: str
    document: str
    start: int
    end: int
    kind: Kind


def ref(told: Told) -> Ref:
    c = told.claim
    return Ref(told.key, told.document, c.evidence.start, c.evidence.end, c.kind)


def refs(v: Verdict, *, part: str = "claims") -> list[Ref]:
    """The claims that a verdict names in a part of its target: "claims", or "from" for a split's other side."""
    target = v.target if isinstance(v.target, dict) else {}
    many: Json = target.get(part, [target["claim"]] if part == "claims" and "claim" in target else [])
    return [msgspec.convert(r, Ref) for r in many] if isinstance(many, list) else []


def resolved(look: Look, wanted: Iterable[Ref]) -> dict[Ref, str]:
    """Where each place is told of now: the claim of its kind whose evidence shares most with it."""
    left = set(wanted)
    found: dict[Ref, str] = {}
    there = {p.key: p for p in claim_places(look, sorted({r.key for r in left}))}
    for r in left:  # most stand where they stood: no other claim can share more with the place
        p = there.get(r.key)
        if p is not None and (p.document, p.start, p.end, p.kind) == (r.document, r.start, r.end, r.kind):
            found[r] = r.key
    left -= found.keys()
    by_document: dict[str, list[ClaimPlace]] = defaultdict(list)
    for p in places_in(look, sorted({r.document for r in left})):
        by_document[p.document].append(p)
    for r in left:
        place = Span(r.start, r.end)
        fits = [p for p in by_document[r.document] if p.kind == r.kind and Span(p.start, p.end).overlaps(place)]
        if fits:
            # By shared characters; the claim of old first among equals; then by key.
            found[r] = min(fits, key=lambda p: (max(p.start, r.start) - min(p.end, r.end), p.key != r.key, p.key)).key
    return found
