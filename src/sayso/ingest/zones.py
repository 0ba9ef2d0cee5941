"""The zones of an article: what is headline, caption, credit, teaser … and not body.

Works line by line on any text, with the cue words of `data/zones.csv`. What no rule marks is
body and gets no zone of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sayso.ingest.cues import matcher
from sayso.ingest.dateline import dateline_end
from sayso.model import Span, Zone, ZoneSpan

_STOPS = (".", "!", "?", "…", ":", ";", ",", '."', ".”", "?”", "!”", '?"', '!"', "다.", "。")
_MAX_HEADLINE_WORDS = 25
_MAX_STANDFIRST_WORDS = 45
_MAX_CUE_WORDS = 40
_MAX_TEASER_WORDS = 30
_MIN_SENTENCE_WORDS = 6
_DATELINE_LINES = 8  # lines of text from the top that may begin with a dateline
_LIKE_TITLE = 0.8
_UNLIKE_TITLE = 0.2
_LIKE_CAPTION = 0.7
_OPENS = re.compile(r"[\w\"'“‘„«(¿¡]")
_TOKEN = re.compile(r"\w+")
_BRACKET = re.compile(r"[(\[]([^()\[\]]{1,80})[)\]]\s{0,3}\Z")


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    start: int
    ends_block: bool  # an empty line or the end follows

    @property
    def words(self) -> int:
        return self.text.count(" ") + 1

    @property
    def stopped(self) -> bool:
        return self.text.endswith(_STOPS)

    def span(self) -> Span:
        return Span(self.start, self.start + len(self.text))


def zones(text: str, title: str | None) -> tuple[ZoneSpan, ...]:
    """The zones that are not body, in text order, without overlap."""
    lines = _lines(text)
    marked: dict[int, ZoneSpan] = {}
    _mark_cues(lines, marked)
    _mark_captions(lines, marked)
    _mark_teasers(lines, marked)
    top = _mark_headline(lines, title, marked)
    _mark_datelines(lines, marked)
    _mark_standfirst(lines, top, marked)
    return tuple(marked[i] for i in sorted(marked))


def _lines(text: str) -> list[_Line]:
    found: list[_Line] = []
    pending: tuple[str, int] | None = None
    at = 0
    for raw in text.split("\n"):
        line = raw.strip()
        if pending is not None:
            found.append(_Line(*pending, ends_block=not line))
            pending = None
        if line:
            pending = (line, at + raw.index(line[0]))
        at += len(raw) + 1
    if pending is not None:
        found.append(_Line(*pending, ends_block=True))
    return found


def _mark(marked: dict[int, ZoneSpan], index: int, zone: Zone, span: Span) -> None:
    marked.setdefault(index, ZoneSpan(zone, span))


def _mark_cues(lines: list[_Line], marked: dict[int, ZoneSpan]) -> None:
    searches = [(zone, matcher(zone, pattern).search) for zone, pattern in _CUES]
    for i, line in enumerate(lines):
        if line.words > _MAX_CUE_WORDS:
            continue
        low = line.text.lower()
        for zone, search in searches:
            if search(low):
                _mark(marked, i, zone, line.span())
                break


_CUES: tuple[tuple[Zone, str], ...] = (
    (Zone.CREDIT, "bracket"),
    (Zone.CREDIT, "start"),
    (Zone.CREDIT, "end"),
    (Zone.TEASER, "start"),
    (Zone.CAPTION, "start"),
    (Zone.BOILERPLATE, "is"),
    (Zone.BOILERPLATE, "start"),
    (Zone.BOILERPLATE, "any"),
)


def _mark_captions(lines: list[_Line], marked: dict[int, ZoneSpan]) -> None:
    """Lines that end in a picture's source, and lines beside them that say the same again."""
    found: list[int] = []
    for i, line in enumerate(lines):
        if i not in marked and line.words <= _MAX_CUE_WORDS * 2 and _is_caption(line):
            _mark(marked, i, Zone.CAPTION, line.span())
            found.append(i)
    for i in found:
        for j in (i - 1, i + 1):
            if 0 <= j < len(lines) and j not in marked and _repeats(lines[j].text, lines[i].text):
                _mark(marked, j, Zone.CAPTION, lines[j].span())


