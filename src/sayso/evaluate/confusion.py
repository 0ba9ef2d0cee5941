"""Which label was read where another stood: a table for each slot of few labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sayso.evaluate.agreement import innermost
from sayso.evaluate.pairing import Ledger, Paired, half_shared, paired, pairs
from sayso.model import Basis, Category, Kind, Polarity, Stage, VoiceKind

NONE = "(none)"  # no claim on this side


@dataclass(frozen=True, slots=True)
class Confusion:
    """Counts by gold label (rows) and predicted label (columns), both in the order of `labels`."""

    labels: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]

    def as_dict(self) -> dict[str, Any]:
        return {"labels": list(self.labels), "counts": [list(row) for row in self.counts]}


def _text(key: str) -> Callable[[Ledger], str]:
    return lambda c: str(c.get(key) or "")


_LABEL: Mapping[str, Callable[[Ledger], str]] = {
    "kind": _text("kind"),
    "category": _text("category"),
    "stage": _text("stage"),
    "polarity": _text("polarity"),
    "hedged": lambda c: "hedged" if c.get("hedged") else "not hedged",
    "said_by_kind": lambda c: str(innermost(c)[1]),
    "basis": _text("basis"),
}
LABELLED = tuple(_LABEL)
_ORDER = (*Kind, *Category, *Stage, *Polarity, "not hedged", "hedged", "outlet_itself", *VoiceKind, *Basis)
_PLACE = {str(label): n for n, label in reversed(list(enumerate(_ORDER)))}


def label(claim: Ledger, slot: str) -> str:
    """A claim's label in a slot of few labels; empty where it gives none."""
    return _LABEL[slot](claim)


def confusions(gold: Iterable[Ledger], found: Mapping[str, Ledger]) -> dict[str, Confusion]:
    """A table by slot, over paired claims in which both sides give a label.

    `kind`, in which paired claims agree, is counted over all claims: those left over on both sides
    pair by their evidence alone, and what is left of either side then stands against `NONE`.
    """
    counted: dict[str, Counter[tuple[str, str]]] = {slot: Counter() for slot in LABELLED}
    for g in gold:
        p = paired(g, found.get(g["id"], {}))
        for slot in LABELLED:
            seen = [(label(p.gold[i], slot), label(p.found[j], slot)) for i, j in p.pairs]
            counted[slot].update((a, b) for a, b in seen if a and b)
        counted["kind"].update(_other_kinds(p))
    return {slot: _table(c) for slot, c in counted.items() if c}


def _other_kinds(p: Paired) -> list[tuple[str, str]]:
    missed, invented = p.missed, p.invented
    taken = taken_for(p)
    a, b = {i for i, _ in taken}, {j for _, j in taken}
    out = [(label(p.gold[i], "kind"), label(p.found[j], "kind")) for i, j in taken]
    out += [(label(p.gold[i], "kind"), NONE) for i in missed if i not in a]
    return out + [(NONE, label(p.found[j], "kind")) for j in invented if j not in b]


def taken_for(p: Paired) -> list[tuple[int, int]]:
    """Missed and invented claims on the same words: one claim read as one of another kind."""
    missed, invented = p.missed, p.invented

    def same_words(i: int, j: int) -> bool:
        return label(p.gold[i], "kind") != label(p.found[j], "kind") and half_shared(p.gold_spans[i], p.found_spans[j])

    return [(missed[i], invented[j]) for i, j in pairs(missed, invented, same_words, lambda i, j: 1)]


def _table(counts: Mapping[tuple[str, str], int]) -> Confusion:
    labels = _ordered({x for pair in counts for x in pair})
    return Confusion(labels, tuple(tuple(counts.get((a, b), 0) for b in labels) for a in labels))


def _ordered(labels: Iterable[str]) -> tuple[str, ...]:
    """Known labels as the model lists them, others after them, `NONE` last."""

    def place(x: str) -> tuple[int, str]:
        return (len(_PLACE) + 1 if x == NONE else _PLACE.get(x, len(_PLACE)), x)

    return tuple(sorted(labels, key=place))
