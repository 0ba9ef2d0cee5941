"""Connections to an address that was checked, closed by the clock.

Built on the standard library's HTTP client, not on urllib3: there the socket can be opened here, to
the very address that was checked, and shut from here while a server still drips out its headers.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Sequence

import certifi

from sayso.ingest.address import Address

PORTS = {"http": 80, "https": 443}
_GRACE = 0.05
_WAIT = 15.0  # seconds for one step: to connect, or for the next bytes


@contextlib.contextmanager
def clock(until: float) -> Iterator[list[socket.socket]]:
    """Sockets put into the list are shut when time is up, whatever is being waited for."""
    held: list[socket.socket] = []

    def shut() -> None:
        for one in held:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    # A little late, so that whoever finds a socket shut also finds that time is up.
    timer = threading.Timer(max(0.0, until - time.monotonic()) + _GRACE, shut)
    timer.daemon = True
    timer.start()
    try:
        yield held
    finally:
        timer.cancel()
        for one in held:
            one.close()


def connected(
    scheme: str, host: str, port: int, addresses: Sequence[Address], held: list[socket.socket], until: float
) -> http.client.HTTPConnection:
    """A connection to the first of the checked addresses that answers; the name is not looked up
    again. Its socket is put under the clock, which rings at `until`. Raises `OSError`."""
    fault: OSError = OSError("no address")
    for address in addresses:
        try:
            plain = socket.create_connection((str(address), port), timeout=_WAIT)
        except OSError as error:
            fault = error
            if time.monotonic() >= until:
                break
            continue
        held.append(plain.dup())  # TLS takes the first one over
        if time.monotonic() >= until:  # the clock may have rung before it held the socket
            plain.close()
            break
        connection = http.client.HTTPConnection(host, port, timeout=_WAIT)
        connection.auto_open = 0  # else it would look the name up again
        if scheme == "https":
            connection.default_port = PORTS["https"]  # so that Host does not name it
            connection.sock = _secure().wrap_socket(plain, server_hostname=host)
        else:
            connection.sock = plain
        return connection
    raise fault


def _secure() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context
