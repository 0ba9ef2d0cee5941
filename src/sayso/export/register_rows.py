"""What the registers of arms transfers ask of a deal: states, numbers and years, and how sure each is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sayso.export import figures
from sayso.export.places import country_names
from sayso.export.walk import Notes, Part, note_articles
from sayso.model import Claim, Deal, Interval, Kind, Polarity, Stage, Told

DELIVERING = (Stage.UNDERWAY, Stage.DONE)
MAKING = (Kind.TRANSFER, Kind.TECHNOLOGY_TRANSFER, Kind.PRODUCTION)
_LONGEST = 10  # years that are written one by one


class Figure(NamedTuple):
    """A number or years; `flag` is "?" for an estimate; `words` where a number does not say it all."""

    value: object = None
    flag: str = ""
    words: str = ""


def states(names: str, codes: Iterable[str]) -> list[str]:
    """The countries of a side by name; without any, the side's own name; without that, nothing."""
    found = [country_names().get(code, code) for code in codes]
    return found or ([names] if names else [])


def telling(part: Part, stages: Iterable[Stage] | None = None) -> list[Told]:
    """A deal's claims that say that something goes or is made, at these stages; not denials."""
    wanted = tuple(Stage if stages is None else stages)
    return [
        t for t in part.claims
        if t.claim.kind in MAKING and t.claim.polarity is Polarity.AFFIRMED and t.claim.stage in wanted
    ]  # fmt: skip


def ordered(part: Part, deal: Deal) -> Figure:
    """The number of items as most origins have it; an estimate where origins differ."""
    of = {t.key: t.claim for t in part.claims}
    stated = [v for v in deal.values if v.slot == "quantity"]
    claims = [of[key] for v in stated[:1] for key in v.claims if key in of]
    found = number(claims)
    return found._replace(flag="?") if len(stated) > 1 and found.value is not None else found


def number(claims: Iterable[Claim]) -> Figure:
    """The first number of items told, rates aside: its lower bound, or else its upper one. It is an
    estimate where it is a range, open or hedged, or another claim tells another number."""
    counted = [c for c in claims if c.quantity and c.quantity.per is None]
    if not counted or (q := counted[0].quantity) is None:
        return Figure()
    exact = q.min is not None and q.min == q.max
    alike = all(c.quantity and (c.quantity.min, c.quantity.max) == (q.min, q.max) for c in counted)
    flag = "" if exact and alike and not any(c.hedged for c in counted) else "?"
    return Figure(q.min if q.min is not None else q.max, flag, "" if exact else figures.quantity(q))


def years(tolds: Iterable[Told]) -> Figure:
    """The years of delivery. An estimate where they are several, open or hedged, where claims differ,
    or where nothing but the day of the report is known."""
    all_told = list(tolds)
    timed = [(t.claim.when, t.claim.hedged) for t in all_told if t.claim.when]
    if timed and timed[0][0]:
        when = timed[0][0]
        found = _years(when)
        alike = all(w is not None and _years(w) == found for w, _ in timed)
        sure = len(found) == 1 and when.start and when.end and alike and not any(hedged for _, hedged in timed)
        return Figure(_one(found), "" if sure else "?", figures.interval(when))
    said = [t.said.year for t in all_told if t.said]
    return Figure(min(said), "?", f"delivery reported in {min(said)}") if said else Figure()


def _years(when: Interval) -> list[int]:
    ends = [d.year for d in (when.start, when.end) if d]
    if len(ends) == 2 and 0 <= ends[1] - ends[0] < _LONGEST:
        return list(range(ends[0], ends[1] + 1))
    return list(dict.fromkeys(ends))


def _one(found: list[int]) -> object:
    return found[0] if len(found) == 1 else [str(year) for year in found]


def comments(part: Part, deal: Deal, *more: str) -> list[str]:
    """What a register's last column tells: how the deal stands, what is not settled, and the deal's
    key, by which everything else is found."""
    found = [
        *more,
        *_names(deal),
        ", ".join(s.standing.value for s in deal.standing),
        *(f"origins differ: {c}" for c in deal.conflicts),
    ]
    found += [f"value {v.value}" for v in deal.values if v.slot == "value"]
    rates = [t.claim.quantity for t in telling(part) if t.claim.quantity and t.claim.quantity.per]
    found += [figures.quantity(q) for q in rates]
    if any(t.claim.hedged for t in telling(part)):
        found.append("hedged in some reports")
    return [*dict.fromkeys(f for f in found if f), f"deal {deal.id}"]


def _names(deal: Deal) -> list[str]:
    """The names of parties that a country stands for in the row."""
    sides = (
        ("supplier", deal.supplier, deal.supplier_countries),
        ("recipient", deal.recipient, deal.recipient_countries),
    )
    return [f"{side} {name}" for side, name, codes in sides if name and name not in states(name, codes)]


def note_rest(part: Part, notes: Notes) -> None:
    """Counts what no row of a register holds."""
    note_articles(part, notes)
    if part.deal is None:
        notes["claims of no deal, which make no row"] += len(part.claims)
        return
    notes["claims, whose words and voices no row holds"] += len(part.claims)
    notes["witnesses, which no row holds"] += len(part.deal.witnesses)
    answers = sum(len(w.answers) for w in part.deal.witnesses)
    notes["responses, of which a row has the standing that follows from them"] += answers
