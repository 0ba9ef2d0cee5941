"""Small words that the rules of reading go by, by what they do: abbreviations, titles, openers."""

from __future__ import annotations

from functools import cache

from sayso.lexicon.rows import DATA, rows

ROLES = ("abbreviation", "may end a sentence", "starts a sentence", "title", "no name", "of firms", "stands for")


@cache
def words_of(role: str) -> frozenset[str]:
    """The words of `data/grammar.csv` with a role of `ROLES`, in lower case, without their last stop."""
    table = rows(DATA / "grammar.csv", ["word", "role"])
    return frozenset(r.need("word") for r in table if r.one_of("role", ROLES) == role)
