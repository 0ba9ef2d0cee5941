"""For the tests in a real browser: the browser, a server for it, and what happened on its pages.

The browser is Debian's or Google's Chromium, driven by Playwright. Where there is none, tests are skipped
with the reason; with SAYSO_NEED_BROWSER=1 they fail instead.
"""

from __future__ import annotations

import os
import shutil
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
import uvicorn

from sayso.web import Settings, create_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Route

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
_WAIT = 60_000  # milliseconds: machines are shared
_VIOLATIONS = """
    window.violations = [];
    addEventListener("securitypolicyviolation", (e) =>
        window.violations.push(`${e.violatedDirective} ${e.blockedURI}`));
"""


def lacking(why: str) -> None:
    """Skips the test; fails it where a browser is needed."""
    if os.environ.get("SAYSO_NEED_BROWSER") == "1":
        pytest.fail(why, pytrace=False)
    pytest.skip(why, allow_module_level=True)


@contextmanager
def a_browser() -> Iterator[Browser]:
    """A browser that resolves no name and so reaches this machine alone."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        lacking("no Playwright: pip install playwright")
    found = os.environ.get("SAYSO_BROWSER") or next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        lacking(f"no browser: none of {', '.join(NAMES)} is on the path (set SAYSO_BROWSER to one)")
    args = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
    args += ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium refuses to run as root with one
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=args)
        yield browser
        browser.close()


@contextmanager
def served(ledger: Path, settings: Settings = Settings()) -> Iterator[str]:  # noqa: B008 - frozen
    """The workbench over a ledger on a free port; its address, without a slash at the end."""
    listening = socket.create_server(("127.0.0.1", 0))
    app = create_app(ledger, settings)
    config = uvicorn.Config(app, log_level="warning", access_log=False, ws="none", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    until = time.monotonic() + 30
    while not server.started:
        assert thread.is_alive(), "the server stopped"
        assert time.monotonic() < until, "the server did not start"
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(15)
        listening.close()


@dataclass(slots=True)
class Watched:
    """A browser's window, and what went wrong in it: `errors` on its console, `foreign` addresses that
    it asked for beyond `base`."""

    base: str
    context: BrowserContext
    page: Page
    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def open(self, path: str) -> int:
        """Goes to a page of the workbench; its status."""
        answer = self.page.goto(self.base + path)
        assert answer is not None
        return answer.status

    def violations(self) -> list[str]:
        """What the page's policy forbade."""
        found: list[str] = self.page.evaluate("window.violations")
        return found


Open = Callable[..., Watched]


@contextmanager
def opening(browser: Browser) -> Iterator[Open]:
    """Opens windows, each with cookies of its own: `open(base, width=360, java_script_enabled=False)`."""
    contexts: list[BrowserContext] = []

    def opened(base: str, width: int = 1280, **options: bool) -> Watched:
        context = browser.new_context(viewport={"width": width, "height": 800}, **options)  # type: ignore[arg-type]
        context.set_default_timeout(_WAIT)
        context.add_init_script(_VIOLATIONS)
        contexts.append(context)
        found = Watched(base, context, context.new_page())

        def sift(route: Route) -> None:
            if urlsplit(route.request.url).netloc == urlsplit(base).netloc:
                route.continue_()
            else:
                found.foreign.append(route.request.url)
                route.abort()

        def told(message: ConsoleMessage) -> None:
            # The status of the page itself is told of there too, which a test asks for by itself.
            own = message.location.get("url") == found.page.url and "Failed to load resource" in message.text
            if message.type in ("error", "warning") and not own:
                found.errors.append(message.text)

        context.route("**/*", sift)
        found.page.on("console", told)
        found.page.on("pageerror", lambda error: found.errors.append(str(error)))
        return found

    yield opened
    for context in contexts:
        context.close()
