"""Windows to batches: padded ids, and targets laid out for the losses."""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch.nn import functional as F

from data import Example
from net import PADDING
from sayso.text.heads import DECISIONS, KINDS, ROLES, SLOTS

Places = npt.NDArray[np.int64]
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

    any_tagged: bool
    any_claimed: bool
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


@dataclass
class Flat:
    """A window's ids and the places of its targets, as arrays: made once, put together by batch.

    Rows are (group, token) for the tokens of cues and claims, (group, channel, token) for what they
    point at, (begin or inside, token, kind) for anchors.
    """

    ids: Places
    tags: Places | None
    claimed: bool
    anchors: Places
    cue: Places
    cue_roles: Places
    claim: Places
    slots: Places
    known: Places
    evidence: Places
    classes: Places
    cues: int
    claims: int


def flat(e: Example) -> Flat:
    """The arrays of a window, kept with it."""
    held = getattr(e, "held", None)
    if isinstance(held, Flat):
        return held
    marks = [] if e.begin is None or e.inside is None else [
        (n, *where) for n, x in enumerate((e.begin, e.inside)) for where in x.nonzero().tolist()
    ]  # fmt: skip
    rows = lambda found, width: np.array(found, dtype=np.int64).reshape(-1, width)  # noqa: E731
    made = Flat(
        ids=np.array(e.ids, dtype=np.int64),
        tags=None if e.tags is None else e.tags.numpy().astype(np.int64),
        claimed=e.begin is not None,
        anchors=rows(marks, 3),
        cue=rows([(n, t) for n, k in enumerate(e.cues) for t in k.anchor], 2),
        cue_roles=rows(
            [(n, r, t) for n, k in enumerate(e.cues) for r, x in enumerate(CUE_ROLES) for t in k.targets[x]], 3
        ),
        claim=rows([(n, t) for n, k in enumerate(e.claims) for t in k.anchor], 2),
        slots=rows([(n, s, t) for n, k in enumerate(e.claims) for s, x in enumerate(SLOTS) for t in k.targets.get(x, ())], 3),
        known=rows([(n, s) for n, k in enumerate(e.claims) for s, x in enumerate(SLOTS) if x in k.targets], 2),
        evidence=rows([(n, t) for n, k in enumerate(e.claims) for t in k.targets.get("evidence") or k.anchor], 2),
        classes=rows([[k.classes[name] for name in DECISIONS] for k in e.claims], len(DECISIONS)),
        cues=len(e.cues), claims=len(e.claims),
    )  # fmt: skip
    e.held = made  # type: ignore[attr-defined]
    return made


def padded(batch: list[Example], device: str) -> tuple[torch.Tensor, torch.Tensor]:
    width = max(len(e.ids) for e in batch)
    ids = np.full((len(batch), width), PADDING, dtype=np.int64)
    for i, e in enumerate(batch):
        ids[i, : len(e.ids)] = flat(e).ids
    out = torch.from_numpy(ids).to(device, non_blocking=True)
    return out, (out != PADDING).float()


def stacked(parts: list[Places], shift: list[int]) -> Places:
    """Rows of all windows in one array, each window's groups numbered on from the last one's."""
    out = np.concatenate(parts)
    out[:, 0] += np.repeat(np.array(shift, dtype=np.int64), [len(p) for p in parts])
    return out


def filled(shape: tuple[int, ...], ones: Places, device: str) -> torch.Tensor:
    """Zeros with ones at the given places."""
    out = torch.zeros(shape, device=device)
    out[tuple(torch.from_numpy(ones.T.copy()).to(device))] = 1
    return out


def pool(parts: list[Places], counts: list[int], shift: list[int], width: int, device: str) -> Pool:
    tokens = stacked(parts, shift)
    row = np.repeat(np.arange(len(counts)), counts)
    to = lambda x: torch.from_numpy(np.ascontiguousarray(x)).to(device)  # noqa: E731
    return Pool(to(row), to(row[tokens[:, 0]] * width + tokens[:, 1]), to(tokens[:, 0]))


def targets(batch: list[Example], width: int, device: str) -> Targets:
    """The hard targets of labelled windows."""
    flats = [flat(e) for e in batch]
    size = len(batch)
    tags = np.zeros((size, width, len(ROLES)), dtype=np.int64)
    for i, f in enumerate(flats):
        if f.tags is not None:
            tags[i, : len(f.tags)] = f.tags
    cues, claims = [f.cues for f in flats], [f.claims for f in flats]
    before_cue = np.cumsum([0, *cues])[:-1].tolist()
    before_claim = np.cumsum([0, *claims])[:-1].tolist()
    here = np.concatenate([np.insert(f.anchors, 1, i, axis=1) for i, f in enumerate(flats)])
    evidence = filled((sum(claims), width), stacked([f.evidence for f in flats], before_claim), device)
    classes = torch.from_numpy(np.concatenate([f.classes for f in flats])).to(device)
    decisions = {
        name: F.one_hot(classes[:, i], n).float() if n > 1 else classes[:, i, None].float()
        for i, (name, n) in enumerate(DECISIONS.items())
    }
    return Targets(
        any_tagged=any(f.tags is not None for f in flats), any_claimed=any(f.claimed for f in flats),
        tagged=torch.tensor([float(f.tags is not None) for f in flats]).to(device),
        claimed=torch.tensor([float(f.claimed) for f in flats]).to(device),
        tags=F.one_hot(torch.from_numpy(tags).to(device), 3).float(),
        anchors=filled((2, size, width, len(KINDS)), here, device),
        cues=pool([f.cue for f in flats], cues, before_cue, width, device),
        cue_roles=filled((sum(cues), len(CUE_ROLES), width), stacked([f.cue_roles for f in flats], before_cue), device),
        claims=pool([f.claim for f in flats], claims, before_claim, width, device),
        slots=filled((sum(claims), len(SLOTS), width), stacked([f.slots for f in flats], before_claim), device),
        slot_known=filled((sum(claims), len(SLOTS)), stacked([f.known for f in flats], before_claim), device),
        evidence=evidence / evidence.sum(-1, keepdim=True).clamp(min=1), decisions=decisions,
    )  # fmt: skip
