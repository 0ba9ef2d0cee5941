"""Tokenises the corpora into windows with targets, once for all runs.

    python training/prepare.py --base DIR --polnear train.jsonl --polnear-dev dev.jsonl --claims labelled.jsonl ... \\
        --held held.jsonl --plain arms.jsonl general.jsonl ... --out windows.pt
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import torch

from data import Example, Windowed, claims, polnear, read_jsonl
from sayso.text.wordpiece import WordPiece


def plain(path: Path, tokenizer: WordPiece, longest: int) -> list[Example]:
    """Windows without labels, of the English articles that are not in the dev gold."""
    out = []
    for doc in read_jsonl(path):
        if doc.get("lang", "en") == "en" and not doc.get("in_dev"):
            w = Windowed(doc["text"][:longest], tokenizer)
            out += [Example(w.wrap(cut)) for cut in w.cuts]
    return out


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--base", type=Path, required=True, help="folder with tokenizer.json")
    ap.add_argument("--polnear", type=Path, required=True)
    ap.add_argument("--polnear-dev", type=Path, required=True)
    ap.add_argument("--claims", type=Path, nargs="+", required=True)
    ap.add_argument("--held", type=Path, nargs="+", required=True)
    ap.add_argument("--plain", type=Path, nargs="*", default=[])
    ap.add_argument("--longest", type=int, default=9000, help="characters of an unlabelled article")
    ap.add_argument("--out", type=Path, required=True)
    a = ap.parse_args()
    tokenizer = WordPiece((a.base / "tokenizer.json").read_text("utf-8"))
    out = {
        "polnear": list(polnear(a.polnear, tokenizer)),
        "polnear_dev": list(polnear(a.polnear_dev, tokenizer)),
        "claims": [e for p in a.claims for e in claims(read_jsonl(p), tokenizer)],
        "held": [e for p in a.held for e in claims(read_jsonl(p), tokenizer)],
        "plain": [e for p in a.plain for e in plain(p, tokenizer, a.longest)],
    }
    random.Random(7).shuffle(out["claims"])
    for name, examples in out.items():
        print(name, len(examples), "windows", sum(len(e.ids) for e in examples), "tokens")
    torch.save(out, a.out)


if __name__ == "__main__":
    main()
