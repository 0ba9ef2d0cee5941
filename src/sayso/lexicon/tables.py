"""The tables of the vocabulary, one frozen record a row, and their loading."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

from sayso.errors import LexiconError
from sayso.lexicon.match import plural, tokens
from sayso.lexicon.rows import DATA, Row, rows
from sayso.model import Category

ROLES = ("name", "demonym", "people", "capital", "seat", "city", "historical")
ONLY_IF = ("", "exact-case", "uppercase", "alone")
BODY_KINDS = (
    "ministry", "armed_forces", "agency", "parliament", "firm", "alliance", "international",
    "armed_group", "think_tank", "court", "government",
)  # fmt: skip
OUTLET_KINDS = ("agency", "newspaper", "magazine", "broadcaster", "site")
# What else institutions.csv lists: words that may stand before an institution's noun, and words
# that show that a country named beside them is not the party itself.
GRAMMAR_KINDS = ("modifier", "people", "other_side", "severs_before", "severs_after")
# Kinds of decoys that count only beside another name, and are searched for there.
BESIDE_ONLY = ("numbered", "no code name", "no forename")
DECOY_KINDS = ("place", "event", "phrase", "not arms", "designation", *BESIDE_ONLY)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class CountryName:
    """A word that stands for a country. `code` is ISO 3166-1 alpha-2 (and XK)."""

    name: str
    code: str
    role: str
    only_if: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    name: str
    aliases: tuple[str, ...]
    countries: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    aliases: tuple[str, ...]
    country: str
    office: str


@dataclass(frozen=True, slots=True)
class Designation:
    """A weapon's type name. `origin` holds country codes."""

    name: str
    aliases: tuple[str, ...]
    category: Category
    origin: tuple[str, ...]
    maker: str


@dataclass(frozen=True, slots=True)
class Item:
    """A noun phrase for arms, in the singular, and its plural."""

    words: str
    category: Category
    plural: str


@dataclass(frozen=True, slots=True)
class Outlet:
    """A news medium. `nouns` is what an article calls it later on ("the weekly")."""

    name: str
    aliases: tuple[str, ...]
    kind: str
    country: str
    domains: tuple[str, ...]
    nouns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Institution:
    words: str
    kind: str


@dataclass(frozen=True, slots=True)
class Decoy:
    """Words that look like a country, an item or a designation and are none."""

    words: str
    kind: str


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """All tables. Compared by identity, so that what is built from it can be kept beside it."""

    countries: tuple[CountryName, ...]
    bodies: tuple[Body, ...]
    people: tuple[Person, ...]
    designations: tuple[Designation, ...]
    items: tuple[Item, ...]
    outlets: tuple[Outlet, ...]
    institutions: tuple[Institution, ...]
    decoys: tuple[Decoy, ...]

    @property
    def codes(self) -> frozenset[str]:
        """The country codes in use."""
        return frozenset(c.code for c in self.countries)


def _codes(row: Row, column: str, known: frozenset[str]) -> tuple[str, ...]:
    codes = row.split(column)
    if not set(codes) <= known:
        raise row.wrong(column, "codes that countries.csv has a name for")
    return codes


def _code(row: Row, column: str, known: frozenset[str]) -> str:
    codes = _codes(row, column, known)
    if len(codes) > 1:
        raise row.wrong(column, "one country code")
    return codes[0] if codes else ""


def _category(row: Row) -> Category:
    return Category(row.one_of("category", [c.value for c in Category]))


def _named(row: Row) -> tuple[str, tuple[str, ...]]:
    """A row's name and aliases, each with something to search for."""
    name, aliases = row.need("name"), row.split("aliases")
    if name in aliases:
        raise row.wrong("aliases", "no alias equal to the name")
    if not all(tokens(n) for n in (name, *aliases)):
        raise row.wrong("name", "a letter or digit in every name")
    return name, aliases


def _country(row: Row) -> CountryName:
    code = row["code"]
    if len(code) != 2 or not (code.isascii() and code.isalpha() and code.isupper()):
        raise row.wrong("code", "two capital letters (ISO 3166-1 alpha-2)")
    return CountryName(row.need("name"), code, row.one_of("role", ROLES), row.one_of("only_if", ONLY_IF))


def _item(row: Row) -> Item:
    words = row.need("words")
    return Item(words, _category(row), row["plural"] or plural(words))


def _unique(found: Iterable[tuple[Row, T]], forms: Callable[[T], Iterable[str]]) -> tuple[T, ...]:
    """The records, after a check that no form is listed twice in the file."""
    seen: dict[str, int] = {}
    out: list[T] = []
    for row, record in found:
        for form in forms(record):
            if form in seen:
                raise LexiconError(row.file, row.line, repr(form), f"a form not yet on line {seen[form]}")
            seen[form] = row.line
        out.append(record)
    return tuple(out)


def _names(record: Body | Person | Designation | Outlet) -> tuple[str, ...]:
    return (record.name, *record.aliases)


def _read(folder: Path | Traversable) -> Lexicon:
    def table(name: str, columns: str, make: Callable[[Row], T], forms: Callable[[T], Iterable[str]]) -> tuple[T, ...]:
        return _unique(((r, make(r)) for r in rows(folder / name, columns.split())), forms)

    countries = table("countries.csv", "name code role only_if", _country, lambda c: (c.name,))
    known = frozenset(c.code for c in countries if c.role == "name")
    return Lexicon(
        countries=countries,
        bodies=table(
            "bodies.csv", "name aliases country kind",
            lambda r: Body(*_named(r), _codes(r, "country", known), r.one_of("kind", BODY_KINDS)), _names,
        ),
        people=table(
            "people.csv", "name aliases country office",
            lambda r: Person(*_named(r), _code(r, "country", known), r.need("office")), _names,
        ),
        designations=table(
            "designations.csv", "name aliases category origin maker",
            lambda r: Designation(*_named(r), _category(r), _codes(r, "origin", known), r["maker"]), _names,
        ),
        items=table("items.csv", "words category plural", _item, lambda i: {i.words, i.plural}),
        outlets=table(
            "outlets.csv", "name aliases kind country domains nouns",
            lambda r: Outlet(
                *_named(r), r.one_of("kind", OUTLET_KINDS), _code(r, "country", known),
                r.split("domains"), r.split("nouns"),
            ), _names,
        ),
        institutions=table(
            "institutions.csv", "words kind",
            lambda r: Institution(r.need("words"), r.one_of("kind", BODY_KINDS + GRAMMAR_KINDS)),
            lambda i: (i.words,),
        ),
        decoys=table(
            "decoys.csv", "words kind",
            lambda r: Decoy(r.need("words"), r.one_of("kind", DECOY_KINDS)), lambda d: (f"{d.kind}: {d.words}",),
        ),
    )  # fmt: skip


@cache
def _packaged() -> Lexicon:
    return _read(DATA)


def load(folder: Path | None = None) -> Lexicon:
    """The vocabulary from the package, or from CSV files of the same names in `folder`.

    Raises `LexiconError` naming file, line and value where a row breaks the file's rules, and
    `OSError` where a file cannot be read.
    """
    return _packaged() if folder is None else _read(folder)
