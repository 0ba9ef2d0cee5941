"""Logging in and out, and one's own password.

A wrong name and a wrong password get the same answer after the same work: one hash compared and one
line written.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from sayso.errors import InputError
from sayso.store import Adding
from sayso.web.people import accounts, audit, csrf, passwords, sessions
from sayso.web.people.gate import ACCOUNT, LOGIN, LOGOUT, PASSWORD, door_of
from sayso.web.people.roles import Role, user_of
from sayso.web.render import page
from sayso.web.state import web_of
from sayso.web.twins import view

router = APIRouter(tags=["account"])
_LOCAL = re.compile(r"/(?![/\\])[^\x00-\x20\\]{0,2000}")
_WRONG = "The name or the password is wrong."
_CHALLENGE = {"WWW-Authenticate": f'Cookie form-action="{LOGIN}"'}

Field = Annotated[str, Form()]
"""A field of a form; what is wrong with it is told without repeating it, as it may be a password."""


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """One's own account. `alone`: there are none here. `fault`: why the password was not changed."""

    name: str
    role: Role
    alone: bool
    temporary: bool
    fault: str | None = None


@router.get(LOGIN, include_in_schema=False)
def ask(request: Request, next: str = "/") -> Response:
    """The log-in form; who is logged in goes on."""
    if user_of(request).role is not Role.NOBODY:
        return RedirectResponse(_local(next), 303)
    return _asked(request, next)


@router.post(LOGIN, include_in_schema=False)
def log_in(request: Request, name: Field = "", password: Field = "", next: Field = "/") -> Response:
    """Begins a session."""
    throttle, address = door_of(request).throttle, audit.address_of(request)
    wait = throttle.wait(name, address)
    if wait:
        return _asked(request, next, 429, _held_back(wait), {"Retry-After": str(math.ceil(wait))})
    store = web_of(request).store
    cleaned = accounts.clean_name(name) or ""
    with store.looking() as look:
        stored = look.password_hash(cleaned)
    right = passwords.fits(stored, password)
    renewed = passwords.hashed(password) if right and stored and passwords.outdated(stored) else None
    found = RedirectResponse(_local(next), 303)
    with store.adding() as t:
        account = t.account(cleaned)
        # Meanwhile the account may have been disabled or its password changed.
        if not right or account is None or account.disabled or t.password_hash(cleaned) != stored:
            # A name that is no account's may be a password typed in the wrong field.
            audit.note(request, t, "log-in failed", account.name if account else "", who="")
            return _asked(request, next, 401, _WRONG, _CHALLENGE)
        if renewed:
            t.renew_hash(account.name, renewed)
        sessions.begin(request, found, t, account.name)
        audit.note(request, t, "logged in", who=account.name)
    throttle.forgive(name, address)
    return found


@router.post(LOGOUT, include_in_schema=False)
def log_out(request: Request) -> Response:
    """Ends the session, here and in the ledger."""
    found = RedirectResponse(LOGIN, 303)
    with web_of(request).store.adding() as t:
        sessions.end(request, found, t)
        audit.note(request, t, "logged out")
    return found


@view(router, ACCOUNT, "account.html")
def own_account(request: Request) -> OwnAccount:
    """One's own account."""
    return _own(request)


@router.post(PASSWORD, include_in_schema=False)
def change_password(request: Request, current: Field = "", new: Field = "", again: Field = "") -> Response:
    """Changes one's own password and ends all other sessions."""
    user, throttle, address = user_of(request), door_of(request).throttle, audit.address_of(request)
    if user.alone:
        return RedirectResponse(ACCOUNT, 303)
    store = web_of(request).store
    with store.looking() as look:
        stored = look.password_hash(user.name)
    if wait := throttle.wait(user.name, address):
        return _unchanged(request, _held_back(wait), 429)
    if not passwords.fits(stored, current):
        with store.adding() as t:
            audit.note(request, t, "password change failed", user.name)
        return _unchanged(request, "The current password is wrong.")
    throttle.forgive(user.name, address)
    if new != again:
        return _unchanged(request, "The two new passwords differ.")
    if new == current:
        return _unchanged(request, "The new password is the current one.")

    def note(t: Adding, action: str, target: str, detail: str) -> None:
        audit.note(request, t, action, target, detail)

    found = RedirectResponse(f"{ACCOUNT}?changed=1", 303)
    try:
        with store.adding() as t:
            accounts.set_password(t, user.name, new, note)
            sessions.begin(request, found, t, user.name)
    except InputError as error:
        return _unchanged(request, f"The new password has {error.found}; expected {error.expected}.")
    return found


def _asked(
    request: Request, next: str, status: int = 200, fault: str | None = None, headers: dict[str, str] | None = None
) -> Response:
    """The log-in form, signed with the session's secret or with one made for it."""
    secret = None
    if not csrf.csrf_token(request):
        secret = sessions.new_token()
        request.state.csrf = csrf.token(secret)
    found = page(request, "login.html", status_code=status, next=_local(next), fault=fault)
    found.headers.update(headers or {})
    if secret:
        sessions.set_before(request, found, secret)
    return found


def _own(request: Request, fault: str | None = None) -> OwnAccount:
    user = user_of(request)
    return OwnAccount(user.name, user.role, user.alone, user.temporary, fault)


def _unchanged(request: Request, fault: str, status: int = 422) -> Response:
    return page(request, "account.html", status_code=status, view=_own(request, fault))


def _held_back(wait: float) -> str:
    return f"Too many tries. Try again in {math.ceil(wait / 60)} minutes."


def _local(address: str) -> str:
    """An address of ours to go on to; the start for any other."""
    return address if _LOCAL.fullmatch(address) else "/"
