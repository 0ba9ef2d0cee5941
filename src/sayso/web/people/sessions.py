"""Sessions: a random token in the browser's cookie, its hash in the ledger.

Whoever reads the ledger's file cannot use a session found there. A session ends a working day after
the log-in that began it; it is not drawn out by use, since that would write to the ledger.
"""

from __future__ import annotations

import datetime as dt
import re
import secrets
from hashlib import sha256

from fastapi import Request
from starlette.responses import Response

from sayso.store import Adding
from sayso.web.state import web_of

LIFE = dt.timedelta(hours=12)
_TOKEN = re.compile(r"[\w-]{43}", re.ASCII)
_SESSION, _BEFORE = "sayso_session", "sayso_before"


def now() -> dt.datetime:
    """The time that sessions go by."""
    return dt.datetime.now(dt.UTC)


def new_token() -> str:
    """256 random bits."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """A token as the ledger has it."""
    return sha256(token.encode()).hexdigest()


def token_of(request: Request) -> str | None:
    """The session's token that the browser sent, if it has the form of one."""
    return _read(request, _SESSION)


def before_of(request: Request) -> str | None:
    """The secret of the log-in form that the browser sent."""
    return _read(request, _BEFORE)


def begin(request: Request, response: Response, t: Adding, name: str) -> None:
    """A new session for an account, never one whose token was known before; the browser's old one ends."""
    end(request, response, t)
    token, begun = new_token(), now()
    t.add_session(digest(token), name, begun, begun + LIFE)
    _set(request, response, _SESSION, token, int(LIFE.total_seconds()))
    _set(request, response, _BEFORE, "", 0)


def end(request: Request, response: Response, t: Adding) -> None:
    """The browser's session is over, here and there."""
    token = token_of(request)
    if token is not None:
        t.end_session(digest(token))
        _set(request, response, _SESSION, "", 0)


def set_before(request: Request, response: Response, secret: str) -> None:
    """Gives the browser the secret of a log-in form."""
    _set(request, response, _BEFORE, secret, int(LIFE.total_seconds()))


def _is_secure(request: Request) -> bool:
    return web_of(request).settings.secure or request.url.scheme == "https"


def _name(request: Request, name: str) -> str:
    # The prefix makes browsers refuse a cookie that a neighbour set, and needs HTTPS
    # (https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Set-Cookie#cookie_prefixes).
    return f"__Host-{name}" if _is_secure(request) else name


def _read(request: Request, name: str) -> str | None:
    found = request.cookies.get(_name(request, name), "")
    return found if _TOKEN.fullmatch(found) else None


def _set(request: Request, response: Response, name: str, value: str, age: int) -> None:
    response.set_cookie(
        _name(request, name), value, max_age=age, path="/", httponly=True, samesite="lax", secure=_is_secure(request)
    )
