"""What awaits a reviewer, ordered by what matters, each item with why it is there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import Query

from sayso.export import words
from sayso.keeping.docket import Docket
from sayso.keeping.verdicts import Decided, decided
from sayso.model import Category, Kind
from sayso.store.review_queries import (
    Apart,
    Filter,
    Waiting,
    count_claims,
    count_of,
    founding,
    in_conflict,
    least_sure,
    matched_apart,
    newest,
    these,
)
from sayso.web.links import link
from sayso.web.review.desk import Reviewer, docket_of
from sayso.web.state import Reader

UNSURE = 0.7  # a slot less sure than this is worth a look
MOST = 500  # items of a queue
# Bits of urgency: what an error costs the ledger, roughly, by how many claims hang on it.
_CONFLICT, _NEW, _UNSURE, _MERGE, _AGAIN = 3.0, 2.0, 2.0, 2.5, 1.0
State = Literal["waiting", "reviewed", "second"]
Reason = Literal["", "conflict", "new", "unsure", "merge"]
REASONS = {"conflict": "origins differ", "new": "new deals", "unsure": "unsure readings", "merge": "possible merges"}
STATES = {"waiting": "waiting", "reviewed": "reviewed", "second": "for a second opinion"}
_PAST = {"accept": "accepted", "edit": "edited", "reject": "rejected", "merge": "merged", "split": "split",
         "grade": "graded", "undo": "undone"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class QueueAsked:
    """A queue's filter, as it stands in the address."""

    state: State = "waiting"
    why: Reason = ""
    kind: str = ""
    category: str = ""
    outlet: str = ""
    deal: str = ""
    page: int = 1

    def wanted(self) -> Filter:
        return Filter(self.kind or None, self.category or None, self.outlet or None, self.deal or None)

    def address(self, base: str = "/review", **changed: object) -> str:
        parts = {"state": "" if self.state == "waiting" else self.state, "why": self.why, "kind": self.kind}
        parts |= {"category": self.category, "outlet": self.outlet, "deal": self.deal}
        return link(base, **{**parts, **changed})


Words = Annotated[str, Query(max_length=200, pattern=r"^[^\x00]*$")]


