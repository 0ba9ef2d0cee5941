"""For the tests of the workbench's articles: documents beside the story's, some of them hostile.

`from article_help import *` brings the fixture `reader`, a browser over a ledger with all of them; `EXTRA`
has their keys by name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from deal_help import HAFENBOTE
from sayso.model import (
    Attribution,
    Claim,
    Document,
    Interval,
    Kind,
    Link,
    Origin,
    Party,
    Reading,
    Relation,
    Response,
    ResponseType,
    Span,
    Voice,
    VoiceKind,
    Zone,
    ZoneSpan,
)
from sayso.store import document_key
from sayso.web import Settings, create_app
from web_help import HOST, KEYS, make_ledger

__all__ = ["EXTRA", "HOSTILE", "SCRIPT", "WORD", "Page", "make_articles", "page_of", "reader"]

SCRIPT = "<script>alert('sayso')</script>"
WORD = "Panzer" * 400
_TURNED = "\u202egnihton dlos eW\u202c"
_TEXT = (
    f"{SCRIPT} & sons sell tanks\n\nThe {_TURNED} ministry of \u05d4\u05d1\u05d9\u05ea\u05d7\u05d5\u05df "
    f"said it sold 30 {WORD} tanks to <b onclick=alert(1)>Lesotho</b>\x07. “{SCRIPT}”, its spokesman told "
    "Zeit\"'/>Post. Lesotho's army denied it.\n\nA link, another and a third."
)


def _span(quote: str, text: str = _TEXT) -> Span:
    at = text.index(quote)
    return Span(at, at + len(quote))


def _made(text: str, name: str, **values: object) -> Document:
    digest = sha256(text.encode()).hexdigest()
    return replace(Document(name, text, sha256=digest), **values)  # type: ignore[arg-type]


HOSTILE = _made(
    _TEXT, f"../../etc/{SCRIPT}.html", outlet=f'Zeit"\'/>Post {SCRIPT}', title=f"{SCRIPT} & sons {_TURNED}",
    url="javascript:alert(document.cookie)", author=f"{SCRIPT}\u202e", published=dt.date(2031, 3, 1),
    published_inferred=True, published_span=_span("sell tanks"), language="en\"><script>",
    zones=(ZoneSpan(Zone.HEADLINE, Span(0, _TEXT.index("\n"))),),
    links=(
        Link(_span("A link"), "javascript:alert(1)"), Link(_span("another"), "https://kestrel.example/?a=1&b=<2"),
        Link(_span("a third"), f"data:text/html,{SCRIPT}"),
    ),
)  # fmt: skip
_SOLD = _span(f"it sold 30 {WORD} tanks to <b onclick=alert(1)>Lesotho</b>")
_READING = Reading(
    HOSTILE,
    attributions=(
        Attribution((_span("its spokesman"),), (_span("told"),), (_span(f"“{SCRIPT}”"),)),
        Attribution((_span(f"The {_TURNED} ministry"),), (_span("said"),), (_SOLD,)),
    ),
    claims=(
        Claim(
            _SOLD, Kind.TRANSFER, f"{SCRIPT} tanks", supplier=(Party(f"<i>{SCRIPT}</i>", ("LS",)),),
            recipient=(Party("<b onclick=alert(1)>Lesotho</b>", ("LS",)),), designations=(SCRIPT,),
            voices=(Voice(f"ministry {SCRIPT}", VoiceKind.ORGANISATION, _span("ministry")),),
            confidence=(("claim", 0.7), (f"slot {SCRIPT}", 0.4)),
        ),
    ),
    responses=(Response(f"Lesotho {SCRIPT}", ResponseType.DENIED, _span("Lesotho's army denied it")),),
    origins=(Origin(f'Zeit"\'/>Post {SCRIPT}', Relation.CITES, _span("Zeit\"'/>Post")),),
    notes=(f"a note {SCRIPT}",),
)  # fmt: skip

_COPY = _made(
    HAFENBOTE.replace("60 Tern-4 drones to", "70 Tern-4 drones to", 1), "copy", outlet="Abendecho",
    title="Norway to sell 70 Tern-4 drones to Portugal", published=dt.date(2031, 2, 5), url="https://abendecho.example/",
)  # fmt: skip
_UNREAD = _made("Drohnen für Portugal\n\nNorwegen verkauft 60 Drohnen.", "unread", outlet="Abendecho", language="de")
_AWAITS = _made("A text that nobody has read.", "awaits", published=dt.date(2030, 12, 31))
_MONTH = replace(
    _made("An old paper of April tells of drones.", "month", outlet="the Hafenbote", title="An old paper"),
    published_between=Interval(dt.date(2029, 4, 1), dt.date(2029, 4, 30)),
)


def _key(d: Document) -> str:
    return document_key(str(d.sha256), d.id, d.outlet, d.url)


EXTRA = {
    "hostile": _key(HOSTILE), "copy": _key(_COPY), "unread": _key(_UNREAD), "awaits": _key(_AWAITS),
    "month": _key(_MONTH),
}  # fmt: skip


def make_articles(path: Path) -> None:
    """A new ledger with the story and `EXTRA` in it."""
    with make_ledger(path) as store, store.adding() as t:
        for document in (HOSTILE, _COPY, _UNREAD, _AWAITS, _MONTH):
            t.put_document(document, document.text.encode(), "text/html")
        t.put_reading(EXTRA["hostile"], _READING, reader="test 1")
        t.put_reading(EXTRA["copy"], Reading(_COPY), reader="test 1")
        t.put_reading(EXTRA["month"], Reading(_MONTH), reader="test 1")
        t.put_reading(EXTRA["unread"], "language de; expected en", reader="test 1")
        original = KEYS["Der Hafenbote"]
        t.put_pair(original, EXTRA["copy"], {"score": 0.97, "tie": 10})
        t.set_group("g1", [original, EXTRA["copy"]])


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[TestClient]:
    """A browser for the story's ledger with `EXTRA` in it; two things a page of a list."""
    path = tmp_path / "ledger.sayso"
    make_articles(path)
    with TestClient(create_app(path, Settings(page_size=2)), base_url=HOST) as browser:
        yield browser


class Page(HTMLParser):
    """What a browser would make of a page: its elements with their attributes, ids and words."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.text_of: dict[str, str] = {}
        self._open: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.elements.append((tag, given))
        if tag not in ("meta", "link", "input", "br", "img"):
            self._open.append((tag, given.get("id")))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        for _, id in self._open:
            if id:
                self.text_of[id] = self.text_of.get(id, "") + data

    @property
    def shown(self) -> str:
        return " ".join("".join(self.words).split())

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attrs for name, attrs in self.elements if name == tag]

    @property
    def ids(self) -> list[str]:
        return [attrs["id"] for _, attrs in self.elements if "id" in attrs]


def page_of(html: str) -> Page:
    found = Page()
    found.feed(html)
    return found
