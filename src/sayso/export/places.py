"""What the exports ask of the vocabulary: countries' names, kinds of bodies, registers' categories."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from sayso.errors import LexiconError
from sayso.model import Category


class Register(NamedTuple):
    """Where a category belongs in the UN Register and in SIPRI's; empty where it does not, and the
    condition on which it does."""

    un: str
    un_if: str
    sipri: str
    sipri_if: str


@cache
def registers() -> Mapping[Category, Register]:
    """Every category of arms. Raises `LexiconError` for a row of none."""
    found = {}
    for line, row in enumerate(_rows("registers.csv"), 2):
        if row["category"] not in {c.value for c in Category}:
            raise LexiconError("registers.csv", line, f"category {row['category']!r}", "one of the ledger's categories")
        found[Category(row["category"])] = Register(row["un"], row["un_if"], row["sipri"], row["sipri_if"])
    missing = [c.value for c in Category if c not in found]
    if missing:
        raise LexiconError("registers.csv", len(found) + 1, f"no row for {', '.join(missing)}", "a row a category")
    return found


@cache
def country_names() -> Mapping[str, str]:
    """By ISO 3166 code, the first name that the table of countries has for it."""
    found: dict[str, str] = {}
    for row in _rows("countries.csv"):
        if row["role"] == "name":
            found.setdefault(row["code"], row["name"])
    return found


@cache
def body_kinds() -> Mapping[str, str]:
    """By name, case folded, what kind of body it is: firm, ministry, agency ..., or country."""
    found = {row["name"].casefold(): "country" for row in _rows("countries.csv") if row["role"] == "name"}
    for row in _rows("bodies.csv"):
        for name in (row["name"], *row["aliases"].split("|")):
            if name:
                found.setdefault(name.casefold(), row["kind"])
    return found


def _rows(file: str) -> Iterator[dict[str, str]]:
    text = files("sayso").joinpath("data", file).read_text("utf-8")
    yield from csv.DictReader(text.splitlines(), strict=True)
