"""The pages of review: the queue, a claim, two deals, the history, agreement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import RedirectResponse, Response

from sayso.keeping.verdicts import ACTIONS
from sayso.store.decisions import UNDO
from sayso.web.paging import Pages, pages
from sayso.web.review.agreement import AgreementPage, agreement_page
from sayso.web.review.claim import ClaimReview, claim_review
from sayso.web.review.desk import Who, desk_of
from sayso.web.review.history import History, history
from sayso.web.review.merge import MergeReview, merge_review
from sayso.web.review.queue import (
    REASONS,
    STATES,
    Progress,
    QueueAsked,
    QueueItem,
    Words,
    progress,
    queue,
    queue_asked,
)
from sayso.web.state import Reads
from sayso.web.twins import view

router = APIRouter(tags=["review"])
Asked = Annotated[QueueAsked, Depends(queue_asked)]
_LINES = 100  # of history on one page


@dataclass(frozen=True, slots=True)
class Tab:
    label: str
    address: str
    here: bool


@dataclass(frozen=True, slots=True)
class QueuePage:
    """A page of the queue. `taken`: items open before others, with whom."""

    items: tuple[QueueItem, ...]
    pages: Pages
    progress: Progress
    states: tuple[Tab, ...]
    reasons: tuple[Tab, ...]
    asked: QueueAsked
    next: str
    taken: dict[str, str]
    blind: bool
    may: bool


@dataclass(frozen=True, slots=True)
class Next:
    """The item that this reviewer best takes next: the weightiest that nobody else has open."""

    item: QueueItem | None


@view(router, "/review", "review.html")
def review(request: Request, reader: Reads, asked: Asked, who: Who) -> QueuePage:
    """What is worth a person's look, the weightiest first, with why."""
    items = queue(reader, asked, who)
    size = reader.web.settings.page_size
    found = pages(len(items), asked.page, size, lambda n: asked.address(page=n))
    shown = tuple(items[(found.number - 1) * size : found.number * size])
    states = tuple(
        Tab(label, asked.address(state="" if s == "waiting" else s), s == asked.state) for s, label in STATES.items()
    )
    reasons = tuple(
        Tab(label, asked.address(why="" if r == asked.why else r), r == asked.why) for r, label in REASONS.items()
    )
    taken = {k: v for k, v in desk_of(request).with_others(who.name).items() if any(i.id == k for i in shown)}
    return QueuePage(
        shown, found, progress(reader, asked), states, reasons if asked.state == "waiting" else (), asked,
        asked.address("/review/next"), taken, who.blind, who.may,
    )  # fmt: skip


@router.get("/review/next.json", summary="The item to take next")
def next_json(request: Request, reader: Reads, asked: Asked, who: Who) -> Next:
    """The weightiest item that nobody else has open."""
    items = queue(reader, asked, who)
    id = desk_of(request).first_free((i.id for i in items), who.name)
    return Next(next((i for i in items if i.id == id), None))


@router.get("/review/next", include_in_schema=False)
def next_item(request: Request, reader: Reads, asked: Asked, who: Who) -> Response:
    found = next_json(request, reader, asked, who).item
    return RedirectResponse(asked.address() if found is None else found.address, 303)


@view(router, "/review/history", "review_history.html")
def review_history(
    reader: Reads,
    me: Who,
    who: Words = "",
    action: Annotated[str, Query(pattern=f"^({'|'.join((*ACTIONS, UNDO))})?$")] = "",
    before: Annotated[int, Query(ge=0, le=2**53)] = 0,
) -> History:
    """Who decided what and when, the latest first."""
    return history(reader, me, who, action, before, _LINES)


@view(router, "/review/agreement", "review_agreement.html")
def review_agreement(reader: Reads, me: Who) -> AgreementPage:
    """How far two reviewers agree who did not see each other's verdicts."""
    return agreement_page(reader, me)


@view(router, "/review/merge", "review_merge.html")
def review_merge(
    request: Request, reader: Reads, asked: Asked, me: Who, a: Words, b: Words = "", q: Words = ""
) -> MergeReview:
    """Two deals side by side, or the search for the second."""
    if b and me.may:
        desk_of(request).take(f"{min(a, b)}+{max(a, b)}", me.name)
    return merge_review(reader, a, b, q, me, asked)


@view(router, "/review/claims/{key}", "review_claim.html")
def review_claim(request: Request, reader: Reads, key: str, asked: Asked, who: Who) -> ClaimReview:
    """One claim beside its text, to decide on."""
    items = queue(reader, asked, who)
    at = next((n for n, i in enumerate(items) if i.id == key), None)
    desk = desk_of(request)
    taken = desk.with_others(who.name)
    after = [i for i in items[0 if at is None else at + 1 :] if i.id not in taken and i.id != key]
    beside = (items[at - 1].address if at else "", after[0].address if after else "")
    found = claim_review(reader, key, who, asked, beside, "" if who.blind else taken.get(key, ""))
    if who.may:
        desk.take(key, who.name)
    return found