def queue_asked(
    state: State = "waiting",
    why: Reason = "",
    kind: Annotated[str, Query(pattern=f"^({'|'.join(Kind)})?$")] = "",
    category: Annotated[str, Query(pattern=f"^({'|'.join(Category)})?$")] = "",
    outlet: Words = "",
    deal: Words = "",
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> QueueAsked:
    """FastAPI's dependency: the query of a queue."""
    return QueueAsked(state, why, kind, category, outlet, deal, page)


@dataclass(frozen=True, slots=True)
class QueueItem:
    """A claim, or two deals that may be one (`other`). `why` says why it is here; `state` what was decided
    on it, "" where nothing was or it is hidden; `weight` orders the queue."""

    id: str
    address: str
    what: str
    quote: str
    outlet: str
    said: dt.date | None
    why: tuple[str, ...]
    weight: float
    state: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of the claims that fit have been reviewed."""

    reviewed: int
    total: int


def claim_address(key: str, asked: QueueAsked | None = None) -> str:
    return (asked or QueueAsked()).address(f"/review/claims/{key}")


def merge_address(a: str, b: str, asked: QueueAsked | None = None) -> str:
    return (asked or QueueAsked()).address("/review/merge", a=a, b=b)


def progress(reader: Reader, asked: QueueAsked) -> Progress:
    wanted = asked.wanted()

    def count() -> Progress:
        done = docket_of(reader).reviewed()
        return Progress(count_of(reader.look, done, wanted), count_claims(reader.look, wanted))

    return reader.cached(("review progress", wanted), count)


def decided_of(reader: Reader) -> Decided:
    return reader.cached("decided", lambda: decided(reader.look))


def queue(reader: Reader, asked: QueueAsked, who: Reviewer) -> list[QueueItem]:
    """The items that fit, the weightiest first, 500 at most."""
    key = ("review queue", asked.state, asked.why, asked.wanted(), who if asked.state == "second" else who.blind)
    return reader.cached(key, lambda: _made(reader, asked, who))


def _made(reader: Reader, asked: QueueAsked, who: Reviewer) -> list[QueueItem]:
    found = docket_of(reader)
    if asked.state == "second":
        keys = [c for c in found.reviewed() if all(v.who != who.name for v in found.standing(c))]
        items = [_item(w, ("somebody else has decided on it",), _AGAIN, asked) for w in _these(reader, keys, asked)]
    elif asked.state == "reviewed":
        done = {} if who.blind else found.reviewed()
        items = [
            _item(w, (), float(done[w.key].id), asked, f"{_PAST[done[w.key].action]} by {done[w.key].who}")
            for w in _these(reader, done, asked)
        ]
    else:
        items = [*_claims(reader, asked, found), *_merges(reader, asked)]
    return sorted(items, key=lambda i: -i.weight)[:MOST]  # of equal weight, the newest read first


def _these(reader: Reader, keys: Iterable[str], asked: QueueAsked) -> list[Waiting]:
    return these(reader.look, keys, asked.wanted())


def _claims(reader: Reader, asked: QueueAsked, found: Docket) -> Iterator[QueueItem]:
    """The claims that nobody has settled, each with all that speaks for a look."""
    look, wanted, done = reader.look, asked.wanted(), found.reviewed()
    known = {d for d in look.deals_of(done).values() if d is not None}
    parts: dict[str, list[Waiting]] = {
        "conflict": in_conflict(look, wanted, done, MOST),
        "new": founding(look, wanted, done, known, MOST),
        "unsure": least_sure(look, wanted, done, UNSURE, MOST),
    }
    why: dict[str, set[str]] = {}
    waiting = {} if asked.why else {w.key: w for w in newest(look, wanted, done, MOST)}
    for name, many in parts.items():
        for w in many:
            why.setdefault(w.key, set()).add(name)
            waiting.setdefault(w.key, w)
    for key, w in waiting.items():
        reasons = why.get(key, set())
        if not asked.why or asked.why in reasons:
            yield _item(w, tuple(_said(w, reasons)), _weight(w, reasons), asked)


def _said(w: Waiting, reasons: set[str]) -> Iterator[str]:
    if "conflict" in reasons:
        yield "the deal's origins differ"
    if "new" in reasons:
        yield "a deal that nobody has looked at"
    if "unsure" in reasons:
        yield f"its least sure slot is {w.confidence:.2f} sure"
    if not reasons:
        yield "not yet looked at"


def _weight(w: Waiting, reasons: set[str]) -> float:
    unsure = _UNSURE * (1 - (w.confidence or 0.0)) if "unsure" in reasons else 0.0
    return round(_CONFLICT * ("conflict" in reasons) + _NEW * ("new" in reasons) + unsure, 3)


def _merges(reader: Reader, asked: QueueAsked) -> Iterator[QueueItem]:
    """Pairs of deals with claims that match, which nobody has kept apart."""
    if asked.why not in ("", "merge") or asked.wanted() != Filter(deal=asked.wanted().deal):
        return
    apart = decided_of(reader).apart
    members = reader.look.members([asked.deal]) if asked.deal else None
    best: dict[tuple[str, str], Apart] = {}
    for one in matched_apart(reader.look, MOST, members):
        pair = (min(one.deal_a, one.deal_b), max(one.deal_a, one.deal_b))
        best.setdefault(pair, one)
    barred = reader.look.deals_of({o for others in apart.values() for o in others} | apart.keys())
    split = {frozenset((barred.get(a), barred.get(b))) for a, others in apart.items() for b in others}
    rows = {d.id: d for d in reader.look.deals({d for pair in best for d in pair})}
    for (a, b), one in best.items():
        if frozenset((a, b)) in split or a not in rows or b not in rows:
            continue
        why = f"claims of two deals match ({one.score:.1f} bits), and yet they were not joined"
        what = " / ".join(words.visible(rows[d].item) or "item not stated" for d in (a, b))
        address = merge_address(a, b, asked)
        yield QueueItem(f"{a}+{b}", address, what, "", "", rows[b].last_said, (why,), _MERGE, other=b)


def _item(w: Waiting, why: tuple[str, ...], weight: float, asked: QueueAsked, state: str = "") -> QueueItem:
    what = f"{words.KIND[Kind(w.kind)]}: {words.visible(w.item) or 'item not stated'}"
    return QueueItem(
        w.key, claim_address(w.key, asked), what, words.visible(w.quote), w.outlet or "", w.said, why, weight, state
    )


def told(action: str) -> str:
    """An action as done: "accepted"."""
    return _PAST.get(action, action)
