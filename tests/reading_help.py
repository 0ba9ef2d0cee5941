"""Marks a text as the pipeline does, for tests of single stages."""

from __future__ import annotations

import datetime as dt

from sayso.ingest.zones import zones
from sayso.lexicon import load
from sayso.model import Document, Span
from sayso.reading.cast import Cast
from sayso.text.marked import mark
from sayso.text.tagger import encoder

DAY = dt.date(2024, 3, 8)


def cast_of(text: str, outlet: str | None = None) -> Cast:
    document = Document("t", text, outlet=outlet, published=DAY)
    return Cast(mark(document, text, zones(text, None), DAY, load(), encoder()))


def span_of(text: str, words: str, nth: int = 0) -> Span:
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return Span(at, at + len(words))
