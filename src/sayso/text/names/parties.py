"""The countries that a party's name stands for."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from sayso.lexicon import Lexicon
from sayso.text.names.find import Entry, matcher
from sayso.text.names.mentions import all_mentions
from sayso.text.names.model import PLACES, PRIORITY, Mention, MentionType

_TELLING = (*PLACES, MentionType.BODY, MentionType.PERSON, MentionType.CITY)
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
# A country after these is whom the party deals with, not whose it is ("sellers to Iran").
_TOWARDS = re.compile(r"\b(?:with|against|to|for|about|on|over|versus|near|towards)\s+(?:the\s+)?$", re.IGNORECASE)
_OWNS = re.compile(r"(?:['’]s?)?\s+")
_LOWER = re.compile(r"^[^A-Z]*$")


def _exact(name: str, lexicon: Lexicon) -> Entry | None:
    found = [e for e in matcher(lexicon).at(name) if e.type in _TELLING]
    return min(found, key=lambda e: PRIORITY[e.type]) if found else None


@lru_cache(maxsize=8)
def _words(lexicon: Lexicon, kind: str) -> frozenset[str]:
    return frozenset(n.words for n in lexicon.institutions if n.kind == kind)


def _severed(name: str, m: Mention, lexicon: Lexicon) -> bool:
    """Whether the words around show that the country is not the party: "pro-", "-backed", "'s allies"."""
    if _TOWARDS.search(name[: m.span.start][-24:]):
        return True
    before = re.search(r"(\w+)[\s\-‐‑–]$", name[: m.span.start])
    after = re.match(r"(?:['’]s?)?[\s\-‐‑–]+([\w\-]+)", name[m.span.end :])
    return bool(
        (before and before.group(1).lower() in _words(lexicon, "severs_before"))
        or (after and after.group(1).lower() in _words(lexicon, "severs_after"))
    )


def countries_of(name: str, lexicon: Lexicon) -> tuple[str, ...]:
    """ISO 3166-1 alpha-2 codes of a party's name, in the order named.

    Empty for a non-state group, an alliance, the EU, or a name that tells no country ("Western
    allies"). A name in small letters is read as if capitalised.
    """
    name = _ARTICLE.sub("", name.strip())
    if _LOWER.match(name):
        # "us" as the whole of a party's name is a pronoun; within other names it is not a country either.
        name = " ".join(w if w == "us" else w[:1].upper() + w[1:] for w in name.split())
        if len(name) <= 3 and name != "us":
            name = name.upper()
    entry = _exact(name, lexicon)
    if entry is not None:
        return entry.countries
    found = [m for m in all_mentions(name, lexicon) if m.type in _TELLING]
    # "Yemen's Houthis": the country only says where a body that is no country's has its seat.
    seats = {m for m, n in pairwise(found) if not n.countries and _OWNS.fullmatch(name[m.span.end : n.span.start])}
    codes = [c for m in found if m not in seats and not _severed(name, m, lexicon) for c in m.countries]
    return tuple(dict.fromkeys(codes))
