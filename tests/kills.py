"""Kills a writer at random moments and looks at what is left. Also a program: see `main`."""

from __future__ import annotations

import argparse
import os
import random
import signal
import time
from dataclasses import replace
from hashlib import sha256

import sqlalchemy as sa

from sayso.model import Match
from sayso.store import Adding, Look, Store, check, open_store
from sayso.store.schema import block, claim, deal_match, document, fingerprint, posting
from store_help import READER, article

CLAIMS, POSTINGS, BLOCKS = 3, 20, 4
_FILLER = "The report runs on for a while without naming any arms. " * 40


def write_one(t: Adding, n: int) -> None:
    """The n-th document with all that hangs on it."""
    reading, _ = article(n, CLAIMS)
    text = reading.document.text + _FILLER
    raw = text.encode()
    frozen = replace(reading.document, text=text, sha256=sha256(raw).hexdigest())
    kept = t.put_document(frozen, raw, "text/plain")
    if not kept.new:
        return
    keys = t.put_reading(kept.key, replace(reading, document=frozen), reader=READER)
    t.put_fingerprint(kept.key, bytes(64))
    t.put_postings(kept.key, [hash((n, i)) for i in range(POSTINGS)])
    t.put_blocks({key: [f"{i} of {n % 5}" for i in range(BLOCKS)] for key in keys})
    t.put_matches(keys, [Match(keys[0], keys[1], 1.0)])


def write(where: str, first: int, last: int, acknowledge: int | None = None) -> None:
    """Adds documents one a transaction, each number to the pipe once it is committed."""
    with open_store(where, create=True) as store:
        for n in range(first, last):
            with store.adding() as t:
                write_one(t, n)
            if acknowledge is not None:
                os.write(acknowledge, n.to_bytes(4, "big"))


def killed(where: str, first: int, last: int, seconds: float, *, from_start: bool) -> list[int]:
    """Kills a writer some seconds after its first commit (or its start); what it had committed."""
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read_end)
        try:
            write(where, first, last, write_end)
        finally:
            os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end, "rb") as pipe:
        said = b"" if from_start else pipe.read(4)
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        said += pipe.read()
    return [int.from_bytes(said[i : i + 4], "big") for i in range(0, len(said), 4)]


def faults(store: Store, committed: set[int]) -> list[str]:
    """What a kill left that it should not have: torn or doubled documents, or ones that are gone."""
    with store.looking() as look:
        found = [kept.id for kept in look.documents()]
        there = {int(name.rpartition("-")[2]) for name in found}
        told = [f"{n} was committed and is gone" for n in sorted(committed - there)]
        told += [f"{len(found) - len(there)} doubled"] if len(found) != len(there) else []
        for key, n in _torn(look):
            told.append(f"document {key} has {n} rows")
        if look.sqlite:
            told += [r for (r,) in look.connection.exec_driver_sql("PRAGMA integrity_check") if r != "ok"]
    return told


def _torn(look: Look) -> list[tuple[str, int]]:
    """The documents without all of their rows, counted by one query."""
    parts = [
        sa.select(claim.c.document),
        sa.select(posting.c.document),
        sa.select(fingerprint.c.document),
        sa.select(claim.c.document).join(block, block.c.claim == claim.c.key),
        sa.select(claim.c.document).join(deal_match, deal_match.c.a == claim.c.key),
    ]
    rows = sa.union_all(*parts).subquery()
    count = sa.func.count(rows.c.document)
    whole = CLAIMS + POSTINGS + 1 + CLAIMS * BLOCKS + 1
    query = sa.select(document.c.key, count).outerjoin(rows, rows.c.document == document.c.key).group_by(document.c.key)
    return [(key, n) for key, n in look.connection.execute(query.having(count != whole))]


def run(where: str, kills: int, seed: int, *, per_kill: int = 40, check_every: int = 10) -> dict[str, int]:
    """Kills a writer again and again, each going on where the last one left; then completes the set.

    Raises `AssertionError` with what is wrong. Nothing of the store may be open meanwhile: SQLite's
    locks do not survive a fork.
    """
    chance = random.Random(seed)
    committed: set[int] = set()
    in_creation = 0
    for number in range(kills):
        from_start = number % 5 == 0  # so that the creation is hit too
        seconds = chance.uniform(0, 0.3 if from_start else 0.08)
        last = (number + 1) * per_kill
        first = max(0, max(committed, default=0) - 3)  # some again, which changes nothing
        before = len(committed)
        committed.update(killed(where, first, last, seconds, from_start=from_start))
        in_creation += not committed
        with open_store(where, create=True) as store:
            wrong = faults(store, committed)
            if number % check_every == 0:
                wrong += check(store)
        assert not wrong, f"kill {number} of seed {seed} (+{len(committed) - before}): {wrong}"
    whole = max(committed, default=0) + 20
    write(where, 0, whole)
    with open_store(where) as store:
        wrong = faults(store, set(range(whole))) + check(store)
        with store.looking() as look:
            assert len(list(look.documents())) == whole
    assert not wrong, f"after completing: {wrong}"
    return {"kills": kills, "before the first commit": in_creation, "documents": whole}


def main() -> None:
    """python tests/kills.py LEDGER [--kills 200] [--seed 1]"""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("where")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    print(run(given.where, given.kills, given.seed))


if __name__ == "__main__":
    main()
