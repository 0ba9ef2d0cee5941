"""For the tests of accounts: a ledger with three people, cheap hashes, and browsers that log in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from httpx2 import Response
from starlette.testclient import TestClient

from sayso.store import open_store
from sayso.web import Settings, create_app
from sayso.web.people import accounts, passwords, sessions
from sayso.web.people.roles import Role, User, needs

PEOPLE = {"ann": "admin", "ben": "analyst", "cat": "reader"}
SECRET = "heron stands in reeds"
_FIELD = re.compile(r'name="csrf" value="([0-9a-f]{64})"')
Browse = Callable[..., TestClient]


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that cost nothing; what is hashed with them is outdated elsewhere."""
    passwords._stranger.cache_clear()
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An empty ledger."""
    found = tmp_path / "ledger.sayso"
    open_store(found, create=True).close()
    return found


@pytest.fixture
def peopled(path: Path) -> Path:
    """A ledger with an admin, an analyst and a reader."""
    with open_store(path) as store, store.adding() as t:
        for name, role in PEOPLE.items():
            accounts.create(t, name, role, SECRET, lambda *_: None, temporary=False)
    return path


def application(path: Path, settings: Settings = Settings()) -> FastAPI:  # noqa: B008 - frozen
    """The workbench, with two forms to send: one as any other, one that an admin alone may."""
    app = create_app(path, settings)

    def probe(user: Annotated[User, needs(Role.ANALYST)]) -> str:
        return user.name

    app.add_api_route("/probe", probe, methods=["POST"])
    app.add_api_route("/probe/bare", lambda: "done", methods=["POST"], response_model=None)
    app.add_api_route("/probe/admin", probe, methods=["POST"], dependencies=[needs(Role.ADMIN)])
    return app


@pytest.fixture
def app(peopled: Path) -> Iterator[FastAPI]:
    made = application(peopled)
    with TestClient(made, base_url="http://localhost"):
        yield made


@pytest.fixture
def browse(app: FastAPI) -> Browse:
    """Opens a browser, logged in as somebody where a name is given."""

    def opened(name: str = "", base: str = "http://localhost", address: str = "192.0.2.1") -> TestClient:
        browser = TestClient(app, base_url=base, follow_redirects=False, client=(address, 5000))
        if name:
            assert log_in(browser, name).status_code == 303
        return browser

    return opened


def field(browser: TestClient, at: str = "/account") -> str:
    """The token of a page's forms."""
    found = _FIELD.search(browser.get(at).text)
    assert found, f"no form at {at}"
    return found[1]


def log_in(browser: TestClient, name: str, password: str = SECRET, **more: str) -> Response:
    page = browser.get("/login")
    token = field(browser, "/login") if page.status_code == 200 else field(browser)
    return browser.post("/login", data={"name": name, "password": password, "csrf": token, **more})


def send(browser: TestClient, to: str, **data: str) -> Response:
    """Sends a form as its page would."""
    return browser.post(to, data={"csrf": field(browser), **data})


def session_of(browser: TestClient) -> str:
    found = browser.cookies.get("sayso_session") or browser.cookies.get("__Host-sayso_session")
    assert found
    return found


def is_in(browser: TestClient) -> bool:
    return browser.get("/account").status_code == 200


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Moves the sessions' clock."""
    import datetime as dt

    def move(**by: float) -> None:
        moment = dt.datetime.now(dt.UTC) + dt.timedelta(**by)
        monkeypatch.setattr(sessions, "now", lambda: moment)

    return move
