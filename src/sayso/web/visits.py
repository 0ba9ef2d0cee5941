"""What came since a reader's last visit, by a cookie: no account is needed.

The cookie holds three numbers: the ledger's newest document when the visit before this one ended,
the newest one seen now, and the time of it. A pause of half an hour ends a visit.
"""

from __future__ import annotations

import re
import time

from fastapi import Request, Response

from sayso.web.state import Reader

COOKIE = "sayso_visit"
PAUSE = 30 * 60  # seconds without a page that end a visit
_KEPT = 400 * 86_400  # seconds; browsers keep no cookie longer
_FORM = re.compile(r"(\d{1,12})-(\d{1,12})-(\d{1,12})", re.ASCII)


def mark(request: Request) -> int | None:
    """The number of the newest document at the reader's last visit; None at the first."""
    known = _read(request)
    if known is None:
        return None
    before, seen, at = known
    return seen if time.time() - at > PAUSE else before


def seen(request: Request, response: Response, reader: Reader, newest: int) -> int | None:
    """Notes that the list is being seen, and gives the mark as it stood."""
    before = mark(request)
    value = f"{newest if before is None else before}-{newest}-{int(time.time())}"
    response.set_cookie(
        COOKIE, value, max_age=_KEPT, path="/", httponly=True, samesite="lax", secure=reader.web.settings.secure
    )
    return before


def _read(request: Request) -> tuple[int, int, int] | None:
    found = _FORM.fullmatch(request.cookies.get(COOKIE, ""))
    return (int(found[1]), int(found[2]), int(found[3])) if found else None
