"""The screenshots of the README, docs/img/*.png, made anew from the example articles.

    pip install playwright==1.65.2            # and a Chromium on the path
    python docs/shots.py [FOLDER]

Adds `examples/*.txt` to a new ledger, serves it on a free port, and takes the deals, a deal, an article
and a claim in review, 1280 pixels wide, in light colours.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
LARGEST = 200_000  # bytes of a picture
SIZE: ViewportSize = {"width": 1280, "height": 800}
_WAIT = 60.0  # seconds until the server answers


def _sayso(*given: str | Path) -> list[str]:
    return [sys.executable, "-c", "from sayso.cli import main; main()", *map(str, given)]


@contextmanager
def served(ledger: Path) -> Iterator[str]:
    """The workbench over a ledger; its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with subprocess.Popen(
        _sayso("serve", "--ledger", ledger, "--port", str(port)), stdout=subprocess.DEVNULL
    ) as server:
        base, until = f"http://127.0.0.1:{port}", time.monotonic() + _WAIT
        try:
            while not _answers(base):
                if server.poll() is not None or time.monotonic() > until:
                    raise SystemExit("the workbench did not start")
                time.sleep(0.2)
            yield base
        finally:
            server.terminate()


def _answers(base: str) -> bool:
    try:
        with urllib.request.urlopen(base + "/deals", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def shoot(page: Page, to: Path) -> None:
    """Takes what is in the window. Raises `SystemExit` for a picture that is too large."""
    page.mouse.move(0, 0)
    page.screenshot(path=to, animations="disabled")
    size = to.stat().st_size
    print(f"{to}: {size:,} bytes")
    if size > LARGEST:
        raise SystemExit(f"{to}: {size:,} bytes; expected at most {LARGEST:,}")


def take(base: str, folder: Path) -> None:
    """The four pictures."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not found:
        raise SystemExit(f"no browser: none of {', '.join(BROWSERS)} is on the path")
    args = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=args)
        page = browser.new_page(viewport=SIZE, color_scheme="light", reduced_motion="reduce")
        page.goto(base + "/deals?sort=-outlets")
        shoot(page, folder / "deals.png")
        page.locator("main tbody a[href^='/deals/']").first.click()
        page.wait_for_load_state()
        page.set_viewport_size({"width": SIZE["width"], "height": 1100})  # down to the tree of origins
        shoot(page, folder / "deal.png")
        page.set_viewport_size(SIZE)
        page.locator("main a[href^='/articles/']").first.click()
        page.wait_for_load_state()
        shoot(page, folder / "article.png")
        page.goto(base + "/review/next")
        shoot(page, folder / "review.png")
        browser.close()


def main() -> None:
    """Makes the ledger and the pictures."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "img"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as kept:
        ledger = Path(kept) / "demo.sayso"
        articles = sorted((ROOT / "examples").glob("*.txt"))
        subprocess.run(_sayso("init", "--ledger", ledger), check=True, stdout=subprocess.DEVNULL)
        subprocess.run(_sayso("add", *articles, "--ledger", ledger), check=True, stdout=subprocess.DEVNULL)
        with served(ledger) as base:
            take(base, folder)


if __name__ == "__main__":
    main()
