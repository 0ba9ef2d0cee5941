"""Windows to batches: padded ids, and targets laid out for the losses."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass

import torch

from data import Example, Link
from net import PADDING
from sayso.text.heads import DECISIONS, KINDS, ROLES, SLOTS

CUE_ROLES = ("source", "content")


@dataclass
class Pool:
    """Groups of tokens (anchors, cues) over a batch: the batch row of each group [N], and for each
    of their tokens its flat place in the batch [M] and its group [M]."""

    row: torch.Tensor
    token: torch.Tensor
    group: torch.Tensor

    def mean(self, columns: torch.Tensor) -> torch.Tensor:
        """[N, D] means over each group's tokens of `columns` [B, T, D]."""
        flat = columns.reshape(-1, columns.shape[-1])[self.token]
        total = torch.zeros(len(self.row), flat.shape[1], device=flat.device, dtype=flat.dtype)
        count = torch.zeros(len(self.row), device=flat.device, dtype=flat.dtype)
        total.index_add_(0, self.group, flat)
        count.index_add_(0, self.group, torch.ones_like(self.group, dtype=flat.dtype))
        return total / count[:, None].clamp(min=1)


@dataclass
class Targets:
    """What a batch should come out as; hard labels are 0 and 1, a teacher's are in between.

    `tags` [B, T, roles, 3]; `anchors` [2, B, T, kinds] for begin and inside; `slots` [N, slots, T]
    and `slot_known` [N, slots] by claim anchor; `cue_roles` [C, 2, T] by cue; `decisions` by name
    [N, classes]; `evidence` [N, T] weights that sum to 1. Rows that a corpus does not annotate are
    0 in `tagged` and `claimed` [B].
    """

    tagged: torch.Tensor
    claimed: torch.Tensor
    tags: torch.Tensor
    anchors: torch.Tensor
    cues: Pool
    cue_roles: torch.Tensor
    claims: Pool
    slots: torch.Tensor
    slot_known: torch.Tensor
    evidence: torch.Tensor
    decisions: dict[str, torch.Tensor]


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


def padded(batch: list[Example], device: str) -> tuple[torch.Tensor, torch.Tensor]:
    width = max(len(e.ids) for e in batch)
    ids = torch.full((len(batch), width), PADDING, dtype=torch.long)
    for i, e in enumerate(batch):
        ids[i, : len(e.ids)] = torch.tensor(e.ids)
    ids = ids.to(device, non_blocking=True)
    return ids, (ids != PADDING).float()


def pool(links: Iterable[tuple[int, Link]], width: int, device: str) -> Pool:
    rows, tokens, groups = [], [], []
    for n, (i, k) in enumerate(links):
        rows.append(i)
        tokens += [i * width + t for t in k.anchor]
        groups += [n] * len(k.anchor)
    return Pool(*(torch.tensor(x, dtype=torch.long, device=device) for x in (rows, tokens, groups)))


def filled(shape: tuple[int, ...], ones: list[tuple[int, ...]], device: str) -> torch.Tensor:
    """Zeros with ones at the given places."""
    out = torch.zeros(shape, device=device)
    if ones:
        out[tuple(torch.tensor(ones, dtype=torch.long, device=device).T)] = 1
    return out


def targets(batch: list[Example], width: int, device: str) -> Targets:
    """The hard targets of labelled windows."""
    size = len(batch)
    tags = torch.zeros(size, width, len(ROLES), dtype=torch.long)
    anchors = torch.zeros(2, size, width, len(KINDS), device=device)
    for i, e in enumerate(batch):
        if e.tags is not None:
            tags[i, : len(e.ids)] = e.tags
        if e.begin is not None and e.inside is not None:
            for n, marks in enumerate((e.begin, e.inside)):
                where = marks.nonzero()
                anchors[n, i, where[:, 0].to(device), where[:, 1].to(device)] = 1
    cues = [(i, k) for i, e in enumerate(batch) for k in e.cues]
    claims = [(i, k) for i, e in enumerate(batch) for k in e.claims]
    cue_roles = filled(
        (len(cues), len(CUE_ROLES), width),
        [(n, r, t) for n, (_, k) in enumerate(cues) for r, role in enumerate(CUE_ROLES) for t in k.targets[role]],
        device,
    )
    slots = filled(
        (len(claims), len(SLOTS), width),
        [(n, s, t) for n, (_, k) in enumerate(claims) for s, x in enumerate(SLOTS) for t in k.targets.get(x, ())],
        device,
    )
    known = filled(
        (len(claims), len(SLOTS)),
        [(n, s) for n, (_, k) in enumerate(claims) for s, slot in enumerate(SLOTS) if slot in k.targets],
        device,
    )
    words = [(n, t) for n, (_, k) in enumerate(claims) for t in k.targets.get("evidence") or k.anchor]
    evidence = filled((len(claims), width), words, device)
    evidence = evidence / evidence.sum(-1, keepdim=True).clamp(min=1)
    decisions = {}
    for name, classes in DECISIONS.items():
        gold = torch.tensor([k.classes[name] for _, k in claims], dtype=torch.long)
        one_hot = torch.nn.functional.one_hot(gold, classes).float() if classes > 1 else gold[:, None].float()
        decisions[name] = one_hot.to(device)
    return Targets(
        tagged=torch.tensor([float(e.tags is not None) for e in batch]).to(device),
        claimed=torch.tensor([float(e.begin is not None) for e in batch]).to(device),
        tags=torch.nn.functional.one_hot(tags.to(device), 3).float(), anchors=anchors,
        cues=pool(cues, width, device), cue_roles=cue_roles,
        claims=pool(claims, width, device), slots=slots, slot_known=known,
        evidence=evidence, decisions=decisions,
    )  # fmt: skip
