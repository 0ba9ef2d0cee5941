"""The words of currencies: `data/currencies.csv`, and of those that several countries share, whose it is
(`data/currency_countries.csv`)."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from sayso.lexicon import DATA, rows
from sayso.text.numbers import fold
from sayso.text.places import named_countries

ONLY_IF = ("", "scaled", "uppercase", "before")


class Currencies(NamedTuple):
    """Code and condition by word, code by country of a word that several share, and the patterns that find
    such a word before or after a number."""

    words: dict[str, tuple[str, str]]
    shared: dict[str, dict[str, str]]
    before: re.Pattern[str]
    after: re.Pattern[str]


@cache
def currencies() -> Currencies:
    """The tables of currencies. Raises `LexiconError` where a row breaks its rules."""
    words: dict[str, tuple[str, str]] = {}
    shared: dict[str, dict[str, str]] = {}
    for row in rows(DATA / "currencies.csv", ("word", "code", "only_if", "note")):
        word = row.need("word")
        if word != fold(word) or word in words:
            raise row.wrong("word", "a word in lower case that stands once")
        if not re.fullmatch(r"[A-Z]{3}", row["code"]):
            raise row.wrong("code", "an ISO 4217 code")
        words[word] = (row["code"], row.one_of("only_if", ONLY_IF))
    longest = sorted(words, key=len, reverse=True)
    signs = [w for w in longest if not w[-1].isalpha() or words[w][1] in ("uppercase", "before")]
    for row in rows(DATA / "currency_countries.csv", ("word", "country", "code", "note")):
        if row.need("word") not in words:
            raise row.wrong("word", "a word that stands in currencies.csv")
        if not re.fullmatch(r"[A-Z]{3}", row["code"]) or not re.fullmatch(r"[A-Z]{2}", row["country"]):
            raise row.wrong("code", "an ISO 4217 code, and in country an ISO 3166 code")
        shared.setdefault(row["word"], {})[row["country"]] = row["code"]
    return Currencies(
        words,
        shared,
        re.compile(rf"(?<![a-z])({'|'.join(map(re.escape, signs))}) ?$"),
        re.compile(rf"(?: of (?:the )?|[ -]| ?\()?({'|'.join(map(re.escape, longest))})(?![a-z0-9])"),
    )


_NO_CURRENCY = "XXX"  # ISO 4217's own code for none
_FULL_STOP = re.compile(r"[.!?][\"')]{0,2}\s")
_CONTEXT = 200  # characters on either side in which a country tells whose currency it is


def by_country(text: str, folded: str, word: str, code: str, start: int, end: int) -> str | None:
    """The currency that a word several countries share stands for: the one of the only such country that its
    sentence names, or else the text before it; without any the table's own code, None where that is none."""
    shared = currencies().shared.get(word)
    if shared:
        named = named_countries(text, folded)
        low = max(
            (m.end() for m in _FULL_STOP.finditer(folded, max(0, start - _CONTEXT), start)), default=start - _CONTEXT
        )
        stop = _FULL_STOP.search(folded, end, end + _CONTEXT)
        for first, last in ((low, stop.start() if stop else end + _CONTEXT), (start - 5 * _CONTEXT, start)):
            codes = {shared[c] for c in named.between(first, last) if c in shared}
            if len(codes) == 1:
                return codes.pop()
    return None if code == _NO_CURRENCY else code
