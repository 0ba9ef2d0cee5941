"""For admins: the accounts, and the audit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from sayso.errors import InputError
from sayso.store import Account, Adding, Audited
from sayso.web.links import link
from sayso.web.people import accounts, audit, passwords
from sayso.web.people.login import Field
from sayso.web.people.roles import ROLES, Role, needs, user_of
from sayso.web.render import page
from sayso.web.state import Reads, web_of
from sayso.web.twins import view

router = APIRouter(tags=["admin"], dependencies=[needs(Role.ADMIN)])
USERS, AUDIT = "/admin/users", "/admin/audit"
Sought = Annotated[str, Query(max_length=64, pattern=r"^[^\x00]*$")]


@dataclass(frozen=True, slots=True)
class Users:
    """All accounts. `alone`: there are none yet. `fault`: why what was asked for was not done."""

    accounts: list[Account]
    roles: tuple[Role, ...]
    alone: bool
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Lines of the audit, the latest first, and the address of older ones."""

    lines: list[Audited]
    who: str
    action: str
    older: str | None


@view(router, USERS, "users.html")
def users(request: Request, reader: Reads) -> Users:
    """The accounts, by name."""
    return Users(reader.look.accounts(), ROLES, user_of(request).alone)


@router.post(USERS, include_in_schema=False)
def create(request: Request, name: Field = "", role: Field = "") -> Response:
    """A new account with a password made up for it, which is shown once."""
    password = passwords.invented()

    def do(t: Adding) -> None:
        accounts.create(t, name, role, password, _noting(request), temporary=True)

    return _done(request, do) or _told(request, name, password)


@router.post(USERS + "/{name}/role", include_in_schema=False)
def set_role(request: Request, name: str, role: Field = "") -> Response:
    """Gives an account another role."""
    done = _done(request, lambda t: accounts.set_role(t, name, role, _noting(request)))
    return done or RedirectResponse(USERS, 303)


@router.post(USERS + "/{name}/disabled", include_in_schema=False)
def set_disabled(request: Request, name: str, disabled: Field = "") -> Response:
    """Shuts an account out ("yes"), or lets it in again."""
    done = _done(request, lambda t: accounts.set_disabled(t, name, disabled == "yes", _noting(request)))
    return done or RedirectResponse(USERS, 303)


@router.post(USERS + "/{name}/password", include_in_schema=False)
def reset_password(request: Request, name: str) -> Response:
    """Gives an account a password made up for it, which is shown once."""
    password = passwords.invented()

    def do(t: Adding) -> None:
        accounts.set_password(t, name, password, _noting(request), temporary=True)

    return _done(request, do) or _told(request, name, password)


@view(router, AUDIT, "audit.html")
def audited(
    request: Request,
    reader: Reads,
    who: Sought = "",
    action: Sought = "",
    before: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
) -> AuditPage:
    """Who did what, when and from where."""
    size = web_of(request).settings.page_size
    lines = reader.look.audit(before=before, who=who, action=action, limit=size + 1)
    last = lines[:size][-1].id if len(lines) > size else None
    return AuditPage(lines[:size], who, action, link(AUDIT, who=who, action=action, before=last) if last else None)


def _noting(request: Request) -> accounts.Note:
    def note(t: Adding, action: str, target: str, detail: str) -> None:
        audit.note(request, t, action, target, detail)

    return note


def _done(request: Request, do: accounts.Act) -> Response | None:
    """Does it, in one transaction; or answers why it was not done."""
    store = web_of(request).store
    try:
        with store.adding() as t:
            do(t)
    except InputError as error:
        fault = f"Not done: {error.found}; expected {error.expected}."
        with store.looking() as look:
            shown = Users(look.accounts(), ROLES, user_of(request).alone, fault)
        return page(request, "users.html", status_code=422, view=shown)
    return None


def _told(request: Request, name: str, password: str) -> Response:
    found = page(request, "password.html", name=accounts.clean_name(name) or name, password=password)
    found.headers["Cache-Control"] = "no-store"
    return found
