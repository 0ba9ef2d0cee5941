"""The application: its pages, its guards and its life."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from anyio.to_thread import current_default_thread_limiter
from fastapi import Depends, FastAPI
from starlette.responses import RedirectResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from sayso import __version__
from sayso.store import open_store
from sayso.store.changes import Watch
from sayso.web import articles, deals, errors, outlets, review, saved, search
from sayso.web.cache import Cache
from sayso.web.people import admin, csrf, login
from sayso.web.people.gate import Door, Gate
from sayso.web.render import STATIC
from sayso.web.security import Guard
from sayso.web.settings import Settings
from sayso.web.state import Web

GROUPS = (
    deals.router,
    articles.router,
    outlets.router,
    search.router,
    *review.ROUTERS,
    saved.router,
    login.router,
    admin.router,
)  # fmt: skip
"""The groups of pages, one router a module."""


def create_app(ledger: str | Path, settings: Settings = Settings()) -> FastAPI:  # noqa: B008 - frozen
    """The workbench over a ledger (a path, or a postgresql:// address), which must be there.

    Raises `StoreError` where it cannot be opened.
    """
    store = open_store(ledger)
    web = Web(store, settings, Watch(store), Cache())

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        current_default_thread_limiter().total_tokens = settings.threads
        yield
        web.watch.close()
        store.close()

    app = FastAPI(
        title="sayso", version=__version__, docs_url=None, redoc_url=None, lifespan=life,
        dependencies=[Depends(csrf.checked)],
    )  # fmt: skip
    app.state.web, app.state.door = web, Door()
    app.add_middleware(Gate)
    app.add_middleware(Guard, hosts=settings.hosts)
    errors.add_handlers(app)
    app.mount("/static", _Static(directory=STATIC), name="static")
    app.add_api_route("/", _home, include_in_schema=False)
    for router in GROUPS:
        app.include_router(router)
    return app


def _home() -> Response:
    return RedirectResponse("/deals", 307)


class _Static(StaticFiles):
    """Static files, kept by browsers: their addresses change with them (`render.static`)."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        found = await super().get_response(path, scope)
        if scope["query_string"].startswith(b"v="):
            found.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return found
