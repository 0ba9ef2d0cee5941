"""Averages checkpoints, each with its weight: a "soup" (Wortsman et al. 2022).

    python training/mean.py 0.4:f2.pt 0.2:g1.pt 0.2:g2.pt 0.2:g3.pt --out f3.pt

All must be of one network. Where one was made before a slot was added (at the end of `heads.SLOTS`),
its missing columns are those of the checkpoint named after it.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from restore import layout_of
from sayso.text.heads import LAYOUT

HEAD = ("head.weight", "head.bias")
Weights = dict[str, torch.Tensor]


def widened(narrow: Weights, wide: Weights) -> Weights:
    """A checkpoint with the columns of a wider one where it has none of its own."""
    before = layout_of(len(narrow[HEAD[1]]))
    out = dict(narrow)
    for name in HEAD:
        out[name] = wide[name].clone()
        for head, (a, b) in before.items():
            c, d = LAYOUT[head]
            out[name][c:d] = narrow[name][a:b]
    return out


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("parts", nargs="+", help="WEIGHT:CHECKPOINT")
    ap.add_argument("--out", type=Path, required=True)
    a = ap.parse_args()
    weights = [float(p.partition(":")[0]) for p in a.parts]
    found: list[Weights] = [{k: v.float() for k, v in torch.load(p.partition(":")[2]).items()} for p in a.parts]
    for n in range(len(found) - 2, -1, -1):
        if len(found[n][HEAD[1]]) < len(found[n + 1][HEAD[1]]):
            found[n] = widened(found[n], found[n + 1])
    total = sum(weights)
    mean = {k: sum(w / total * part[k] for w, part in zip(weights, found, strict=True)) for k in found[-1]}
    torch.save(mean, a.out)


if __name__ == "__main__":
    main()
