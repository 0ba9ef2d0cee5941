"""Where a text names countries, for words whose meaning hangs on the country: krona, fiscal year."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache, lru_cache
from typing import NamedTuple

from sayso.lexicon import DATA, rows
from sayso.text.numbers import fold

_NAME = re.compile(r"[a-z][a-z.&-]{0,30}")
_MOST_WORDS = 3  # in a country's name


class Named(NamedTuple):
    """Where a text names countries: the last character of each name, in order, and its ISO 3166 code."""

    ends: tuple[int, ...]
    codes: tuple[str, ...]

    def between(self, start: int, end: int) -> frozenset[str]:
        return frozenset(self.codes[bisect_left(self.ends, start) : bisect_left(self.ends, end)])


@cache
def _codes() -> dict[str, str]:
    """Code by a country's words, folded."""
    table: dict[str, str] = {}
    for row in rows(DATA / "countries.csv", ("name", "code", "role", "only_if")):
        if row["name"] != "US" and row["role"] != "historical":
            table.setdefault(fold(row["name"]).rstrip("."), row["code"])
    return table


@lru_cache(maxsize=2)
def named_countries(text: str, folded: str, also: tuple[tuple[str, str], ...] = ()) -> Named:
    """The countries that a text names, longest name first, with capitals. `also` gives further words and codes."""
    table = _codes() | dict(also)
    words = list(_NAME.finditer(folded))
    ends: list[int] = []
    codes: list[str] = []
    for i, m in enumerate(words):
        if not text[m.start()].isupper():
            continue
        if text[m.start() : m.end()] == "US":
            ends.append(m.end())
            codes.append("US")
            continue
        for size in range(min(_MOST_WORDS, len(words) - i), 0, -1):
            last = words[i + size - 1]
            if last.end() - m.start() < 40 and (code := table.get(folded[m.start() : last.end()].rstrip("."))):
                ends.append(last.end())
                codes.append(code)
                break
    return Named(tuple(ends), tuple(codes))
