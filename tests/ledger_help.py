"""For the tests of the ledger: invented papers that tell of one invented deal, sentence by sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypedDict, Unpack

from sayso.ledger import entry
from sayso.lexicon import load
from sayso.model import (
    Basis,
    Category,
    Claim,
    Deal,
    Document,
    Interval,
    Kind,
    Link,
    Measure,
    Money,
    Origin,
    Party,
    Polarity,
    Quantity,
    Reading,
    Relation,
    Response,
    ResponseType,
    Scope,
    Span,
    Stage,
    Told,
    Voice,
    VoiceKind,
    Witness,
    Zone,
    ZoneSpan,
)

MAKER = Party("Hainan Falcon Dynamics", ("CN",))
BUYER = Party("Russia", ("RU",))
DENIED = Polarity.DENIED
HEADLINE = Zone.HEADLINE
ITEM = "drones"
ANSWERS = {
    ResponseType.DENIED: "denied it",
    ResponseType.CONFIRMED: "confirmed it",
    ResponseType.DECLINED: "would not comment",
    ResponseType.SILENT: "gave no reply",
    ResponseType.DISMISSED: "waved it away",
    ResponseType.NOT_AWARE: "had not heard of it",
}


class Slots(TypedDict, total=False):
    """The slots of a claim that a test sets itself; the others are those of the invented deal."""

    supplier: tuple[Party, ...]
    recipient: tuple[Party, ...]
    designations: tuple[str, ...]
    quantity: Quantity
    value: Money
    when: Interval
    stage: Stage
    polarity: Polarity
    hedged: bool
    basis: Basis
    zone: Zone
    confidence: tuple[tuple[str, float], ...]


def outlet(name: str) -> Voice:
    return Voice(name, VoiceKind.OUTLET)


def official(name: str) -> Voice:
    return Voice(name, VoiceKind.ORGANISATION)


def anonymous(name: str = "sources") -> Voice:
    return Voice(name, VoiceKind.ANONYMOUS)


def _place(words: str, part: str, at: int) -> Span | None:
    """Where a part first stands in words that begin at an offset; None where it does not."""
    start = words.find(part)
    return Span(at + start, at + start + len(part)) if start >= 0 else None


def _number(q: Quantity | None) -> str:
    bound = next((b for b in (q.max, q.min) if b is not None), None) if q else None
    return "" if bound is None else f"{bound:.0f}"


def _sentence(claim: Claim) -> str:
    """ "The firm will deliver 40 QX-7 drones." """
    verb = ("may" if claim.hedged else "will") + (" not" if claim.polarity is DENIED else "")
    rate = f" a {claim.quantity.per}" if claim.quantity and claim.quantity.per else ""
    said = ["The firm", verb, "deliver", _number(claim.quantity), *claim.designations, ITEM]
    return " ".join(filter(None, said)) + rate + "."


@dataclass
class Paper:
    """A document that grows by a paragraph with all that it is made to say.

    `day` is that of March 2023 on which it is published, None for none.
    """

    key: str
    outlet: str | None
    day: int | None = 1
    paragraphs: list[str] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    responses: list[Response] = field(default_factory=list)
    origins: list[Origin] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    aside: set[int] = field(default_factory=set)  # the numbers of the claims that are none of the deal's

    def tell(
        self,
        *voices: Voice,
        words: str | None = None,
        of_deal: bool = True,
        count: float | None = 40,
        **slots: Unpack[Slots],
    ) -> Paper:
        """One claim that drones go from the maker to the buyer, in its own paragraph."""
        told = Claim(
            Span(0, 0), Kind.TRANSFER, ITEM, (MAKER,), (BUYER,),
            designations=("QX-7",), category=Category.UNCREWED_AIRCRAFT, stage=Stage.AGREED, voices=voices,
            quantity=None if count is None else Quantity(count, count),
        )  # fmt: skip
        told = replace(told, **slots)
        said = _sentence(told) if words is None else words
        evidence = self._add(said)
        if told.quantity and told.quantity.span is None:
            told = replace(
                told, quantity=replace(told.quantity, span=_place(said, _number(told.quantity), evidence.start))
            )
        if not of_deal:
            self.aside.add(len(self.claims))
        self.claims.append(replace(told, evidence=evidence, item_span=_place(said, ITEM, evidence.start)))
        return self

    def carries(self, low: float, high: float, *voices: Voice) -> Paper:
        """One claim of the weight in kilograms that a drone carries."""
        weight = f"{low:g} to {high:g} kg"
        words = f"Each of the {ITEM} carries {weight}."
        evidence = self._add(words)
        claim = Claim(
            evidence, Kind.SPECIFICATION, ITEM, (MAKER,), item_span=_place(words, ITEM, evidence.start),
            category=Category.UNCREWED_AIRCRAFT, voices=voices,
            measure=Measure(low, high, "kg", _place(words, weight, evidence.start)),
        )  # fmt: skip
        self.claims.append(claim)
        return self

    def answer(
        self, responder: str, kind: ResponseType, scope: Scope = Scope.UNKNOWN, words: str | None = None
    ) -> Paper:
        said = f"{responder} {ANSWERS[kind]}." if words is None else words
        evidence = self._add(said)
        self.responses.append(Response(responder, kind, evidence, scope, _place(said, responder, evidence.start)))
        return self

    def origin(self, name: str, relation: Relation = Relation.CITES) -> Paper:
        words = f"So {name} has it." if relation is Relation.CITES else f"({name})"
        self.origins.append(Origin(name, relation, _place(words, name, self._add(words).start)))
        return self

    def link(self, target: str) -> Paper:
        """A link from all words of the last paragraph."""
        end = len(self._text)
        self.links.append(Link(Span(end - len(self.paragraphs[-1]), end), target))
        return self

    def reading(self) -> Reading:
        zones = tuple(ZoneSpan(c.zone, c.evidence) for c in self.claims if c.zone is not Zone.BODY)
        document = Document(
            self.key, self._text, self.outlet, published=self._said, zones=zones, links=tuple(self.links)
        )
        return Reading(
            document, claims=tuple(self.claims), responses=tuple(self.responses), origins=tuple(self.origins)
        )

    def tolds(self) -> list[Told]:
        """The claims of the deal."""
        return [
            Told(f"{self.key}.{n}", self.key, self.outlet, self._said, c, c.evidence.of(self._text))
            for n, c in enumerate(self.claims)
            if n not in self.aside
        ]

    @property
    def _text(self) -> str:
        return "\n\n".join(self.paragraphs)

    @property
    def _said(self) -> dt.date | None:
        return None if self.day is None else dt.date(2023, 3, self.day)

    def _add(self, words: str) -> Span:
        self.paragraphs.append(words)
        end = len(self._text)
        return Span(end - len(words), end)


def deal(
    papers: Iterable[Paper], groups: Mapping[str, str] | None = None, unread: Mapping[str, Document] | None = None
) -> Deal:
    """The ledger's entry of what all papers tell; `groups` are reprint groups by key, and `unread` the
    documents in other languages."""
    made = list(papers)
    tolds = [t for p in made for t in p.tolds()]
    return entry(tolds, {p.key: p.reading() for p in made}, groups or {}, unread or {}, load())


def witness(found: Deal, key: str) -> Witness:
    """The witness of a document."""
    return next(w for w in found.witnesses if w.document == key)
