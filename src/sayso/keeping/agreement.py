"""How far two reviewers agree who decided on the same claims without seeing each other's verdict.

Cohen's kappa is (observed - expected) / (1 - expected), where the agreement expected by chance comes
from how often each reviewer gives each answer (J. Cohen, A coefficient of agreement for nominal
scales, Educational and Psychological Measurement 20, 1960).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from sayso.keeping.docket import DECISIONS, Docket
from sayso.keeping.judge import slots
from sayso.keeping.verdicts import EDIT, EDITABLE, REJECT, is_blind
from sayso.model import Claim
from sayso.store import Verdict
from sayso.store.codec import Json

ACTION = "action"


@dataclass(frozen=True, slots=True)
class Opinions:
    """Two verdicts on one claim; the second was given without sight of the first."""

    claim: str
    first: Verdict
    second: Verdict


@dataclass(frozen=True, slots=True)
class Agreement:
    """On one question (the action, or a slot's value): how many claims both answered, on how many they
    gave the same answer, and kappa; None where no disagreement was to be expected."""

    what: str
    claims: int
    same: int
    kappa: float | None

    @property
    def percent(self) -> float:
        return 100 * self.same / self.claims if self.claims else 0.0


def opinions(found: Docket) -> list[Opinions]:
    """Every pair in force: a blind verdict and that which stood when it was given."""
    out = []
    for claim in sorted(found.by_claim):
        for v in found.standing(claim, DECISIONS):
            beside = v.target.get("beside") if isinstance(v.target, dict) and is_blind(v) else None
            first = found.verdicts.get(beside) if isinstance(beside, int) else None
            if first is not None and first.undone_by is None:
                out.append(Opinions(claim, first, v))
    return out


def by_reviewers(pairs: Sequence[Opinions]) -> dict[tuple[str, str], list[Opinions]]:
    """The pairs of each two reviewers, whoever of them was first."""
    out: dict[tuple[str, str], list[Opinions]] = defaultdict(list)
    for one in pairs:
        a, b = sorted((one.first.who, one.second.who))
        out[a, b].append(one)
    return dict(sorted(out.items()))


def agreements(pairs: Sequence[Opinions]) -> list[Agreement]:
    """On the action, then slot by slot where neither rejected the claim. The two sides are the reviewers
    by name, since each has habits of his own."""
    sides = [sorted((one.first, one.second), key=lambda v: v.who) for one in pairs]
    found = [agreement(ACTION, [(a.action, b.action) for a, b in sides])]
    values = [(final(a), final(b)) for a, b in sides if REJECT not in (a.action, b.action)]
    return found + [agreement(slot, [(a[slot], b[slot]) for a, b in values]) for slot in EDITABLE]


def agreement(what: str, answers: Sequence[tuple[str, str]]) -> Agreement:
    """The agreement of two reviewers' answers to one question."""
    n, same = len(answers), sum(a == b for a, b in answers)
    one, two = (Counter(side) for side in zip(*answers, strict=True)) if answers else (Counter[str](), Counter[str]())
    chance = sum(one[answer] * two[answer] for answer in one)  # in n * n
    kappa = (n * same - chance) / (n * n - chance) if n * n > chance else None
    return Agreement(what, n, same, kappa)


def final(v: Verdict) -> dict[str, str]:
    """Each slot as the reviewer left it, its places in the text aside."""
    values: dict[str, Json] = {"evidence": [0, 0]}
    for part in (v.before, v.after if v.action == EDIT else None):
        values |= part if isinstance(part, dict) else {}
    claim = msgspec.convert(values, Claim)
    return {name: msgspec.json.encode(bare(value), order="sorted").decode() for name, value in slots(claim).items()}


def bare(value: Json) -> Json:
    """A value without its places in the text, all its numbers alike."""
    if isinstance(value, dict):
        return {k: bare(v) for k, v in value.items() if k != "span"}
    if isinstance(value, list):
        return [bare(v) for v in value]
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value
