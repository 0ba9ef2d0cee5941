"""What went wrong, case by case: claims missed and invented, values that differ, with their sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from sayso.evaluate.agreement import AGREEMENTS, stated
from sayso.evaluate.confusion import LABELLED, label, taken_for
from sayso.evaluate.pairing import Ledger, Paired, paired
from sayso.evaluate.values import value
from sayso.model import Span, hull
from sayso.text.sentences import sentences

LONGEST = 900  # characters of a sentence around what is marked in it


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A claim's sentence in pieces, each with what it is evidence of: "gold", "found", "both" or "".

    `key` names it within a report; `document` is the article's id.
    """

    key: str
    document: str
    pieces: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Error:
    """One value or claim that differs. `sure` is the confidence it was given, if it was."""

    gold: str
    found: str
    excerpt: Excerpt
    sure: float | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Errors of one sort: in which slot ("claim" for whole claims), and in words what."""

    slot: str
    what: str
    errors: tuple[Error, ...]


def errors(gold: Iterable[Ledger], found: Mapping[str, Ledger]) -> list[Group]:
    """All errors in claims by sort, the most frequent first; in a sort, in the order of the texts."""
    groups: dict[tuple[str, str], list[Error]] = defaultdict(list)
    for number, g in enumerate(gold):
        for slot, what, error in _of(number, g, paired(g, found.get(g["id"], {}))):
            groups[slot, what].append(error)
    ordered = sorted(groups.items(), key=lambda x: (-len(x[1]), x[0]))
    return [Group(slot, what, tuple(e)) for (slot, what), e in ordered]


def _of(number: int, g: Ledger, p: Paired) -> Iterator[tuple[str, str, Error]]:
    cut = _Cutter(f"e{number}", g)
    for i, j in p.pairs:
        a, b = p.gold[i], p.found[j]
        wrong = [slot for slot in AGREEMENTS if _differs(a, b, slot)]
        if wrong:
            excerpt = cut(p.gold_spans[i], p.found_spans[j])
            for slot in wrong:
                yield slot, _sort(a, b, slot), Error(value(a, slot), value(b, slot), excerpt, _sure(b, slot))
    taken = taken_for(p)
    for i, j in taken:
        a, b = p.gold[i], p.found[j]
        kinds = f"{value(a, 'kind')} read as {value(b, 'kind')}"
        yield "claim", kinds, Error(_said(a), _said(b), cut(p.gold_spans[i], p.found_spans[j]), _sure(b, "claim"))
    for i in p.missed:
        if i not in {i for i, _ in taken}:
            a = p.gold[i]
            yield "claim", f"missed {value(a, 'kind')}", Error(_said(a), "", cut(p.gold_spans[i], None))
    for j in p.invented:
        if j not in {j for _, j in taken}:
            b = p.found[j]
            error = Error("", _said(b), cut(None, p.found_spans[j]), _sure(b, "claim"))
            yield "claim", f"invented {value(b, 'kind')}", error


def _differs(a: Ledger, b: Ledger, slot: str) -> bool:
    there, here = stated(a, slot), stated(b, slot)
    return (there or here) and not (there and here and AGREEMENTS[slot](a, b))


def _sort(a: Ledger, b: Ledger, slot: str) -> str:
    if slot in LABELLED:
        return f"{label(a, slot)} read as {label(b, slot)}".replace("_", " ")
    if not stated(b, slot):
        return "not found"
    return "another value" if stated(a, slot) else "not in the gold"


def _said(c: Ledger) -> str:
    """A claim on one line: who, what, to whom."""
    return " · ".join((value(c, "supplier"), value(c, "item"), value(c, "recipient")))


def _sure(claim: Ledger, slot: str) -> float | None:
    sure = (claim.get("confidence") or {}).get(slot)
    return float(sure) if isinstance(sure, int | float) else None


class _Cutter:
    """Cuts one document's sentences out, and numbers them."""

    def __init__(self, prefix: str, ledger: Ledger) -> None:
        self._prefix, self._id, self._text = prefix, str(ledger["id"]), str(ledger["text"])
        self._sentences = sentences(self._text)
        self._made = 0

    def __call__(self, gold: Span | None, found: Span | None) -> Excerpt:
        self._made += 1
        spans = [s for s in (gold, found) if s]
        return Excerpt(f"{self._prefix}-{self._made}", self._id, self._pieces(gold, found, spans))

    def _pieces(self, gold: Span | None, found: Span | None, spans: list[Span]) -> tuple[tuple[str, str], ...]:
        if not spans:
            return ()
        marked = hull(spans)
        around = hull([marked, *(s for s in self._sentences if s.overlaps(marked))])
        whole = Span(max(around.start, marked.start - LONGEST // 2), min(around.end, marked.end + LONGEST // 2))
        cuts = sorted({*whole, *(x for s in spans for x in s)})
        out = []
        for a, b in pairwise(cuts):
            here = Span(a, b)
            of = [name for name, s in (("gold", gold), ("found", found)) if s and s.overlaps(here)]
            out.append((here.of(self._text), "both" if len(of) > 1 else of[0] if of else ""))
        return tuple(out)
