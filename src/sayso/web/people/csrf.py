"""Tokens that show that a form is from our own page.

A token is derived from a secret that only this browser and we know: the session's token where there
is one, a cookie made for the log-in form before, and in a workbench without accounts a secret of the
process. So it lives as long as the session, and needs no place of its own
(https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html).
"""

from __future__ import annotations

import hmac

from fastapi import HTTPException, Request
from markupsafe import Markup

FIELD = "csrf"
HEADER = "X-CSRF-Token"
HARMLESS = frozenset({"GET", "HEAD", "OPTIONS"})
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_WRONG = (
    "This form is not from a page that the workbench gave you just now. "
    "Go back, load the page again and send it from there."
)


def token(secret: str) -> str:
    """The token that belongs to a secret."""
    return hmac.digest(secret.encode(), b"sayso form", "sha256").hex()


def csrf_token(request: Request) -> str:
    """A request's own token, for its page; "" where there is none to give."""
    found: str = getattr(request.state, "csrf", "")
    return found


def csrf_field(request: Request) -> Markup:
    """The hidden field with the token."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, csrf_token(request))


async def checked(request: Request) -> None:
    """FastAPI's dependency, of every route: 403 for what is sent without the token.

    Raises `HTTPException`.
    """
    if request.method in HARMLESS:
        return
    given: object = request.headers.get(HEADER)
    if given is None and request.headers.get("content-type", "").lower().startswith(_FORMS):
        given = (await request.form()).get(FIELD)
    expected = csrf_token(request)
    if not expected or not isinstance(given, str) or not _same(given, expected):
        raise HTTPException(403, _WRONG)


def _same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), expected.encode())
