"""One claim before a reviewer: its words in their article, its slots, what was decided, what is near."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
from fastapi import HTTPException

from sayso.export import page_text, words
from sayso.export.page_text import Mark
from sayso.keeping.docket import Docket, version
from sayso.keeping.judge import slots
from sayso.keeping.near import near_deals
from sayso.keeping.verdicts import Decided
from sayso.model import Claim, Document, Span, Told
from sayso.web.review.desk import Reviewer, docket_of
from sayso.web.review.form import GRADES, Choice, ClaimForm, form_of
from sayso.web.review.history import HistoryLine, history_line
from sayso.web.review.queue import QueueAsked, claim_address, decided_of, merge_address, told
from sayso.web.state import Reader

_BESIDE = 1  # paragraphs shown before and after the evidence
_MEMBERS = 200  # claims of the deal that can be chosen for a split
SLOTS = {"supplier": "supplier", "recipient": "recipient", "item": "item", "quantity": "number", "value": "value",
         "measure": "measure", "when": "when", "voices": "voice"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TextPart:
    """Characters with the slots that stand there; `evidence`: they are the claim's own words. A run with
    a code is one character that reorders its line."""

    runs: list[tuple[str, str]]
    slots: tuple[str, ...]
    evidence: bool


@dataclass(frozen=True, slots=True)
class Near:
    """A deal that may be the same, with the reasons that speak for and against."""

    id: str
    what: str
    score: float
    reached: bool
    reasons: tuple[str, ...]
    address: str


@dataclass(frozen=True, slots=True)
class Member:
    """Another claim of the deal."""

    key: str
    outlet: str
    said: dt.date | None
    quote: str
    address: str


@dataclass(frozen=True, slots=True)
class ClaimReview:
    """`seen` is the version that a verdict names, `base` the slots as
    the form shows them. `hidden`: others have decided, and this blind reviewer
    does not see what; the form then holds the claim as it was read. `open_with`: who has it open too."""

    key: str
    document: str
    title: str
    outlet: str
    said: dt.date | None
    quote: str
    text: tuple[tuple[TextPart, ...], ...]
    form: ClaimForm
    base: str
    sure: tuple[tuple[str, float], ...]
    state: str
    rejected: bool
    grade: str
    seen: str
    may: bool
    hidden: bool
    deal: str | None
    deal_what: str
    members: tuple[Member, ...]
    near: tuple[Near, ...]
    history: tuple[HistoryLine, ...]
    grades: tuple[Choice, ...]
    queue: str
    here: str
    previous: str
    next: str
    open_with: str


def claim_told(reader: Reader, key: str) -> Told:
    """The claim as it was read. Raises `HTTPException` (404)."""
    found = next(reader.look.told([key]), None)
    if found is None:
        raise HTTPException(404, f"no claim {key!r}")
    return found


def as_shown(one: Told, decided: Decided, hidden: bool) -> Claim:
    """The claim as a reviewer is shown it: with the edit in force, unless that is hidden from him."""
    unrejected = Decided(edits=decided.edits)
    applied = None if hidden else unrejected.applied(one)
    return one.claim if applied is None else applied.claim


def claim_review(
    reader: Reader, key: str, who: Reviewer, asked: QueueAsked, beside: tuple[str, str], open_with: str
) -> ClaimReview:
    """The page of one claim; `beside` are the addresses of the queue's items before and after it."""
    look, one = reader.look, claim_told(reader, key)
    found, decided = docket_of(reader), decided_of(reader)
    hidden = who.hides(key, found)
    claim = as_shown(one, decided, hidden)
    document = look.document(one.document)
    deal = None if hidden else look.deals_of([key]).get(key)  # one in no deal was rejected: that would tell
    grade = None if hidden else found.grade(key)
    after = grade.after if grade is not None and isinstance(grade.after, dict) else {}
    return ClaimReview(
        key, one.document, words.visible(document.title or "") or "title not stated", one.outlet or "", one.said,
        words.visible(one.quote), context(document, claim), form_of(claim),
        msgspec.json.encode(slots(claim)).decode(),
        tuple((words.SLOT.get(name, name), sure) for name, sure in one.claim.confidence),
        _state(key, who, found), key in decided.rejected and not hidden,
        f"{after['source']}{after['information']}" if after else "", version(look, [key]), who.may, hidden,
        deal, _what_deal(reader, deal), tuple(_members(reader, key, deal)),
        tuple(_near(reader, key, deal, decided, asked)) if not hidden else (),
        tuple(history_line(v, found) for v in reversed(who.shown(key, found))),
        GRADES, asked.address(),
        claim_address(key, asked), *beside, open_with,
    )  # fmt: skip


