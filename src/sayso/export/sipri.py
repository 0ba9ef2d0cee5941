"""Rows in the form of SIPRI's trade register of arms transfers (`sipri-register.csv`).

Form: the register's columns as SIPRI explains them ("Sources and methods", Arms Transfers Database).
Where the printed register has an estimate in brackets, a column of its own has "?" here: spreadsheets
take "(100)" for minus 100. Unknown is empty. The rows are reports, not SIPRI's findings.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sayso.export.cells import rows_to
from sayso.export.files import writing
from sayso.export.places import registers
from sayso.export.register_rows import (
    DELIVERING,
    MAKING,
    Figure,
    comments,
    note_rest,
    number,
    ordered,
    states,
    telling,
    years,
)
from sayso.export.walk import Documents, Notes, Part
from sayso.model import Deal, Kind, Stage

HEADER = (
    "Recipient", "Supplier", "Year of order", "Year of order estimated", "Number ordered", "Number ordered estimated",
    "Weapon designation", "Weapon description", "Number delivered", "Number delivered estimated",
    "Year(s) of delivery", "Year(s) of delivery estimated", "Comments",
)  # fmt: skip
_ORDERED = (Stage.AGREED, *DELIVERING)


def write(parts: Iterable[Part], documents: Documents, out: Path, notes: Notes) -> None:
    """Writes the file into the folder `out`. Raises `InputError`."""
    with writing(out / "sipri-register.csv") as stream:
        write_row = rows_to(stream, HEADER)
        for part in parts:
            if part.deal and _fits(part.deal, notes):
                write_row(_row(part, part.deal))
            note_rest(part, notes)


def _fits(deal: Deal, notes: Notes) -> bool:
    """Whether a deal belongs in the register: ordered or delivered between two sides, and major arms."""
    if deal.kind not in MAKING:
        why = f"deals of the kind {deal.kind.value}, which the register has not"
    elif deal.kind is Kind.PRODUCTION and set(deal.recipient_countries) <= set(deal.supplier_countries):
        why = "deals of own production, which the register has not"
    elif deal.stage not in _ORDERED:
        why = f"deals neither ordered nor delivered (stage {deal.stage.value})"
    elif not registers()[deal.category].sipri:
        why = f"deals outside the register's arms (category {deal.category.value})"
    else:
        return True
    notes[why] += 1
    return False


def _row(part: Part, deal: Deal) -> list[object]:
    ordered_number, order_year = ordered(part, deal), _order_year(deal)
    delivered = number(t.claim for t in telling(part, [Stage.DONE]))
    when = years(telling(part, DELIVERING)) if deal.stage in DELIVERING else Figure()
    register = registers()[deal.category]
    more = [
        deal.kind.value.replace("_", " ") if deal.kind is not Kind.TRANSFER else "",
        f"stage {deal.stage.value}", ordered_number.words, order_year.words, when.words if when.flag else "",
        register.sipri_if,
    ]  # fmt: skip
    return [
        states(deal.recipient, deal.recipient_countries) or "unknown recipient(s)",
        states(deal.supplier, deal.supplier_countries) or "unknown supplier(s)",
        *order_year[:2], *ordered_number[:2], deal.designations or deal.item, register.sipri,
        *delivered[:2], *when[:2], comments(part, deal, *more),
    ]  # fmt: skip


def _order_year(deal: Deal) -> Figure:
    """The year in which the order was first told. The order may be older: always an estimate."""
    said = next((s.said for s in deal.steps if s.stage is Stage.AGREED and s.said), None)
    return Figure(said.year, "?", f"order reported on {said.isoformat()}") if said else Figure()
