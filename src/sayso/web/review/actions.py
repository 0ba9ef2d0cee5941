"""What reviewers send: verdicts and undoings, by form or as JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request
from pydantic import Field, JsonValue
from starlette.datastructures import UploadFile
from starlette.responses import JSONResponse, RedirectResponse, Response

from sayso.keeping.judge import Done, Judgement
from sayso.keeping.verdicts import ACCEPT, EDIT, GRADE, MERGE, REJECT, SPLIT
from sayso.web.people.roles import Role, needs
from sayso.web.review.deciding import (
    Conflict,
    conflict_page,
    decide,
    edit_sent,
    on_claim,
    on_deals,
    out_of_deal,
    queue_query,
    take_back,
)
from sayso.web.review.desk import COOKIE, Who
from sayso.web.review.sent import Fields
from sayso.web.state import web_of
from sayso.web.twins import _adapter as adapter

router = APIRouter(tags=["review"], dependencies=[needs(Role.ANALYST)])
_KEPT = 30 * 86_400  # seconds that blind review stays on
_NOTE = 2_000
Note = Annotated[str, Field(max_length=_NOTE, description="why, for whoever reads the history")]
Seen = Annotated[str | None, Field(max_length=100, description="`seen` of the page: what the verdict is on")]
Key = Annotated[str, Field(max_length=200)]


async def _sent(request: Request) -> Fields:
    """A form's fields, in order; files are passed over."""
    found: dict[str, list[str]] = {}
    for name, value in (await request.form()).multi_items():
        if not isinstance(value, UploadFile):
            found.setdefault(name, []).append(value)
    return found


Sent = Annotated[Fields, Depends(_sent)]


@dataclass(frozen=True, slots=True)
class Grade:
    """The Admiralty code: how reliable the source, how credible the information."""

    source: Literal["A", "B", "C", "D", "E", "F"]
    information: Literal["1", "2", "3", "4", "5", "6"]


@dataclass(frozen=True, slots=True)
class ClaimVerdict:
    """A verdict on one claim. `edit` holds the slots to set, in the claim's own form; `seen` the version
    it is on, without which whatever was decided in between is overruled."""

    action: Literal["accept", "edit", "reject", "grade"]
    edit: dict[str, JsonValue] = field(default_factory=dict)
    grade: Grade | None = None
    note: Note = ""
    seen: Seen = None


@dataclass(frozen=True, slots=True)
class DealsVerdict:
    """Two deals merged into one, or kept apart for good."""

    a: Key
    b: Key
    note: Note = ""
    seen: Seen = None


@dataclass(frozen=True, slots=True)
class SplitVerdict:
    """A claim taken out of its deal, with those of `also`."""

    claim: Key
    also: Annotated[list[Key], Field(max_length=500)] = field(default_factory=list)
    note: Note = ""
    seen: Seen = None


@dataclass(frozen=True, slots=True)
class Undoing:
    verdict: Annotated[int, Field(ge=1, le=2**53)]
    note: Note = ""


@dataclass(frozen=True, slots=True)
class Recorded:
    """The number of the verdict, and the deals that were made anew by it."""

    verdict: int
    deals: tuple[str, ...]


_CONFLICTS: dict[int | str, dict[str, object]] = {409: {"model": Conflict}}


# ---- by JSON --------------------------------------------------------------------------------------


def _answer(request: Request, one: Judgement) -> Response:
    found = decide(request, one)
    if isinstance(found, Done):
        return JSONResponse({"verdict": found.verdict, "deals": list(found.deals)})
    return Response(adapter(Conflict).dump_json(found), 409, media_type="application/json")


@router.post("/review/claims/{key}.json", response_model=Recorded, responses=_CONFLICTS)
def decide_claim_json(request: Request, key: str, me: Who, sent: ClaimVerdict) -> Response:
    """Accepts, edits, rejects or grades a claim."""
    grade = {"source": sent.grade.source, "information": sent.grade.information} if sent.grade else {}
    after = sent.edit if sent.action == EDIT else dict(grade) if sent.action == GRADE else {}
    with web_of(request).store.looking() as look:
        one = on_claim(look, key, me, sent.action, after, sent.note, sent.seen)
    return _answer(request, one)


@router.post("/review/merge.json", response_model=Recorded, responses=_CONFLICTS)
def merge_json(request: Request, me: Who, sent: DealsVerdict) -> Response:
    """Merges two deals."""
    with web_of(request).store.looking() as look:
        one = on_deals(look, MERGE, sent.a, sent.b, me, sent.note, sent.seen)
    return _answer(request, one)


