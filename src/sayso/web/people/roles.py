"""Roles, and the dependency that asks for one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fastapi import Depends, HTTPException, Request
from fastapi.params import Depends as Dependency


class Role(StrEnum):
    """What somebody may do; each may do what those before it may."""

    NOBODY = "nobody"
    READER = "reader"
    ANALYST = "analyst"
    ADMIN = "admin"

    def may(self, needed: Role) -> bool:
        order = list(Role)
        return order.index(self) >= order.index(needed)


ROLES = (Role.READER, Role.ANALYST, Role.ADMIN)
"""Those that an account can have."""


@dataclass(frozen=True, slots=True)
class User:
    """Who sent a request. `temporary`: with a password that somebody else chose. `alone`: in a
    workbench without accounts."""

    name: str
    role: Role
    temporary: bool = False
    alone: bool = False


NOBODY = User("", Role.NOBODY)
ANALYST = User("analyst", Role.ADMIN, alone=True)
"""The one user of a workbench without accounts."""


def user_of(request: Request) -> User:
    """The user of a request; nobody before the gate has said who."""
    found: User = getattr(request.state, "user", NOBODY)
    return found


def needs(role: Role) -> Dependency:
    """FastAPI's dependency: gives the `User`, or answers 403 to one of a lesser role."""

    def check(request: Request) -> User:
        user = user_of(request)
        if not user.role.may(role):
            raise HTTPException(403, lacking(user, role))
        return user

    found: Dependency = Depends(check)
    return found


def lacking(user: User, role: Role) -> str:
    """Why a user may not do what needs a role."""
    return f"{user.name or 'Nobody'} is {_named(user.role)} here; this needs {_named(role)}."


def _named(role: Role) -> str:
    return role if role is Role.NOBODY else f"{'an' if role[0] == 'a' else 'a'} {role}"
