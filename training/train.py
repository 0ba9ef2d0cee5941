"""Trains the tagger.

    python training/train.py --base DIR --polnear train.jsonl --epochs 4 --out attribution.pt
    python training/train.py --init attribution.pt --polnear train.jsonl --claims labelled.jsonl ... --out tagger.pt

Everything random is seeded; two runs on one machine with the same number of threads agree.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import time
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch.nn import functional as F

from data import Example, Link, claims, polnear, read_jsonl
from net import Tagger, columns, load_base
from sayso.text.heads import DECISIONS, LAYOUT, LINK_DIM, ROLES, SLOT_BIAS

RARE = -5.0  # the bias of a head that is nearly always off
BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def batches(examples: list[Example], tokens: int, rng: random.Random) -> list[list[Example]]:
    """Batches of like lengths, `tokens` padded tokens at most, in random order."""
    order = sorted(examples, key=lambda e: len(e.ids) + rng.random() * 24)
    out: list[list[Example]] = []
    batch: list[Example] = []
    for e in order:
        if batch and len(e.ids) * (len(batch) + 1) > tokens:
            out.append(batch)
            batch = []
        batch.append(e)
    if batch:
        out.append(batch)
    rng.shuffle(out)
    return out


def collate(batch: list[Example]) -> tuple[torch.Tensor, torch.Tensor]:
    width = max(len(e.ids) for e in batch)
    ids = torch.zeros(len(batch), width, dtype=torch.long)
    mask = torch.zeros(len(batch), width)
    for i, e in enumerate(batch):
        ids[i, : len(e.ids)] = torch.tensor(e.ids)
        mask[i, : len(e.ids)] = 1
    return ids, mask


def link_scores(row: torch.Tensor, anchor: list[int], near: str, far: str) -> torch.Tensor:
    return columns(row, far) @ columns(row, near)[anchor].mean(0) / LINK_DIM**0.5


def gold_of(score: torch.Tensor, target: list[int]) -> torch.Tensor:
    gold = torch.zeros_like(score)
    gold[target] = 1
    return gold


def slot_loss(row: torch.Tensor, k: Link, slot: str) -> torch.Tensor:
    """Binary cross-entropy of "this token fills the slot", summed over the window and shared by
    those that do: positives are one in a hundred."""
    score = link_scores(row, k.anchor, f"anchor_{slot}", f"slot_{slot}") + SLOT_BIAS
    gold = gold_of(score, k.targets[slot])
    return F.binary_cross_entropy_with_logits(score, gold, reduction="sum") / (len(k.targets[slot]) + 5)


def decision(row: torch.Tensor, k: Link, head: str) -> torch.Tensor:
    """A head's logits at the item plus those over the evidence's words."""
    words = k.targets.get("evidence") or k.anchor
    return columns(row, head)[k.anchor].mean(0) + columns(row, f"evidence_{head}")[words].mean(0)


def loss_of(row: torch.Tensor, e: Example) -> dict[str, torch.Tensor]:
    """The losses of one window, by head; `row` [T, WIDTH] holds its real tokens only."""
    out: dict[str, torch.Tensor] = {}
    if e.tags is not None:
        out["tags"] = sum(F.cross_entropy(columns(row, f"tag_{r}"), e.tags[:, i]) for i, r in enumerate(ROLES))
        if e.cues:
            scores = [
                (link_scores(row, k.anchor, f"cue_{r}", f"token_{r}"), k.targets[r])
                for k in e.cues
                for r in ("source", "content")
            ]
            out["cues"] = (
                4 * torch.stack([F.binary_cross_entropy_with_logits(s, gold_of(s, t)) for s, t in scores]).mean()
            )
    if e.begin is not None:
        for head in ("begin", "inside"):
            gold = getattr(e, head)
            total = F.binary_cross_entropy_with_logits(
                columns(row, head), gold, reduction="sum", pos_weight=torch.tensor(1.5)
            )
            out[head] = total / 20
        if e.claims:
            out["slots"] = torch.stack([slot_loss(row, k, s) for k in e.claims for s in k.targets]).mean() * 4
            for head in DECISIONS:
                logits = torch.stack([decision(row, k, head) for k in e.claims])
                gold = torch.tensor([k.classes[head] for k in e.claims])
                if logits.shape[1] == 1:
                    out[head] = F.binary_cross_entropy_with_logits(logits[:, 0], gold.float())
                else:
                    out[head] = F.cross_entropy(logits, gold)
    return out


def train(
    net: Tagger,
    examples: list[Example],
    epochs: int,
    rate: float,
    head_rate: float,
    tokens: int,
    seed: int,
    keep_polnear: float,
    average: float,
) -> None:
    rng = random.Random(seed)
    plain = [e for e in examples if e.tags is not None]
    rich = [e for e in examples if e.tags is None]
    heads = list(net.head.parameters())
    body = [p for p in net.parameters() if not any(p is h for h in heads)]
    opt = torch.optim.AdamW([{"params": body, "lr": rate}, {"params": heads, "lr": head_rate}], weight_decay=0.01)
    plan = []
    for _ in range(epochs):
        some = plain if keep_polnear >= 1 else rng.sample(plain, int(len(plain) * keep_polnear))
        plan.append(batches(some, tokens, rng) + batches(rich, tokens, rng))
        rng.shuffle(plan[-1])
    total = sum(map(len, plan))
    # With averaging the rate stays up: it is the mean of the wandering weights that generalises
    # (stochastic weight averaging, Izmailov et al. 2018).
    decay = lambda s: 1.0 if average else max(0.0, (total - s) / (0.94 * total))  # noqa: E731
    shape = lambda s: min((s + 1) / (0.06 * total), decay(s))  # noqa: E731
    mean, seen = {k: torch.zeros_like(v) for k, v in net.state_dict().items()}, 0
    sched = torch.optim.lr_scheduler.LambdaLR(opt, shape)
    step, began = 0, time.time()
    for n, todo in enumerate(plan):
        sums: dict[str, list[float]] = {}
        net.train()
        for batch in todo:
            ids, mask = collate(batch)
            out = net(ids, mask)
            loss = torch.zeros(())
            for i, e in enumerate(batch):
                parts = loss_of(out[i, : len(e.ids)], e)
                for k, v in parts.items():
                    sums.setdefault(k, []).append(float(v.detach()))
                loss = loss + sum(parts.values())
            (loss / len(batch)).backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            opt.step()
            sched.step()
            opt.zero_grad()
            step += 1
            if average and step >= total * (1 - average) and step % 10 == 0:
                seen += 1
                for k, v in net.state_dict().items():
                    mean[k] += (v - mean[k]) / seen
            if step % 50 == 0:
                means = " ".join(f"{k} {sum(v[-200:]) / len(v[-200:]):.3f}" for k, v in sums.items())
                print(f"epoch {n + 1} step {step}/{total} {time.time() - began:.0f}s {means}", flush=True)
    if seen:
        net.load_state_dict(mean)


def start_from(net: Tagger, saved: dict[str, torch.Tensor]) -> None:
    """Takes a checkpoint's encoder and its attribution columns; claim heads start anew where few
    tokens are positive."""
    kept = LAYOUT["begin"][0]
    with torch.no_grad():
        weight, bias = saved.pop("head.weight"), saved.pop("head.bias")
        net.load_state_dict(saved, strict=False)
        net.head.weight[:kept] = weight[:kept]
        net.head.bias[:kept] = bias[:kept]
        for head in ("begin", "inside"):
            net.head.bias[slice(*LAYOUT[head])] = RARE


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--base", type=Path, required=True, help="folder with model.safetensors and tokenizer.json")
    ap.add_argument("--init", type=Path, help="start from this checkpoint instead of the base weights")
    ap.add_argument("--polnear", type=Path)
    ap.add_argument("--keep-polnear", type=float, default=1.0, help="share of it seen in each epoch")
    ap.add_argument("--claims", type=Path, nargs="*", default=[])
    ap.add_argument("--epochs", type=int, default=4)
    ap.add_argument("--rate", type=float, default=1e-4)
    ap.add_argument("--head-rate", type=float, default=5e-4)
    ap.add_argument(
        "--average", type=float, default=0.0, help="share of the steps, the last, whose weights are averaged"
    )
    ap.add_argument("--whole", action="store_true", help="take every head of --init, not the attribution heads alone")
    ap.add_argument("--tokens", type=int, default=5120, help="padded tokens in a batch")
    ap.add_argument("--seed", type=int, default=7)
    ap.add_argument("--out", type=Path, required=True)
    a = ap.parse_args()
    torch.manual_seed(a.seed)
    found = hashlib.sha256((a.base / "model.safetensors").read_bytes()).hexdigest()
    if found != BASE_SHA256:
        raise SystemExit(f"{a.base}/model.safetensors: sha256 {found}; expected {BASE_SHA256}")
    tokenizer = Tokenizer.from_file(str(a.base / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    net = Tagger()
    load_base(net, a.base / "model.safetensors")
    if a.init and a.whole:
        net.load_state_dict(torch.load(a.init))
    elif a.init:
        start_from(net, torch.load(a.init))
    examples = list(polnear(a.polnear, tokenizer)) if a.polnear else []
    for path in a.claims:
        examples += claims(read_jsonl(path), tokenizer)
    print(len(examples), "windows", sum(len(e.ids) for e in examples), "tokens", flush=True)
    train(net, examples, a.epochs, a.rate, a.head_rate, a.tokens, a.seed, a.keep_polnear, a.average)
    torch.save(net.state_dict(), a.out)


if __name__ == "__main__":
    main()