@router.post("/review/apart.json", response_model=Recorded, responses=_CONFLICTS)
def apart_json(request: Request, me: Who, sent: DealsVerdict) -> Response:
    """Keeps two deals apart: they are not proposed again, and nothing joins them."""
    with web_of(request).store.looking() as look:
        one = on_deals(look, SPLIT, sent.a, sent.b, me, sent.note, sent.seen)
    return _answer(request, one)


@router.post("/review/split.json", response_model=Recorded, responses=_CONFLICTS)
def split_json(request: Request, me: Who, sent: SplitVerdict) -> Response:
    """Takes claims out of their deal."""
    with web_of(request).store.looking() as look:
        one = out_of_deal(look, sent.claim, sent.also, me, sent.note, sent.seen)
    return _answer(request, one)


@router.post("/review/undo.json", response_model=Recorded)
def undo_json(request: Request, me: Who, sent: Undoing) -> Recorded:
    """Takes a verdict back."""
    done = take_back(request, sent.verdict, me.name, sent.note or None)
    return Recorded(done.verdict, done.deals)


# ---- by form --------------------------------------------------------------------------------------


def _one(sent: Fields, name: str, default: str = "") -> str:
    return sent.get(name, [default])[-1][:_NOTE]


def _redirect(path: str, query: str) -> Response:
    return RedirectResponse(f"{path}?{query}" if query else path, 303)


@router.post("/review/claims/{key}", include_in_schema=False)
def decide_claim(request: Request, key: str, me: Who, sent: Sent) -> Response:
    """The form of a claim. What stands in its fields is what is accepted: an edit, where they were changed."""
    action, query = _one(sent, "action"), queue_query(sent)
    if action == SPLIT:
        return _split(request, key, me, sent)
    with web_of(request).store.looking() as look:
        after = edit_sent(look, key, sent) if action in (ACCEPT, EDIT) else {}
        if action in (ACCEPT, EDIT):
            action = EDIT if after else ACCEPT
        if action == GRADE:
            after = {name: _one(sent, name) for name in ("source", "information")}
        one = on_claim(look, key, me, action, after, _one(sent, "note"), _one(sent, "seen"))
    found = decide(request, one)
    if isinstance(found, Conflict):
        return conflict_page(request, action, found, sent)
    on = action in (ACCEPT, EDIT, REJECT) and not one.blind
    return _redirect("/review/next" if on else f"/review/claims/{key}", query)


def _split(request: Request, key: str, me: Who, sent: Fields) -> Response:
    with web_of(request).store.looking() as look:
        one = out_of_deal(look, key, sent.get("also", []), me, _one(sent, "note"), _one(sent, "seen"))
    found = decide(request, one)
    if isinstance(found, Conflict):
        return conflict_page(request, SPLIT, found, sent)
    return _redirect(f"/review/claims/{key}", queue_query(sent))


@router.post("/review/merge", include_in_schema=False)
def decide_merge(request: Request, me: Who, sent: Sent) -> Response:
    """The form of two deals: "merge", or "apart"."""
    action = MERGE if _one(sent, "action") == MERGE else SPLIT
    with web_of(request).store.looking() as look:
        one = on_deals(look, action, _one(sent, "a"), _one(sent, "b"), me, _one(sent, "note"), _one(sent, "seen"))
    found = decide(request, one)
    if isinstance(found, Conflict):
        return conflict_page(request, action, found, sent)
    return _redirect("/review/next", queue_query(sent))


@router.post("/review/undo", include_in_schema=False)
def undo_sent(request: Request, me: Who, sent: Sent) -> Response:
    """The button of a line of history."""
    number = _one(sent, "verdict")
    take_back(request, int(number) if number.isascii() and number.isdigit() else 0, me.name, _one(sent, "note") or None)
    claim = _one(sent, "claim")
    return _redirect(f"/review/claims/{claim}" if claim else "/review/history", queue_query(sent))


@router.post("/review/blind", include_in_schema=False)
def set_blind(request: Request, sent: Sent) -> Response:
    """Turns blind review on ("1") or off in this browser."""
    found = RedirectResponse("/review?state=second" if _one(sent, "blind") == "1" else "/review", 303)
    secure = web_of(request).settings.secure
    if _one(sent, "blind") == "1":
        found.set_cookie(COOKIE, "1", max_age=_KEPT, path="/review", httponly=True, samesite="lax", secure=secure)
    else:
        found.delete_cookie(COOKIE, path="/review", httponly=True, samesite="lax", secure=secure)
    return found
