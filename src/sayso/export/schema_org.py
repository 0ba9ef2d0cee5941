"""schema.org Claims (`claims.jsonld`): what was claimed, where, and by whom on whose word.

Form: https://schema.org/Claim. There is no ClaimReview and no rating: how true a claim is, the ledger
does not say. Of a chain of voices, each is the author of a Claim that is based on the next one's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path

from sayso.export.files import Json
from sayso.export.linked import UNNAMED, Node, agent, archived, present, source, urn, write_nodes
from sayso.export.plain import plain, spans_of_slots, summary
from sayso.export.walk import Documents, Notes, Part, note_articles
from sayso.model import Claim, Deal, Document, Interval, Told, Voice, VoiceKind

CONTEXT: Node = {"@vocab": "https://schema.org/", "id": "@id", "type": "@type"} | {
    term: {"@type": "@id"} for term in ("appearance", "firstAppearance", "isPartOf", "url")
}
_TYPES = {
    VoiceKind.NAMED_PERSON: "Person", VoiceKind.ORGANISATION: "Organization",
    VoiceKind.OUTLET: "NewsMediaOrganization",
}  # fmt: skip


def write(parts: Iterable[Part], documents: Documents, out: Path, notes: Notes) -> None:
    """Writes the file into the folder `out`. Raises `InputError`."""
    write_nodes(out / "claims.jsonld", {"@context": CONTEXT}, "@graph", _nodes(parts, documents, notes))


def _nodes(parts: Iterable[Part], documents: Documents, notes: Notes) -> Iterator[Node]:
    for part in parts:
        for key, document in part.documents:
            yield _article(key, document, part.carriers[key])
        note_articles(part, notes)
        if part.deal:
            yield _deal(part.deal, documents)
            _note_deal(part.deal, notes)
        for told in part.claims:
            yield _told(told, part.deal, documents.get(told.document))
            _note_claim(told.claim, notes)


def _article(key: str, d: Document | None, outlet: str | None) -> Node:
    if d is None:
        return present({"id": source(key, d), "type": "NewsArticle", "publisher": _outlet(outlet)})
    return present({
        "id": source(key, d), "type": "NewsArticle", "headline": d.title, "url": _web(source(key, d)),
        "publisher": _outlet(d.outlet), "creditText": d.author, "datePublished": plain(d.published),
        "inLanguage": d.language, "identifier": archived(d),
    })  # fmt: skip


def _deal(d: Deal, documents: Documents) -> Node:
    """The claim that all tellings of a deal share, and where it appears."""
    first = first_document(d)
    return present({
        "id": urn("deal", d.id), "type": "Claim", "name": summary(d), "temporalCoverage": _coverage(d.when),
        "keywords": _keywords(d.kind, d.stage, d.category),
        "appearance": [source(w.document, documents.get(w.document)) for w in d.witnesses],
        "firstAppearance": source(first, documents.get(first)) if first else None,
    })  # fmt: skip


def first_document(d: Deal) -> str | None:
    """The earliest dated article of the deal, an origin's own where there are any; the first by key of
    a day. None where nothing is dated."""
    own = {document for r in d.roots for document in r.own}
    dated = [w for w in d.witnesses if w.said is not None]
    among = [w for w in dated if w.document in own] or dated
    return min(among, key=lambda w: (w.said or dt.date.max, w.document)).document if among else None


def _told(told: Told, deal: Deal | None, document: Document | None) -> Node:
    """One article's claim: by the outlet, based on what the outermost voice says, and so on inward."""
    inner: Json = None
    for n, voice in enumerate(told.claim.voices):
        inner = present({
            "id": f"{urn('claim', told.key)}:voice:{n}", "type": "Claim", **_author(voice, told.key),
            "isBasedOn": inner,
        })  # fmt: skip
    c = told.claim
    return present({
        "id": urn("claim", told.key), "type": "Claim", "text": told.quote, "author": _outlet(told.outlet),
        "datePublished": plain(told.said), "appearance": source(told.document, document),
        "isPartOf": urn("deal", deal.id) if deal else None, "isBasedOn": inner,
        "keywords": _keywords(c.kind, c.stage, c.category, c.polarity, "hedged" if c.hedged else "", *c.designations),
        "about": _about(c),
        "temporalCoverage": _coverage(c.when),
    })  # fmt: skip


def _author(voice: Voice, claim: str) -> Node:
    """A named author as a thing, an unnamed one as the words that credit it."""
    if voice.kind in UNNAMED:
        return {"creditText": voice.name}
    return {"author": {"id": agent(voice, claim), "type": _TYPES[voice.kind], "name": voice.name}}


def _web(address: str) -> str | None:
    return address if address.startswith("http") else None


def _outlet(name: str | None) -> Json:
    if not name:
        return None
    voice = Voice(name, VoiceKind.OUTLET)
    return {"id": agent(voice, ""), "type": _TYPES[voice.kind], "name": name}


def _about(c: Claim) -> list[Json]:
    found: list[Json] = [{"type": "Organization", "name": p.name} for p in (*c.supplier, *c.recipient)]
    return [*found, {"type": "Product", "name": c.item}] if c.item else found


def _keywords(*words: str) -> list[Json]:
    return [str(w) for w in words if w]


def _coverage(when: Interval | None) -> str | None:
    """An ISO 8601 interval; an open end is two dots."""
    if when is None or (when.start is None and when.end is None):
        return None
    return "/".join(d.isoformat() if d else ".." for d in (when.start, when.end))


def _note_deal(d: Deal, notes: Notes) -> None:
    notes["origins of deals, of which the first appearance alone is told"] += len(d.roots)
    notes["standings, which schema.org would take for ratings"] += len(d.standing)
    notes["values and conflicts of deals, which have no property"] += len(d.values) + len(d.conflicts)
    notes["steps of deals, which have no property"] += len(d.steps)
    notes["witnesses, of which the articles are told as appearances"] += len(d.witnesses)
    notes["responses, which have no property"] += sum(len(w.answers) for w in d.witnesses)
    notes["drifts, which have no property"] += sum(len(w.drifts) for w in d.witnesses)


def _note_claim(c: Claim, notes: Notes) -> None:
    notes["spans, which have no property (web-annotation has them)"] += spans_of_slots(c) + 1
    notes["numbers, values and measures, which stand in the quotation alone"] += sum(
        v is not None for v in (c.quantity, c.value, c.measure)
    )
    notes["confidences of slots, which have no property"] += len(c.confidence)
    notes["claims whose roles of supplier and recipient are one list of what they are about"] += bool(
        c.supplier or c.recipient
    )
    notes["bases and zones of claims, which have no property"] += 2