def _is_caption(line: _Line) -> bool:
    low = line.text.lower()
    if not line.stopped and matcher(Zone.CAPTION, "end").search(low):
        return True
    bracket = _BRACKET.search(low)
    if bracket is None or line.words < 2:
        return False
    return matcher(Zone.CAPTION, "source").search(bracket[1]) is not None


def _repeats(text: str, caption: str) -> bool:
    mine, other = _TOKEN.findall(text.lower()), _TOKEN.findall(caption.lower())
    return len(mine) >= 4 and _share(mine, other) >= _LIKE_CAPTION


def _share(mine: list[str], other: list[str]) -> float:
    """The share of the shorter list's words that the longer has, against the longer's length."""
    return len(set(mine) & set(other)) / max(len(set(mine)), len(set(other)), 1)


def _mark_teasers(lines: list[_Line], marked: dict[int, ZoneSpan]) -> None:
    """After a heading such as "Keep reading:" come headlines: short lines without a full stop."""
    heading = matcher(Zone.TEASER, "heading")
    inside = False
    for i, line in enumerate(lines):
        if line.words <= _MIN_SENTENCE_WORDS and heading.search(line.text.lower()):
            inside = True
        elif inside and (line.words > _MAX_TEASER_WORDS or _is_sentence(line)):
            inside = False
        if inside:
            _mark(marked, i, Zone.TEASER, line.span())


def _is_sentence(line: _Line) -> bool:
    return line.stopped and not line.text.endswith("?") and line.words >= _MIN_SENTENCE_WORDS


def _mark_headline(lines: list[_Line], title: str | None, marked: dict[int, ZoneSpan]) -> int:
    """Marks the headline; gives the index of the line after it (0 where there is none).

    The first line is it when it is like the title, or short, without a full stop and on its own.
    One that has nothing of a known title is a standfirst.
    """
    if not lines or 0 in marked:
        return 0
    first = lines[0]
    if first.words > _MAX_HEADLINE_WORDS * 2 or _OPENS.match(first.text) is None or dateline_end(first.text):
        return 0
    mine = _TOKEN.findall(first.text.lower())
    likeness = _share(mine, _TOKEN.findall(title.lower())) if title is not None else None
    alone = len(lines) > 1 and first.ends_block and first.words <= _MAX_HEADLINE_WORDS
    unstopped = not first.stopped or first.text.endswith("?")
    if not (alone and unstopped) and (likeness is None or likeness < _LIKE_TITLE):
        return 0
    unlike = likeness is not None and likeness < _UNLIKE_TITLE
    _mark(marked, 0, Zone.STANDFIRST if unlike else Zone.HEADLINE, first.span())
    return 1


def _mark_datelines(lines: list[_Line], marked: dict[int, ZoneSpan]) -> None:
    for i, line in enumerate(lines[:_DATELINE_LINES]):
        if i in marked:
            continue
        end = dateline_end(line.text)
        if end:
            _mark(marked, i, Zone.DATELINE, Span(line.start, line.start + end))


def _mark_standfirst(lines: list[_Line], top: int, marked: dict[int, ZoneSpan]) -> None:
    """Lines between headline and body: without a full stop, or right before byline or dateline."""
    for i in range(top, min(top + 2, len(lines) - 1)) if top else ():
        line = lines[i]
        if i in marked or not line.ends_block or line.words > _MAX_STANDFIRST_WORDS:
            return
        after = marked.get(i + 1)
        if line.stopped and (after is None or after.zone is not Zone.DATELINE):
            return
        _mark(marked, i, Zone.STANDFIRST, line.span())
