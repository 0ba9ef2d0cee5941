"""For the tests of reviewing: short invented articles about a few undertakings, and a ledger kept of them."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sa

from sayso.keeping.add import link
from sayso.keeping.verdicts import decided
from sayso.lexicon import Lexicon, load
from sayso.model import Category, Claim, Document, Kind, Party, Quantity, Reading, Span, Stage, Voice, VoiceKind
from sayso.store import Look, Store, open_store
from sayso.store.schema import block, claim, deal, deal_match, telltale

T = TypeVar("T")
DAY = dt.date(2031, 5, 1)
GIVERS = {"France": "FR", "Sweden": "SE", "": ""}
TAKERS = {"Egypt": "EG", "India": "IN", "": ""}
ITEMS = {
    "Kestrel-9 drones": ("Kestrel-9",),
    "drones": (),
    "Harrow-2 howitzers": ("Harrow-2",),
    "weapons": (),
}
OUTLETS = ("The Meridian", "Harbour Post", "Kestrel Daily")


@cache
def lexicon() -> Lexicon:
    return load()


Sentence = tuple[str, str, str, int]


def article(name: str, sentences: list[Sentence], *, day: int = 0, outlet: str = OUTLETS[0]) -> Reading:
    """An article whose sentences are (supplier, item, recipient, count), "" and 0 for not stated."""
    text = f"Report {name}\n\n"
    claims = []
    for giver, item, taker, count in sentences:
        words = f"{giver or 'Somebody'} sells {count or 'some'} {item} to {taker or 'somebody'}."
        start = len(text)
        text += words + " "
        at = text.index(item, start)
        claims.append(
            Claim(
                Span(start, start + len(words)),
                Kind.TRANSFER,
                item,
                supplier=(Party(giver, (GIVERS[giver],), Span(start, start + len(giver))),) if giver else (),
                recipient=(Party(taker, (TAKERS[taker],)),) if taker else (),
                item_span=Span(at, at + len(item)),
                designations=ITEMS[item],
                category=Category.UNSPECIFIED if item == "weapons" else Category.UNCREWED_AIRCRAFT,
                quantity=Quantity(count, count) if count else None,
                stage=Stage.AGREED,
                voices=(Voice("officials", VoiceKind.ANONYMOUS),),
                confidence=(("item", 0.9), ("supplier", 0.4 if not count else 0.8)),
            )
        )
    digest = sha256(text.encode()).hexdigest()
    document = Document(name, text, outlet, f"Report {name}", published=DAY + dt.timedelta(day), sha256=digest)
    return Reading(document, claims=tuple(claims))


def some_sentences(rnd: random.Random) -> list[Sentence]:
    """One to three at random, most of them of one sale."""

    def pick(usual: T, others: Iterable[T]) -> T:
        return usual if rnd.random() < 0.7 else rnd.choice(list(others))

    return [
        (pick("France", GIVERS), pick("Kestrel-9 drones", ITEMS), pick("Egypt", TAKERS), pick(40, (0, 12, 40)))
        for _ in range(rnd.randint(1, 3))
    ]


def put(store: Store, read: Reading) -> str:
    """Adds an article with all that follows from it; its key."""
    document = read.document
    with store.adding() as t:
        key = t.put_document(document, document.text.encode(), "text/plain").key
        claims = t.put_reading(key, read, reader="test")
        link(t, key, document, claims, decided(t), lexicon())
    return key


def fill(store: Store) -> list[str]:
    """Three articles: two of one sale of drones, one of howitzers; their keys."""
    drones, howitzers = ("France", "Kestrel-9 drones", "Egypt", 40), ("Sweden", "Harrow-2 howitzers", "India", 12)
    vague = ("", "weapons", "India", 0)
    return [
        put(store, article("one", [drones], outlet=OUTLETS[0])),
        put(store, article("two", [drones], day=1, outlet=OUTLETS[1])),
        put(store, article("three", [howitzers, vague], day=2)),
    ]


def small_ledger(path: Path) -> tuple[Store, list[str]]:
    """A new ledger with these articles, and their keys."""
    store = open_store(path, create=True)
    return store, fill(store)


def derived(look: Look) -> dict[str, list[tuple[object, ...]]]:
    """All that linking derived of claims, in order."""
    found = {}
    for table, columns in (
        (deal, ("id", "record", "standing", "origins", "stage", "supplier")),
        (claim, ("key", "deal", "record")),
        (deal_match, ("a", "b", "score", "reasons")),
        (block, ("key", "claim")),
        (telltale, ("key", "deal")),
    ):
        rows = look.connection.execute(sa.select(*(table.c[c] for c in columns)))
        found[table.name] = sorted(tuple(row) for row in rows)
    return found
