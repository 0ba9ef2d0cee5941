"""What the workbench is told when it starts."""

from __future__ import annotations

from dataclasses import dataclass

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True, slots=True)
class Settings:
    """`hosts` are the names by which browsers may reach this server (without port); an address that
    resolves here under another name is refused, which stops DNS rebinding. `secure` says that it is
    reached over HTTPS, so that cookies are sent on no other way. `threads` answer at once. `accounts`
    asks everybody to log in, even while the ledger has no account (with one, it always does)."""

    hosts: tuple[str, ...] = LOOPBACK
    secure: bool = False
    threads: int = 16
    page_size: int = 50
    accounts: bool = False
