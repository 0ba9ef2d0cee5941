"""Adding documents with one process or several: they read, one writes; the order and the result are the same."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import get_context
from typing import NamedTuple

from sayso.batch import read_one
from sayso.errors import InputError, SaysoError, StoreError
from sayso.ingest import Capture
from sayso.keeping.add import Added, add_one, keep, there
from sayso.lexicon import Lexicon, load
from sayso.model import Document, Reading
from sayso.store import Store
from sayso.text.tagger import encoder

Result = tuple[str, Added | InputError]
"""A document's or an input's place, and what became of it."""

AHEAD = 3  # documents for each process that are read before they are needed

# What a fault of sayso's own in one article raises: it must not stop a run of many.
FAULTS = (SaysoError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


class Failure(NamedTuple):
    """Why a document has no reading, as it comes from another process: errors do not travel.

    `unread` says that it is kept nevertheless, without a reading.
    """

    place: str
    found: str
    expected: str
    unread: bool


def add_all(store: Store, captures: Iterable[Capture | InputError], jobs: int = 1) -> Generator[Result, None, None]:
    """Adds documents in order, each whole or not at all, and gives each with its place.

    An input or an article that fails is given as its error. Raises `StoreError` for a fault of the
    ledger itself, and `SaysoError` where a reading process ends.
    """
    return _alone(store, captures) if jobs < 2 else _together(store, captures, load(), jobs)


def adder(store: Store) -> Callable[[Capture], Added | InputError]:
    """A function that adds one document; an article that fails is given as its error.

    It raises `StoreError` for a fault of the ledger itself.
    """
    lexicon, model = load(), encoder()

    def add(capture: Capture) -> Added | InputError:
        return _guarded(store, place_of(capture.document), partial(add_one, store, capture, lexicon, model))

    return add


def place_of(document: Document) -> str:
    """A document as errors name it."""
    return f"{document.path or document.url or 'document'} ({document.id})"


def _alone(store: Store, captures: Iterable[Capture | InputError]) -> Generator[Result, None, None]:
    add = adder(store)
    for found in captures:
        yield (found.place, found) if isinstance(found, InputError) else (place_of(found.document), add(found))


def _together(
    store: Store, captures: Iterable[Capture | InputError], lexicon: Lexicon, jobs: int
) -> Generator[Result, None, None]:
    coming: deque[tuple[str, Callable[[], Added | InputError]]] = deque()
    # Spawned, not forked: a fork would share the open ledger and the threads of this process.
    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_ready)
    try:
        for found in captures:
            if isinstance(found, InputError):
                coming.append((found.place, partial(_itself, found)))
            elif known := there(store, found):
                coming.append((place_of(found.document), partial(_itself, known)))
            else:
                reading = pool.submit(_read, found.document)
                coming.append((place_of(found.document), partial(_kept, store, found, reading, lexicon)))
            while len(coming) > jobs * AHEAD:
                yield _done(coming.popleft())
        yield from map(_done, coming)
    except BrokenProcessPool as error:
        what = "a reading process ended (out of memory?); what was added is kept"
        raise SaysoError(f"{what}: run the same again, with fewer --jobs") from error
    finally:
        pool.shutdown(cancel_futures=True)


def _done(one: tuple[str, Callable[[], Added | InputError]]) -> Result:
    return one[0], one[1]()


def _itself(found: Added | InputError) -> Added | InputError:
    return found


def _kept(store: Store, capture: Capture, reading: Future[Reading | Failure], lexicon: Lexicon) -> Added | InputError:
    read = reading.result()
    if isinstance(read, Reading):
        return _guarded(store, place_of(capture.document), partial(keep, store, capture, read, lexicon))
    why = InputError(read.place, read.found, read.expected)
    return _guarded(store, why.place, partial(keep, store, capture, why, lexicon)) if read.unread else why


def _ready() -> None:
    """Prepares a process for reading. Ctrl-C is for the one that writes, which then ends this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    load()
    encoder()


def _read(document: Document) -> Reading | Failure:
    try:
        read = read_one(document, load(), encoder())
    except FAULTS as error:
        why = _fault(place_of(document), error)
        return Failure(why.place, why.found, why.expected, unread=False)
    if isinstance(read, InputError):
        return Failure(read.place, read.found, read.expected, unread=True)
    return read


def _guarded(store: Store, place: str, do: Callable[[], Added]) -> Added | InputError:
    """What `do` gives; where one article is at fault, its error."""
    try:
        return do()
    except InputError as error:
        return error
    except StoreError as error:
        if error.place == store.place:  # the ledger's own fault: the next article would meet it too
            raise
        return InputError(error.place, error.found, error.expected)
    except FAULTS as error:
        return _fault(place, error)


def _fault(place: str, error: BaseException) -> InputError:
    return InputError(place, f"a fault of sayso's own ({type(error).__name__}: {error!s:.100})", "none; please tell us")
