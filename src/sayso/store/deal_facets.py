"""What a deal is found and counted under, as rows of the table deal_facet."""

from __future__ import annotations

from collections.abc import Iterable

from sayso.model import Deal
from sayso.store.text_search import words_of

UNKNOWN = "-"
"""The value of a party or an outlet that is not stated."""
MANY = 3  # independent origins that count as this many or more
FLOW = ">"  # between the supplier's value and the recipient's
COUNTED = ("supplier", "recipient", "category", "stage", "kind", "standing", "origins", "outlet", "flow")
"""The facets that are shown; "word" is for search alone."""


def facet_rows(one: Deal) -> list[dict[str, object]]:
    """A row a facet and value. A party counts as its countries, or as its name where it has none."""
    supplier = one.supplier_countries or (one.supplier or UNKNOWN,)
    recipient = one.recipient_countries or (one.recipient or UNKNOWN,)
    found: dict[str, Iterable[str]] = {
        "supplier": supplier, "recipient": recipient,
        "flow": [f"{a}{FLOW}{b}" for a in supplier for b in recipient],
        "category": (one.category.value,), "stage": (one.stage.value,), "kind": (one.kind.value,),
        "standing": [s.standing.value for s in one.standing], "origins": (origins(len(one.roots)),),
        "outlet": [w.outlet or UNKNOWN for w in one.witnesses],
        "word": words_of(" ".join(_texts(one))),
    }  # fmt: skip
    return [{"facet": f, "value": v, "deal": one.id} for f, values in found.items() for v in sorted(set(values))]


def origins(number: int) -> str:
    return f"{MANY}+" if number >= MANY else str(number)


def _texts(one: Deal) -> Iterable[str]:
    yield from (one.supplier, one.recipient, one.item, *one.designations, one.category.value.replace("_", " "))
    yield from one.supplier_countries
    yield from one.recipient_countries
    yield from (r.name for r in one.roots)
    yield from {w.outlet or "" for w in one.witnesses}
