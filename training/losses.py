"""The losses of a batch by head, and a teacher's output as targets."""

from __future__ import annotations

import torch
from torch.nn import functional as F

from batches import CUE_ROLES, Pool, Targets
from net import columns
from sayso.text.heads import AT_TRIGGER, DECISIONS, KINDS, LAYOUT, LINK_DIM, ROLES, SLOT_BIAS, SLOTS

POSITIVE = 1.5  # weight of an anchor's tokens, which are few
SPARE = 5.0  # added to the number of tokens that share a slot's loss: an empty slot counts a fifth


def link_scores(out: torch.Tensor, pool: Pool, pairs: list[tuple[str, str]]) -> torch.Tensor:
    """[N, pairs, T]: scaled dot products of a group's mean in one projection with every token of
    its window in another."""
    near = torch.stack([pool.mean(columns(out, a)) for a, _ in pairs], 1)
    far = torch.stack([columns(out, b) for _, b in pairs], 2)
    return torch.einsum("npd,ntpd->npt", near, far[pool.row]) / LINK_DIM**0.5


def cue_scores(out: torch.Tensor, pool: Pool) -> torch.Tensor:
    return link_scores(out, pool, [(f"cue_{r}", f"token_{r}") for r in CUE_ROLES])


def slot_scores(out: torch.Tensor, pool: Pool) -> torch.Tensor:
    return link_scores(out, pool, [(f"anchor_{s}", f"slot_{s}") for s in SLOTS]) + SLOT_BIAS


def decision(out: torch.Tensor, pool: Pool, evidence: torch.Tensor, head: str, slots: torch.Tensor) -> torch.Tensor:
    """A head's logits at the item plus those over the evidence's words and, for some, over the words
    that the trigger's pointer picks; `slots` are the `slot_scores`."""
    weight = evidence
    if head in AT_TRIGGER:
        picked = slots[:, SLOTS.index("trigger")].sigmoid() ** 2
        weight = weight + picked / picked.sum(-1, keepdim=True).clamp(min=1e-6)
    there = torch.einsum("nt,ntd->nd", weight, columns(out, f"evidence_{head}")[pool.row])
    return pool.mean(columns(out, head)) + there


def soft_cross_entropy(logits: torch.Tensor, gold: torch.Tensor) -> torch.Tensor:
    """Per row; for a head of one column the binary form."""
    if logits.shape[-1] == 1:
        return F.binary_cross_entropy_with_logits(logits, gold, reduction="none")[..., 0]
    return -(gold * F.log_softmax(logits, -1)).sum(-1)


def losses(out: torch.Tensor, mask: torch.Tensor, t: Targets) -> dict[str, torch.Tensor]:
    """Mean losses by head over the rows that are annotated for it; `out` [B, T, WIDTH]."""
    found: dict[str, torch.Tensor] = {}
    tagged, claimed = mask * t.tagged[:, None], mask * t.claimed[:, None]
    if t.any_tagged:
        each = sum(soft_cross_entropy(columns(out, f"tag_{r}"), t.tags[:, :, i]) for i, r in enumerate(ROLES))
        found["tags"] = (each * tagged).sum() / tagged.sum()
        if len(t.cues.row):
            each = F.binary_cross_entropy_with_logits(cue_scores(out, t.cues), t.cue_roles, reduction="none")
            there = mask[t.cues.row][:, None]
            found["cues"] = 4 * ((each * there).sum(-1) / there.sum(-1)).mean()
    if t.any_claimed:
        rows = t.claimed.sum()
        for i, head in enumerate(("begin", "inside")):
            each = F.binary_cross_entropy_with_logits(
                columns(out, head), t.anchors[i], reduction="none",
                pos_weight=torch.full((len(KINDS),), POSITIVE, device=out.device),
            )  # fmt: skip
            found[head] = (each * claimed[:, :, None]).sum() / rows / 20
        if len(t.claims.row):
            here = mask[t.claims.row][:, None]
            pointed = slot_scores(out, t.claims).masked_fill(here == 0, -30.0)
            each = F.binary_cross_entropy_with_logits(pointed, t.slots, reduction="none")
            shared = (each * here).sum(-1) / (t.slots.sum(-1) + SPARE)
            found["slots"] = 4 * (shared * t.slot_known).sum() / t.slot_known.sum().clamp(min=1)
            for head in DECISIONS:
                logits = decision(out, t.claims, t.evidence, head, pointed)
                found[head] = soft_cross_entropy(logits, t.decisions[head]).mean()
    return found


# ---- distillation -------------------------------------------------------------------------------


def runs(on: torch.Tensor) -> Pool:
    """Maximal runs of true tokens in each row of each channel of `on` [B, T, C], as groups."""
    b, t, c = on.shape
    flat = on.permute(0, 2, 1)
    first = flat & ~F.pad(flat, (1, 0))[..., :-1]
    number = first.reshape(-1).long().cumsum(0).reshape(flat.shape) - 1
    rows = torch.arange(b, device=on.device)[:, None, None].expand(b, c, t)
    places = torch.arange(t, device=on.device)
    return Pool(rows[first], (rows * t + places)[flat], number[flat])


def taught(outs: list[torch.Tensor], mask: torch.Tensor) -> Targets:
    """The mean of several teachers' outputs on a batch as targets for a student."""
    with torch.no_grad():
        mean = lambda f: torch.stack([f(o) for o in outs]).mean(0)  # noqa: E731
        real = mask[:, :, None]
        tags = mean(lambda o: torch.stack([columns(o, f"tag_{r}").softmax(-1) for r in ROLES], 2))
        anchors = mean(lambda o: torch.stack([columns(o, h).sigmoid() for h in ("begin", "inside")]))
        claims = runs((anchors[1] >= 0.4) & real.bool())
        cues = runs((tags[:, :, 1, :1] < 0.5) & real.bool())
        scores = [slot_scores(o, claims) for o in outs] if len(claims.row) else []
        slots = torch.stack([s.sigmoid() for s in scores]).mean(0) if scores else torch.zeros(0, len(SLOTS), 1)
        evidence = torch.zeros(0, 1, device=mask.device)
        if len(claims.row):
            slots = slots * mask[claims.row][:, None]
            evidence = (slots[:, SLOTS.index("evidence")] >= 0.5).float()
            at_anchor = torch.zeros_like(evidence)
            at_anchor[claims.group, claims.token % mask.shape[1]] = 1
            evidence = torch.maximum(evidence, at_anchor)
            evidence = evidence / evidence.sum(-1, keepdim=True)

        def decided(head: str) -> torch.Tensor:
            logits = [decision(o, claims, evidence, head, s) for o, s in zip(outs, scores, strict=True)]
            binary = LAYOUT[head][1] - LAYOUT[head][0] == 1
            return torch.stack([x.sigmoid() if binary else x.softmax(-1) for x in logits]).mean(0)

        return Targets(
            any_tagged=True, any_claimed=True, tagged=torch.ones(len(mask), device=mask.device), claimed=torch.ones(len(mask), device=mask.device),
            tags=tags, anchors=anchors,
            cues=cues, cue_roles=mean(lambda o: cue_scores(o, cues).sigmoid()) if len(cues.row) else tags[:0],
            claims=claims, slots=slots, slot_known=torch.ones(slots.shape[:2], device=mask.device),
            evidence=evidence, decisions={h: decided(h) for h in DECISIONS} if len(claims.row) else {},
        )  # fmt: skip
