"""Accounts, their sessions, and the audit: who did what, when and from where."""

from __future__ import annotations

import datetime as dt
import unicodedata
from dataclasses import dataclass, fields

import sqlalchemy as sa

from sayso.errors import InputError
from sayso.store.handle import Handle, Query
from sayso.store.schema_people import account, audit, session


@dataclass(frozen=True, slots=True)
class Account:
    """An account without its password. `temporary`: the password is another's choice, to be changed."""

    name: str
    role: str
    temporary: bool
    disabled: bool
    created: dt.datetime


@dataclass(frozen=True, slots=True)
class Audited:
    """A line of the audit. `who` is an account's name, or "" where nobody was logged in."""

    id: int
    at: dt.datetime
    who: str
    action: str
    target: str
    detail: str
    address: str


_ACCOUNT = [account.c[f.name] for f in fields(Account)]
_AUDIT = [audit.c[f.name] for f in fields(Audited)]


def name_key(name: str) -> str:
    """A name as it is looked up: "Ann" and "ann" are one."""
    return unicodedata.normalize("NFKC", name).casefold()


class People(Handle):
    """Looking them up."""

    __slots__ = ()

    def has_accounts(self) -> bool:
        return self.first(sa.select(account.c.name).limit(1)) is not None

    def accounts(self) -> list[Account]:
        """All, by name."""
        return [Account(*row) for row in self.connection.execute(sa.select(*_ACCOUNT).order_by(account.c.key))]

    def account(self, name: str) -> Account | None:
        return self._account(sa.select(*_ACCOUNT).where(account.c.key == name_key(name)))

    def password_hash(self, name: str) -> str | None:
        """The hash of an account's password; None where there is no such account."""
        row = self.first(sa.select(account.c.password).where(account.c.key == name_key(name)))
        return None if row is None else str(row[0])

    def session_account(self, token: str, now: dt.datetime) -> Account | None:
        """Whose session it is, by the hash of its token; None for one that ended or whose account is disabled."""
        joined = sa.select(*_ACCOUNT).join(session, session.c.account == account.c.name)
        return self._account(
            joined.where(session.c.token == token, session.c.expires > now, account.c.disabled.is_(False))
        )

    def audit(self, *, before: int | None = None, who: str = "", action: str = "", limit: int = 50) -> list[Audited]:
        """The latest lines first, of those numbered below `before`."""
        query = sa.select(*_AUDIT).order_by(audit.c.id.desc()).limit(limit)
        if before is not None:
            query = query.where(audit.c.id < before)
        if who:
            query = query.where(audit.c.who == who)
        if action:
            query = query.where(audit.c.action == action)
        return [Audited(*row) for row in self.connection.execute(query)]

    def _account(self, query: Query) -> Account | None:
        row = self.first(query)
        return None if row is None else Account(*row)


class PutPeople(Handle):
    """Changing them."""

    __slots__ = ()

    def add_account(self, name: str, password_hash: str, role: str, *, temporary: bool, now: dt.datetime) -> None:
        """Raises `InputError` where the name is taken, in whatever case."""
        key = name_key(name)
        if self.first(sa.select(account.c.name).where(account.c.key == key)) is not None:
            raise InputError(self.place, f"an account {name!r} is there already", "another name")
        values = {"name": name, "key": key, "password": password_hash, "role": role}
        self.add(account, [{**values, "temporary": temporary, "disabled": False, "created": now}])

    def set_role(self, name: str, role: str) -> None:
        self._set_account(name, role=role)

    def set_disabled(self, name: str, disabled: bool) -> None:
        self._set_account(name, disabled=disabled)

    def set_password(self, name: str, password_hash: str, *, temporary: bool) -> None:
        self._set_account(name, password=password_hash, temporary=temporary)

    def renew_hash(self, name: str, password_hash: str) -> None:
        """The same password, hashed anew."""
        self._set_account(name, password=password_hash)

    def add_session(self, token: str, name: str, now: dt.datetime, expires: dt.datetime) -> None:
        """Begins a session by the hash of its token, and forgets those that ran out."""
        self.connection.execute(sa.delete(session).where(session.c.expires <= now))
        self.add(session, [{"token": token, "account": name, "created": now, "expires": expires}])

    def end_session(self, token: str) -> None:
        self.connection.execute(sa.delete(session).where(session.c.token == token))

    def end_sessions(self, name: str) -> None:
        """All of an account's."""
        self.connection.execute(sa.delete(session).where(session.c.account == name))

    def note(self, who: str, action: str, *, target: str = "", detail: str = "", address: str, at: dt.datetime) -> None:
        """Appends a line to the audit."""
        row = {"at": at, "who": who, "action": action, "target": target, "detail": detail, "address": address}
        self.add(audit, [row])

    def _set_account(self, name: str, **values: object) -> None:
        self.connection.execute(sa.update(account).where(account.c.name == name).values(**values))
