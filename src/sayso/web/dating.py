"""A publication's day as it is known: to the day, the month or the year, or not at all; told or inferred."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from sayso.export.figures import NOT_STATED, day, interval
from sayso.export.words import quote
from sayso.model import Document, Interval

Precision = Literal["day", "month", "year", "period", "unknown"]


@dataclass(frozen=True, slots=True)
class Dated:
    """`start` and `end` are the first and the last day that it may be. `inferred`: from the text, where
    `words` are the text's own; they stand under the mark d-0."""

    shown: str
    precision: Precision
    start: dt.date | None
    end: dt.date | None
    inferred: bool = False
    words: str = ""


def dated(published: dt.date | None, start: dt.date | None, end: dt.date | None, *, inferred: bool = False) -> Dated:
    if published is not None:
        return Dated(day(published), "day", published, published, inferred)
    if start is None and end is None:
        return Dated(f"date {NOT_STATED}", "unknown", None, None)
    return Dated(interval(Interval(start, end)), _precision(start, end), start, end, inferred)


def document_dated(document: Document) -> Dated:
    """With the words that the day was inferred from."""
    between = document.published_between
    start, end = (between.start, between.end) if between else (None, None)
    found = dated(document.published, start, end, inferred=document.published_inferred)
    if not document.published_inferred or document.published_span is None:
        return found
    words = quote(document.published_span, document.text)
    return Dated(found.shown, found.precision, found.start, found.end, True, words)


def _precision(start: dt.date | None, end: dt.date | None) -> Precision:
    if start is None or end is None:
        return "period"
    after = end + dt.timedelta(days=1) if end < dt.date.max else end
    if start.day == 1 and after.day == 1 and start.year == end.year:
        if start.month == end.month:
            return "month"
        if (start.month, end.month) == (1, 12):
            return "year"
    return "period"
