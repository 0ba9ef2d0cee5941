"""Fits the attribution columns of a tagger's head anew, its encoder left as it is.

    python training/refit_attribution.py windows.pt --checkpoint tagger.pt --teacher attribution.pt --out refitted.pt

PolNeAR has attributions without claims, the project's labels claims without attributions. Trained on
both at once, a tagger comes to take an arm's words for a cue, since nothing tells it otherwise there.
Here a network trained on PolNeAR alone says what the attributions of the labelled windows are, and
the head's columns are fitted on PolNeAR's labels and on its word together.
"""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path

import torch

from batches import batches, padded, targets
from data import Example
from losses import losses, taught
from measure import figures
from net import Tagger
from sayso.text.heads import LAYOUT
from train import load_teacher

KEPT = LAYOUT["begin"][0]  # the attribution heads' columns come first


def hidden(net: Tagger, examples: list[Example]) -> None:
    """Keeps the encoder's output with every window."""
    for batch in batches(examples, 8192, random.Random(0)):
        ids, mask = padded(batch, "cpu")
        out = net.encode(ids, mask)
        for i, e in enumerate(batch):
            e.hidden = out[i, : len(e.ids)].half().clone()  # type: ignore[attr-defined]


def stacked(batch: list[Example], width: int) -> torch.Tensor:
    out = torch.zeros(len(batch), width, batch[0].hidden.shape[1])  # type: ignore[attr-defined]
    for i, e in enumerate(batch):
        out[i, : len(e.ids)] = e.hidden.float()  # type: ignore[attr-defined]
    return out


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("windows", type=Path)
    ap.add_argument("--checkpoint", type=Path, required=True)
    ap.add_argument("--teacher", type=Path, required=True)
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--epochs", type=int, default=3)
    ap.add_argument("--rate", type=float, default=2e-3)
    ap.add_argument("--share", type=float, default=1.0, help="share of PolNeAR's windows")
    ap.add_argument("--seed", type=int, default=7)
    a = ap.parse_args()
    torch.manual_seed(a.seed)
    rng = random.Random(a.seed)
    windows = torch.load(a.windows, weights_only=False)
    net, teacher = load_teacher(a.checkpoint, "cpu"), load_teacher(a.teacher, "cpu")
    polnear = rng.sample(windows["polnear"], int(len(windows["polnear"]) * a.share))
    began = time.time()
    with torch.no_grad():
        hidden(net, polnear + windows["claims"])
        print(f"{time.time() - began:.0f}s encoded", flush=True)
        plan = []
        for labelled in (polnear, windows["claims"]):
            for batch in batches(labelled, 8192, rng):
                ids, mask = padded(batch, "cpu")
                plain = labelled is polnear
                said = targets(batch, ids.shape[1], "cpu") if plain else taught([teacher(ids, mask)], mask)
                plan.append((batch, mask, said))
        print(f"{time.time() - began:.0f}s taught", flush=True)
    weight = net.head.weight[:KEPT].detach().clone().requires_grad_()
    bias = net.head.bias[:KEPT].detach().clone().requires_grad_()
    opt = torch.optim.AdamW([weight, bias], lr=a.rate, weight_decay=0.0)
    total = a.epochs * len(plan)
    rates = torch.optim.lr_scheduler.LambdaLR(opt, lambda s: max(0.02, 1 - s / total))
    rest = torch.zeros(net.head.weight.shape[0] - KEPT)
    for epoch in range(a.epochs):
        rng.shuffle(plan)
        sums = []
        for batch, mask, said in plan:
            x = torch.nn.functional.dropout(stacked(batch, mask.shape[1]), 0.1)
            out = x @ weight.T + bias
            out = torch.cat([out, rest.expand(*out.shape[:2], -1)], -1)
            parts = losses(out, mask, said)
            loss = parts["tags"] + parts.get("cues", torch.zeros(()))
            loss.backward()
            opt.step()
            rates.step()
            opt.zero_grad()
            sums.append(loss.item())
        print(f"epoch {epoch + 1} {time.time() - began:.0f}s loss {sum(sums) / len(sums):.3f}", flush=True)
    with torch.no_grad():
        net.head.weight[:KEPT] = weight
        net.head.bias[:KEPT] = bias
    print(figures(net, windows["held"], windows["polnear_dev"], "cpu"))
    torch.save({k: v.half() for k, v in net.state_dict().items()}, a.out)


if __name__ == "__main__":
    main()
