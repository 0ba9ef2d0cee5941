"""Countries by their ISO 3166 codes."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from sayso.store.deal_facets import UNKNOWN


@cache
def _names() -> dict[str, str]:
    text = files("sayso.data").joinpath("countries.csv").read_text("utf-8")
    found: dict[str, str] = {}
    for row in csv.DictReader(text.splitlines()):
        if row["role"] == "name":
            found.setdefault(row["code"], row["name"])
    return found


def name(value: str) -> str:
    """A country's name for its code; what is no code stays as it is."""
    return "not stated" if value == UNKNOWN else _names().get(value, value)
