"""`sayso users`: the accounts of a ledger's workbench. A password is typed, or read from standard input."""

from __future__ import annotations

import getpass
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.commands import out
from sayso.commands.place import DEFAULT, AsJson, Ledger, opened
from sayso.errors import InputError

if TYPE_CHECKING:
    from sayso.store import Adding
    from sayso.web.people.accounts import Act

Name = Annotated[str, typer.Argument(help="The account's name.")]
_LONGEST_LINE = 4_096
WORDS = "reader, analyst or admin"


def register(parent: typer.Typer) -> None:
    users = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Manages the accounts of the workbench.")
    for command in (add, role, password, disable, enable):
        users.command()(command)
    users.command("list")(listed)
    parent.add_typer(users, name="users")


def add(
    name: Name,
    role: Annotated[str, typer.Option("--role", help=f"{WORDS}; the first account is an admin.")] = "analyst",
    ledger: Ledger = DEFAULT,
) -> None:
    """Makes an account; its password is asked for. With the first one, everybody has to log in."""
    from sayso.web.people import accounts

    with opened(ledger):  # a wrong place is told before anything is asked
        new = _password()
    _done(ledger, lambda t: accounts.create(t, name, role, new, _note, temporary=False))
    out.say(out.console(), f"made {name}, {role}")


def listed(ledger: Ledger = DEFAULT, as_json: AsJson = False) -> None:
    """Lists the accounts."""
    with opened(ledger) as store, store.looking() as look:
        found = look.accounts()
    if as_json:
        out.emit([
            {"name": a.name, "role": a.role, "disabled": a.disabled, "created": a.created.isoformat()} for a in found
        ])  # fmt: skip
        return
    for a in found:
        out.say(out.console(), f"{a.name}  {a.role}{'  disabled' if a.disabled else ''}")
    if not found:
        out.say(out.console(), "No accounts: whoever reaches the workbench on this computer may do everything.")


def role(name: Name, new: Annotated[str, typer.Argument(metavar="ROLE", help=WORDS)], ledger: Ledger = DEFAULT) -> None:
    """Gives an account another role; it has to log in again."""
    from sayso.web.people import accounts

    _done(ledger, lambda t: accounts.set_role(t, name, new, _note))
    out.say(out.console(), f"{name} is now {new}")


def password(name: Name, ledger: Ledger = DEFAULT) -> None:
    """Gives an account another password, which is asked for, and ends its sessions."""
    from sayso.web.people import accounts

    with opened(ledger) as store, store.looking() as look:
        if look.account(name) is None:  # before anything is asked
            raise InputError(store.place, f"no account {name[:70]!r}", "the name of an account")
    new = _password()
    _done(ledger, lambda t: accounts.set_password(t, name, new, _note))
    out.say(out.console(), f"{name} has a new password")


def disable(name: Name, ledger: Ledger = DEFAULT) -> None:
    """Shuts an account out at once; its verdicts stay."""
    from sayso.web.people import accounts

    _done(ledger, lambda t: accounts.set_disabled(t, name, True, _note))
    out.say(out.console(), f"{name} is disabled")


def enable(name: Name, ledger: Ledger = DEFAULT) -> None:
    """Lets a disabled account in again."""
    from sayso.web.people import accounts

    _done(ledger, lambda t: accounts.set_disabled(t, name, False, _note))
    out.say(out.console(), f"{name} is enabled")


def _done(ledger: str, act: Act) -> None:
    with opened(ledger) as store, store.adding() as t:
        act(t)


def _note(t: Adding, action: str, target: str, detail: str) -> None:
    from sayso.web.people.sessions import now

    t.note(f"{_me()} (command line)", action, target=target, detail=detail, address="command line", at=now())


def _me() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a user number without a name
        return "unknown"


def _password() -> str:
    """A password typed twice unseen, or the first line of standard input. Raises `InputError`."""
    if sys.stdin.isatty():
        found: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
        return found
    line = sys.stdin.readline(_LONGEST_LINE)
    if not line.strip():
        raise InputError("password", "nothing on standard input", "a line with the password")
    return line.rstrip("\r\n")
