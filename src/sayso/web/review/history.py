"""Who decided what and when, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from sayso.export import words
from sayso.keeping.docket import Docket
from sayso.keeping.verdicts import EDIT, GRADE, MERGE, SPLIT, is_blind
from sayso.store import Verdict
from sayso.store.codec import Json
from sayso.store.decisions import UNDO
from sayso.web.links import link
from sayso.web.review.desk import Reviewer, docket_of
from sayso.web.state import Reader

_CLAIMS = 6  # named of a verdict


@dataclass(frozen=True, slots=True)
class Change:
    """A slot's value before and after, in words."""

    slot: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One verdict. `undone`: the number of what took it back, with who did. `claims` with the addresses
    of their pages; `more` are not named."""

    number: int
    at: dt.datetime
    who: str
    action: str
    changes: tuple[Change, ...]
    grade: str
    note: str
    blind: bool
    claims: tuple[tuple[str, str], ...]
    more: int
    undoes: int | None
    undone: str

    @property
    def can_undo(self) -> bool:
        return not self.undone and self.action != UNDO


@dataclass(frozen=True, slots=True)
class History:
    """A page of all verdicts, the latest first. `hidden` are kept from a blind reviewer."""

    lines: tuple[HistoryLine, ...]
    who: str
    action: str
    people: tuple[str, ...]
    older: str
    hidden: int
    may: bool


def history(reader: Reader, me: Reviewer, who: str, action: str, before: int, size: int) -> History:
    """Verdicts of somebody, or of an action, numbered below `before` where it is not 0."""
    found = docket_of(reader)
    fits = [
        v
        for n, v in sorted(found.verdicts.items(), reverse=True)
        if (not before or n < before) and who in ("", v.who) and action in ("", v.action)
    ]
    shown = [v for v in fits if me.sees(v.id, found)]
    lines = tuple(history_line(v, found) for v in shown[:size])
    older = link("/review/history", who=who, action=action, before=lines[-1].number) if len(shown) > size else ""
    people = tuple(sorted({v.who for v in found.verdicts.values()}))
    return History(lines, who, action, people, older, len(fits) - len(shown), me.may)


def history_line(v: Verdict, found: Docket) -> HistoryLine:
    claims = found.claims.get(v.id, ())
    target = v.target if isinstance(v.target, dict) else {}
    undone = found.verdicts.get(v.undone_by) if v.undone_by is not None else None
    undoes = target.get("verdict")
    return HistoryLine(
        v.id, v.at, v.who, v.action, tuple(_changes(v)), _grade(v), words.visible(v.note or ""), is_blind(v),
        tuple((key, f"/review/claims/{key}") for key in claims[:_CLAIMS]), max(0, len(claims) - _CLAIMS),
        undoes if isinstance(undoes, int) else None,
        f"by {undone.who}, verdict {undone.id}" if undone is not None else "",
    )  # fmt: skip


def _changes(v: Verdict) -> Iterator[Change]:
    if v.action in (MERGE, SPLIT) and isinstance(v.before, dict):
        deals = v.before.get("deals")
        if isinstance(deals, dict):
            names = sorted({str(d) for d in deals.values() if d})
            yield Change("deals", ", ".join(names), "one deal" if v.action == MERGE else "apart")
    if v.action != EDIT or not isinstance(v.after, dict) or not isinstance(v.before, dict):
        return
    for slot, after in v.after.items():
        before = value(slot, v.before.get(slot))
        if before != value(slot, after):
            yield Change(words.SLOT.get(slot, slot), before, value(slot, after))


def _grade(v: Verdict) -> str:
    after = v.after if isinstance(v.after, dict) and v.action == GRADE else {}
    return f"{after.get('source', '')}{after.get('information', '')}"


def value(slot: str, found: Json) -> str:
    """A slot's value on one line, without its place in the text."""
    if found is None or found in ([], ""):
        return "not stated"
    if isinstance(found, bool):
        return "yes" if found else "no"
    if isinstance(found, dict):
        if "name" in found:
            rest = found.get("countries") or found.get("kind")
            said = " ".join(map(str, rest)) if isinstance(rest, list) else str(rest or "").replace("_", " ")
            return words.visible(f"{found['name']}{f' ({said})' if said else ''}")
        low, high = (found.get("min", found.get("start")), found.get("max", found.get("end")))
        unit = next((str(found[u]) for u in ("per", "currency", "unit") if found.get(u)), "")
        joined = _number(low) if low == high else f"{_number(low)} to {_number(high)}"
        return words.visible(f"{joined} {'per ' if found.get('per') else ''}{unit}".strip())
    if isinstance(found, list):
        return "; ".join(value(slot, one) for one in found)
    return words.visible(str(found).replace("_", " ") if slot != "item" else str(found))


def _number(found: Json) -> str:
    if found is None:
        return "…"
    return f"{found:,.15g}" if isinstance(found, int | float) else str(found)
