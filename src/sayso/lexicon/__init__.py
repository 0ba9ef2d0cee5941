"""The domain's vocabulary: tables read from CSV, and the search for their words in a text."""

from sayso.lexicon.match import Case, Hit, Matcher, Phrase, fold, plural, tokens
from sayso.lexicon.rows import DATA, Row, rows
from sayso.lexicon.tables import (
    BESIDE_ONLY,
    Body,
    CountryName,
    Decoy,
    Designation,
    Institution,
    Item,
    Lexicon,
    Outlet,
    Person,
    load,
)

__all__ = [
    "BESIDE_ONLY",
    "DATA",
    "Body",
    "Case",
    "CountryName",
    "Decoy",
    "Designation",
    "Hit",
    "Institution",
    "Item",
    "Lexicon",
    "Matcher",
    "Outlet",
    "Person",
    "Phrase",
    "Row",
    "fold",
    "load",
    "plural",
    "rows",
    "tokens",
]
