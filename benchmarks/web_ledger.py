"""A large invented ledger for `web.py`: deals with up to 60 articles, two or three claims each.

    python benchmarks/web_ledger.py big.sayso --deals 20000

20,000 deals have some 100,000 claims. The same number gives the same ledger. Takes about ten minutes.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import random
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from sayso.model import (
    Answer,
    Basis,
    Category,
    Claim,
    Deal,
    Document,
    Drift,
    Interval,
    Kind,
    Party,
    Quantity,
    Reading,
    ResponseType,
    Root,
    Scope,
    Span,
    Stage,
    Stand,
    Standing,
    Stated,
    Step,
    Voice,
    VoiceKind,
    Witness,
)
from sayso.store import Adding, open_store

NOUNS = "drones tanks rockets howitzers radars shells frigates trainers mines launchers".split()
OUTLETS = [f"Outlet {a} {b}" for a in "Daily Weekly Morning Evening National".split() for b in range(60)]
BATCH = 500  # deals a transaction
_FILLER = "Filler. " * 20


def falling(n: int, power: float) -> list[float]:
    """Weights of the first n of many: few are met often (https://en.wikipedia.org/wiki/Zipf%27s_law)."""
    return [1 / (i + 1) ** power for i in range(n)]


def countries() -> list[tuple[str, str]]:
    """The 120 first codes with their names."""
    text = files("sayso.data").joinpath("countries.csv").read_text("utf-8")
    named = {r["code"]: r["name"] for r in csv.DictReader(text.splitlines()) if r["role"] == "name"}
    return sorted(named.items())[:120]


@dataclass(slots=True)
class Tale:
    """A deal that is to be told: between whom, of what, since when, in how many articles, by how many roots."""

    giver: tuple[str, str]
    taker: tuple[str, str]
    name: str
    noun: str
    category: Category
    stage: Stage
    day: dt.date
    articles: int
    roots: int
    keys: list[str] = field(default_factory=list)


class Author:
    """Invents; `serial` counts articles."""

    def __init__(self, seed: int) -> None:
        self.rnd = random.Random(seed)
        self.serial = 0
        self.countries = countries()
        self._parties, self._outlets = falling(len(self.countries), 0.8), falling(len(OUTLETS), 0.7)

    def tale(self) -> Tale:
        r = self.rnd
        giver, taker = r.choices(self.countries, self._parties, k=2)
        name = f"{r.choice('ABCDEFGHKLM')}{r.choice('aeiou')}{r.choice('lmnrst')}-{r.randint(1, 400)}"
        articles = 60 if r.random() < 0.005 else r.choices((1, 2, 3, 5, 8), (50, 25, 12, 8, 5))[0]
        return Tale(
            giver, taker, name, r.choice(NOUNS), r.choice(list(Category)), r.choice(list(Stage)),
            dt.date(2015, 1, 1) + dt.timedelta(r.randrange(4000)), articles,
            min(articles, r.choices((1, 2, 3, 4), (70, 18, 8, 4))[0]),
        )  # fmt: skip

    def put(self, t: Adding, tale: Tale) -> Deal:
        """Keeps a tale's articles; its deal, which is still to be kept."""
        carriers = self.rnd.choices(OUTLETS, self._outlets, k=tale.articles)
        told: list[list[str]] = [[] for _ in range(tale.roots)]
        witnesses = []
        for n, outlet in enumerate(carriers):
            said = tale.day + dt.timedelta(self.rnd.randrange(30) if n else 0)
            document, claims = self._article(tale, outlet, said)
            key = t.put_document(document, document.text.encode(), "text/plain").key
            keys = t.put_reading(key, Reading(document, claims=claims), reader="made up")
            tale.keys += keys
            told[n % tale.roots].append(key)
            witnesses.append(self._witness(tale, n, carriers, said, key, tuple(keys), claims[0]))
        return self._deal(tale, carriers, told, witnesses)

    def _article(self, tale: Tale, outlet: str, said: dt.date) -> tuple[Document, tuple[Claim, ...]]:
        self.serial += 1
        (giver, gives), (taker, takes) = tale.giver, tale.taker
        text, claims = f"{gives} and {takes}, {self.serial}\n\n", []
        title = text.strip()
        for i in range(2 if tale.articles > 3 else 3):
            count, start = self.rnd.randint(1, 200), len(text)
            text += f"{gives} has agreed to send {count} {tale.name} {tale.noun} to {takes}, people said on day {i}."
            claims.append(
                Claim(
                    Span(start, len(text)), Kind.TRANSFER, f"{tale.name} {tale.noun}", (Party(gives, (giver,)),),
                    (Party(takes, (taker,)),), designations=(tale.name,), category=tale.category,
                    quantity=Quantity(count, count), stage=tale.stage, voices=(Voice("people", VoiceKind.ANONYMOUS),),
                    basis=Basis.ANONYMOUS, when=Interval(said, said + dt.timedelta(90)),
                )
            )  # fmt: skip
            text += " "
        text += _FILLER
        return Document(
            f"a{self.serial}", text, outlet=outlet, title=title, url=f"https://n.example/{self.serial}",
            published=said, sha256=sha256(text.encode()).hexdigest(),
        ), tuple(claims)  # fmt: skip

    def _witness(
        self, tale: Tale, n: int, carriers: list[str], said: dt.date, key: str, keys: tuple[str, ...], first: Claim
    ) -> Witness:
        r, root, own = self.rnd, n % tale.roots, n < tale.roots
        chain = () if own else (carriers[root],) if r.random() < 0.6 else (r.choice(OUTLETS), carriers[root])
        drifts: tuple[Drift, ...] = ()
        answers: tuple[Answer, ...] = ()
        if n and r.random() < 0.2:
            drifts = (Drift("quantity", tale.keys[0], keys[0], "30", "50", first.evidence, first.evidence),)
        if r.random() < 0.2:
            scope, said_so = r.choice(list(Scope)), Span(0, 7)
            answers = (Answer(tale.taker[1], ResponseType.DENIED, scope, key, "Filler.", said_so),)
        return Witness(
            key, carriers[n], said, keys, chain, Basis.ANONYMOUS, f"{carriers[root]} {root}",
            f"it cites {chain[0]}" if chain else "it reports on its own",
            f"g{self.serial - self.serial % 7}" if not own and r.random() < 0.5 else None,
            answers=answers, drifts=drifts,
        )  # fmt: skip

    def _deal(self, tale: Tale, carriers: list[str], told: list[list[str]], witnesses: list[Witness]) -> Deal:
        roots = tuple(
            Root(f"{carriers[i]} {i}", f"{len(told[i])} outlets -> {carriers[i]}", tuple(told[i]), (told[i][0],))
            for i in range(tale.roots)
        )
        standing = Standing.SINGLE_ORIGIN if tale.roots == 1 else Standing.MULTI_ORIGIN
        stands = [Stand(standing, f"{tale.roots} origins")]
        if any(w.answers for w in witnesses):
            denied = self.rnd.choice((Standing.DENIED, Standing.PARTLY_DENIED))
            stands.append(Stand(denied, f"{tale.taker[1]} denied it"))
        first, when = tale.keys[0], Interval(tale.day, tale.day + dt.timedelta(90))
        return Deal(
            first, tale.giver[1], tale.giver[:1], tale.taker[1], tale.taker[:1], f"{tale.name} {tale.noun}",
            (tale.name,), tale.category, Kind.TRANSFER, tale.stage, tale.day,
            max(w.said for w in witnesses if w.said), when, tuple(tale.keys), (Step(tale.stage, tale.day, first),),
            tuple(Stated("quantity", str(30 + i), (root.name,), (first,)) for i, root in enumerate(roots)),
            ("quantity: one 30, another 31",) if tale.roots > 1 else (), roots, tuple(witnesses), tuple(stands),
        )  # fmt: skip


def make(path: Path, deals: int, seed: int = 7) -> int:
    """A new ledger with so many deals; the number of its claims."""
    author, claims = Author(seed), 0
    with open_store(path, create=True) as store:
        for start in range(0, deals, BATCH):
            with store.adding() as t:
                made = [author.put(t, author.tale()) for _ in range(min(BATCH, deals - start))]
                t.put_deals(made)
            claims += sum(len(d.claims) for d in made)
            print(f"{start + len(made):,} deals, {claims:,} claims, {author.serial:,} articles", flush=True)
    return claims


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0] if __doc__ else None)
    asked.add_argument("ledger", type=Path)
    asked.add_argument("--deals", type=int, default=20_000)
    given = asked.parse_args()
    make(given.ledger, given.deals)
