"""The gate: who sent a request, and whether it may go on.

What is not said here to be open is shut: without a user only the log-in form is, and what is sent
needs an analyst.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from urllib.parse import urlencode

from fastapi import HTTPException, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sayso.errors import StoreError
from sayso.web.errors import failed
from sayso.web.people import audit, csrf, sessions
from sayso.web.people.roles import ANALYST, NOBODY, Role, User, lacking
from sayso.web.people.throttle import Throttle
from sayso.web.state import web_of
from sayso.web.twins import wants_json

_log = logging.getLogger(__name__)
LOGIN, LOGOUT, ACCOUNT, PASSWORD = "/login", "/logout", "/account", "/account/password"
OWN = frozenset({LOGOUT, PASSWORD, "/deals/views", "/deals/views/forget"})
"""What is sent here concerns its sender alone: a reader may, and the audit does without."""
_MENDING = frozenset({LOGOUT, ACCOUNT, PASSWORD})
_STATIC = "/static/"
_MOST = 65_536  # bytes that somebody unknown may send


@dataclass(frozen=True, slots=True)
class Door:
    """What the gate remembers, `request.app.state.door`: tries of passwords, and the secret that forms
    are signed with in a workbench without accounts."""

    throttle: Throttle = field(default_factory=Throttle)
    secret: str = field(default_factory=sessions.new_token)


def door_of(request: Request) -> Door:
    found: Door = request.app.state.door
    return found


class Gate:
    """ASGI middleware: sets `request.state.user` and `.csrf`, and answers those who may not go on."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(_STATIC):
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        user, refusal = await _met(request)
        app, status = refusal or self._app, 0

        async def told(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            await send(message)

        await app(scope, _small(receive) if user is NOBODY else receive, told)
        if _is_to_be_noted(request, user, status):
            await run_in_threadpool(_note, request, status)


async def _met(request: Request) -> tuple[User, Response | None]:
    """Who it is, and the answer where the request ends here."""
    try:
        user, secret = await run_in_threadpool(_recognised, request)
    except StoreError as error:
        return NOBODY, failed(request, 503, str(error))
    request.state.user = user
    request.state.csrf = csrf.token(secret) if secret else ""
    return user, _refusal(request, user)


def _recognised(request: Request) -> tuple[User, str | None]:
    """The user, and the secret that its forms are signed with."""
    web = web_of(request)
    with web.store.looking() as look:
        if not (web.settings.accounts or look.has_accounts()):
            return ANALYST, door_of(request).secret
        token = sessions.token_of(request)
        account = look.session_account(sessions.digest(token), sessions.now()) if token else None
    if account is None:
        return NOBODY, sessions.before_of(request)
    return User(account.name, Role(account.role), account.temporary), token


def _refusal(request: Request, user: User) -> Response | None:
    path, harmless = request.url.path, request.method in csrf.HARMLESS
    if path == LOGIN:
        return None
    if user.role is Role.NOBODY:
        if harmless and not wants_json(request):
            back = f"{path}?{request.url.query}" if request.url.query else path
            return RedirectResponse(f"{LOGIN}?{urlencode({'next': back})}", 303)
        return failed(request, 401, "Nobody is logged in here, or no longer.")
    if user.temporary and path not in _MENDING:
        if harmless and not wants_json(request):
            return RedirectResponse(ACCOUNT, 303)
        return failed(request, 403, f"{user.name} has a password that somebody else chose; change it at {ACCOUNT}.")
    needed = Role.READER if harmless or path in OWN else Role.ANALYST
    return None if user.role.may(needed) else failed(request, 403, lacking(user, needed))


def _small(receive: Receive) -> Receive:
    """The body of a request, if it is small."""
    had = 0

    async def counted() -> Message:
        nonlocal had
        message = await receive()
        had += len(message.get("body", b""))
        if had > _MOST:
            raise HTTPException(413, f"more than {_MOST} bytes from nobody known")
        return message

    return counted


def _is_to_be_noted(request: Request, user: User, status: int) -> bool:
    if request.method in csrf.HARMLESS or user is NOBODY or request.url.path in {LOGIN, *OWN}:
        return False
    return (status < 400 or status == 403) and not getattr(request.state, "audited", False)


def _note(request: Request, status: int) -> None:
    try:
        with web_of(request).store.adding() as t:
            audit.note_sent(request, t, status)
    except StoreError as error:  # what was sent is done already
        _log.error("not in the audit: %s %s: %s", request.method, request.url.path, error)
