"""`sayso watch`: feeds are remembered, asked politely, and nothing that they do ends the watching."""

from __future__ import annotations

import datetime as dt
import os
import signal
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from command_help import run
from sayso.commands import jobs, watch
from sayso.model import Document, Reading
from sayso.store import Feed, open_store

WORDS = "The ministry said on Tuesday that it had ordered twelve howitzers from a firm abroad."


def feed(*numbers: int) -> bytes:
    items = "".join(
        f"<item><title>Howitzers {n}</title><link>https://news.example/{n}</link><description>{WORDS} Lot {n}."
        "</description></item>"
        for n in numbers
    )
    return f"<rss version='2.0'><channel><title>Arms Wire</title>{items}</channel></rss>".encode()


class Handler(BaseHTTPRequestHandler):
    """One feed at every path but some; `seen` notes what was asked."""

    body: ClassVar[bytes] = feed(1, 2)
    tag: ClassVar[str] = '"v1"'
    seen: ClassVar[list[tuple[str, str | None]]] = []

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        self.seen.append((self.path, self.headers.get("If-None-Match")))
        if self.path == "/busy":
            self.answer(503, b"", {"Retry-After": "7200"})
        elif self.path == "/broken":
            self.answer(200, b"<rss><channel>", {})
        elif self.headers.get("If-None-Match") == self.tag:
            self.answer(304, b"", {"ETag": self.tag})
        else:
            self.answer(200, self.body, {"ETag": self.tag, "Content-Type": "application/rss+xml"})

    def answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A server's address; reading is stubbed, and feeds are not paused between."""
    monkeypatch.setattr(jobs, "encoder", lambda: None)
    monkeypatch.setattr(sys.modules["sayso.keeping.add"], "read_one", lambda document, *_: Reading(document))
    monkeypatch.setattr(watch, "PAUSE", 0.0)
    Handler.body, Handler.tag = feed(1, 2), '"v1"'
    Handler.seen.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = False  # so that closing waits for the answers that are under way
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "ledger.sayso"
    run("init", "--ledger", path)
    return path


def feeds(ledger: Path) -> dict[str, Feed]:
    with open_store(ledger) as store, store.looking() as look:
        return {f.url: f for f in look.feeds()}


def make_due(ledger: Path) -> None:
    with open_store(ledger) as store, store.adding() as t:
        t.connection.exec_driver_sql("UPDATE feed SET next_due = NULL")


def once(ledger: Path, *more: str) -> list[dict[str, object]]:
    done = run("watch", *more, "--once", "--allow-private", "--json", "--ledger", ledger)
    assert done.code in (0, 1), done.err
    return done.lines


def test_a_feed_is_asked_when_it_is_due_and_only_for_what_changed(ledger: Path, site: str) -> None:
    url = f"{site}/feed"
    first = once(ledger, url)
    assert [(r["new"], r["known"], r["unchanged"]) for r in first] == [(["Howitzers 1", "Howitzers 2"], 0, False)]
    assert once(ledger) == []  # not due yet, and it is remembered
    make_due(ledger)
    assert once(ledger)[0]["unchanged"] is True
    Handler.body, Handler.tag = feed(1, 2, 3), '"v2"'
    make_due(ledger)
    third = once(ledger)[0]
    assert (third["new"], third["known"]) == (["Howitzers 3"], 2)
    assert Handler.seen == [("/feed", None), ("/feed", '"v1"'), ("/feed", '"v1"')]
    assert feeds(ledger)[url].etag == '"v2"'


def test_an_interval_is_kept_and_a_longer_wait_respected(ledger: Path, site: str) -> None:
    now = dt.datetime.now(dt.UTC)
    rows = once(ledger, f"{site}/feed", f"{site}/busy", "--every", "30")
    assert [r["status"] for r in sorted(rows, key=lambda r: str(r["feed"]))] == [503, 200]
    kept = feeds(ledger)
    minutes = {url.rpartition("/")[2]: (f.next_due - now).total_seconds() / 60 for url, f in kept.items() if f.next_due}
    assert 29 < minutes["feed"] < 45
    assert 119 < minutes["busy"] < 135
    assert {f.every_seconds for f in kept.values()} == {1800}
    once(ledger, f"{site}/feed")
    assert {f.every_seconds for f in feeds(ledger).values()} == {1800}
    once(ledger, "--every", "10")
    assert {f.every_seconds for f in feeds(ledger).values()} == {600}


def test_bad_feeds_are_told_and_do_not_end_it(ledger: Path, site: str, tmp_path: Path) -> None:
    opml = tmp_path / "feeds.opml"
    outlines = "".join(f'<outline text="{p}" xmlUrl="{site}/{p}"/>' for p in ("broken", "busy", "feed"))
    opml.write_text(f'<opml version="2.0"><body>{outlines}</body></opml>', "utf-8")
    done = run("watch", opml, "--once", "--allow-private", "--ledger", ledger)
    assert done.code == 1
    assert "503" in done.err
    assert "2 new" in done.out
    assert "Howitzers 2" in done.out
    assert len(Handler.seen) == 3


def test_an_address_inside_the_network_is_refused_unless_allowed(ledger: Path, site: str) -> None:
    done = run("watch", f"{site}/feed", "--once", "--ledger", ledger)
    assert done.code == 1
    assert "not public" in done.err
    assert Handler.seen == []


def test_nothing_to_watch_is_an_error(ledger: Path) -> None:
    done = run("watch", "--once", "--ledger", ledger)
    assert done.code == 1
    assert "OPML" in done.err


def test_a_stop_in_the_middle_keeps_what_is_there_and_asks_again(
    ledger: Path, site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(document: Document, *_: object) -> Reading:
        os.kill(os.getpid(), signal.SIGTERM)
        return Reading(document)

    with monkeypatch.context() as patch:
        patch.setattr(sys.modules["sayso.keeping.add"], "read_one", interrupted)
        done = run("watch", f"{site}/feed", "--allow-private", "--ledger", ledger)
    assert done.code == 0
    assert "Stopped" in done.err
    assert feeds(ledger)[f"{site}/feed"].etag is None
    again = once(ledger)[0]
    assert (again["new"], again["known"]) == (["Howitzers 2"], 1)


def test_it_sleeps_until_it_is_stopped(ledger: Path, site: str) -> None:
    threading.Timer(3.0, os.kill, (os.getpid(), signal.SIGINT)).start()
    done = run("watch", f"{site}/feed", "--allow-private", "--ledger", ledger)
    assert done.code == 0
    assert "2 new" in done.out
    assert len(Handler.seen) == 1
