"""A text with all that stages of reading look up in it, computed once."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from sayso.lexicon import Lexicon
from sayso.lexicon.speech import Speech, speech
from sayso.model import Document, Measure, Money, Quantity, Span, Timex, Zone, ZoneSpan, zone_at
from sayso.text.money import moneys
from sayso.text.names import Mention, mentions, with_unknown_outlets
from sayso.text.quantities import measures, quantities
from sayso.text.sentences import sentences
from sayso.text.tagger import Encoder, Tags
from sayso.text.timex import timexes


@dataclass(frozen=True, slots=True)
class Marked:
    """`text` is the repaired text; every span here is one of it, not of the frozen text."""

    document: Document
    text: str
    zones: tuple[ZoneSpan, ...]
    sentences: tuple[Span, ...]
    tags: Tags
    names: tuple[Mention, ...]
    quantities: tuple[Quantity, ...]
    moneys: tuple[Money, ...]
    measures: tuple[Measure, ...]
    timexes: tuple[Timex, ...]
    lexicon: Lexicon
    speech: Speech
    _starts: tuple[int, ...]
    _name_starts: tuple[int, ...]
    _name_ends: tuple[int, ...]

    def sentence_number(self, offset: int) -> int:
        """The number of the sentence that holds an offset, or of the last one before it."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def sentence_at(self, offset: int) -> Span:
        return self.sentences[self.sentence_number(offset)]

    def names_in(self, span: Span) -> list[Mention]:
        return [n for n in self.names_over(span) if span.covers(n.span)]

    def names_over(self, span: Span) -> tuple[Mention, ...]:
        """The names that share a character with a span."""
        first = bisect_right(self._name_ends, span.start)
        return self.names[first : max(first, bisect_left(self._name_starts, span.end))]

    def zone_at(self, offset: int) -> Zone:
        return zone_at(self.zones, offset)


def mark(
    document: Document, text: str, zones: tuple[ZoneSpan, ...], published: dt.date | None,
    lexicon: Lexicon, encoder: Encoder,
) -> Marked:  # fmt: skip
    """Runs every finder over a (repaired) text. `published` anchors relative dates."""
    parts = tuple(sentences(text))
    names = tuple(with_unknown_outlets(text, mentions(text, lexicon)))
    return Marked(
        document=document,
        text=text,
        zones=zones,
        sentences=parts,
        tags=encoder(text, parts),
        names=names,
        quantities=tuple(quantities(text)),
        moneys=tuple(moneys(text)),
        measures=tuple(measures(text)),
        timexes=tuple(timexes(text, published, parts)),
        lexicon=lexicon,
        speech=speech(),
        _starts=tuple(s.start for s in parts),
        _name_starts=tuple(n.span.start for n in names),
        _name_ends=tuple(n.span.end for n in names),
    )
