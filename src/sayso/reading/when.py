"""When the claimed thing happens: of the times in a claim's sentence, the one that belongs to it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.model import Interval, Kind, Span
from sayso.reading import slots
from sayso.reading.chain import Said
from sayso.reading.slots import Anchor
from sayso.text.marked import Marked

_WORD = re.compile(r"\w+")

# Chosen on held-out labelled articles; see training/experiments.md.
INSIDE_AT = 0.0  # at least, of a time within the evidence
OUTSIDE_AT = 0.3  # and of one elsewhere in the sentence
SPECIFIED_AT = 0.5  # and of any, for a property of an arm, which hardly ever has a time
FAR = 500  # characters from the item that weigh as much as the whole of the pointer's score
WORDS_FROM_CUE = 2  # "Today, we are announcing"
OPENING = 4  # characters of a preposition before the time that opens a sentence
NEAR_CUE = 32  # characters around a time in which those words are looked for


def when(anchor: Anchor, evidence: Span, said: Sequence[Said], marked: Marked) -> tuple[Interval | None, float]:
    """The days within which the claimed thing happens, with its pointer's score (0 to 1); None, 0 where no
    time is told. The time of saying or announcing is not the thing's."""
    sentence = marked.sentence_at(anchor.span.start)
    p = slots.scores(marked.tags, anchor, "when")
    best: tuple[float, Interval, float] | None = None
    for t in marked.timexes:
        days = t.interval
        if days is None or not (days.start or days.end) or not (sentence.overlaps(t.span) or evidence.overlaps(t.span)):
            continue
        sure = slots.strength(marked.tags, p, t.span)
        inside = evidence.overlaps(t.span)
        least = SPECIFIED_AT if anchor.kind is Kind.SPECIFICATION else INSIDE_AT if inside else OUTSIDE_AT
        if sure < least or _of_saying(t.span, anchor, said, marked):
            continue
        merit = sure + inside - abs(t.span.start - anchor.span.start) / FAR
        if best is None or merit > best[0]:
            best = merit, Interval(days.start, days.end, t.span), sure
    return (best[1], best[2]) if best else (None, 0.0)


def _of_saying(time: Span, anchor: Anchor, said: Sequence[Said], marked: Marked) -> bool:
    """Whether a time stands beside a word of saying, and so outside of what is said."""
    sentence = marked.sentence_at(time.start)
    low, high = max(sentence.start, time.start - NEAR_CUE), min(sentence.end, time.end + NEAR_CUE)
    around = marked.text[low:high]
    cues = [Span(low + h.span.start, low + h.span.end) for h in marked.speech.cues.find(around)]
    for a, _ in said:
        if any(c.overlaps(anchor.span) for c in a.content) and not any(c.overlaps(time) for c in a.content):
            cues += a.cue
    return any(_beside(time, cue, sentence, marked.text) for cue in cues)


def _beside(time: Span, cue: Span, sentence: Span, text: str) -> bool:
    """Whether few words stand between a time and a verb of saying. "Since May, according to" and "the United
    States last month" are none."""
    words = text[cue.start : cue.end]
    if words[:1].isupper() or words.endswith(" to"):
        return False
    if cue.end <= time.start:
        between, stops = text[cue.end : time.start], ".;:,"
    else:
        opens = time.start - sentence.start <= OPENING
        between, stops = text[time.end : cue.start], ".;:" if opens else ".;:,"
    return len(_WORD.findall(between)) <= WORDS_FROM_CUE and not set(between) & set(stops)
