"""What of a claim is compared with another's: parties, type names and words, in one spelling."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from sayso.lexicon import DATA, load, rows, tokens
from sayso.model import Category, Interval, Money, Party, Told

ROLES = ("collective", "vague", "filler", "kin")
LONGEST_NAME = 6  # tokens of a type name that are looked up in an item's words


@dataclass(frozen=True, slots=True)
class DealWords:
    """The words of `deal_words.csv` by role; `kin` holds each category's families."""

    collective: frozenset[str]
    vague: frozenset[str]
    filler: frozenset[str]
    kin: dict[Category, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Side:
    """The suppliers or the recipients of a claim.

    `countries` are ISO codes; `names` the words of the parties that stand for no country; `open` is
    true where the claim names nobody, or only a collective ("allies") that leaves open who.
    """

    countries: frozenset[str]
    names: frozenset[frozenset[str]]
    open: bool

    @property
    def known(self) -> bool:
        return bool(self.countries or self.names)


@dataclass(frozen=True, slots=True)
class Traits:
    """A claim's values in one spelling. `item` are the item's words that tell it from others,
    `quote` the content words of the evidence but the parties' names, `voices` whoever is cited."""

    supplier: Side
    recipient: Side
    designations: frozenset[str]
    item: frozenset[str]
    item_words: frozenset[str]
    quote: frozenset[str]
    voices: frozenset[frozenset[str]]
    value: Money | None
    when: Interval | None


@cache
def deal_words() -> DealWords:
    """The packaged words. Raises `LexiconError` on a row that breaks the file's rules."""
    by_role: dict[str, set[str]] = {role: set() for role in ROLES}
    kin: dict[Category, frozenset[str]] = {}
    for row in rows(DATA / "deal_words.csv", ["word", "role", "group"]):
        role, word = row.one_of("role", ROLES), row.need("word")
        if role == "kin":
            category = Category(row.one_of("word", tuple(c.value for c in Category)))
            kin[category] = kin.get(category, frozenset()) | {row.need("group")}
        elif row["group"]:
            raise row.wrong("group", 'nothing, but where the role is "kin"')
        elif word in by_role[role]:
            raise row.wrong("word", "a word that the role does not hold yet")
        by_role[role].add(word)
    collective, vague, filler = (frozenset(by_role[role]) for role in ROLES[:3])
    return DealWords(collective, vague, filler, kin)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A word without its plural's ending: enough to compare nouns by."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) and word != "arms":
        return word[:-1]
    return word


def stems(text: str) -> frozenset[str]:
    """The content words of a text: folded, singular, without fillers."""
    return frozenset(map(stem, tokens(text))) - deal_words().filler


@cache
def _type_names() -> dict[tuple[str, ...], str]:
    """Every form of a known type name, as singular tokens, with the name it stands for."""
    forms: dict[tuple[str, ...], str] = {}
    for d in load().designations:
        for form in (d.name, *d.aliases):
            forms.setdefault(tuple(map(stem, tokens(form))), d.name)
    return forms


@cache
def _bodies() -> dict[tuple[str, ...], str]:
    return {tokens(form): b.name for b in load().bodies for form in (b.name, *b.aliases)}


def _known_types(text: str) -> Iterable[str]:
    """The known type names in an item's words, longest first."""
    names = _type_names()
    words = list(map(stem, tokens(text)))
    at = 0
    while at < len(words):
        longest = (n for n in range(min(LONGEST_NAME, len(words) - at), 0, -1) if tuple(words[at : at + n]) in names)
        size = next(longest, 0)
        if size and (size > 1 or len(words[at]) > 2):
            yield names[tuple(words[at : at + size])]
        at += max(size, 1)


def _designations(given: Iterable[str], item: str) -> frozenset[str]:
    """Type names in one spelling: the vocabulary's where it has the name, else folded tokens."""
    found: set[str] = set()
    for name in given:
        known = list(_known_types(name))
        found.update(known or [" ".join(map(stem, tokens(name)))])
    return frozenset(found or _known_types(item)) - {""}


def _side(parties: Iterable[Party]) -> Side:
    collective = deal_words().collective
    countries: set[str] = set()
    names: set[frozenset[str]] = set()
    is_open, empty = False, True
    for party in parties:
        empty = False
        if party.countries:
            countries.update(party.countries)
            continue
        words = stems(party.name) | stems(_bodies().get(tokens(party.name), ""))
        if not words or words & collective:
            is_open = True
        else:
            names.add(words)
    return Side(frozenset(countries), frozenset(names), is_open or empty)


@lru_cache(maxsize=20_000)
def traits(told: Told) -> Traits:
    """The claim's values in one spelling."""
    c, known = told.claim, deal_words()
    words = stems(c.item)
    designations = _designations(c.designations, c.item)
    names = frozenset().union(*(stems(p.name) for p in (*c.supplier, *c.recipient)))
    return Traits(
        supplier=_side(c.supplier),
        recipient=_side(c.recipient),
        designations=designations,
        item=words - known.vague,
        item_words=words,
        quote=stems(told.quote) - names,
        voices=frozenset(stems(v.name) for v in c.voices) - {frozenset()},
        value=c.value and replace(c.value, span=None),
        when=c.when and replace(c.when, span=None),
    )
