"""Adding documents to a ledger, one transaction each: the document, its reading, and what follows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sayso.batch import read_one
from sayso.errors import InputError
from sayso.ingest.capture import Capture
from sayso.keeping.deals import derive, gather, match
from sayso.keeping.mentions import document_keys
from sayso.keeping.shelf import SqlShelf
from sayso.keeping.verdicts import Decided, decided
from sayso.lexicon import Lexicon
from sayso.linking import reprints
from sayso.linking.fingerprint import fingerprint
from sayso.model import Document, Reading
from sayso.store import Adding, Look, Store
from sayso.text.tagger import Encoder

READER = "1"
"""The version of the reading stages: raise it where the same text would be read otherwise."""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a document: its key and external id, whether it is new to the ledger, why it is
    not read where it is not, how many claims it has, and the deals that it told of or changed."""

    key: str
    id: str
    new: bool
    unread: str | None = None
    claims: int = 0
    deals: tuple[str, ...] = ()


def add(
    store: Store, captures: Iterable[Capture | InputError], lexicon: Lexicon, model: Encoder
) -> Iterator[Added | InputError]:
    """Adds documents in order; an input that could not be opened is yielded as its error.

    Each document is kept wholly or not at all, so a run that is stopped goes on where it was: what is
    there already is passed over.
    """
    for found in captures:
        yield found if isinstance(found, InputError) else add_one(store, found, lexicon, model)


def add_one(store: Store, capture: Capture, lexicon: Lexicon, model: Encoder) -> Added:
    """Adds one document and all that follows from it."""
    return there(store, capture) or keep(store, capture, read_one(capture.document, lexicon, model), lexicon)


def there(store: Store, capture: Capture) -> Added | None:
    """What became of a document that was added before; None for one that was not, or awaits reading."""
    with store.looking() as look:
        return _there(look, look.key_of(capture.document, capture.raw), capture.document.id)


def keep(store: Store, capture: Capture, read: Reading | InputError, lexicon: Lexicon) -> Added:
    """Keeps a document with its reading, or why it is not read, and all that follows from it."""
    document = capture.document
    with store.adding() as t:
        put = t.put_document(document, capture.raw, capture.media_type, captured=capture.captured)
        faster = _there(t, put.key, document.id)  # another program's
        if faster is not None:
            return faster
        unread = read.reason if isinstance(read, InputError) else None
        claims = t.put_reading(put.key, read if isinstance(read, Reading) else read.reason, reader=READER)
        changed = link(t, put.key, document, claims, decided(t), lexicon, unread=unread is not None)
    return Added(put.key, document.id, put.new, unread, len(claims), tuple(changed))


def _there(look: Look, key: str, id: str) -> Added | None:
    kept = look.kept(key)
    if kept is None or kept.reader is None:
        return None
    return Added(key, id, new=False, unread=kept.unread, claims=kept.claims)


def link(
    t: Adding,
    key: str,
    document: Document,
    claims: list[str],
    verdicts: Decided,
    lexicon: Lexicon,
    *,
    unread: bool = False,
) -> list[str]:
    """Brings reprint groups and deals up to date with one document; the deals that changed."""
    homes: dict[str, set[str]] = {}
    if claims:
        match(t, claims, verdicts)
        homes = gather(t, claims, verdicts)
    touched: set[str] = set()
    if unread:
        keys = document_keys(document)
        t.put_mentions(key, keys)
        touched |= t.telling(keys)
    regrouped = group(t, key, document)
    touched |= t.deals_in(regrouped) | t.telling_unread(regrouped)
    homes |= {deal: t.members([deal]) for deal in touched - homes.keys()}
    return derive(t, homes, verdicts, lexicon)


def group(t: Adding, key: str, document: Document) -> set[str]:
    """Files a document among its reprints; where a group changed, the documents of all that it touches."""
    shelf = SqlShelf(t)
    found = fingerprint(document.text)
    changed = reprints.add(shelf, key, found, document.outlet)
    now = reprints.regroup(shelf, changed)
    sizes: dict[str, int] = {}
    for home in now.values():
        sizes[home] = sizes.get(home, 0) + 1
    before = t.groups(now)
    wanted = {name: home if sizes[home] > 1 else None for name, home in now.items()}
    moved = {name for name, home in wanted.items() if before.get(name) != home}
    for into in {wanted[name] for name in moved}:
        t.set_group(into, sorted(name for name in moved if wanted[name] == into))
    return set(now) if moved else set()
