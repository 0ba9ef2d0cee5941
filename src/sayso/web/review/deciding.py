"""From what was sent to a verdict, by form or JSON alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

import msgspec
from fastapi import HTTPException, Request
from starlette.responses import Response

from sayso.errors import InputError
from sayso.keeping.docket import docket, version
from sayso.keeping.judge import Done, Judgement, Overtaken, judge, slots, undo
from sayso.keeping.verdicts import EDIT, SPLIT, decided, edited
from sayso.lexicon import Lexicon, load
from sayso.model import Claim
from sayso.store import Look
from sayso.store.codec import Json
from sayso.web.render import page
from sayso.web.review.claim import as_shown
from sayso.web.review.desk import Reviewer
from sayso.web.review.history import Change, HistoryLine, history_line, value
from sayso.web.review.merge import deal_now
from sayso.web.review.sent import Fields, edit_of
from sayso.web.state import web_of

_HELD = frozenset({"csrf", "seen"})


@dataclass(frozen=True, slots=True)
class Conflict:
    """Nothing was written: these verdicts were given since the page was made; none, where the article was
    read anew. Sent again with the new `seen`, the same verdict goes on top of them."""

    what: str
    by: tuple[HistoryLine, ...]
    mine: tuple[Change, ...]
    seen: str


@cache
def _lexicon() -> Lexicon:
    return load()


def decide(request: Request, one: Judgement) -> Done | Conflict:
    """Raises `HTTPException` (422) for what does not fit."""
    web = web_of(request)
    try:
        found = judge(web.store, one, _lexicon())
    except InputError as error:
        raise HTTPException(422, str(error)) from error
    return found if isinstance(found, Done) else _conflict(request, one, found)


def take_back(request: Request, number: int, who: str, note: str | None) -> Done:
    """Raises `HTTPException`: 409 where it was taken back before, 422 where it cannot be."""
    try:
        found = undo(web_of(request).store, number, who, _lexicon(), note=note)
    except InputError as error:
        raise HTTPException(422, str(error)) from error
    if isinstance(found, Overtaken):
        by = found.by[0].who if found.by else "somebody"
        raise HTTPException(409, f"verdict {number} was undone by {by} already; its history shows what holds now")
    return found


def on_claim(
    look: Look, key: str, me: Reviewer, action: str, after: Mapping[str, Json], note: str | None, seen: str | None
) -> Judgement:
    """A judgement of one claim: blind, where others' verdicts on it are hidden from the reviewer."""
    blind = me.hides(key, docket(look)) if me.blind else False
    return Judgement(me.name, action, (key,), after=after, note=note or None, seen=seen, blind=blind)


def edit_sent(look: Look, key: str, sent: Fields) -> dict[str, Json]:
    """The slots that a form sets otherwise than it showed them, so that what somebody else set in between
    stays. Raises `HTTPException` (404, 422)."""
    found = next(look.told([key]), None)
    if found is None:
        raise HTTPException(404, f"no claim {key!r}")
    try:
        base = msgspec.json.decode(sent.get("base", ["{}"])[-1])
        shown = edited(found.claim, base, key)
    except (msgspec.DecodeError, InputError) as error:
        raise HTTPException(422, f"base: {error}; expected the slots as the page showed them") from error
    return edit_of({k: v for k, v in sent.items() if k != "base"}, shown, look.document(found.document).text)


def on_deals(look: Look, action: str, a: str, b: str, me: Reviewer, note: str | None, seen: str | None) -> Judgement:
    """A merge of two deals, or their being kept apart, whole. Raises `HTTPException`."""
    one, two = deal_now(look, a), deal_now(look, b)
    if one == two:
        raise HTTPException(409, f"{a} and {b} are one deal, {one}")
    claims, others = (tuple(sorted(look.members([d]))) for d in (one, two))
    # The deals as shown may have got other names in between: then `seen` is of other claims, too.
    return Judgement(me.name, action, claims, others, note=note or None, seen=seen, shown=(one, two))


def out_of_deal(look: Look, key: str, also: list[str], me: Reviewer, note: str | None, seen: str | None) -> Judgement:
    """A claim, with some beside it, taken out of its deal. Raises `HTTPException`."""
    members = look.members([deal_now(look, key)])
    out = {key, *also}
    strange = sorted(out - members)
    if strange or members <= out:
        found = f"{strange[0]!r}, which is not in it" if strange else "all of its claims"
        raise HTTPException(422, f"a split of the deal of {key}: {found}; expected some of its claims, not all")
    taken, left = tuple(sorted(out)), tuple(sorted(members - out))
    return Judgement(me.name, SPLIT, taken, left, note=note or None, seen=seen, shown=(key,))


def _conflict(request: Request, one: Judgement, found: Overtaken) -> Conflict:
    with web_of(request).store.looking() as look:
        every = docket(look)
        told = next(look.told(one.claims[:1]), None)
        now = None if told is None else as_shown(told, decided(look), one.blind)
        seen = version(look, one.shown or one.claims)
        by = tuple(history_line(v, every) for v in found.by)
    said = "Somebody else decided on this in between." if by else "This article was read anew in between."
    return Conflict(said, by, tuple(_mine(one, now)) if now else (), seen)


def _mine(one: Judgement, now: Claim) -> list[Change]:
    if one.action != EDIT:
        return []
    before = slots(now)
    return [Change(name, value(name, before.get(name)), value(name, after)) for name, after in one.after.items()]


def conflict_page(request: Request, action: str, found: Conflict, sent: Fields) -> Response:
    """What the other did beside one's own, which can be sent again."""
    again = [(name, v) for name, many in sent.items() if name not in _HELD for v in many]
    to = request.url.path
    back = to if to.startswith("/review/claims/") else "/review"
    return page(
        request, "review_conflict.html", status_code=409, view=found, action=action, again=again, to=to, back=back
    )


def queue_query(sent: Fields) -> str:
    """The query of the queue that a form came from."""
    return urlsplit(sent.get("queue", [""])[-1][:1_000]).query
