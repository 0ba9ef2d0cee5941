"""Builds src/sayso/data/words.txt, which the repair of glued words goes by.

    python training/build_words.py --dictionary american-english-huge british-english-huge --texts general.jsonl ...

The frequent words are counted in news texts (in how many articles each stands); the
rarer words that would split though they are whole come from the dictionaries (SCOWL, by way of
Debian's wamerican-huge and wbritish-huge; see the licence in src/sayso/data/README.md).
"""

from __future__ import annotations

import argparse
import csv
import re
from collections import Counter
from pathlib import Path

from data import read_jsonl
from sayso.text import glue

FREQUENT = 16_000
SHORTEST_WHOLE = 6
HEAD = """# Words that a glued word may be made of: the 16,000 that most articles of a news sample hold; and,
# marked "=", rarer dictionary words that would split in two though they are whole. Made by
# training/build_words.py; origins and licence in README.md.
"""


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--dictionary", type=Path, nargs="+", required=True)
    ap.add_argument("--texts", type=Path, nargs="+", required=True)
    ap.add_argument("--out", type=Path, default=Path(glue.__file__).parents[1] / "data" / "words.txt")
    a = ap.parse_args()
    listed = [
        w for path in a.dictionary for w in path.read_text("utf-8").split("\n") if re.fullmatch("[A-Za-z]{2,}", w)
    ]
    known = {w.lower() for w in listed}
    counts: Counter[str] = Counter()
    for path in a.texts:
        for doc in read_jsonl(path):
            counts.update({w.lower() for w in re.findall(r"[A-Za-z]{2,}", doc["text"])})
    kinds: dict[str, set[str]] = {k: set() for k in glue.KINDS}
    with open(a.out.parent / "glue.csv", encoding="utf-8") as f:
        for row in csv.DictReader(f):
            kinds[row["kind"]].update(row["words"].split())
    ranked = [w for w, n in counts.most_common() if w in known or n >= 20]
    small = kinds["strong"] | kinds["light"]
    frequent = {w for w in ranked[:FREQUENT] if not two_small_words(w, small, known)}
    frequent |= small | kinds["reporting"]
    v = glue.Vocabulary(frequent=frozenset(frequent), whole=frozenset(), **{k: frozenset(x) for k, x in kinds.items()})
    rarer = known | {w for w, n in counts.items() if n >= 3}
    whole = sorted(
        w
        for w in rarer - frequent
        if len(w) >= SHORTEST_WHOLE
        and glue.split_at(w, v) is not None
        and not (w not in known and two_small_words(w, small, known))
    )
    a.out.write_text(HEAD + "\n".join(sorted(frequent)) + "\n" + "\n".join("=" + w for w in whole) + "\n", "utf-8")
    print(len(frequent), "frequent,", len(whole), "whole")


def two_small_words(word: str, small: set[str], known: set[str]) -> bool:
    """A misspelling that is two function words run together ("ofthe")."""
    return word not in known and any(word[:i] in small and word[i:] in small for i in range(2, len(word) - 1))


if __name__ == "__main__":
    main()