def _state(key: str, who: Reviewer, found: Docket) -> str:
    shown = [v for v in found.standing(key) if v in who.shown(key, found)]
    return f"{told(shown[-1].action)} by {shown[-1].who}" if shown else ""


def _what_deal(reader: Reader, deal: str | None) -> str:
    known = reader.look.deal(deal) if deal else None
    return (words.visible(known.item) or "item not stated") if known else ""


def context(document: Document, claim: Claim) -> tuple[tuple[TextPart, ...], ...]:
    """The paragraphs of the evidence and those beside it, with the slots marked."""
    found = [Mark(claim.evidence, "evidence", "c1"), *_marks(claim)]
    blocks = page_text.blocks(document, found)
    at = [n for n, b in enumerate(blocks) if b.span.overlaps(claim.evidence)] or [0]
    shown = blocks[max(0, at[0] - _BESIDE) : at[-1] + 1 + _BESIDE]
    return tuple(
        tuple(
            TextPart(
                page_text.runs(p.span.of(document.text)),
                tuple(r for r in p.roles if r != "evidence"),
                "evidence" in p.roles,
            )
            for p in b.pieces
            if p.span.start < b.span.end
        )
        for b in shown
    )


def _marks(c: Claim) -> Iterator[Mark]:
    spans: dict[str, list[Span | None]] = {
        "supplier": [p.span for p in c.supplier], "recipient": [p.span for p in c.recipient],
        "item": [c.item_span], "voices": [v.span for v in c.voices],
    }  # fmt: skip
    for name, found in (("quantity", c.quantity), ("value", c.value), ("measure", c.measure), ("when", c.when)):
        spans[name] = [found.span] if found else []
    for name, many in spans.items():
        yield from (Mark(s, name) for s in many if s)


def _members(reader: Reader, key: str, deal: str | None) -> Iterator[Member]:
    keys = sorted(reader.look.members([deal]) - {key})[:_MEMBERS] if deal else []
    every = sorted(reader.look.told(keys), key=lambda t: (t.said or dt.date.max, t.key))
    for t in every:
        yield Member(t.key, t.outlet or "", t.said, words.visible(t.quote), claim_address(t.key))


def _near(reader: Reader, key: str, deal: str | None, decided: Decided, asked: QueueAsked) -> Iterator[Near]:
    """Near deals of the claim alone: comparing the whole deal's claims would cost too much a page."""
    if deal is None:
        return
    found = reader.cached(("near", key), lambda: near_deals(reader.look, [key], decided))
    rows = {d.id: d for d in reader.look.deals([n.deal for n in found])}
    for n in found:
        if n.deal in rows:
            reasons = sorted((r for r in n.match.reasons if r.weight), key=lambda r: -abs(r.weight))
            told_ = tuple(f"{r.feature}: {r.found} ({r.weight:+.1f})" for r in reasons[:6])
            what = words.visible(rows[n.deal].item) or "item not stated"
            parties = " → ".join(words.visible(p) or "?" for p in (rows[n.deal].supplier, rows[n.deal].recipient))
            yield Near(
                n.deal, f"{what}, {parties}", n.match.score, n.reached, told_, merge_address(deal, n.deal, asked)
            )
