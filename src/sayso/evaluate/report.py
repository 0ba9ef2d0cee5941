"""The report of a comparison: one HTML file that needs nothing else, and the same figures as JSON.

Its browser is told by a Content-Security-Policy to load nothing and to run no script.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sayso.errors import InputError
from sayso.evaluate.confusion import NONE, Confusion, confusions
from sayso.evaluate.diagram import Diagram, diagram
from sayso.evaluate.errors import Excerpt, Group, errors
from sayso.evaluate.pairing import Ledger
from sayso.evaluate.reliability import Reliability, reliabilities
from sayso.evaluate.rendering import asset, environment
from sayso.evaluate.scores import ROWS, evaluate

EXAMPLES = 25  # of one sort of error that are shown
MOST_SORTS = 30  # in the list by count
_HEAT = 9  # steps of colour


@dataclass(frozen=True, slots=True)
class Cell:
    """A count in a table; `heat` 0 to 9 of the row's sum, `right` on the diagonal."""

    count: int
    heat: int
    right: bool
    title: str


@dataclass(frozen=True, slots=True)
class Heat:
    """A confusion table as it is shown: each gold label with its row of cells and its sum."""

    name: str
    labels: list[str]
    rows: list[tuple[str, list[Cell], int]]
    right: int
    total: int


@dataclass(frozen=True, slots=True)
class Sort:
    """A group of errors with the place it is shown at, the share of its slot's errors, and what is
    shown of it."""

    key: str
    slot: str
    group: Group
    share: float
    shown: list[Any]


def figures(gold: Sequence[Ledger], found: Mapping[str, Ledger]) -> dict[str, Any]:
    """Scores, confusion tables, reliability, and errors counted by sort, as plain JSON."""
    return evaluate(gold, found).as_dict() | {
        "confusion": {slot: c.as_dict() for slot, c in confusions(gold, found).items()},
        "reliability": {slot: r.as_dict() for slot, r in reliabilities(gold, found).items()},
        "errors": [{"slot": g.slot, "what": g.what, "count": len(g.errors)} for g in errors(gold, found)],
    }


def write_report(gold: Sequence[Ledger], found: Mapping[str, Ledger], out: Path, name: str = "") -> Path:
    """Writes the report to a file. Raises `InputError` where it cannot be written."""
    html = report(gold, found, name)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(html, encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError(str(out), error.strerror or "not written", "a file that can be written") from None
    return out


def report(gold: Sequence[Ledger], found: Mapping[str, Ledger], name: str = "") -> str:
    """The report as a page; `name` says what was compared."""
    sorts = _sorts(errors(gold, found))
    sure = reliabilities(gold, found)
    style = asset("page.css") + asset("report.css")
    policy = f"default-src 'none'; style-src '{_digest(style)}'; base-uri 'none'; form-action 'none'"
    scores = evaluate(gold, found)
    return environment().get_template("report.html").render(
        style=style, script="", policy=policy, name=name, scores=scores,
        claims=sum(len(g.get("claims") or []) for g in gold),
        predicted=sum(len((found.get(g["id"]) or {}).get("claims") or []) for g in gold),
        sorts=sorts, leading=sorts[:MOST_SORTS], most=max((len(s.group.errors) for s in sorts), default=1),
        slots=[(slot, [s for s in sorts if s.slot == slot]) for slot in ROWS if any(s.slot == slot for s in sorts)],
        excerpts=_excerpts(sorts), heats=[_heat(slot, c) for slot, c in confusions(gold, found).items()],
        reliability=[(slot, r, _drawn(r, slot)) for slot, r in sure.items()],
    )  # fmt: skip


def _drawn(found: Reliability, slot: str) -> Diagram:
    return diagram(found, slot.replace("_", " "))


def _sorts(groups: Sequence[Group]) -> list[Sort]:
    of = {g.slot: sum(len(x.errors) for x in groups if x.slot == g.slot) for g in groups}
    return [
        Sort(f"g{n}", g.slot, g, len(g.errors) / of[g.slot], list(g.errors[:EXAMPLES])) for n, g in enumerate(groups)
    ]


def _excerpts(sorts: Sequence[Sort]) -> list[tuple[Excerpt, list[Sort]]]:
    """The sentences of the slots' errors that are shown, each once, with what is wrong in it."""
    out: dict[str, tuple[Excerpt, list[Sort]]] = {}
    for s in sorts:
        if s.slot != "claim":
            for e in s.shown:
                out.setdefault(e.excerpt.key, (e.excerpt, []))[1].append(s)
    return [out[key] for key in sorted(out, key=lambda k: tuple(map(int, k[1:].split("-"))))]


def _heat(slot: str, table: Confusion) -> Heat:
    labels = [x.replace("_", " ") for x in table.labels]
    rows = []
    for gold, name, counts in zip(table.labels, labels, table.counts, strict=True):
        total = sum(counts)
        cells = [
            Cell(
                n, round(_HEAT * n / total) if total else 0, gold == other != NONE,
                f"{name} read as {other.replace('_', ' ')}: {n} of {total}",
            )
            for n, other in zip(counts, table.labels, strict=True)
        ]  # fmt: skip
        rows.append((name, cells, total))
    right = sum(table.counts[i][i] for i, x in enumerate(table.labels) if x != NONE)
    return Heat(slot, labels, rows, right, sum(map(sum, table.counts)))


def _digest(source: str) -> str:
    """A source expression of the policy for an inline style."""
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode("ascii")
