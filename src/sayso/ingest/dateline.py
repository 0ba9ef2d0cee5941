"""Datelines and bylines at the head of a line: "KYIV, March 3 (Reuters) -", "By Ann Example"."""

from __future__ import annotations

import re

from sayso.ingest.cues import matcher
from sayso.model import Zone

_HEAD = 110  # code points in which a dateline must end
_DASH = re.compile(r"\s{0,3}(?:--|[-–—―])\s{1,3}|\s{0,3}—")
_SENDER = re.compile(r"\(([^()]{2,40})\)\s{0,2}\Z")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DATE = re.compile(rf"(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? \d{{4}})?\Z", re.I)
_PLACE = re.compile(r"[A-Z][\w.’'-]{0,30}(?:[ ,/]{1,2}[A-Z][\w.’'-]{0,30}){0,5}\Z")
_CAPITALS = re.compile(r"[A-Z][A-Z.’'-]{1,30}(?:[ ,/]{1,2}[A-Z][\w.’'-]{0,30}){0,4}\Z")
_NAME = r"[A-Z][\w.’'-]{0,30}"
_LINKING = r"(?:and |for |in |of |the |de |van |von )"
_BYLINE = re.compile(rf"by {_LINKING}?{_NAME}(?:[ ,&]{{1,2}}{_LINKING}?{_NAME}){{1,9}}\Z")
_KOREAN = re.compile(r"[(\[]([^()\[\]=]{1,20})=([^()\[\]=]{1,20})[)\]]")
_AGO = re.compile(r"\d{1,2}[:.]\d{2}|\d{4}|\b(?:hours?|minutes?|days?) ago\b")
# A day with its year in words or figures, or a time of day: any language's month will do.
_DAY = re.compile(
    r"\b\d{1,2}\.? [^\W\d]{3,12},? (?:19|20)\d\d\b|\b[^\W\d]{3,12} \d{1,2},? (?:19|20)\d\d\b"
    r"|\b\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d\b|\b(?:19|20)\d\d[/.-]\d{1,2}[/.-]\d{1,2}\b"
    r"|\b\d{1,2}[:.]\d{2} ?(?:[AaPp]\.?[Mm]\b|GMT|UTC|[A-Z][DS]T\b)"
)
_MAX_DATE_WORDS = 12


def dateline_end(line: str) -> int:
    """Where the dateline at the head of a line ends (code points); 0 where there is none."""
    if _is_byline(line) or _is_date_line(line):
        return len(line)
    korean = _KOREAN.match(line)
    if korean is not None:
        return korean.end()
    head = line[:_HEAD]
    if _is_sender(head[: _bracket_end(head)].strip("() ")) and head.startswith("("):
        dash = _DASH.match(head, _bracket_end(head))
        return dash.end() if dash is not None else _bracket_end(head)
    for dash in _DASH.finditer(head):
        if _is_dateline(head[: dash.start()].rstrip()):
            return dash.end()
    return 0


def _bracket_end(head: str) -> int:
    return head.find(")") + 1


def _is_sender(words: str) -> bool:
    return matcher(Zone.DATELINE, "agency").match(words.lower()) is not None


def _is_dateline(head: str) -> bool:
    """Place, date and sender before the dash: a sender, or a place in capitals, or place and date."""
    if _is_sender(head):
        return True
    sender = _SENDER.search(head)
    rest = head[: sender.start()].rstrip(" ,") if sender is not None else head
    date = _DATE.search(rest)
    place = rest[: date.start()].rstrip(" ,") if date is not None else rest
    if not place:
        return False
    if sender is not None:
        known = _is_sender(sender[1]) or date is not None or _CAPITALS.match(place) is not None
        return known and _PLACE.match(place) is not None
    if date is not None:
        return _CAPITALS.match(place) is not None
    return _CAPITALS.match(place) is not None and len(place) > 3


def _is_byline(line: str) -> bool:
    if line[:3].lower() != "by " or len(line) > _HEAD:
        return False
    return _BYLINE.match("by " + line[3:].rstrip(" |")) is not None


def _is_date_line(line: str) -> bool:
    if len(line) > _HEAD or line.count(" ") > _MAX_DATE_WORDS or "://" in line:
        return False
    if _DATE.match(line) is not None or (_DAY.search(line) is not None and not line.endswith((".", "!", '"'))):
        return True
    return matcher(Zone.DATELINE, "start").search(line.lower()) is not None and _AGO.search(line) is not None
