"""The TIMEX3 attribute mod of a time expression: START, MID, END, APPROX, BEFORE, AFTER, LESS_THAN, MORE_THAN,
EQUAL_OR_LESS, EQUAL_OR_MORE (TimeML 1.2.1, section 2.2.3)."""

from __future__ import annotations

import re

from sayso.model import Timex
from sayso.text.number_bounds import either
from sayso.text.numbers import fold

_INSIDE = re.compile(
    r"(?P<START>(?:the )?(?:very )?(?:early|beginning of|start of|dawn of)\b)"
    r"|(?P<MID>(?:the )?(?:mid|middle of)\b|mid-)"
    r"|(?P<END>(?:the )?(?:very )?(?:late|end of|close of)\b|(?:the )?(?:year|month)(?:'s)?[ -]end\b)"
)
_OUTSIDE = re.compile(
    r"\b(?:"
    rf"(?P<MORE_THAN>{either('more than; over; upwards of; in excess of; well over')})"
    rf"|(?P<LESS_THAN>{either('less than; fewer than; under; nearly; almost; just under')})"
    rf"|(?P<EQUAL_OR_LESS>{either('no more than; not more than; at most; up to; as many as; a maximum of')})"
    rf"|(?P<EQUAL_OR_MORE>{either('at least; no less than; no fewer than; a minimum of')})"
    rf"|(?P<APPROX>{either('about; around; some; roughly; approximately; circa; an estimated; or so')})"
    rf"|(?P<START>{either('at the dawn of; early in; early on; at the beginning of; at the start of')})"
    rf"|(?P<MID>in the middle of)|(?P<END>{either('late in; late on; at the end of; toward the end of')})"
    r") (?:the |a |an )?$"
)
_LOOK_BACK = 26


def mod(text: str, timex: Timex) -> str:
    """The value of mod, empty where the words tell none. "More than a decade ago" is BEFORE, "less than" AFTER."""
    start, end = timex.span
    folded = fold(text[max(0, start - _LOOK_BACK) : end])
    at = len(folded) - (end - start)
    if m := _INSIDE.match(folded, at):
        return m.lastgroup or ""
    m = _OUTSIDE.search(folded[:at])
    kind = (m.lastgroup or "") if m else ""
    if folded.endswith(" ago"):
        return {"MORE_THAN": "BEFORE", "LESS_THAN": "AFTER"}.get(kind, kind)
    return kind
