"""What it costs to add a document to a small and to a large ledger, and to ask of it.

    python benchmarks/store.py LEDGER [--documents 20000]

A document has 10 claims, 500 words, 60 postings and 30 blocks, as linking keeps them. `put` is one
transaction with all of that; `with look-ups` is one that first asks who shares its postings and
blocks, reads 50 claims to compare and keeps 10 matches, as linking does.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from store_help import READER, article  # noqa: I001

from sayso.model import Match, Reading, Reason
from sayso.store import Store, Wanted, check, open_store

CLAIMS, WORDS, POSTINGS, BLOCKS = 10, 500, 60, 3
EACH = 300  # documents a figure is taken over
MARKS = (1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000)


def made(n: int, chance: random.Random) -> tuple[Reading, bytes, list[int], list[list[str]]]:
    """A document, its page, its postings, and each claim's blocks (about 6 claims a block)."""
    reading, _ = article(n, CLAIMS)
    text = reading.document.text + " ".join(f"word{int(chance.paretovariate(0.8)) % 20_000}" for _ in range(WORDS))
    page = (f"<html><body><p>{text}</p>" + "<div class='menu'>some markup</div>" * 400).encode()
    frozen = replace(reading.document, text=text, sha256=sha256(page).hexdigest())
    blocks = [[f"{n // 2 + chance.randrange(3)}/{i}/{c % 4}" for i in range(BLOCKS)] for c in range(CLAIMS)]
    return replace(reading, document=frozen), page, [chance.getrandbits(63) for _ in range(POSTINGS)], blocks


def add(store: Store, n: int, chance: random.Random, *, looking: bool) -> float:
    """Adds one document; the milliseconds it took."""
    reading, page, postings, blocks = made(n, chance)
    began = time.perf_counter()
    with store.adding() as t:
        key = t.put_document(reading.document, page, "text/html").key
        claims = t.put_reading(key, reading, reader=READER)
        if looking:
            list(t.postings(postings, most=200))
            near = {claim for _, claim in t.blocks((b for keys in blocks for b in keys), most=200)}
            list(t.told(sorted(near)[:50]))
            t.put_matches(
                claims, [Match(claims[0], other, 1.0, (Reason("x", "y", 1.0),)) for other in sorted(near)[:10]]
            )
        t.put_fingerprint(key, bytes(256))
        t.put_postings(key, postings)
        t.put_blocks(dict(zip(claims, blocks, strict=True)))
    return (time.perf_counter() - began) * 1000


def told(values: list[float]) -> str:
    ordered = sorted(values)
    p95 = ordered[len(ordered) * 95 // 100]
    return f"median {statistics.median(ordered):5.1f}  p95 {p95:5.1f}  max {ordered[-1]:5.1f} ms"


def ask(store: Store) -> None:
    """Times some questions, each the second time it is asked."""
    with store.looking() as look:
        questions = {
            "search, common words": lambda: look.search("rockets delivered"),
            "search, a rare phrase": lambda: look.search('"storm 77 rockets"', within="claim"),
            "facets of all": look.facets,
            "facets of a supplier": lambda: look.facets(Wanted(supplier="IR", outlet="Outlet 3")),
            "a page of claims": lambda: list(look.claims(Wanted(supplier="IR"), limit=50)),
        }
        for name, question in questions.items():
            question()
            began = time.perf_counter()
            question()
            print(f"    {name}: {(time.perf_counter() - began) * 1000:.1f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("where")
    parser.add_argument("--documents", type=int, default=20_000)
    given = parser.parse_args()
    chance = random.Random(1)
    with open_store(given.where, create=True) as store:
        plain: list[float] = []
        linked: list[float] = []
        for n in range(given.documents):
            (linked if n % 2 else plain).append(add(store, n, chance, looking=n % 2 == 1))
            if n + 1 in MARKS:
                print(f"{n + 1:,} documents\n    put: {told(plain[-EACH:])}\n    with look-ups: {told(linked[-EACH:])}")
                ask(store)
                sys.stdout.flush()
        began = time.perf_counter()
        print(f"check: {len(check(store))} faults, {time.perf_counter() - began:.0f} s")
    if Path(given.where).is_file():
        print(f"{Path(given.where).stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
