"""W3C Web Annotations (`annotations.jsonld`): every claim and response on its words.

Form: Web Annotation Data Model (W3C Recommendation, 2017). The context that it asks for is named, and
`CONTEXT` is one of our own for what is used of it, so that nothing need be fetched. Positions count
code points of the frozen text, which is the article's text and not its page's HTML.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from sayso.errors import InputError
from sayso.export.files import Json
from sayso.export.linked import TERMS, Node, archived, present, source, urn, write_nodes
from sayso.export.plain import plain, slots
from sayso.export.walk import Documents, Notes, Part, note_articles
from sayso.model import Answer, Claim, Document, Span, Told

ANNO = "http://www.w3.org/ns/anno.jsonld"
BESIDE = 32
"""Code points before and after the words, by which they are found in another copy."""

# What is used of the vocabulary, in our own words: the terms, what they name, and how they are typed.
CONTEXT: Node = {
    "oa": "http://www.w3.org/ns/oa#", "as": "http://www.w3.org/ns/activitystreams#",
    "xsd": "http://www.w3.org/2001/XMLSchema#", "dctypes": "http://purl.org/dc/dcmitype/",
    "id": "@id", "type": "@type",
    "Annotation": "oa:Annotation", "AnnotationPage": "as:OrderedCollectionPage", "Dataset": "dctypes:Dataset",
    "SpecificResource": "oa:SpecificResource", "TextualBody": "oa:TextualBody",
    "TextQuoteSelector": "oa:TextQuoteSelector", "TextPositionSelector": "oa:TextPositionSelector",
    "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
    "body": {"@id": "oa:hasBody", "@type": "@id"}, "target": {"@id": "oa:hasTarget", "@type": "@id"},
    "source": {"@id": "oa:hasSource", "@type": "@id"}, "selector": {"@id": "oa:hasSelector", "@type": "@id"},
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"}, "describing": "oa:describing",
    "exact": "oa:exact", "prefix": "oa:prefix", "suffix": "oa:suffix",
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
    "value": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value", "format": "http://purl.org/dc/elements/1.1/format",
}  # fmt: skip
OURS: Node = {
    "@version": 1.1, "claim": {"@id": f"{TERMS}claim", "@type": "@json"},
    "response": {"@id": f"{TERMS}response", "@type": "@json"},
    "deal": {"@id": f"{TERMS}deal", "@type": "@id"}, "archived": {"@id": f"{TERMS}archived", "@type": "@id"},
}  # fmt: skip


def write(parts: Iterable[Part], documents: Documents, out: Path, notes: Notes) -> None:
    """Writes the file into the folder `out`. Raises `InputError`, also where a quotation is not what
    its article has in that place."""
    head: Node = {"@context": [ANNO, OURS], "id": urn("export", "annotations"), "type": "AnnotationPage"}
    write_nodes(out / "annotations.jsonld", head, "items", _nodes(parts, documents, notes))


def _nodes(parts: Iterable[Part], documents: Documents, notes: Notes) -> Iterator[Node]:
    for part in parts:
        note_articles(part, notes)
        deal = urn("deal", part.deal.id) if part.deal else None
        for told in part.claims:
            yield _claim(told, documents.get(told.document), deal)
        if part.deal is None:
            continue
        for w in part.deal.witnesses:
            for n, answer in enumerate(w.answers):
                key = f"{part.deal.id}.{w.document}.{n}"
                yield _answer(key, answer, documents.get(answer.document), deal)
            notes["drifts, which have two places and no annotation"] += len(w.drifts)
            notes["witnesses, of which the annotations have the claims and responses"] += 1
        notes["deals, of which the annotations have the key, the claims and the responses"] += 1


def _claim(told: Told, document: Document | None, deal: str | None) -> Node:
    data = {"key": told.key, "outlet": told.outlet, "said": plain(told.said)} | slots(told.claim)
    target = _target(told.document, document, told.claim.evidence, told.quote)
    return _annotation("claim", told.key, in_words(told.claim), data, target, deal)


def _answer(key: str, a: Answer, document: Document | None, deal: str | None) -> Node:
    data: Node = {"responder": a.responder, "type": a.type.value, "scope": a.scope.value}
    words = f"{a.responder}: {a.type.value.replace('_', ' ')} ({a.scope.value})"
    return _annotation("response", key, words, data, _target(a.document, document, a.span, a.quote), deal)


def _annotation(kind: str, key: str, words: str, data: Node, target: Node, deal: str | None) -> Node:
    id = urn(kind, key)
    in_full: Node = present({"id": f"{id}:slots", "type": "Dataset", kind: data, "deal": deal})
    return {
        "id": id, "type": "Annotation", "motivation": "describing",
        "body": [{"type": "TextualBody", "value": words, "format": "text/plain"}, in_full], "target": target,
    }  # fmt: skip


def in_words(c: Claim) -> str:
    """A claim on a line: "transfer, agreed, hedged: Norway -> Portugal: 100 drones"."""
    sides = " -> ".join(" and ".join(p.name for p in side) or "?" for side in (c.supplier, c.recipient))
    marks = [c.kind.value.replace("_", " "), c.stage.value, *(["hedged"] if c.hedged else [])]
    marks += [c.polarity.value] if c.polarity.value == "denied" else []
    return f"{', '.join(marks)}: {sides}: {c.item}"


def _target(key: str, document: Document | None, span: Span, words: str) -> Node:
    quoted: Node = {"type": "TextQuoteSelector", "exact": words}
    if document and document.text:
        text = document.text
        found = span.of(text)
        if found != words:
            raise InputError(f"document {key}, [{span.start}, {span.end})", repr(found[:60]), f"{words[:60]!r}")
        quoted |= {
            "prefix": text[max(0, span.start - BESIDE) : span.start],
            "suffix": text[span.end : span.end + BESIDE],
        }
    position: Json = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
    return present({
        "type": "SpecificResource", "source": source(key, document), "archived": archived(document),
        "selector": [present(quoted), position],
    })  # fmt: skip
