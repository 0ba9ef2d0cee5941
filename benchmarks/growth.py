"""What adding one article costs as the ledger grows, reading left out.

    python benchmarks/growth.py --documents 20000 [--at 1000]

Invented articles of invented outlets, one in five a copy of an earlier one, come at a steady rate of
5 a day with four claims each; a claim repeats one of the last days' deals or begins one. Everything
that follows from an article is done as `sayso add` does it, but its claims are made up instead of
read. Printed: CPU milliseconds an article around the smaller size and at the end, and their ratio.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import random
import statistics
import tempfile
import time
from pathlib import Path

from sayso.ingest.capture import Capture
from sayso.keeping.add import READER, link
from sayso.keeping.verdicts import decided
from sayso.lexicon import load
from sayso.model import Category, Claim, Document, Kind, Party, Quantity, Reading, Span, Stage, Voice, VoiceKind
from sayso.store import open_store

A_DAY = 5
AROUND = 200  # articles that a figure is the median of
COUNTRIES = "NO GH DE FR PL UA RU CN IR US GB TR IN KR EG BR SE IT".split()
ITEMS = [("drones", Category.UNCREWED_AIRCRAFT), ("tanks", Category.TANK), ("missiles", Category.MISSILE),
         ("patrol boats", Category.SHIP), ("howitzers", Category.ARTILLERY),
         ("shells", Category.AMMUNITION)]  # fmt: skip
STAGES = [Stage.CONSIDERED, Stage.NEGOTIATING, Stage.AGREED, Stage.DONE]
SYLLABLES = "ba de fi go lu ma ne po ri su ta vo ki le hu".split()


def word(rng: random.Random) -> str:
    return "".join(rng.choice(SYLLABLES) for _ in range(rng.randint(1, 4)))


def article(rng: random.Random, n: int, past: list[str], deals: list[tuple]) -> tuple[Document, Reading]:
    day = dt.date(2020, 1, 1) + dt.timedelta(days=n // A_DAY)
    if past and rng.random() < 0.2:
        text = rng.choice(past[-200:]) + " " + word(rng)
    else:
        text = " ".join(word(rng) for _ in range(300))
    past.append(text)
    outlet = f"Outlet {rng.randrange(200)}"
    claims = []
    for i in range(4):
        if deals and rng.random() < 0.6:
            deal = rng.choice(deals[-60:])
        else:
            deal = (*rng.sample(COUNTRIES, 2), *rng.choice(ITEMS), rng.randint(5, 400))
            deals.append(deal)
        giver, taker, item, category, count = deal
        start = text.index(" ", 40 * i) + 1
        evidence = Span(start, start + 30)
        voices = (Voice(f"Outlet {rng.randrange(200)}", VoiceKind.OUTLET),) if rng.random() < 0.5 else ()
        claims.append(Claim(
            evidence=evidence, kind=Kind.TRANSFER, item=item, item_span=evidence, category=category,
            supplier=(Party(giver, (giver,)),), recipient=(Party(taker, (taker,)),),
            quantity=Quantity(count, count) if rng.random() < 0.5 else None, stage=rng.choice(STAGES), voices=voices,
            confidence=(("claim", 0.9),),
        ))  # fmt: skip
    raw = f"{n} {text}".encode()
    document = Document(
        f"n{n}", text, outlet=outlet, published=day, language="en", sha256=hashlib.sha256(raw).hexdigest()
    )
    return document, Reading(document, claims=tuple(claims))


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--documents", type=int, default=20_000)
    ap.add_argument("--at", type=int, default=1_000)
    ap.add_argument("--seed", type=int, default=7)
    a = ap.parse_args()
    rng, lexicon = random.Random(a.seed), load()
    past: list[str] = []
    deals: list[tuple] = []
    costs: list[float] = []
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "l.sayso", create=True) as store:
        for n in range(a.documents):
            document, read = article(rng, n, past, deals)
            capture = Capture(document, f"{n} {document.text}".encode(), "text/plain")
            begun = time.process_time()
            with store.adding() as t:
                put = t.put_document(document, capture.raw, capture.media_type)
                claims = t.put_reading(put.key, read, reader=READER)
                link(t, put.key, document, claims, decided(t), lexicon)
            costs.append(time.process_time() - begun)
            if (n + 1) % 1000 == 0:
                print(n + 1, f"{1000 * statistics.median(costs[-AROUND:]):.1f} ms", flush=True)
    small = statistics.median(costs[a.at - AROUND : a.at])
    large = statistics.median(costs[-AROUND:])
    print(f"{1000 * small:.1f} ms at {a.at}, {1000 * large:.1f} ms at {a.documents}: {large / small:.2f} times")


if __name__ == "__main__":
    main()
