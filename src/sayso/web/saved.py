"""Views of the list of deals that a reader named, kept in a cookie of the reader's browser."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from sayso.web.state import Web, web_of

router = APIRouter(tags=["deals"])
COOKIE = "sayso_views"
MOST = 12
_LONGEST = 3_800  # characters: a browser keeps 4,096 of a cookie
_KEPT = 400 * 86_400  # seconds


@dataclass(frozen=True, slots=True)
class SavedView:
    """`query` is what stands after "?" in the list's address."""

    name: str
    query: str


def saved_views(request: Request) -> list[SavedView]:
    """The reader's views; none where the cookie is missing or is not ours."""
    try:
        found = json.loads(base64.urlsafe_b64decode(request.cookies.get(COOKIE, "")))
        return [SavedView(str(name), str(query)) for name, query in found][:MOST]
    except (binascii.Error, ValueError, TypeError):
        return []


@router.post("/deals/views", status_code=303)
def save_view(
    request: Request,
    name: Annotated[str, Form(min_length=1, max_length=60)],
    query: Annotated[str, Form(max_length=1_000)] = "",
) -> Response:
    """Keeps the list's present address under a name; the name's older one gives way."""
    views = [v for v in saved_views(request) if v.name != name.strip()]
    return _kept(request, [*views, SavedView(name.strip(), query)], query)


@router.post("/deals/views/forget", status_code=303)
def forget_view(
    request: Request,
    name: Annotated[str, Form(max_length=60)],
    query: Annotated[str, Form(max_length=1_000)] = "",
) -> Response:
    """Lets go of a view."""
    return _kept(request, [v for v in saved_views(request) if v.name != name], query)


def _kept(request: Request, views: list[SavedView], query: str) -> Response:
    packed = json.dumps([[v.name, v.query] for v in views], ensure_ascii=False, separators=(",", ":"))
    value = base64.urlsafe_b64encode(packed.encode("utf-8", "replace")).decode()
    if len(views) > MOST or len(value) > _LONGEST:
        raise HTTPException(422, f"{len(views)} saved views; a browser keeps {MOST} short ones: forget one first")
    web: Web = web_of(request)
    found = RedirectResponse(f"/deals?{query}" if query else "/deals", 303)
    found.set_cookie(COOKIE, value, max_age=_KEPT, path="/", httponly=True, samesite="lax", secure=web.settings.secure)
    return found
