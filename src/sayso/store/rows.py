"""What the store gives and takes beside the records of `sayso.model`; all frozen."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sayso.model import Span
from sayso.store.codec import Json


@dataclass(frozen=True, slots=True)
class Kept:
    """A document as the ledger lists it, without its text.

    `unread` says why it was not read; a document that awaits reading has neither it nor `reader`.
    `published` is the reading's where there is one. Moments are in UTC.
    """

    key: str
    id: str
    sha256: str
    outlet: str | None
    title: str | None
    url: str | None
    author: str | None
    published: dt.date | None
    published_inferred: bool
    published_start: dt.date | None
    published_end: dt.date | None
    language: str
    captured: dt.datetime | None
    added_at: dt.datetime
    unread: str | None
    reader: str | None
    read_at: dt.datetime | None
    claims: int
    group_id: str | None


@dataclass(frozen=True, slots=True)
class Put:
    """What became of a document put in: its key, and whether it is new."""

    key: str
    new: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which claims: those that fit every field that is set.

    A party fits by a country's ISO code or by its name; `supplier` and `recipient` want that role,
    `party` either. `said_to` asks what was known on a day; days are included.
    """

    kind: str | None = None
    stage: str | None = None
    category: str | None = None
    polarity: str | None = None
    basis: str | None = None
    hedged: bool | None = None
    supplier: str | None = None
    recipient: str | None = None
    party: str | None = None
    designation: str | None = None
    voice: str | None = None
    outlet: str | None = None
    document: str | None = None
    deal: str | None = None
    said_from: dt.date | None = None
    said_to: dt.date | None = None
    when_from: dt.date | None = None
    when_to: dt.date | None = None
    confidence: float | None = None
    """The least that the least sure slot may have."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A place the full text found. `score` is larger for the better; `marks` are spans of `snippet`.

    `claim` is None for a document; `key` is always the document's.
    """

    key: str
    claim: str | None
    title: str | None
    outlet: str | None
    said: dt.date | None
    score: float
    snippet: str
    marks: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person decided; `undone_by` is the verdict that took it back."""

    id: int
    at: dt.datetime
    who: str
    action: str
    target: Json
    before: Json
    after: Json
    note: str | None
    undone_by: int | None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that is polled. `last_status` is HTTP's."""

    url: str
    title: str | None = None
    etag: str | None = None
    modified: str | None = None
    last_polled: dt.datetime | None = None
    last_status: int | None = None
    every_seconds: int = 3600
    next_due: dt.datetime | None = None
