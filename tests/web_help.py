"""For the tests of the workbench: a small invented ledger, and a browser for it without a network.

The story is `deal_help`'s: two deals told by three invented outlets. `from web_help import *` brings
the fixtures `ledger` (the file's path) and `client`; `KEYS` has the documents' keys by outlet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from starlette.testclient import TestClient

from deal_help import DEALS, DOCUMENTS, HAFENBOTE, TOLDS, words
from sayso.model import Deal, Origin, Reading, Relation, Response, ResponseType, Scope
from sayso.store import Store, document_key, open_store
from sayso.web import Settings, create_app
from sayso.web.people.csrf import HEADER, token

__all__ = ["HOST", "KEYS", "STORY", "client", "ledger", "make_ledger"]

HOST = "http://localhost"
_REAL = {key: document_key(str(d.sha256), d.id, d.outlet, d.url) for key, d in DOCUMENTS.items()}
KEYS = {str(d.outlet): _REAL[key] for key, d in DOCUMENTS.items()}
"""Document keys by outlet: "Der Hafenbote", "Meridian Wire", "Kestrel Daily"."""


def _rekeyed(deal: Deal) -> Deal:
    """A deal with the keys that the store gives."""
    text = msgspec.json.encode(deal).decode()
    for invented, real in _REAL.items():
        text = text.replace(invented, real)
    return msgspec.json.decode(text, type=Deal)


STORY = tuple(_rekeyed(deal) for deal in DEALS)
"""The two deals, of drones and of armoured cars, as the ledger has them."""


def make_ledger(path: Path) -> Store:
    """A new ledger with the story in it."""
    store = open_store(path, create=True)
    with store.adding() as t:
        for key, document in DOCUMENTS.items():
            put = t.put_document(document, document.text.encode(), "text/plain")
            reading = Reading(document, claims=tuple(told.claim for told in TOLDS.values() if told.document == key))
            if document.text is HAFENBOTE:
                said = words(HAFENBOTE, "The Portuguese defence ministry said it buys no arms from Norway.")
                denial = Response("The Portuguese defence ministry", ResponseType.DENIED, said, Scope.BROADER)
                reading = replace(reading, responses=(denial,))
            elif document.outlet == "Meridian Wire":
                reading = replace(reading, origins=(Origin("Der Hafenbote", Relation.CITES),))
            t.put_reading(put.key, reading, reader="test 1")
        t.put_deals(STORY)
    return store


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """The path of a ledger with the story in it."""
    path = tmp_path / "ledger.sayso"
    make_ledger(path).close()
    return path


@pytest.fixture
def client(ledger: Path) -> Iterator[TestClient]:
    """A browser for the story's ledger, which may send forms: `client.get("/deals")`."""
    app = create_app(ledger, Settings())
    with TestClient(app, base_url=HOST, headers={HEADER: token(app.state.door.secret)}) as browser:
        yield browser
