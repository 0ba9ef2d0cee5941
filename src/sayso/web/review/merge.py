"""Two deals side by side: are they one? And the search for the other one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from fastapi import HTTPException

from sayso.export import words
from sayso.keeping.docket import version
from sayso.keeping.near import near_deals
from sayso.keeping.verdicts import SPLIT
from sayso.model import Deal
from sayso.store import Look
from sayso.web import links
from sayso.web.review.desk import Reviewer, docket_of
from sayso.web.review.history import HistoryLine, history_line
from sayso.web.review.queue import QueueAsked, claim_address, decided_of, merge_address
from sayso.web.state import Reader

_CLAIMS = 12  # shown of a deal
_FOUND = 20


@dataclass(frozen=True, slots=True)
class SideClaim:
    outlet: str
    said: dt.date | None
    quote: str
    address: str


@dataclass(frozen=True, slots=True)
class Side:
    """A deal as it is compared; `facts` are labels with values, in the same order on both sides."""

    id: str
    what: str
    address: str
    facts: tuple[tuple[str, str], ...]
    claims: tuple[SideClaim, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Option:
    """A deal that a search found, to be set beside the first."""

    what: str
    quote: str
    outlet: str
    address: str


@dataclass(frozen=True, slots=True)
class MergeReview:
    """`b` is None while the other deal is being looked for. `against` are splits in force between them,
    which a merge must not pass over."""

    a: Side
    b: Side | None
    q: str
    options: tuple[Option, ...]
    score: float | None
    reasons: tuple[tuple[str, str, float], ...]
    against: tuple[HistoryLine, ...]
    seen: str
    may: bool
    queue: str
    same: bool


def deal_now(look: Look, key: str) -> str:
    """The deal of this id, or that its founding claim is in now. Raises `HTTPException` (404)."""
    found = look.deals_of([key]).get(key)
    if found is None:
        raise HTTPException(404, f"no deal {key!r}")
    return found


def merge_review(reader: Reader, a: str, b: str, q: str, me: Reviewer, asked: QueueAsked) -> MergeReview:
    look = reader.look
    one = deal_now(look, a)
    two = deal_now(look, b) if b else ""
    same = one == two
    reasons: tuple[tuple[str, str, float], ...] = ()
    score = None
    against: list[HistoryLine] = []
    if two and not same:
        near = [n for n in near_deals(look, sorted(look.members([one])), decided_of(reader), most=50) if n.deal == two]
        score = near[0].match.score if near else None
        reasons = tuple((r.feature, words.visible(r.found), r.weight) for r in near[0].match.reasons) if near else ()
        against = list(_against(reader, me, one, two))
    options = tuple(_options(reader, one, q, asked)) if q else ()
    return MergeReview(
        _side(reader, one), _side(reader, two) if two and not same else None, q, options, score, reasons,
        tuple(against), version(look, filter(None, (one, two))), me.may, asked.address(), same,
    )  # fmt: skip


def _against(reader: Reader, me: Reviewer, one: str, two: str) -> Iterator[HistoryLine]:
    found = docket_of(reader)
    left, right = reader.look.members([one]), reader.look.members([two])
    numbers = {v.id for key in left for v in found.standing(key, (SPLIT,))}
    for n in sorted(numbers):
        if right.intersection(found.claims[n]) and me.sees(n, found):
            yield history_line(found.verdicts[n], found)


def _side(reader: Reader, id: str) -> Side:
    found = reader.look.deal(id)
    if found is None:
        raise HTTPException(404, f"no deal {id!r}")
    told = list(reader.look.told(found.claims[:_CLAIMS]))
    claims = tuple(SideClaim(t.outlet or "", t.said, words.visible(t.quote), claim_address(t.key)) for t in told)
    what = words.visible(found.item) or "item not stated"
    return Side(id, what, links.deal(id), tuple(_facts(found)), claims, len(found.claims) - len(claims))


def _facts(d: Deal) -> Iterator[tuple[str, str]]:
    for label, name, codes in (
        ("supplier", d.supplier, d.supplier_countries), ("recipient", d.recipient, d.recipient_countries),
    ):  # fmt: skip
        yield label, words.visible(f"{name}{f' ({chr(32).join(codes)})' if codes else ''}".strip())
    yield "type names", words.visible(", ".join(d.designations))
    yield "category", words.CATEGORY[d.category]
    yield "kind", words.KIND[d.kind]
    yield "stage", words.STAGE[d.stage]
    for slot in ("quantity", "value", "when"):
        yield slot, words.visible("; ".join(s.value for s in d.values if s.slot == slot))
    first, last = d.first_said, d.last_said
    yield "told of", "" if first is None else f"{first} to {last}" if first != last else str(first)
    yield "origins", words.visible(", ".join(r.name for r in d.roots))


def _options(reader: Reader, one: str, q: str, asked: QueueAsked) -> Iterator[Option]:
    hits = reader.look.search(q, within="claim", limit=_FOUND * 3)
    homes = reader.look.deals_of(h.claim for h in hits if h.claim)
    rows = {d.id: d for d in reader.look.deals({d for d in homes.values() if d is not None and d != one})}
    for h in hits:
        row = rows.pop(homes.get(h.claim or "") or "", None)
        if row is not None:
            parties = " → ".join(words.visible(p) or "?" for p in (row.supplier, row.recipient))
            what = f"{words.visible(row.item) or 'item not stated'}, {parties}"
            yield Option(what, words.visible(h.snippet), h.outlet or "", merge_address(one, row.id, asked))
