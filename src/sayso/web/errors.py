"""Failures as pages, or as JSON for who asked for that: what happened, and what to do next."""

from __future__ import annotations

import logging
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from sayso.errors import InputError, StoreError
from sayso.web.render import page
from sayso.web.security import HEADERS
from sayso.web.twins import wants_json

_log = logging.getLogger(__name__)
_NEXT = {
    400: "Check the address, or start again from a list.",
    401: "Log in at /login, then do it again; a form that was sent is still there when you go back.",
    403: "Sign in as somebody who may do this, or go back to where you came from.",
    404: "It may have been merged into another, or read again under another key. Look for it in a list or by search.",
    405: "Go back and use the page's own buttons.",
    413: "Send less at once.",
    422: "Change the value named above and try again.",
    503: "Try again in a moment. If it stays so, run `sayso check` on the ledger's file.",
}
_ELSE = "Try again. If it stays so, the server's log holds the cause."


def add_handlers(app: FastAPI) -> None:
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(InputError, _input)
    app.add_exception_handler(StoreError, _store)
    app.add_exception_handler(Exception, _fault)


def failed(request: Request, status: int, what: str) -> Response:
    """The answer to a request that cannot be met. `what` is one line, shown as text."""
    try:
        title = HTTPStatus(status).phrase
    except ValueError:
        title = "Not possible"
    then = _NEXT.get(status, _ELSE)
    if wants_json(request):
        return JSONResponse({"error": {"status": status, "what": what, "next": then}}, status)
    return page(request, "error.html", status_code=status, status=status, error=title, what=what, then=then)


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    phrase = HTTPStatus(error.status_code).phrase
    what = f"There is no page at {request.url.path}." if error.detail == phrase == "Not Found" else str(error.detail)
    found = failed(request, error.status_code, what)
    found.headers.update(error.headers or {})
    return found


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    name = ".".join(str(part) for part in first["loc"][1:])
    found = str(first.get("input"))[:80]
    return failed(request, 422, f"{name}: {found!r}; {first['msg']}")


def _input(request: Request, error: Exception) -> Response:
    return failed(request, 404, str(error))


def _store(request: Request, error: Exception) -> Response:
    _log.error("%s", error)
    return failed(request, 503, str(error))


def _fault(request: Request, error: Exception) -> Response:
    found = failed(request, 500, "The workbench made a mistake.")
    found.headers.update(HEADERS)  # this handler stands outside the guard
    return found
