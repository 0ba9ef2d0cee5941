"""Trains the tagger, or a teacher for it, on windows that `prepare.py` has made.

    python training/train.py windows.pt --shape mpnet --base DIR --epochs 8 --rate 4e-5 --out teacher1.pt
    python training/train.py windows.pt --base DIR --teachers teacher1.pt ... --epochs 12 --rate 2e-4 --out tagger.pt

With teachers (knowledge distillation, Hinton et al. 2015) every window, labelled or not, is also
learned from the mean of their outputs. The weights kept are an exponential moving average over the
steps (Polyak averaging). Everything random is seeded; a GPU's sums still vary in their last digits.
"""

from __future__ import annotations

import argparse
import random
import time
from dataclasses import dataclass
from pathlib import Path

import torch

from batches import Targets, batches, padded, targets
from data import Example
from losses import losses, taught
from measure import figures
from net import MINILM, MPNET, Tagger, load_base

SHAPES = {"minilm": MINILM, "mpnet": MPNET}
AVERAGE_EVERY = 8
MASK, FIRST_WORD = 103, 999  # of the vocabulary; before it are the frames
WARM_UP = 0.06  # share of the steps over which the rate rises


@dataclass(frozen=True)
class Plan:
    """How to train: `keep_polnear` and `keep_plain` are the shares of PolNeAR's and of the
    unlabelled windows seen in each epoch, `taught` the weight of the teachers' part."""

    epochs: int
    rate: float
    head_rate: float
    tokens: int = 16384
    seed: int = 7
    keep_polnear: float = 0.5
    keep_plain: float = 0.0
    taught: float = 1.0
    untaught: tuple[str, ...] = ()  # losses that the teachers have no part in
    taught_share: float = 1.0  # of the batches, those that the teachers take part in
    decay: float = 0.01
    hidden: float = 0.0  # of the tokens, those the student doesn't see
    average: float = 0.98  # per AVERAGE_EVERY steps
    seconds: float | None = None  # where set, the rate falls with the time spent, and training ends then


def schedule(plan: Plan, labelled: list[Example], polnear: list[Example], plain: list[Example]) -> list[list[Example]]:
    """The batches of all epochs, in order."""
    rng = random.Random(plan.seed)
    out = []
    for _ in range(plan.epochs):
        some = rng.sample(polnear, int(len(polnear) * plan.keep_polnear))
        more = rng.sample(plain, int(len(plain) * plan.keep_plain))
        out += batches(labelled + some + more, plan.tokens, rng)
    return out


def train(net: Tagger, windows: dict[str, list[Example]], plan: Plan, teachers: list[Tagger], device: str) -> None:
    """Trains `net` in place; its weights end as their moving average."""
    torch.manual_seed(plan.seed)
    heads = list(net.head.parameters())
    body = [p for n, p in net.named_parameters() if not n.startswith("head.")]
    opt = torch.optim.AdamW(
        [{"params": body, "lr": plan.rate}, {"params": heads, "lr": plan.head_rate}],
        weight_decay=plan.decay, fused=device == "cuda",
    )  # fmt: skip
    todo = schedule(plan, windows["claims"], windows["polnear"], windows["plain"])
    total, began, done = len(todo), time.time(), 0.0
    live, mean = list(net.parameters()), [p.detach().clone() for p in net.parameters()]
    full = [g["lr"] for g in opt.param_groups]
    net.train()
    for step, batch in enumerate(todo, 1):
        share = min(done / WARM_UP, max(0.02, (1 - done) / (1 - WARM_UP))) if done else 1 / (WARM_UP * total)
        for group, rate in zip(opt.param_groups, full, strict=True):
            group["lr"] = rate * share
        ids, mask = padded(batch, device)
        hard = targets(batch, ids.shape[1], device)
        helped = teachers if random.Random(plan.seed + step).random() < plan.taught_share else []
        seen = ids.masked_fill((torch.rand(ids.shape, device=device) < plan.hidden) & (ids >= FIRST_WORD), MASK)
        loss = loss_of(net, ids, seen, mask, hard, helped, plan.taught, plan.untaught, device)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(live, 1.0)
        opt.step()
        opt.zero_grad(set_to_none=True)
        if step % AVERAGE_EVERY == 0:
            keep = min(plan.average, step / (step + 20 * AVERAGE_EVERY))
            with torch.no_grad():
                torch._foreach_lerp_(mean, [p.detach() for p in live], 1 - keep)
        if step % 100 == 0 or step == total:
            print(f"step {step}/{total} {time.time() - began:.0f}s loss {loss.item():.3f}", flush=True)
        spent = (time.time() - began) / plan.seconds if plan.seconds else 0.0
        done = max(step / total, spent)
        if done >= 1:
            break
    with torch.no_grad():
        torch._foreach_copy_(live, mean)


