"""One matcher of the whole vocabulary, and what it finds at each place of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from sayso.lexicon import BESIDE_ONLY, Case, CountryName, Lexicon, Matcher, Phrase, fold, plural
from sayso.model import Category, Span
from sayso.text.names.model import PRIORITY, Mention, MentionType

_FORENAME = re.compile(r"([A-Z][a-z]+) $")
_ROLE_TYPES = {
    "name": MentionType.COUNTRY,
    "historical": MentionType.COUNTRY,
    "demonym": MentionType.DEMONYM,
    "people": MentionType.DEMONYM,
    "capital": MentionType.CAPITAL,
    "seat": MentionType.SEAT,
    "city": MentionType.CITY,
}
_COUNTRY_CASE = {"": Case.ANY, "exact-case": Case.INITIAL, "alone": Case.INITIAL, "uppercase": Case.EXACT}


@dataclass(frozen=True, slots=True)
class Entry:
    """What a phrase of the vocabulary stands for. `kind` is an institution's or a body's."""

    name: str
    type: MentionType
    countries: tuple[str, ...] = ()
    category: Category | None = None
    kind: str = ""
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """The entries of the longest phrase that begins at a place, most telling first."""

    span: Span
    entries: tuple[Entry, ...]

    def of(self, *types: MentionType) -> Entry | None:
        return next((e for e in self.entries if e.type in types), None)

    def mention(self) -> Mention:
        e = self.entries[0]
        return Mention(self.span, e.name, e.type, e.countries, e.category)


def _case(words: str) -> Case:
    """How names are compared: acronyms exactly, capitals where a word has one."""
    letters = [c for c in words if c.isalpha()]
    acronym = all(c.isupper() for c in letters) and not any(c.isdigit() for c in words)
    return Case.EXACT if acronym else Case.INITIAL


def _noun_case(words: str) -> Case:
    return Case.EXACT if words.isupper() else Case.ANY


def _country(row: CountryName) -> Phrase[Entry]:
    entry = Entry(row.name, _ROLE_TYPES[row.role], (row.code,), kind=row.role, alone=row.only_if == "alone")
    return Phrase(row.name, entry, _COUNTRY_CASE[row.only_if])


def _named(names: Iterable[str], entry: Entry) -> Iterator[Phrase[Entry]]:
    weapon = entry.type is MentionType.DESIGNATION
    for name in names:
        many = (plural(name),) if weapon and not name.endswith("s") else ()
        yield Phrase(name, entry, _case(name), many, variant=weapon)


def _phrases(lexicon: Lexicon) -> Iterator[Phrase[Entry]]:
    t = MentionType
    yield from map(_country, lexicon.countries)
    for b in lexicon.bodies:
        yield from _named((b.name, *b.aliases), Entry(b.name, t.BODY, b.countries, kind=b.kind))
    for p in lexicon.people:
        yield from _named((p.name, *p.aliases), Entry(p.name, t.PERSON, (p.country,)))
    for o in lexicon.outlets:
        yield from _named((o.name, *o.aliases), Entry(o.name, t.OUTLET, (o.country,) if o.country else ()))
    for d in lexicon.designations:
        yield from _named((d.name, *d.aliases), Entry(d.name, t.DESIGNATION, d.origin, d.category))
    for i in lexicon.items:
        # Uncountable nouns are counted all the same, above all in translated text ("ammunitions").
        forms = tuple({i.plural, plural(i.words)} - {i.words})
        yield Phrase(i.words, Entry(i.words, t.ITEM, (), i.category), _noun_case(i.words), forms)
    for n in lexicon.institutions:
        yield Phrase(n.words, Entry(n.words, t.INSTITUTION, kind=n.kind), _noun_case(n.words))
    for x in lexicon.decoys:
        if x.kind in BESIDE_ONLY:
            continue
        yield Phrase(x.words, Entry(x.words, t.DECOY), Case.ANY if x.words.islower() else Case.INITIAL)


@lru_cache(maxsize=8)
def matcher(lexicon: Lexicon) -> Matcher[Entry]:
    """The matcher of a lexicon, built once."""
    return Matcher.of(_phrases(lexicon))


@lru_cache(maxsize=8)
def decoys(lexicon: Lexicon, kind: str) -> frozenset[str]:
    """The words of decoys.csv of one kind, folded for comparison."""
    return frozenset(fold(d.words) for d in lexicon.decoys if d.kind == kind)


def _is_surname(text: str, start: int, lexicon: Lexicon) -> bool:
    """Whether a word at `start` follows a forename: "Jim Jordan"."""
    m = _FORENAME.search(text[max(0, start - 24) : start])
    return m is not None and fold(m.group(1)) not in decoys(lexicon, "no forename")


def find(text: str, lexicon: Lexicon) -> list[Found]:
    """The longest phrase at every place where one begins; they may overlap."""
    out = []
    for hit in matcher(lexicon).every(text):
        entries = [e for e in hit.values if not (e.alone and _is_surname(text, hit.span.start, lexicon))]
        if entries:
            out.append(Found(hit.span, tuple(sorted(entries, key=lambda e: PRIORITY[e.type]))))
    return out
