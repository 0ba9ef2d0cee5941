"""What can be done to accounts, by a page or by the command line. Every act is in the audit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from sayso.errors import InputError
from sayso.store import Account, Adding
from sayso.web.people import passwords
from sayso.web.people.roles import ROLES, Role
from sayso.web.people.sessions import now

Note = Callable[[Adding, str, str, str], None]
"""Appends to the audit: the transaction, the action, the account it is done to, and more of it."""
Act = Callable[[Adding], object]

_NAME = re.compile(r"[^\W_][\w.@+-]{0,63}")
_AN_ADMIN = "an admin who can log in must be left: give that role to another account first"


def clean_name(name: str) -> str | None:
    """A name as accounts have it; None for what cannot be one."""
    found = unicodedata.normalize("NFKC", name.strip())
    return found if _NAME.fullmatch(found) else None


def role_of(role: str) -> Role:
    """Raises `InputError` for what no account can be."""
    if role not in ROLES:
        raise InputError("role", repr(role[:40]), ", ".join(ROLES[:-1]) + f" or {ROLES[-1]}")
    return Role(role)


def create(t: Adding, name: str, role: str, password: str, note: Note, *, temporary: bool) -> Account:
    """A new account; the first one is an admin's. Raises `InputError`."""
    cleaned = clean_name(name)
    if cleaned is None:
        raise InputError("name", repr(name[:70]), "1 to 64 letters, digits and . _ - + @, a letter or digit first")
    given = role_of(role)
    if given is not Role.ADMIN and not t.has_accounts():
        raise InputError("role", given, "admin for the first account, which makes the others")
    t.add_account(cleaned, _hash(cleaned, password), given, temporary=temporary, now=now())
    note(t, "account created", cleaned, given)
    return get(t, cleaned)


def get(t: Adding, name: str) -> Account:
    """Raises `InputError` where there is none of that name."""
    found = t.account(name)
    if found is None:
        raise InputError(t.place, f"no account {name[:70]!r}", "the name of an account")
    return found


def set_role(t: Adding, name: str, role: str, note: Note) -> None:
    """Gives an account another role; it has to log in again. Raises `InputError`."""
    account, given = get(t, name), role_of(role)
    if given != account.role:
        t.set_role(account.name, given)
        _left(t)
        t.end_sessions(account.name)
        note(t, "role changed", account.name, f"{account.role} to {given}")


def set_disabled(t: Adding, name: str, disabled: bool, note: Note) -> None:
    """Shuts an account out, or lets it in again. Raises `InputError`."""
    account = get(t, name)
    if disabled != account.disabled:
        t.set_disabled(account.name, disabled)
        _left(t)
        t.end_sessions(account.name)
        note(t, "account disabled" if disabled else "account enabled", account.name, "")


def set_password(t: Adding, name: str, password: str, note: Note, *, temporary: bool = False) -> None:
    """Gives an account another password and ends its sessions. Raises `InputError`."""
    account = get(t, name)
    t.set_password(account.name, _hash(account.name, password), temporary=temporary)
    t.end_sessions(account.name)
    note(t, "password reset" if temporary else "password changed", account.name, "")


def _hash(name: str, password: str) -> str:
    passwords.check(name, password)
    return passwords.hashed(password)


def _left(t: Adding) -> None:
    """Raises `InputError`, which undoes what was done, where no admin is left."""
    if not any(a.role == Role.ADMIN and not a.disabled for a in t.accounts()):
        raise InputError(t.place, "nobody left to manage accounts", _AN_ADMIN)
