"""Labelled articles again with other countries, types and figures: what is said stays, whom it names changes.

    python training/swap.py labelled.jsonl gold/train.jsonl --copies 3 --seed 7 --into swapped.jsonl

Mention replacement (Dai and Adel 2020): in each copy half of the article's countries become others (by name,
demonym and capital alike), half of its types others of their category, and numbers of two digits or more
others of their length; years stay. The labels' words change with the text. Articles without labels are
swapped too, for a teacher to label; those labelled as without claims are not.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

from data import read_jsonl

DATA = Path(__file__).parents[1] / "src" / "sayso" / "data"
ROLES = ("name", "demonym", "capital")
SHARE = 0.5
LIKELY = 60  # countries to swap in: those that articles name most
NUMBER = re.compile(r"(?<![\w.,-])(?!(?:19|20)\d\d\b)\d{2,}(?![\w-])")
WORDS = ("evidence", "item", "supplier", "recipient", "designations", "voices", "mentions", "responder", "name")


def countries() -> dict[str, dict[str, list[str]]]:
    """Of each country its names, demonyms and capitals, where it has all three."""
    out: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    with open(DATA / "countries.csv", encoding="utf-8", newline="") as f:
        for row in csv.DictReader(f):
            if row["role"] in ROLES:
                out[row["code"]][row["role"]].append(row["name"])
    return {code: forms for code, forms in out.items() if len(forms) == len(ROLES)}


def types() -> dict[str, list[str]]:
    """The names of types by category."""
    out: dict[str, list[str]] = defaultdict(list)
    with open(DATA / "designations.csv", encoding="utf-8", newline="") as f:
        for row in csv.DictReader(f):
            out[row["category"]].append(row["name"])
    return out


class Swap:
    """The swaps of one copy of an article, the same wherever a name stands."""

    def __init__(self, table: dict[str, str], rng: random.Random) -> None:
        self.table, self.rng, self.numbers = table, rng, dict[str, str]()
        longest = sorted(table, key=len, reverse=True)
        self.names = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest)) + r")(?!\w)") if table else None

    def number(self, m: re.Match[str]) -> str:
        old = m.group()
        if old not in self.numbers:
            self.numbers[old] = str(self.rng.randint(1, 9)) + "".join(
                c if c == "0" else str(self.rng.randint(0, 9)) for c in old[1:]
            )
        return self.numbers[old]

    def __call__(self, value: Any) -> Any:
        if isinstance(value, str):
            value = self.names.sub(lambda m: self.table[m.group()], value) if self.names else value
            return NUMBER.sub(self.number, value)
        if isinstance(value, list):
            return [self(x) for x in value]
        if isinstance(value, dict):
            return {k: self(v) if k in WORDS or k in SLOTS else v for k, v in value.items()}
        return value


SLOTS = ("trigger", "voice", "cue", "quantity", "value", "when", "hedge")


def plan(text: str, named: dict[str, dict[str, list[str]]], kinds: dict[str, list[str]], likely: list[str], rng: random.Random) -> dict[str, str]:  # fmt: skip
    """What becomes what in one copy: no two names become one, and none becomes a name of the text."""
    table: dict[str, str] = {}
    padded = " " + " ".join(re.findall(r"[\w.-]*\w", text)) + " "
    has = lambda name: f" {name} " in padded  # noqa: E731
    here = [code for code, forms in named.items() if any(has(x) for names in forms.values() for x in names)]
    free = [code for code in likely if code not in here]
    for code in here:
        if free and rng.random() < SHARE:
            other = named[free.pop(rng.randrange(len(free)))]
            table.update({name: other[role][0] for role in ROLES for name in named[code][role]})
    for names in kinds.values():
        present = [n for n in names if has(n)]
        spare = [n for n in names if n not in present]
        for name in present:
            if spare and rng.random() < SHARE:
                table[name] = spare.pop(rng.randrange(len(spare)))
    return table


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("files", type=Path, nargs="+")
    ap.add_argument("--copies", type=int, default=3)
    ap.add_argument("--seed", type=int, default=7)
    ap.add_argument("--into", type=Path, required=True)
    a = ap.parse_args()
    docs = [d for path in a.files for d in read_jsonl(path) if d.get("claims", True)]
    named, kinds, rng = countries(), types(), random.Random(a.seed)
    count = {code: sum(forms["name"][0] in d["text"] for d in docs) for code, forms in named.items()}
    likely = sorted(count, key=lambda c: -count[c])[:LIKELY]
    with open(a.into, "w", encoding="utf-8") as f:
        for _ in range(a.copies):
            for doc in docs:
                swap = Swap(plan(doc["text"], named, kinds, likely, rng), rng)
                swapped = {key: swap(doc[key]) for key in ("text", "claims") if key in doc}
                f.write(json.dumps({**doc, **swapped}, ensure_ascii=False) + "\n")
    print(a.into.name, a.copies * len(docs), "articles")


if __name__ == "__main__":
    main()
