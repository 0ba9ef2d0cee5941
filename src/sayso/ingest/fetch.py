"""Fetches one address over http or https, and no other than the one that was meant.

The address is looked up and checked here, and the connection goes to what was checked (`connection`).
"""

from __future__ import annotations

import contextlib
import email.utils
import http.client
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from sayso.errors import InputError
from sayso.ingest.address import Address, resolved
from sayso.ingest.connection import PORTS, clock, connected
from sayso.ingest.fields import show
from sayso.ingest.http_body import media_type, undone
from sayso.ingest.source import limited, whole

MAX_BODY = 60_000_000
"""The most bytes of a body, as sent and as unpacked."""
MAX_SECONDS = 60.0
"""For everything, redirects too."""
MAX_REDIRECTS = 5
USER_AGENT = "sayso (reads public news; one request at a time)"

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_SAFE = "!#$%&'()*+,/:;=?@[]~"


@dataclass(frozen=True, slots=True)
class Fetched:
    """A body and where it really came from. `status` is 200, or 304 with an empty body.

    `media_type` and `charset` are as the server says, in lower case; `etag` and `modified` are to be
    given back at the next fetch.
    """

    url: str
    status: int
    body: bytes
    etag: str | None
    modified: str | None
    media_type: str | None
    charset: str | None = None


class FetchError(InputError):
    """An address that was not fetched. `status` is the server's answer, where it gave one;
    `retry_after` the seconds it asks to wait."""

    def __init__(
        self, place: str, found: str, expected: str, status: int | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(place, found, expected)
        self.status, self.retry_after = status, retry_after


def fetch(url: str, *, etag: str | None = None, modified: str | None = None, allow_private: bool = False) -> Fetched:
    """Fetches an address, at most `MAX_REDIRECTS` redirects on.

    Every address on the way must be http or https and stand on the public internet (unless
    `allow_private`). With the `etag` or `modified` of the last time, what has not changed since
    comes as status 304. Raises `InputError` (mostly `FetchError`) with the address as its place.
    """
    asked = {"User-Agent": USER_AGENT, "Accept": "*/*", "Accept-Encoding": "gzip, deflate", "Connection": "close"}
    asked |= {k: v for k, v in (("If-None-Match", etag), ("If-Modified-Since", modified)) if v}
    if any(c < " " or c > "~" for value in asked.values() for c in value):
        raise FetchError(url, "an etag or date with odd characters", "the values of the last fetch")
    until = time.monotonic() + MAX_SECONDS
    here = url
    for _ in range(MAX_REDIRECTS + 1):
        parts = _parts(here, url)
        addresses = resolved(parts.hostname or "", parts.port or PORTS[parts.scheme], url, allow_private=allow_private)
        found = _asked(parts.geturl(), parts, addresses, asked, until, url)
        if isinstance(found, Fetched):
            return found
        try:
            here = urljoin(here, found)
        except ValueError as error:
            raise FetchError(url, f"a redirect to {show(found)}", "an http or https address") from error
    raise FetchError(url, f"more than {MAX_REDIRECTS} redirects", f"at most {MAX_REDIRECTS}")


def _parts(url: str, place: str) -> SplitResult:
    """An address in its parts, escaped where it must be. Raises `FetchError` for one of another kind."""
    if any(c < " " or c == "\x7f" for c in url):
        raise FetchError(place, f"the address {show(url)}", "one without control characters")
    try:
        parts = urlsplit(quote(url.strip(), safe=_SAFE))
        host = urlsplit(url.strip()).hostname or ""
        host = host if ":" in host else host.encode("idna").decode("ascii")
        port = parts.port
    except ValueError as error:  # UnicodeError too
        raise FetchError(place, f"the address {show(url)}", "an http or https address") from error
    if parts.scheme.lower() not in PORTS or not host:
        raise FetchError(place, f"the address {show(url)}", "an http or https address")
    if "@" in parts.netloc:
        raise FetchError(place, "an address with a user name", "one without")
    named = f"[{host}]" if ":" in host else host
    netloc = named if port is None else f"{named}:{port}"
    return SplitResult(parts.scheme.lower(), netloc, parts.path or "/", parts.query, "")


def _asked(
    here: str, parts: SplitResult, addresses: list[Address], asked: Mapping[str, str], until: float, place: str
) -> Fetched | str:
    """The answer of one request; the target where it is a redirect."""
    with clock(until) as held:
        try:
            host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
            connection = connected(parts.scheme, host, port, addresses, held, until)
            with contextlib.closing(connection):
                target = f"{parts.path}?{parts.query}" if parts.query else parts.path
                connection.request("GET", target, headers=dict(asked))
                found = _answered(here, connection.getresponse(), asked, place)
        except (OSError, http.client.HTTPException) as error:
            if time.monotonic() >= until:
                raise FetchError(place, f"more than {MAX_SECONDS:.0f} seconds", "a faster answer") from error
            reason = " ".join(str(error).split())[:120] or type(error).__name__
            raise FetchError(place, f"no answer ({reason})", "a server that answers") from error
        except InputError as error:
            if time.monotonic() >= until:  # a body cut by the clock looks like one that breaks off
                raise FetchError(place, f"more than {MAX_SECONDS:.0f} seconds", "a faster answer") from error
            raise
    if time.monotonic() >= until:  # and a body without a length like one that is whole
        raise FetchError(place, f"more than {MAX_SECONDS:.0f} seconds", "a faster answer")
    return found


def _answered(here: str, response: http.client.HTTPResponse, asked: Mapping[str, str], place: str) -> Fetched | str:
    status, target = response.status, response.getheader("Location")
    if status in _REDIRECTS and target:
        return target
    kind, charset = media_type(response.getheader("Content-Type"))
    conditional = "If-None-Match" in asked or "If-Modified-Since" in asked
    if status != http.HTTPStatus.OK and not (status == http.HTTPStatus.NOT_MODIFIED and conditional):
        wait = _seconds(response.getheader("Retry-After"))
        asks = "" if wait is None else f", asks to wait {wait:.0f} seconds"
        raise FetchError(place, f"status {status} {show(response.reason)}{asks}", "status 200", status, wait)
    sent = limited(iter(lambda: response.read(1 << 16), b""), place, MAX_BODY)
    body = whole(undone(sent, response.getheader("Content-Encoding"), place), place, MAX_BODY)
    if status == http.HTTPStatus.OK and response.length:  # what the server promised and did not send
        raise FetchError(place, "a body that breaks off", f"{response.length:,} bytes more")
    etag, modified = response.getheader("ETag"), response.getheader("Last-Modified")
    return Fetched(here, status, body, etag, modified, kind, charset)


def _seconds(retry_after: str | None) -> float | None:
    """The seconds of a Retry-After header: a number, or a date."""
    if retry_after is None:
        return None
    if retry_after.strip().isdecimal():
        return float(retry_after.strip()[:9])
    try:
        then = email.utils.parsedate_to_datetime(retry_after)
    except (ValueError, TypeError, IndexError):
        return None
    return max(0.0, then.timestamp() - time.time())
