"""The records that flow through sayso, all frozen.

A `Document` is read into a `Reading`: attributions, claims, responses, origins and time
expressions. Every value that stands in the article carries a `Span`: a half-open interval of
Unicode code points of the document's frozen text.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from sayso.errors import SpanError


class Span(NamedTuple):
    """A half-open interval `[start, end)` in code points of a frozen text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The quoted characters. Raises `SpanError` where the span does not fit the text."""
        if not 0 <= self.start <= self.end <= len(text):
            raise SpanError(self.start, self.end, len(text))
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def shift(self, by: int) -> Span:
        return Span(self.start + by, self.end + by)

    def stripped(self, text: str, characters: str | None = None) -> Span:
        """The span without `characters` (white space unless given) at its ends; empty where it holds nothing else."""
        words = text[self.start : self.end]
        inner = words.strip(characters)
        start = self.start + len(words) - len(words.lstrip(characters))
        return Span(start, start + len(inner))


def hull(spans: Iterable[Span]) -> Span:
    """The smallest span over all of `spans` (at least one)."""
    found = list(spans)
    return Span(min(s.start for s in found), max(s.end for s in found))


class Zone(StrEnum):
    """What part of the article some characters belong to."""

    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    DATELINE = "dateline"
    BODY = "body"
    CAPTION = "caption"
    CREDIT = "credit"
    TEASER = "teaser"
    BOILERPLATE = "boilerplate"


class Kind(StrEnum):
    TRANSFER = "transfer"
    PRODUCTION = "production"
    TECHNOLOGY_TRANSFER = "technology_transfer"
    FUNDING = "funding"
    RESTRICTION = "restriction"
    SPECIFICATION = "specification"
    USE = "use"


class Stage(StrEnum):
    CONSIDERED = "considered"
    REQUESTED = "requested"
    NEGOTIATING = "negotiating"
    OFFERED = "offered"
    AGREED = "agreed"
    APPROVED = "approved"
    UNDERWAY = "underway"
    DONE = "done"
    REFUSED = "refused"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"
    UNSPECIFIED = "unspecified"


class Category(StrEnum):
    TANK = "tank"
    ARMOURED_VEHICLE = "armoured_vehicle"
    ARTILLERY = "artillery"
    ROCKET_ARTILLERY = "rocket_artillery"
    AIR_DEFENCE = "air_defence"
    MISSILE = "missile"
    COMBAT_AIRCRAFT = "combat_aircraft"
    HELICOPTER = "helicopter"
    UNCREWED_AIRCRAFT = "uncrewed_aircraft"
    OTHER_AIRCRAFT = "other_aircraft"
    SHIP = "ship"
    SUBMARINE = "submarine"
    UNCREWED_VESSEL = "uncrewed_vessel"
    AMMUNITION = "ammunition"
    SMALL_ARMS = "small_arms"
    ANTI_TANK = "anti_tank"
    MINE = "mine"
    RADAR_SENSOR = "radar_sensor"
    ELECTRONIC_WARFARE = "electronic_warfare"
    COMPONENTS = "components"
    VEHICLE = "vehicle"
    OTHER = "other"
    UNSPECIFIED = "unspecified"


class Polarity(StrEnum):
    AFFIRMED = "affirmed"
    DENIED = "denied"

    def __mul__(self, other: object) -> Polarity:
        """Polarity along a chain: a denied denial affirms."""
        return Polarity.AFFIRMED if self is other else Polarity.DENIED


class VoiceKind(StrEnum):
    NAMED_PERSON = "named_person"
    ORGANISATION = "organisation"
    OUTLET = "outlet"
    ANONYMOUS = "anonymous"
    DOCUMENT = "document"


class Basis(StrEnum):
    """What the innermost voice stands on, as the article tells it."""

    DIRECT = "direct"
    NAMED = "named"
    ANONYMOUS = "anonymous"
    DOCUMENT = "document"
    UNCITED = "uncited"
    UNSTATED = "unstated"


class ResponseType(StrEnum):
    DENIED = "denied"
    CONFIRMED = "confirmed"
    DECLINED = "declined_to_comment"
    SILENT = "did_not_respond"
    DISMISSED = "dismissed"
    NOT_AWARE = "not_aware"


class Scope(StrEnum):
    """How a response relates to the allegation the article carries."""

    SPECIFIC = "specific"
    BROADER = "broader"
    NARROWER = "narrower"
    UNKNOWN = "unknown"


class Relation(StrEnum):
    CITES = "cites"
    CREDIT = "with_information_from"
    WIRE = "wire"


@dataclass(frozen=True, slots=True)
class Link:
    """A hyperlink: where its words stand in the text, and its target as written."""

    span: Span
    target: str


@dataclass(frozen=True, slots=True)
class ZoneSpan:
    zone: Zone
    span: Span


def zone_at(zones: Iterable[ZoneSpan], offset: int) -> Zone:
    """The zone that holds a code point; body where none is marked."""
    return next((z.zone for z in zones if z.span.start <= offset < z.span.end), Zone.BODY)


@dataclass(frozen=True, slots=True)
class Box:
    """Where a line of the text stands on its page: page from 1; points from the lower left corner
    of the visible page as it is stored, before any turn of the page for display."""

    span: Span
    page: int
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Document:
    """One article by one outlet. `text` is frozen: nothing after ingest may change it.

    `published` is the publication day; `published_inferred` says that the text, not its
    metadata, gave it, and `published_span` where. Where only a month or a year of publication
    is given, `published` is None and `published_between` holds its days. `sha256` is of the raw
    bytes, in hex. `boxes`, of a document with pages, are in text order.
    """

    id: str
    text: str
    outlet: str | None = None
    title: str | None = None
    url: str | None = None
    author: str | None = None
    published: dt.date | None = None
    published_inferred: bool = False
    published_span: Span | None = None
    language: str = "en"
    zones: tuple[ZoneSpan, ...] = ()
    links: tuple[Link, ...] = ()
    path: str | None = None
    sha256: str | None = None
    published_between: Interval | None = None
    boxes: tuple[Box, ...] = ()

    def zone_at(self, offset: int) -> Zone:
        """The zone that holds a code point; body where none is marked."""
        return zone_at(self.zones, offset)


@dataclass(frozen=True, slots=True)
class Attribution:
    """Source + cue + content spans; pieces in text order. `parent` is the index, in the same
    reading, of the attribution whose content this one is nested in."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    parent: int | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose word it is. `span` is where the article has the voice's words at the claim."""

    name: str
    kind: VoiceKind
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """A supplier or recipient: name as the article gives it, ISO 3166 alpha-2 codes."""

    name: str
    countries: tuple[str, ...] = ()
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """Counted items; `per` a unit of time ("month") for rates only."""

    min: float | None
    max: float | None
    per: str | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """A measurement in a unit's symbol ("km", "kg"); an open bound is None."""

    min: float | None
    max: float | None
    unit: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in whole units of an ISO 4217 currency."""

    min: float | None
    max: float | None
    currency: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Interval:
    """The days (both included) within which something happens; an open end is None."""

    start: dt.date | None
    end: dt.date | None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Timex:
    """A time expression: TIMEX3 type (DATE, TIME, DURATION, SET) and value, and the days it
    stands for where they are known."""

    span: Span
    type: str
    value: str
    interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One proposition about arms or military support, with its slots, voices and evidence.

    `voices` runs innermost first, without the outlet itself. `confidence` holds, by slot name,
    how sure the extraction is that this is what the text says (0 to 1); it says nothing about
    the world.
    """

    evidence: Span
    kind: Kind
    item: str
    supplier: tuple[Party, ...] = ()
    recipient: tuple[Party, ...] = ()
    item_span: Span | None = None
    designations: tuple[str, ...] = ()
    category: Category = Category.UNSPECIFIED
    quantity: Quantity | None = None
    value: Money | None = None
    measure: Measure | None = None
    when: Interval | None = None
    stage: Stage = Stage.UNSPECIFIED
    polarity: Polarity = Polarity.AFFIRMED
    hedged: bool = False
    voices: tuple[Voice, ...] = ()
    basis: Basis = Basis.UNSTATED
    zone: Zone = Zone.BODY
    confidence: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Response:
    """A party's reaction to an allegation, and what it left open."""

    responder: str
    type: ResponseType
    evidence: Span
    scope: Scope = Scope.UNKNOWN
    responder_span: Span | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the article's report comes from. `span` is None for a link's target alone."""

    name: str
    relation: Relation
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read from one document."""

    document: Document
    attributions: tuple[Attribution, ...] = ()
    claims: tuple[Claim, ...] = ()
    responses: tuple[Response, ...] = ()
    origins: tuple[Origin, ...] = ()
    timexes: tuple[Timex, ...] = ()
    notes: tuple[str, ...] = field(default=())


