"""How well reprints are found among articles with known ones, how fast, and how large the index is.

    python benchmarks/reprints.py --base general.jsonl --maker make_reprints.py [--levels 1 2 3] [--seeds 7 11]
                                  [--peer bulk|single] [--growth]

`--maker` is a program called as `maker BASE OUT --level L --seed N` that writes articles with known groups
({"id", "group", "text"} a line). One setting serves all levels. With `--peer`, datasketch (MinHash of 128
permutations of the sets of five-word runs, LSH at Jaccard 0.5) is timed on the same articles in the same
run, in its faster bulk form or fed run by run. With `--growth`, the time of one addition is measured at
1,000 and at 20,000 documents. Times are CPU seconds of one process; the index is measured as an SQLite
file that holds fingerprints and postings.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Hashable, Sequence
from pathlib import Path

from sayso.linking.fingerprint import Fingerprint, fingerprint
from sayso.linking.reprints import add, regroup
from sayso.linking.shelf import MemoryShelf

Article = tuple[str, int, str]  # id, true group, text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--maker", type=Path, required=True)
    parser.add_argument("--levels", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--seeds", type=int, nargs="+", default=[7])
    parser.add_argument("--peer", choices=["bulk", "single"], help="how datasketch is fed a text's runs")
    parser.add_argument("--growth", action="store_true")
    args = parser.parse_args()
    fingerprint("the table of letters is made at the first call")
    print("level seed  articles    ARI  pairs P    R   docs/CPU-s  bytes/doc")
    for level in args.levels:
        for seed in args.seeds:
            articles = make(args.maker, args.base, level, seed)
            report(level, seed, articles, args.peer)
    if args.growth:
        growth(make(args.maker, args.base, args.levels[0], args.seeds[0]))


def make(maker: Path, base: Path, level: int, seed: int) -> list[Article]:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "articles.jsonl")
        command = [sys.executable, maker, base, out, "--level", str(level), "--seed", str(seed)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        with out.open(encoding="utf-8") as lines:
            return [(d["id"], d["group"], d["text"]) for d in map(json.loads, lines)]


def report(level: int, seed: int, articles: list[Article], peer: str | None) -> None:
    began = time.process_time()
    shelf, home = ours(articles)
    rate = len(articles) / (time.process_time() - began)
    index = index_bytes([(name, shelf.entry(name).fingerprint) for name, _, _ in articles])
    truth = [group for _, group, _ in articles]
    row = "{:5} {:4} {:9}  {:.4f}  {:.4f} {:.4f}  {:9.0f}  {:8.0f}"
    found = [home[name] for name, _, _ in articles]
    print(row.format(level, seed, len(articles), *scores(truth, found), rate, index / len(articles)))
    if peer:
        began = time.process_time()
        found = datasketch_groups(articles, peer == "bulk")
        theirs = len(articles) / (time.process_time() - began)
        print(row.format(level, seed, len(articles), *scores(truth, found), theirs, 0), end="")
        print(f"   datasketch; ours {rate / theirs:.1f} times as fast")


def ours(articles: list[Article]) -> tuple[MemoryShelf, dict[str, str]]:
    """Every article added in turn, then the groups of all."""
    shelf = MemoryShelf()
    for name, _, text in articles:
        add(shelf, name, fingerprint(text))
    return shelf, regroup(shelf, [name for name, _, _ in articles])


def scores(truth: Sequence[Hashable], found: Sequence[Hashable]) -> tuple[float, float, float]:
    """Adjusted Rand index, and precision and recall of pairs."""

    def pairs(labels: Sequence[Hashable]) -> int:
        return sum(n * (n - 1) // 2 for n in Counter(labels).values())

    t, p, both = pairs(truth), pairs(found), pairs(list(zip(truth, found, strict=True)))
    by_chance = t * p / (len(truth) * (len(truth) - 1) / 2)
    return (both - by_chance) / ((t + p) / 2 - by_chance), both / max(p, 1), both / max(t, 1)


def index_bytes(prints: list[tuple[str, Fingerprint]]) -> int:
    """The size of an SQLite file with all that reprints need kept of the documents."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "index.sqlite")
        store = sqlite3.connect(path)
        store.execute("CREATE TABLE document (number INTEGER PRIMARY KEY, id TEXT, fingerprint BLOB)")
        store.execute("CREATE TABLE posting (key INTEGER, document INTEGER, PRIMARY KEY (key, document)) WITHOUT ROWID")
        rows = [(n, name, found.to_bytes()) for n, (name, found) in enumerate(prints)]
        store.executemany("INSERT INTO document VALUES (?, ?, ?)", rows)
        postings = [(key, n) for n, (_, found) in enumerate(prints) for key in found.postings]
        store.executemany("INSERT INTO posting VALUES (?, ?)", postings)
        store.commit()
        store.close()
        return os.path.getsize(path)


