"""Sentences as spans, by punctuation rules (the "period + space + capital" family, with
abbreviations and initials excepted; Grefenstette & Tapanainen 1994)."""

from __future__ import annotations

import re

from sayso.lexicon.grammar import words_of
from sayso.model import Span

# A stop with its closing quotes or brackets, then white space; or a line's end.
_STOP = re.compile(r"""(?P<stop>[.!?…]+)["”’')\]»]*(?P<gap>[ \t\u00a0]+)|(?P<line>[ \t\u00a0]*\n\s*)""")
_OPENERS = "\"“‘'([«—–-•*"


def _is_boundary(text: str, stop: int, after: int) -> bool:
    """Whether a stop at `stop` ends a sentence, the next word starting at `after`."""
    if after >= len(text):
        return True
    nxt = text[after]
    if not (nxt.isupper() or nxt.isdigit() or nxt in _OPENERS or not nxt.isascii()):
        return False
    if text[stop] != ".":
        return True
    begin = stop
    while begin > 0 and (text[begin - 1].isalnum() or text[begin - 1] == "."):
        begin -= 1
    word = text[begin:stop].lower()
    if len(word) == 1 and word.isalpha() and text[begin].isupper():
        return False
    if word in words_of("abbreviation"):
        # "in the U.S. The ministry …": a new sentence often does start after some of them.
        following = re.match(r"\W*(\w+)", text[after : after + 40])
        opens = following is not None and following.group(1).lower() in words_of("starts a sentence")
        return opens and word in words_of("may end a sentence")
    return True


def sentences(text: str) -> list[Span]:
    """The sentences of a text in order, without surrounding white space; lines always part.

    Every non-space character lies in exactly one of them.
    """
    out: list[Span] = []
    start = 0

    def close(end: int) -> None:
        inner = Span(start, end).stripped(text)
        if inner.start < inner.end:
            out.append(inner)

    for m in _STOP.finditer(text):
        if m.group("line") is None and not _is_boundary(text, m.start("stop"), m.end()):
            continue
        close(m.end())
        start = m.end()
    close(len(text))
    return out