# ---- across articles ----------------------------------------------------------------------------


class Standing(StrEnum):
    """How a deal stands, by rules that can be read (`ledger`); never true or false."""

    SINGLE_ORIGIN = "single-origin"
    MULTI_ORIGIN = "multi-origin"
    PARTY_CONFIRMED = "party-confirmed"
    DENIED = "denied"
    PARTLY_DENIED = "partly-denied"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Told:
    """A claim where it was told. `key` is "<document key>.<n>", n counting the document's claims
    from 0; `said` the document's publication day, or `said_between` the days of the month or year
    that alone is known of it; `quote` the words of the evidence."""

    key: str
    document: str
    outlet: str | None
    said: dt.date | None
    claim: Claim
    quote: str
    said_between: Interval | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """One comparison of two claims: what was compared, what it found, and its weight in bits of
    evidence (log2 of a likelihood ratio) for their being one undertaking."""

    feature: str
    found: str
    weight: float


@dataclass(frozen=True, slots=True)
class Match:
    """Two claims compared: `score` is the sum of the reasons' weights and the prior."""

    a: str
    b: str
    score: float
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Drift:
    """A slot whose value changed between the root's telling and a retelling's, with both places.

    `slot` is a claim's slot ("stage", "hedged", "quantity", "payload", "when" ...), "basis" or
    "response". `root` and `told` are claim keys, or document keys for basis and response; the
    spans are in the documents of those.
    """

    slot: str
    root: str
    told: str
    root_value: str
    value: str
    root_span: Span | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A response as it bears on a deal: who said what, to how much of it, where."""

    responder: str
    type: ResponseType
    scope: Scope
    document: str
    quote: str
    span: Span


@dataclass(frozen=True, slots=True)
class Witness:
    """One document's telling of a deal. `chain` is what it states it rests on, nearest first ("AFP",
    "Der Spiegel"), empty where it reports on its own; `root` is where the telling comes from over
    all documents, with `why`; `group` the reprint group, None where the text stands alone. An
    `unread` document (in a language that is not read) joined by its text, names and numbers."""

    document: str
    outlet: str | None
    said: dt.date | None
    claims: tuple[str, ...] = ()
    chain: tuple[str, ...] = ()
    basis: Basis = Basis.UNSTATED
    root: str = ""
    why: str = ""
    group: str | None = None
    unread: bool = False
    answers: tuple[Answer, ...] = ()
    drifts: tuple[Drift, ...] = ()


@dataclass(frozen=True, slots=True)
class Root:
    """One independent origin of a deal: its name, the documents that come down to it, and the
    reasoning in one line ("9 outlets -> AFP -> Der Spiegel"). `own` are the root's own documents."""

    name: str
    path: str
    documents: tuple[str, ...] = ()
    own: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stated:
    """A slot's value as some roots have it, with the claims that say so."""

    slot: str
    value: str
    roots: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A stage of a deal and the first claim that told it."""

    stage: Stage
    said: dt.date | None
    claim: str


@dataclass(frozen=True, slots=True)
class Stand:
    """A standing and the rule that gave it, with what it rests on."""

    standing: Standing
    why: str


@dataclass(frozen=True, slots=True)
class Deal:
    """Claims of any document about one undertaking, and what follows from them. `id` is the key of
    its first claim; `when` the days within which it is to happen, as most roots have it."""

    id: str
    supplier: str
    supplier_countries: tuple[str, ...]
    recipient: str
    recipient_countries: tuple[str, ...]
    item: str
    designations: tuple[str, ...]
    category: Category
    kind: Kind
    stage: Stage
    first_said: dt.date | None
    last_said: dt.date | None
    when: Interval | None = None
    claims: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    values: tuple[Stated, ...] = ()
    conflicts: tuple[str, ...] = ()
    roots: tuple[Root, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    standing: tuple[Stand, ...] = ()
