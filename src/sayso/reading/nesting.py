"""Attributions inside the content of others ("Reuters said officials said …").

The training corpus marks the outermost attribution only; the inner ones are found by their cue:
a listed verb of saying with its subject before it, or "according to", within a content span.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sayso.model import Attribution, Span
from sayso.text.marked import Marked

_CLAUSE = re.compile(r"\n\s*\n|[,;:–—]\s|\bthat\s|\b(?:and|but|while|as|after|because|whether|which|when)\s|[“”\"]")
_VERB_AFTER = re.compile(r"\s*(?:,|that\b|on \w+ that\b|:)?\s*")
_AUXILIARIES = re.compile(
    r"(?:\s(?:has|have|had|also|later|again|then|is|was|were|are|will|would|repeatedly|\w+ly))+\s*$"
)
_PRONOUN = re.compile(r"(?i)he|she|they|it")
_OWNED = re.compile(r"[’']s?$")
MOST_WORDS = 7
MAX_SOURCE = 90  # characters of a subject
MIN_CONTENT = 12
CONFIDENCE = 0.6  # of a nested attribution found by rule


def nested(outer: Sequence[Attribution], marked: Marked) -> list[Attribution]:
    """The outer attributions followed by those nested in them, parents set."""
    out = list(outer)
    for number, a in enumerate(outer):
        for content in a.content:
            out.extend(replace(inner, parent=number) for inner in _inside(content, marked))
    return out


def _inside(content: Span, marked: Marked) -> list[Attribution]:
    found: list[Attribution] = []
    words = marked.text[content.start : content.end]
    for hit in marked.speech.cues.find(words):
        cue = hit.span.shift(content.start)
        in_name = any(m.span.covers(cue) for m in marked.names_over(cue))  # "the United States"
        if in_name or (found and cue.start < found[-1].content[-1].end):
            continue
        if words[hit.span.start : hit.span.end].lower() == "according to":
            inner = _according(content, cue, marked)
        else:
            inner = _subject_verb(content, cue, marked)
        if inner:
            found.append(inner)
    return found


def _according(content: Span, cue: Span, marked: Marked) -> Attribution | None:
    rest = marked.text[cue.end : content.end]
    stop = re.search(r"[,.;\n]", rest)
    end = cue.end + (stop.start() if stop else len(rest))
    source = _trim(Span(cue.end, end), marked.text)
    clause = _trim(Span(content.start, cue.start), marked.text)
    if source.end - source.start < 2 or clause.end - clause.start < MIN_CONTENT:
        return None
    return Attribution((source,), (cue,), (clause,), confidence=CONFIDENCE)


def _subject_verb(content: Span, cue: Span, marked: Marked) -> Attribution | None:
    source = _subject(content, cue, marked)
    if source is None:
        return None
    lead = _VERB_AFTER.match(marked.text, cue.end, content.end)
    said = _trim(Span(lead.end() if lead else cue.end, content.end), marked.text)
    if said.end - said.start < MIN_CONTENT:
        return None
    return Attribution((source,), (cue,), (said,), confidence=CONFIDENCE)


def _subject(content: Span, cue: Span, marked: Marked) -> Span | None:
    """The noun phrase right before the cue that can be somebody who says something: a pronoun, a
    name or a listed noun, auxiliaries and adverbs left out."""
    before = _AUXILIARIES.sub("", marked.text[content.start : cue.start])
    end = content.start + len(before.rstrip())
    starts = [m.end() for m in _CLAUSE.finditer(before)]
    begin = content.start + (starts[-1] if starts else 0)
    phrase = _trim(Span(begin, end), marked.text)
    words = marked.text[phrase.start : phrase.end]
    if _OWNED.search(words):  # "Russia's claims of …"
        owner = [m.span for m in marked.names_in(phrase) if 0 <= phrase.end - m.span.end <= 2]
        return owner[-1] if owner else None
    if not 2 <= len(words) <= MAX_SOURCE or len(words.split()) > MOST_WORDS:
        return None
    named = any(m.type not in ("item", "designation") and m.span.end >= phrase.end - 1 for m in marked.names_in(phrase))
    listed = marked.speech.sources.find(words)
    ends_so = bool(listed) and listed[-1].span.end >= len(words)
    capital = words.split()[-1][:1].isupper()
    return phrase if named or ends_so or capital or _PRONOUN.fullmatch(words) else None


def _trim(span: Span, text: str) -> Span:
    words = text[span.start : span.end]
    lead = len(words) - len(words.lstrip(' ,;:\n“"'))
    body = words.strip(' ,;:\n“”"')
    return Span(span.start + lead, span.start + lead + len(body))