def loss_of(
    net: Tagger, ids: torch.Tensor, seen: torch.Tensor, mask: torch.Tensor, hard: Targets, teachers: list[Tagger],
    weight: float, untaught: tuple[str, ...], device: str,
) -> torch.Tensor:  # fmt: skip
    """The sum of a batch's losses, the teachers' part included; `seen` are the ids with some hidden."""
    with torch.autocast(device, torch.bfloat16):
        out = net(seen, mask)
    out = out.float()
    parts = list(losses(out, mask, hard).values())
    if teachers:
        with torch.no_grad(), torch.autocast(device, torch.bfloat16):
            said = [t(ids, mask).float() for t in teachers]
        soft = losses(out, mask, taught(said, mask))
        parts += [weight * v for k, v in soft.items() if k not in untaught]
    return torch.stack(parts).sum()


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("windows", type=Path)
    ap.add_argument("--shape", choices=SHAPES, default="minilm")
    ap.add_argument("--base", type=Path, help="folder with the base's model.safetensors")
    ap.add_argument("--init", type=Path, help="start from a checkpoint instead")
    ap.add_argument("--teachers", type=Path, nargs="*", default=[])
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--epochs", type=int, default=8)
    ap.add_argument("--rate", type=float, default=2e-4)
    ap.add_argument("--head-rate", type=float, default=2e-3)
    ap.add_argument("--tokens", type=int, default=16384, help="padded tokens in a batch")
    ap.add_argument("--seed", type=int, default=7)
    ap.add_argument("--keep-polnear", type=float, default=0.5)
    ap.add_argument("--keep-plain", type=float, default=0.0)
    ap.add_argument("--taught", type=float, default=1.0)
    ap.add_argument("--untaught", nargs="*", default=[], help="losses without a teacher's part (cues, slots ...)")
    ap.add_argument("--taught-share", type=float, default=1.0, help="share of the batches with a teacher's part")
    ap.add_argument("--hidden", type=float, default=0.0, help="share of the tokens masked for the student")
    ap.add_argument("--drop", type=float, default=0.1)
    ap.add_argument("--seconds", type=float, help="end after this long")
    ap.add_argument("--share", type=float, default=1.0, help="share of the labelled windows, for a learning curve")
    a = ap.parse_args()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    windows = torch.load(a.windows, weights_only=False)
    windows["claims"] = windows["claims"][: int(len(windows["claims"]) * a.share)]
    torch.manual_seed(a.seed)  # the heads begin at random
    net = Tagger(SHAPES[a.shape], a.drop)
    if a.init:
        net.load_state_dict({k: v.float() for k, v in torch.load(a.init).items()})
    else:
        load_base(net, a.base / "model.safetensors")
    teachers = [load_teacher(p, device) for p in a.teachers]
    plan = Plan(
        a.epochs, a.rate, a.head_rate, a.tokens, a.seed, a.keep_polnear, a.keep_plain, a.taught, tuple(a.untaught),
        taught_share=a.taught_share, seconds=a.seconds, hidden=a.hidden,
    )  # fmt: skip
    train(net.to(device), windows, plan, teachers, device)
    print(a.out.name, figures(net, windows["held"], windows["polnear_dev"], device), flush=True)
    torch.save({k: v.half() for k, v in net.cpu().state_dict().items()}, a.out)


def load_teacher(path: Path, device: str) -> Tagger:
    saved = torch.load(path)
    net = Tagger(MPNET if "relative.weight" in saved else MINILM)
    net.load_state_dict({k: v.float() for k, v in saved.items()})
    return net.to(device).eval()


if __name__ == "__main__":
    main()
