"""Time expressions in English news, in the form of TimeML's TIMEX3, and the days they stand for.

Rules over folded text: a scan finds candidates (`timex_patterns`), a rule each gives type, value and
period (`timex_figures`, `timex_named`, `timex_periods`, `timex_relative`, `timex_durations`), the clause's
tense decides where a bare month or weekday points (`timex_tense`), and the words around shape the days
(`timex_interval`). The values follow TimeML 1.2.1 as used in TempEval-3 (UzZaman et al. 2013).
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from sayso.model import Span, Timex
from sayso.text.numbers import fold
from sayso.text.sentences import sentences as split
from sayso.text.timex_durations import DURATION_RULES
from sayso.text.timex_figures import FIGURE_RULES, day_first
from sayso.text.timex_interval import intervals
from sayso.text.timex_named import NAMED_RULES
from sayso.text.timex_patterns import MATCHERS, SCAN, is_capital_word
from sayso.text.timex_periods import PERIOD_RULES
from sayso.text.timex_relative import RELATIVE_RULES
from sayso.text.timex_resolve import Found, Scene, remember
from sayso.text.timex_tense import direction

_RULES = FIGURE_RULES | NAMED_RULES | PERIOD_RULES | RELATIVE_RULES | DURATION_RULES


def timexes(
    text: str, anchor: dt.date | None, sentences: Sequence[Span] | None = None, *, day_first: bool | None = None
) -> list[Timex]:
    """The time expressions of a text in order; they never overlap.

    `anchor` is the publication day: without it relative expressions get a value with X's, or an
    empty one, and no interval. `sentences`, where already known, saves splitting the text again.
    `day_first` tells how the outlet's country writes 12/03/2024; without it the text's clear dates decide, and
    where there are none such a date has its year as value and no interval.
    `Timex.span` is the TIMEX3 extent, without prepositions; the interval takes them into account,
    its own span covers them.
    """
    folded = fold(text)
    found = list(_find(text, folded, _scene(text, folded, anchor, sentences, day_first)))
    return [
        Timex(Span(f.start, f.end), f.type, f.period.value, interval)
        for f, interval in zip(found, intervals(folded, found, anchor), strict=True)
    ]


def _scene(
    text: str, folded: str, anchor: dt.date | None, sentences: Sequence[Span] | None, first: bool | None
) -> Scene:
    bounds: list[Span] = list(sentences) if sentences is not None else []

    def sentence(at: int) -> Span:
        if not bounds:
            bounds.extend(split(text))
        return bounds[max(0, bisect_right(bounds, at, key=lambda s: s.start) - 1)] if bounds else Span(0, len(text))

    def tense(start: int, end: int) -> int:
        return direction(folded, text, Span(start, end), sentence(start))

    return Scene(text, folded, anchor, sentence, tense, day_first(folded) if first is None else first)


def _find(text: str, folded: str, scene: Scene) -> Iterator[Found]:
    at = 0
    while m := SCAN.search(folded, at):
        name = m.lastgroup or ""
        inner = MATCHERS[name].match(folded, m.start())
        found = _RULES[name](inner, scene) if inner and is_capital_word(text, folded, inner, name) else []
        for f in found:
            remember(scene, f)
            yield f
        at = found[-1].end if found else _next_word(folded, m.start())


def _next_word(folded: str, at: int) -> int:
    """Past the word at `at`, so that a refused reading gives way to a later one."""
    end = at + 1
    while end < len(folded) and folded[end].isalnum():
        end += 1
    return end
