"""The whole way of one article, in one place: a document in, its reading out."""

from __future__ import annotations

from dataclasses import replace

from sayso.lexicon import Lexicon
from sayso.model import Document, Reading, ZoneSpan
from sayso.reading.attribution import attributions
from sayso.reading.cast import Cast
from sayso.reading.chain import said_by
from sayso.reading.claims import claims
from sayso.reading.confidence import Curves, calibrated, curves
from sayso.reading.nesting import nested
from sayso.reading.origins import origins
from sayso.reading.published import infer
from sayso.reading.refreeze import refrozen
from sayso.reading.responses import responses
from sayso.reading.speakers import transcript
from sayso.text.marked import mark
from sayso.text.repair import repair
from sayso.text.tagger import Encoder
from sayso.text.timex import timexes


def read(document: Document, lexicon: Lexicon, encoder: Encoder, sure: Curves | None = None) -> Reading:
    """Reads one document. Pure: the same input gives the same reading, and nothing else changes.

    `sure` maps the claims' raw scores to confidence, by the packaged curves where it is None.
    Everything is found in the repaired text and handed back in offsets of the frozen one. Raises
    `SpanError` where an offset does not fit, which is a fault of sayso's own.
    """
    fixed = repair(document.text)
    if document.published is None:
        dated = infer(fixed.text, timexes(fixed.text, None))
        if dated:
            document = replace(
                document, published=dated[0], published_inferred=True, published_span=fixed.to_frozen(dated[1])
            )
    zones = tuple(ZoneSpan(z.zone, fixed.to_repaired(z.span)) for z in document.zones)
    marked = mark(document, fixed.text, zones, document.published, lexicon, encoder)
    cast = Cast(marked)
    said = nested([*attributions(marked.tags, marked.text), *transcript(cast)], marked)
    spoken = said_by(said, cast)
    claimed = calibrated(claims(spoken, cast), curves() if sure is None else sure)
    reading = Reading(
        document=document,
        attributions=tuple(said),
        claims=tuple(claimed),
        responses=tuple(responses(said, spoken, claimed, cast)),
        origins=tuple(origins(said, [v for c in claimed for v in c.voices], cast)),
        timexes=marked.timexes,
    )
    return refrozen(reading, fixed)
