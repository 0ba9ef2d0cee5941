"""Lines of the audit, from a request."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import quote

from fastapi import Request

from sayso.store import Adding
from sayso.web.people.roles import user_of
from sayso.web.people.sessions import now

_MOST = 300  # characters of a value


def address_of(request: Request) -> str:
    """The address that a request came from. Behind a proxy it is the proxy's, unless that one is trusted."""
    return request.client.host if request.client else "unknown"


def note(request: Request, t: Adding, action: str, target: str = "", detail: str = "", who: str | None = None) -> None:
    """Appends what the request's user does to the audit, in the transaction that does it."""
    request.state.audited = True
    t.note(
        user_of(request).name if who is None else who,
        action,
        target=target[:_MOST],
        detail=detail[:_MOST],
        address=address_of(request),
        at=now(),
    )


def note_sent(request: Request, t: Adding, status: int) -> None:
    """Appends that a form was sent, and what became of it."""
    target = quote(f"{request.method} {request.url.path}", safe="/ .-_~:@")
    note(request, t, "sent", target, f"{status} {HTTPStatus(status).phrase}")
