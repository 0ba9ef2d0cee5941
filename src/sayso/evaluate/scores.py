"""Counting agreements over documents into precision, recall and F1."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sayso.evaluate.agreement import AGREEMENTS, same_name, stated
from sayso.model import Span

Ledger = Mapping[str, Any]
T = TypeVar("T")
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

    Claims pair one to one where kinds are equal and the evidence overlaps by half of the shorter,
    those that agree on most slots first. A slot's value is right only in a paired claim.
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
    a, b = g.get("claims") or [], p.get("claims") or []
    flat = _Flat(g["text"])
    spans = {id(c): flat.evidence(c) for c in (*a, *b)}

    def possible(x: Ledger, y: Ledger) -> bool:
        return bool(x["kind"] == y["kind"]) and _half_shared(spans[id(x)], spans[id(y)])

    def merit(x: Ledger, y: Ledger) -> int:
        return sum(agree(x, y) for s, agree in AGREEMENTS.items() if stated(x, s) and stated(y, s))

    paired = pairs(a, b, possible, merit)
    scores.rows["claim"].add(len(paired), len(a), len(b))
    for slot, agree in AGREEMENTS.items():
        right = sum(stated(a[i], slot) and stated(b[j], slot) and agree(a[i], b[j]) for i, j in paired)
        scores.rows[slot].add(right, sum(stated(c, slot) for c in a), sum(stated(c, slot) for c in b))


def pairs(
    a: Sequence[T], b: Sequence[T], possible: Callable[[T, T], bool], merit: Callable[[T, T], int]
) -> list[tuple[int, int]]:
    """A greedy one-to-one pairing, highest merit first, then text order."""
    edges = [(-merit(x, y), i, j) for i, x in enumerate(a) for j, y in enumerate(b) if possible(x, y)]
    out: list[tuple[int, int]] = []
    for _, i, j in sorted(edges):
        if all(i != m and j != n for m, n in out):
            out.append((i, j))
    return out


def _half_shared(a: Span | None, b: Span | None) -> bool:
    if a is None or b is None:
        return False
    shared = min(a.end, b.end) - max(a.start, b.start)
    return shared >= 0.5 * max(1, min(a.end - a.start, b.end - b.start))


class _Flat:
    """A text without white space, to find quotations whose white space was changed."""

    def __init__(self, text: str) -> None:
        self._at = [i for i, ch in enumerate(text) if not ch.isspace()]
        self._flat = "".join(text[i] for i in self._at)

    def evidence(self, claim: Ledger) -> Span | None:
        """A claim's evidence: its stated span, else the first place of its words."""
        given = claim.get("evidence_span")
        if given:
            return Span(*given)
        words = "".join(str(claim.get("evidence") or "").split())
        at = self._flat.find(words) if words else -1
        return None if at < 0 else Span(self._at[at], self._at[at + len(words) - 1] + 1)


def table(scores: Scores) -> str:
    """The rows as an aligned table, the overall figure last."""
    lines = [f"{scores.documents} documents", f"{'':14}{'P':>7}{'R':>7}{'F1':>7}{'tp':>7}{'fp':>6}{'fn':>6}"]
    for name, c in scores.rows.items():
        lines.append(f"{name:14}{c.precision:7.3f}{c.recall:7.3f}{c.f1:7.3f}{c.tp:7}{c.fp:6}{c.fn:6}")
    return "\n".join([*lines, f"{'overall':28}{scores.overall:7.3f}"])
