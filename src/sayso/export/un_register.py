"""Rows in the form of the UN Register of Conventional Arms (`un-register.csv`).

Form: the standardized form for exports (General Assembly resolution 46/36 L, as since amended):
category, importer, number, state of origin, intermediate location, description, comments. Columns
with "?" mark estimates, and categories that hold on a condition. No state has reported these rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sayso.export.cells import rows_to
from sayso.export.files import writing
from sayso.export.places import registers
from sayso.export.register_rows import DELIVERING, comments, note_rest, number, states, telling, years
from sayso.export.walk import Documents, Notes, Part
from sayso.model import Deal, Kind, Stage

HEADER = (
    "Exporting State", "Category", "Category name", "Category depends", "Final importing State", "Number of items",
    "Number estimated", "State of origin", "Intermediate location", "Description of item", "Comments",
    "Calendar year", "Year estimated",
)  # fmt: skip
CATEGORIES = {
    "I": "Battle tanks", "II": "Armoured combat vehicles", "III": "Large-calibre artillery systems",
    "IV": "Combat aircraft and unmanned combat aerial vehicles", "V": "Attack helicopters", "VI": "Warships",
    "VII": "Missiles and missile launchers", "VIII": "Small arms and light weapons",
}  # fmt: skip


def write(parts: Iterable[Part], documents: Documents, out: Path, notes: Notes) -> None:
    """Writes the file into the folder `out`. Raises `InputError`."""
    with writing(out / "un-register.csv") as stream:
        write_row = rows_to(stream, HEADER)
        for part in parts:
            if part.deal and _fits(part.deal, notes):
                write_row(_row(part, part.deal))
            note_rest(part, notes)


def _fits(deal: Deal, notes: Notes) -> bool:
    """Whether a deal is a transfer between states, at least begun, of a category that the Register has."""
    if deal.kind is not Kind.TRANSFER:
        why = f"deals of the kind {deal.kind.value}, which the Register has not"
    elif deal.stage not in DELIVERING:
        why = f"deals of which no transfer is reported (stage {deal.stage.value})"
    elif not registers()[deal.category].un:
        why = f"deals that fit no category of the Register ({deal.category.value})"
    elif not deal.supplier_countries or not deal.recipient_countries:
        why = "deals with a side that is no state, or unknown"
    else:
        return True
    notes[why] += 1
    return False


def _row(part: Part, deal: Deal) -> list[object]:
    register = registers()[deal.category]
    items = number(t.claim for t in telling(part, [Stage.DONE]))
    when = years(telling(part, DELIVERING))
    item = f"{deal.item} ({', '.join(deal.designations)})" if deal.designations else deal.item
    more = [f"stage {deal.stage.value}", register.un_if, items.words, when.words if when.flag else ""]
    return [
        states("", deal.supplier_countries), register.un, CATEGORIES[register.un.partition(" ")[0]],
        "?" if register.un_if else "", states("", deal.recipient_countries), *items[:2], None, None, item,
        comments(part, deal, *more), *when[:2],
    ]  # fmt: skip
