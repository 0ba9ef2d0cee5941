"""What every request shares, and what each has of its own: one view of the ledger."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from threading import Lock
from typing import Annotated, TypeVar

from fastapi import Depends, Request

from sayso.store import Look, Store
from sayso.store.changes import Watch
from sayso.store.deal_index import DealIndex, load_index
from sayso.web.cache import Cache
from sayso.web.settings import Settings

T = TypeVar("T")
_SLOW = 0.1  # seconds


class DealShelf:
    """The index of deals in its newest state, or nearly.

    While a ledger is being written to, a slow index is loaded anew for a tenth of the time at most,
    and who asks while another loads it gets the last one.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: tuple[str, float, DealIndex] | None = None

    def get(self, look: Look, version: str) -> tuple[str, DealIndex]:
        """The index, and the state of the ledger that it is of."""
        held = self._held
        if held and (held[0] == version or time.monotonic() < held[1]):
            return held[0], held[2]
        if held and self._lock.locked():
            return held[0], held[2]
        with self._lock:
            held = self._held
            if held and held[0] == version:
                return held[0], held[2]
            began = time.monotonic()
            index = load_index(look)
            took = time.monotonic() - began
            self._held = (version, time.monotonic() + (9 * took if took > _SLOW else 0.0), index)
            return version, index


@dataclass(frozen=True, slots=True)
class Web:
    """The application's state, `request.app.state.web`."""

    store: Store
    settings: Settings
    watch: Watch
    cache: Cache
    deals: DealShelf = field(default_factory=DealShelf)


@dataclass(frozen=True, slots=True)
class Reader:
    """One request's view of the ledger. `version` names the ledger's state."""

    look: Look
    version: str
    web: Web

    def cached(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, kept under `key` until the ledger changes."""
        return self.web.cache.get((self.version, key), make)


def web_of(request: Request) -> Web:
    found: Web = request.app.state.web
    return found


def reader(request: Request) -> Iterator[Reader]:
    web = web_of(request)
    version = web.watch.version()  # before the view opens: what is kept under it is no older
    with web.store.looking() as look:
        yield Reader(look, version, web)


Reads = Annotated[Reader, Depends(reader)]
"""A view's parameter: the ledger to read from."""
