"""What a page shows of a reading, ready for its template: plain values, no markup."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from sayso.export import words
from sayso.export.figures import NOT_STATED
from sayso.export.page_chain import Picture, picture
from sayso.export.words import Fact
from sayso.model import Claim, Document, Kind, Polarity, Reading, Span

_SLOT = {"claim": "that it is a claim", "supplier": "supplier", "recipient": "recipient", "category": "category",
         "stage": "stage", "polarity": "denied or not", "hedged": "hedged or not", "quantity": "number",
         "value": "value", "when": "when"}  # fmt: skip
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quotation: its words, where they stand, and the key of the mark in the text."""

    key: str
    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Card:
    """One claim. `score` is the extraction's confidence that it is one; `scores` by slot in words."""

    number: int
    kind: str
    stage: str
    denied: bool
    hedged: bool
    left: Fact | None
    right: Fact | None
    what: str
    category: str
    facts: list[Fact]
    chain: str
    picture: Picture
    evidence: Evidence
    score: float | None
    scores: list[tuple[str, float]]


@dataclass(frozen=True, slots=True)
class Line:
    """A response, an origin or a link: what is said of it and, where known, its place in the text."""

    name: str
    note: str
    evidence: Evidence | None = None
    href: str | None = None


def cards(reading: Reading) -> list[Card]:
    """A card a claim, in the order of the reading. Raises `SpanError`."""
    return [_card(n, c, reading.document) for n, c in enumerate(reading.claims, start=1)]


def _card(number: int, c: Claim, d: Document) -> Card:
    steps = words.steps(c, d)
    left, right = words.who(c)
    denied = c.polarity is Polarity.DENIED
    scores = dict(c.confidence)
    return Card(
        number=number, kind=words.KIND[c.kind], denied=denied, hedged=c.hedged, left=left, right=right,
        stage="" if c.kind is Kind.SPECIFICATION else words.STAGE[c.stage],
        what=words.what(c), category=words.CATEGORY[c.category], facts=words.facts(c, d),
        chain=("denied: " if denied else "") + ("hedged: " if c.hedged else "") + words.chain(steps),
        picture=picture(steps, hedged=c.hedged, denied=denied), evidence=_evidence(f"c{number}", c.evidence, d),
        score=scores.get("claim"),
        scores=[(_SLOT.get(slot, words.visible(slot)), p) for slot, p in c.confidence if slot != "claim"],
    )  # fmt: skip


def _evidence(key: str, span: Span, d: Document) -> Evidence:
    place = f"{words.ZONE[d.zone_at(span.start)]}, characters {span.start}–{span.end}"
    return Evidence(key, words.quote(span, d.text), place)


def responses(reading: Reading) -> list[Line]:
    d = reading.document
    return [
        Line(words.visible(r.responder) or NOT_STATED, f"{words.RESPONSE[r.type]} — {words.SCOPE[r.scope]}",
             _evidence(f"r{n}", r.evidence, d))
        for n, r in enumerate(reading.responses, start=1)
    ]  # fmt: skip


def origins(reading: Reading) -> list[Line]:
    d = reading.document
    return [
        Line(words.visible(o.name), words.RELATION[o.relation], _evidence(f"o{n}", o.span, d) if o.span else None)
        for n, o in enumerate(reading.origins, start=1)
    ]


def links(document: Document) -> list[Line]:
    """The article's links: words, host of the target, and the target where it may be followed."""
    out = []
    for k in document.links:
        href, host = safe_link(k.target)
        out.append(Line(words.quote(k.span, document.text) or words.visible(k.target)[:80], host, href=href))
    return out


def safe_link(target: str | None) -> tuple[str | None, str]:
    """`(href, host)`: href only for a well-formed http or https address, else None; host in the form
    that shows what it is (IDNA), else how the target is unusable."""
    if not target:
        return None, f"target {NOT_STATED}"
    try:
        parts = urlsplit(target.strip())
        host = parts.hostname
        port = parts.port
    except ValueError:
        return None, "target is not an address"
    if parts.scheme not in ("http", "https"):
        return (
            None,
            f"target not followed ({words.visible(parts.scheme)[:20]} address)"
            if parts.scheme
            else "target within its site",
        )
    if not host or re.search(r"[\s\x00-\x20\x7f-\x9f\\<>\"'`]", parts.geturl()):
        return None, "target is not an address"
    try:
        ascii_host = host.encode("idna").decode("ascii")
    except UnicodeError:
        return None, "target is not an address"
    user = "" if "@" not in parts.netloc else " (with a user name)"
    return target.strip(), ascii_host + (f":{port}" if port else "") + user


def language(document: Document) -> str:
    """A language tag that may stand in an attribute (BCP 47); "und" for any other."""
    return document.language if _LANGUAGE.fullmatch(document.language) else "und"


def tally(reading: Reading) -> list[str]:
    """One word a claim for the row of dots: denied, hedged or affirmed."""
    return ["denied" if c.polarity is Polarity.DENIED else "hedged" if c.hedged else "affirmed" for c in reading.claims]
