"""Every row of the vocabulary keeps the rules, and every name in it is found by the matcher."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from sayso.lexicon import Lexicon, load, tokens
from sayso.model import Category, Span
from sayso.text.names import MentionType, mentions
from sayso.text.names.find import Entry, matcher

DATA = Path(__file__).resolve().parents[1] / "src" / "sayso" / "data"
FILES = sorted(DATA.glob("*.csv"))
LEAST = {
    "countries": 1000,
    "bodies": 350,
    "people": 300,
    "designations": 700,
    "items": 250,
    "outlets": 400,
    "institutions": 100,
    "decoys": 50,
}


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load()


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.name)
def test_cells_are_clean(file: Path) -> None:
    with file.open(encoding="utf-8", newline="") as lines:
        header, *rows = list(csv.reader(lines, strict=True))
    assert len(set(header)) == len(header)
    for number, row in enumerate(rows, 2):
        assert len(row) == len(header), f"{file.name} row {number}"
        for cell in row:
            assert cell == cell.strip(), f"{file.name} row {number}: {cell!r}"
            assert not cell.startswith(("=", "+", "-", "@")), f"{file.name} row {number}: {cell!r}"
            assert cell.isprintable(), f"{file.name} row {number}: {cell!r}"


def test_files_are_listed_in_the_readme() -> None:
    readme = (DATA / "README.md").read_text("utf-8")
    assert [f.name for f in FILES if f"`{f.name}`" not in readme] == []


@pytest.mark.parametrize(("table", "least"), LEAST.items())
def test_tables_are_full(lexicon: Lexicon, table: str, least: int) -> None:
    assert len(getattr(lexicon, table)) >= least


def test_every_country_has_a_name_and_no_stray_code(lexicon: Lexicon) -> None:
    named = {c.code for c in lexicon.countries if c.role == "name"}
    assert named == lexicon.codes
    assert len(named) >= 250
    assert {"XK", "TW", "PS", "KP", "US", "GB"} <= named
    assert not {"SU", "YU", "UK", "EU"} & named


def test_every_category_has_items_and_designations(lexicon: Lexicon) -> None:
    told = set(Category) - {Category.UNSPECIFIED}
    assert {i.category for i in lexicon.items} == set(Category)
    assert {d.category for d in lexicon.designations} >= told - {Category.COMPONENTS}


def _forms(lexicon: Lexicon) -> list[tuple[str, Entry]]:
    t = MentionType
    pairs: list[tuple[str, Entry]] = []
    for b in lexicon.bodies:
        pairs += [(n, Entry(b.name, t.BODY, b.countries, kind=b.kind)) for n in (b.name, *b.aliases)]
    for p in lexicon.people:
        pairs += [(n, Entry(p.name, t.PERSON, (p.country,))) for n in (p.name, *p.aliases)]
    for d in lexicon.designations:
        pairs += [(n, Entry(d.name, t.DESIGNATION, d.origin, d.category)) for n in (d.name, *d.aliases)]
    for o in lexicon.outlets:
        country = (o.country,) if o.country else ()
        pairs += [(n, Entry(o.name, t.OUTLET, country)) for n in (o.name, *o.aliases)]
    for i in lexicon.items:
        pairs += [(n, Entry(i.words, t.ITEM, (), i.category)) for n in (i.words, i.plural)]
    return pairs


def test_every_form_is_found_with_its_meaning(lexicon: Lexicon) -> None:
    find = matcher(lexicon)
    lost = [form for form, entry in _forms(lexicon) if entry not in find.at(form)]
    assert lost == []
    lost = [c.name for c in lexicon.countries if not any(e.countries == (c.code,) for e in find.at(c.name))]
    assert lost == []


def test_every_form_is_found_inside_a_sentence(lexicon: Lexicon) -> None:
    find = matcher(lexicon)
    for form, entry in _forms(lexicon):
        text = f"Here ({form}), it stands."
        hits = [h for h in find.find(text) if h.span == Span(6, 6 + len(form))]
        assert hits, form
        assert entry in hits[0].values, form


def test_no_name_has_two_meanings(lexicon: Lexicon) -> None:
    """Within a table, one sequence of tokens stands for one category, or one set of countries."""
    for table in ("designations", "items"):
        meanings: dict[tuple[str, ...], set[Category]] = defaultdict(set)
        for row in getattr(lexicon, table):
            for form in (row.name, *row.aliases) if table == "designations" else (row.words, row.plural):
                meanings[tokens(form)].add(row.category)
        assert {k: v for k, v in meanings.items() if len(v) > 1} == {}
    places: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for c in lexicon.countries:
        places[tokens(c.name)].add(c.code)
    assert {k: v for k, v in places.items() if len(v) > 1} == {}


def test_outlets_domains_are_bare_hosts_of_one_outlet(lexicon: Lexicon) -> None:
    owner: dict[str, str] = {}
    for outlet in lexicon.outlets:
        for domain in outlet.domains:
            assert domain == domain.lower(), domain
            assert "." in domain, domain
            assert not set("/: ") & set(domain), domain
            assert not domain.startswith("www."), domain
            assert owner.setdefault(domain, outlet.name) == outlet.name, domain
        assert outlet.nouns, outlet.name


def test_people_and_bodies_are_not_taken_for_arms(lexicon: Lexicon) -> None:
    for name in ("MI6", "Lockheed Martin", "Wagner"):
        assert [m.type for m in mentions(f"So said {name} then.", lexicon)] == [MentionType.BODY]
