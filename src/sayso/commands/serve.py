"""`sayso serve`: the workbench in this process, until Ctrl-C."""

from __future__ import annotations

import errno
import ipaddress
import socket
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.commands import out
from sayso.commands.place import DEFAULT, Ledger, opened
from sayso.errors import PlacedError

if TYPE_CHECKING:
    import uvicorn

PORT = 8_765
_ANY = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 - told of, not bound here
_GRACE = 3  # seconds that answers under way have when it stops
_FIRST = "accounts: `sayso users add NAME --role admin` makes the first"


def register(app: typer.Typer) -> None:
    app.command()(serve)


def serve(
    ledger: Ledger = DEFAULT,
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="Where to listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65_535, help="0 for any that is free.")] = PORT,
    accounts: Annotated[
        bool, typer.Option("--accounts", help="Have everybody log in; so it is anyway once there is an account.")
    ] = False,
    host_name: Annotated[
        list[str] | None,
        typer.Option("--host-name", metavar="NAME", help="A name that browsers reach it by, beside localhost."),
    ] = None,
    https: Annotated[
        bool, typer.Option("--https", help="Browsers reach it by HTTPS, through a proxy: cookies go no other way.")
    ] = False,
    forwarded_allow_ips: Annotated[
        str | None,
        typer.Option(
            "--forwarded-allow-ips",
            metavar="ADDRESSES",
            help="Proxies believed about whom they forward; without, none.",
        ),
    ] = None,
) -> None:
    """Serves the ledger's pages to a browser.

    Without accounts it is one person's own and listens on this computer only.
    """
    names = list(host_name or ())
    with opened(ledger) as store, store.looking() as look:
        there = look.has_accounts()
    if accounts and not there:
        raise PlacedError("--accounts", f"no account in {ledger}", _FIRST)
    if not there:
        refuse_strangers(host, names, proxied=bool(https or forwarded_allow_ips))
    with listening(host, port) as sock:
        server = _server(ledger, [*names, host], there, https, forwarded_allow_ips)
        shown = _address(host, sock.getsockname()[1])
        out.say(out.console(), f"sayso is at {shown} (Ctrl-C stops it)")
        if there and not (https or is_loopback(host)):
            out.errors.print("Passwords go over the network unencrypted, unless a proxy with HTTPS stands before this.")
        try:
            server.run(sockets=[sock])
        except KeyboardInterrupt:  # told again by uvicorn, once all is closed
            out.errors.print("Stopped.")
    if not server.started:
        raise typer.Exit(1)


def refuse_strangers(host: str, names: Sequence[str], *, proxied: bool) -> None:
    """Raises `PlacedError` where others could reach a workbench that asks nobody who they are."""
    others = [name for name in (host, *names) if not is_loopback(name)]
    if others:
        raise PlacedError(
            others[0], "an address that others reach, who could read and change the ledger unasked",
            f"127.0.0.1, or {_FIRST}",
        )  # fmt: skip
    if proxied:
        raise PlacedError("--https and --forwarded-allow-ips", "a proxy, by which others come in unasked", _FIRST)


def is_loopback(host: str) -> bool:
    """Whether this computer alone reaches an address; of a name, all its addresses."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        pass
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return False
    return all(ipaddress.ip_address(str(entry[4][0]).partition("%")[0]).is_loopback for entry in found)


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens already, so that the address can be told. Raises `PlacedError`."""
    place = f"{host} port {port}"
    try:
        family, kind, protocol, _, where = socket.getaddrinfo(
            host.strip("[]"), port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (OSError, UnicodeError) as error:
        raise PlacedError(place, f"no address of this computer ({error})", "127.0.0.1, or one of its own") from error
    made = socket.socket(family, kind, protocol)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(where)
        made.listen(128)
    except OSError as error:
        made.close()
        raise _unbound(place, port, error) from error
    return made


def _unbound(place: str, port: int, error: OSError) -> PlacedError:
    if error.errno == errno.EADDRINUSE:
        other = port + 1 if port < 65_535 else PORT
        return PlacedError(place, "in use by another program", f"a free port: --port {other}, or --port 0 for any")
    if error.errno == errno.EACCES:
        return PlacedError(place, "not allowed to this user", "a port from 1024 on")
    return PlacedError(place, f"cannot be listened on ({error.strerror})", "127.0.0.1, or an address of this computer")


def _server(ledger: str, names: Sequence[str], accounts: bool, https: bool, forwarded: str | None) -> uvicorn.Server:
    try:
        import uvicorn

        from sayso.web import Settings, create_app
    except ModuleNotFoundError as error:
        raise PlacedError("sayso serve", f"no module {error.name}", "pip install 'sayso[web]'") from error

    hosts = tuple(dict.fromkeys((*Settings().hosts, *map(_as_host, filter(_is_name, names)))))
    app = create_app(ledger, Settings(hosts=hosts, secure=https, accounts=accounts))
    return uvicorn.Server(
        uvicorn.Config(
            app, log_level="warning", access_log=False, server_header=False, lifespan="on",
            # Without trusted proxies their headers are not read: anybody could write them.
            proxy_headers=forwarded is not None, forwarded_allow_ips=forwarded or "",
            timeout_graceful_shutdown=_GRACE,
        )
    )  # fmt: skip


def _is_name(host: str) -> bool:
    return host not in _ANY


def _as_host(name: str) -> str:
    """A name as it stands in a browser's Host header."""
    return f"[{name}]" if ":" in name and not name.startswith("[") else name


def _address(host: str, port: int) -> str:
    return f"http://{_ANY.get(host, _as_host(host))}:{port}"