def datasketch_groups(articles: list[Article], bulk: bool) -> list[int]:
    """The peer: components of the pairs that LSH finds and MinHash confirms."""
    from datasketch import MinHash, MinHashLSH

    lsh, hashes, home = MinHashLSH(threshold=0.5, num_perm=128), [], list(range(len(articles)))

    def root(n: int) -> int:
        while home[n] != n:
            home[n] = home[home[n]]
            n = home[n]
        return n

    for n, (_, _, text) in enumerate(articles):
        words = re.findall(r"\w+", text.lower())
        runs = {" ".join(words[i : i + 5]).encode() for i in range(max(1, len(words) - 4))}
        found = MinHash(num_perm=128)
        if bulk:
            found.update_batch(runs)
        else:
            for run in runs:
                found.update(run)
        for other in lsh.query(found):
            if found.jaccard(hashes[other]) >= 0.5:
                low, high = sorted((root(n), root(other)))
                home[high] = low
        lsh.insert(n, found)
        hashes.append(found)
    return [root(n) for n in range(len(articles))]


def growth(articles: list[Article], sizes: tuple[int, int] = (1_000, 20_000), probes: int = 400) -> None:
    """The mean CPU time of one addition to a small and to a large shelf, by turns.

    Both hold the same thousand articles, some of them copies of those added. The large one is filled up with
    text that continues the articles' word pairs at random, so that phrases recur as they do in the language.
    """
    rng = random.Random(7)
    rng.shuffle(articles)
    probe, rest = articles[:probes], articles[probes:]
    follow: dict[tuple[str, str], list[str]] = {}
    for _, _, text in rest:
        words = text.split()
        for a, b, c in zip(words, words[1:], words[2:], strict=False):
            follow.setdefault((a, b), []).append(c)
    starts = list(follow)
    shelves = []
    for size in sizes:
        shelf = MemoryShelf()
        for n in range(size):
            text = rest[n][2] if n < sizes[0] else babble(follow, starts, rng)
            add(shelf, f"s{n:06}", fingerprint(text))
        shelves.append(shelf)
    times: list[list[float]] = [[] for _ in sizes]
    for name, _, text in probe:
        for shelf, taken in zip(shelves, times, strict=True):
            began = time.process_time()
            regroup(shelf, add(shelf, f"t{name}", fingerprint(text)))
            taken.append(time.process_time() - began)
    small, large = (statistics.mean(taken) * 1e6 for taken in times)
    print(f"one addition to {sizes[0]}: {small:.0f} us, to {sizes[1]}: {large:.0f} us, {large / small:.2f} times")


def babble(
    follow: dict[tuple[str, str], list[str]], starts: list[tuple[str, str]], rng: random.Random, length: int = 600
) -> str:
    words = list(rng.choice(starts))
    while len(words) < length:
        words.append(rng.choice(follow.get((words[-2], words[-1])) or rng.choice(starts)))
    return " ".join(words)


if __name__ == "__main__":
    main()
