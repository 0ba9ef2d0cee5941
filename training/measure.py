"""Quick figures of a network on held-out windows, by token and with the gold anchors given: for
choosing between runs. What counts is measured on whole ledgers, by `sayso eval`."""

from __future__ import annotations

import random

import torch

from batches import batches, padded, targets
from data import Example
from losses import decision, losses, slot_scores
from net import Tagger, columns
from sayso.text.heads import DECISIONS, SLOTS

SLOT_ON = 0.3


def figures(net: Tagger, held: list[Example], polnear: list[Example], device: str) -> dict[str, float]:
    """F1 of anchors (tokens by kind), of each slot's tokens and of content tokens; accuracy of each
    decision; the mean loss on `held`."""
    net.eval()
    counts: dict[str, list[float]] = {}
    total: list[float] = []
    with torch.no_grad():
        for batch in batches(held + polnear, 16384, random.Random(0)):
            ids, mask = padded(batch, device)
            with torch.autocast(device, torch.bfloat16, enabled=device == "cuda"):
                out = net(ids, mask)
            out, t = out.float(), targets(batch, ids.shape[1], device)
            claimed = (mask * t.claimed[:, None])[:, :, None].bool()
            add(counts, "anchor", (columns(out, "inside").sigmoid() >= 0.5) & claimed, (t.anchors[1] > 0) & claimed)
            tagged = (mask * t.tagged[:, None]).bool()
            content = columns(out, "tag_content").argmax(-1)
            add(counts, "content", (content > 0) & tagged, (t.tags[:, :, 2].argmax(-1) > 0) & tagged)
            if len(t.claims.row):
                pointed = slot_scores(out, t.claims).masked_fill(mask[t.claims.row][:, None] == 0, -30.0)
                got = pointed.sigmoid() >= SLOT_ON
                for s, slot in enumerate(SLOTS):
                    known = t.slot_known[:, s, None].bool()
                    add(counts, slot, got[:, s] & known, (t.slots[:, s] > 0) & known)
                for head in DECISIONS:
                    said, gold = decision(out, t.claims, t.evidence, head, pointed), t.decisions[head]
                    if gold.shape[1] == 1:
                        add(counts, head, said[:, 0] >= 0, gold[:, 0] > 0)
                    else:
                        right = said.argmax(-1) == gold.argmax(-1)
                        add(counts, head, right, torch.ones_like(right))
                total.append(float(torch.stack([v for k, v in losses(out, mask, t).items()]).sum()))
    out_ = {k: round(2 * both / max(1, p + g), 3) if k not in DECISIONS or k in ("denied", "hedged") else round(both / g, 3)
            for k, (both, p, g) in counts.items()}  # fmt: skip
    return out_ | {"loss": round(sum(total) / len(total), 3)}


def add(counts: dict[str, list[float]], name: str, got: torch.Tensor, gold: torch.Tensor) -> None:
    c = counts.setdefault(name, [0.0, 0.0, 0.0])
    for i, x in enumerate((got & gold, got, gold)):
        c[i] += float(x.sum())
