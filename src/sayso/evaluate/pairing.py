"""Which predicted claim is which gold claim."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sayso.evaluate.agreement import AGREEMENTS, stated
from sayso.model import Span

Ledger = Mapping[str, Any]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Paired:
    """A document's gold and predicted claims, each with its evidence's span (None where its words are
    not in the text), and the pairs of indices that are one claim, in order."""

    gold: Sequence[Ledger]
    found: Sequence[Ledger]
    gold_spans: Sequence[Span | None]
    found_spans: Sequence[Span | None]
    pairs: Sequence[tuple[int, int]]

    @property
    def missed(self) -> list[int]:
        """The gold claims that nothing predicted is, in order."""
        known = {i for i, _ in self.pairs}
        return [i for i in range(len(self.gold)) if i not in known]

    @property
    def invented(self) -> list[int]:
        """The predicted claims that are no gold claim, in order."""
        known = {j for _, j in self.pairs}
        return [j for j in range(len(self.found)) if j not in known]


def paired(gold: Ledger, found: Ledger) -> Paired:
    """Pairs the claims of two ledgers of one document in JSON form; `gold` holds the text.

    Claims pair one to one where kinds are equal and the evidence overlaps by half of the shorter,
    those that agree on most slots first.
    """
    a, b = gold.get("claims") or [], found.get("claims") or []
    flat = _Flat(gold["text"])
    gold_spans, found_spans = [flat.evidence(c) for c in a], [flat.evidence(c) for c in b]
    spans = {id(c): s for c, s in zip((*a, *b), (*gold_spans, *found_spans), strict=True)}

    def possible(x: Ledger, y: Ledger) -> bool:
        return bool(x["kind"] == y["kind"]) and half_shared(spans[id(x)], spans[id(y)])

    def merit(x: Ledger, y: Ledger) -> int:
        return sum(agree(x, y) for s, agree in AGREEMENTS.items() if stated(x, s) and stated(y, s))

    return Paired(a, b, gold_spans, found_spans, sorted(pairs(a, b, possible, merit)))


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


def half_shared(a: Span | None, b: Span | None) -> bool:
    """Whether two spans overlap by at least half of the shorter."""
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
