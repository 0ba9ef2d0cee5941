"""What was worked out of a ledger, kept until the ledger changes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock
from typing import Any, TypeVar

T = TypeVar("T")
MOST = 512  # results kept; those not asked for longest go first


class Cache:
    """Results by (the ledger's state, what was asked). Threads that ask the same at once wait for the
    first of them, so a change to the ledger costs one computation and not fifty."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._lock = Lock()
        self._found: OrderedDict[Hashable, Future[Any]] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives for this key, computed once. What it raises is raised, and not kept."""
        with self._lock:
            known = self._found.get(key)
            if known is None:
                future: Future[T] = Future()
                self._found[key] = future
                while len(self._found) > self._most:
                    self._found.popitem(last=False)
            else:
                self._found.move_to_end(key)
        if known is not None:
            value: T = known.result()
            return value
        try:
            made = make()
        except BaseException as error:
            with self._lock:
                self._found.pop(key, None)
            future.set_exception(error)
            raise
        future.set_result(made)
        return made
