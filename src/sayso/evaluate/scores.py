"""Counting agreements over documents into precision, recall and F1."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sayso.evaluate.agreement import AGREEMENTS, same_name, stated
from sayso.evaluate.pairing import Ledger, paired, pairs

ROWS: tuple[str, ...] = ("claim", *AGREEMENTS, "response", "origin")


@dataclass(slots=True)
class Count:
    """True positives, false positives and false negatives of one slot."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    @property
    def precision(self) -> float:
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else 0.0

    @property
    def recall(self) -> float:
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.tp / (2 * self.tp + self.fp + self.fn) if self.tp else 0.0

    def add(self, paired: int, gold: int, predicted: int) -> None:
        self.tp += paired
        self.fn += gold - paired
        self.fp += predicted - paired


@dataclass(slots=True)
class Scores:
    """One `Count` by row: claim, the slots, response, origin."""

    documents: int = 0
    rows: dict[str, Count] = field(default_factory=lambda: {r: Count() for r in ROWS})

    @property
    def overall(self) -> float:
        """The unweighted mean of the rows' F1."""
        return sum(c.f1 for c in self.rows.values()) / len(self.rows)

    def as_dict(self) -> dict[str, Any]:
        rows = {
            name: {"precision": c.precision, "recall": c.recall, "f1": c.f1, "tp": c.tp, "fp": c.fp, "fn": c.fn}
            for name, c in self.rows.items()
        }
        return {"documents": self.documents, "overall": self.overall, "rows": rows}


def evaluate(gold: Sequence[Ledger], predicted: Mapping[str, Ledger]) -> Scores:
    """Compares ledgers in JSON form; `predicted` is by document id, a missing one counts as empty.

    A slot's value is right only in a paired claim (see `pairing`).
    """
    scores = Scores(documents=len(gold))
    for g in gold:
        p = predicted.get(g["id"], {})
        _count_claims(g, p, scores)
        _count(scores.rows["response"], g, p, "responses", _same_response)
        _count(scores.rows["origin"], g, p, "origins", lambda a, b: same_name(a["name"], b["name"]))
    return scores


def _same_response(a: Ledger, b: Ledger) -> bool:
    return bool(a["type"] == b["type"]) and same_name(a["responder"], b["responder"])


def _count(row: Count, g: Ledger, p: Ledger, key: str, same: Callable[[Ledger, Ledger], bool]) -> None:
    a, b = g.get(key) or [], p.get(key) or []
    row.add(len(pairs(a, b, same, lambda x, y: 1)), len(a), len(b))


def _count_claims(g: Ledger, p: Ledger, scores: Scores) -> None:
    found = paired(g, p)
    a, b = found.gold, found.found
    scores.rows["claim"].add(len(found.pairs), len(a), len(b))
    for slot, agree in AGREEMENTS.items():
        right = sum(stated(a[i], slot) and stated(b[j], slot) and agree(a[i], b[j]) for i, j in found.pairs)
        scores.rows[slot].add(right, sum(stated(c, slot) for c in a), sum(stated(c, slot) for c in b))


def table(scores: Scores) -> str:
    """The rows as an aligned table, the overall figure last."""
    lines = [f"{scores.documents} documents", f"{'':14}{'P':>7}{'R':>7}{'F1':>7}{'tp':>7}{'fp':>6}{'fn':>6}"]
    for name, c in scores.rows.items():
        lines.append(f"{name:14}{c.precision:7.3f}{c.recall:7.3f}{c.f1:7.3f}{c.tp:7}{c.fp:6}{c.fn:6}")
    return "\n".join([*lines, f"{'overall':28}{scores.overall:7.3f}"])
