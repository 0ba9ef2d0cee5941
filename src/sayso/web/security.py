"""What keeps a reader's browser from acting for others.

Everything from an article is shown as text. Should an escape ever fail, the policy lets the browser
run and load only the workbench's own files (https://www.w3.org/TR/CSP3/).
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_HARMLESS = {"GET", "HEAD", "OPTIONS"}
_UNKNOWN_HOST = (
    "This name is not one of this workbench's. Open it by the address that `sayso serve` printed, "
    "or start it with --host-name for this name.\n"
)
_FOREIGN = "A form on another site sent this. Open the workbench and do it there.\n"


class Guard:
    """ASGI middleware: refuses foreign hosts and foreign forms, and sends the headers above."""

    def __init__(self, app: ASGIApp, hosts: Sequence[str]) -> None:
        self._app = app
        self._hosts = {h.lower() for h in hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                found = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    found.setdefault(name, value)
            await send(message)

        app = self._app
        if host_name(headers.get("host", "")) not in self._hosts:
            app = PlainTextResponse(_UNKNOWN_HOST, 421)
        elif scope["method"] not in _HARMLESS and is_foreign(headers):
            app = PlainTextResponse(_FOREIGN, 403)
        await app(scope, receive, guarded)


def host_name(host: str) -> str:
    """A Host header without its port, in lower case."""
    name, colon, port = host.rpartition(":")
    return (name if colon and port.isdigit() else host).lower()


def is_foreign(headers: Headers) -> bool:
    """Whether a browser says that a page of another origin sent this. A client that is no browser
    says nothing, and sends no cookies of its user's either."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc.lower() != headers.get("host", "").lower()
