"""Everything that a search shows: hits with snippets, facets, and what to do where nothing is found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sayso.export import words
from sayso.store import Hit, article_queries, search_queries
from sayso.store.article_queries import Days
from sayso.store.search_queries import MOST_COUNTED, YEAR, Found, Searched, facets_of
from sayso.store.text_search import Within
from sayso.web import links
from sayso.web.article_list import Chosen, language
from sayso.web.dating import Dated, dated
from sayso.web.outlet_list import known_outlets, name_key
from sayso.web.paging import Pages, pages
from sayso.web.search_filter import SearchAsked
from sayso.web.state import Reader

_VALUES = 10  # of a facet
LABELS = {
    "outlet": "Outlet", "language": "Language", "kind": "Kind", "stage": "Stage", "category": "Category",
    "polarity": "Affirmed or denied", "year": "Year",
}  # fmt: skip
_ENUMS: Mapping[str, Mapping[Any, str]] = {
    "kind": words.KIND, "stage": words.STAGE, "category": words.CATEGORY, "polarity": words.POLARITY,
}  # fmt: skip
_BOTH: tuple[Within, ...] = ("document", "claim")


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A document or claim found; `runs` is the snippet in pieces, those found being True."""

    address: str
    key: str
    title: str
    outlet: str
    outlet_address: str
    published: Dated
    score: float
    runs: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class SearchValue:
    value: str
    label: str
    count: int
    chosen: bool
    address: str


@dataclass(frozen=True, slots=True)
class SearchFacet:
    name: str
    label: str
    values: tuple[SearchValue, ...]


@dataclass(frozen=True, slots=True)
class Tab:
    """Where to look: `total` fit there (counted so far as `exact` is not)."""

    label: str
    total: int
    exact: bool
    here: bool
    address: str


@dataclass(frozen=True, slots=True)
class WordCount:
    """A part of the query, and the documents that have it; `address` searches for it alone."""

    words: str
    documents: int
    address: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """`outlet_address` leads to the outlet that is called as the query, if one is. `found_apart`, where
    nothing fits: each part of the query by itself."""

    asked: SearchAsked
    hits: tuple[SearchHit, ...]
    tabs: tuple[Tab, ...]
    facets: tuple[SearchFacet, ...]
    chosen: tuple[Chosen, ...]
    outlet: str
    outlet_address: str
    found_apart: tuple[WordCount, ...]
    pages: Pages


def search_page(reader: Reader, asked: SearchAsked, size: int) -> SearchPage:
    """The search that was asked for. A page beyond the last is the last."""
    counts = {within: _found(reader, asked.searched(within)) for within in _BOTH}
    here = counts[asked.within]
    at = pages(here.total, asked.page, size, lambda page: asked.address(page=page), most=MOST_COUNTED)
    hits = search_queries.best(reader.look, asked.searched(asked.within), limit=size, offset=(at.number - 1) * size)
    days = article_queries.days_of(reader.look, {hit.key for hit in hits})
    apart: list[tuple[str, int]] = []
    if asked.q and not here.total:
        apart = reader.cached(("apart", asked.q), lambda: search_queries.word_counts(reader.look, asked.q))
    called = _outlet(reader, asked.q)
    return SearchPage(
        asked, tuple(_hit(hit, days[hit.key]) for hit in hits),
        tuple(_tab(asked, within, found) for within, found in counts.items()),
        tuple(_facet(asked, name, here) for name in facets_of(asked.within)),
        tuple(_chosen(asked)), called, links.outlet(called) if called else "",
        tuple(WordCount(w, n, links.link("/search", q=_quoted(w))) for w, n in apart), at,
    )  # fmt: skip


def _found(reader: Reader, asked: Searched) -> Found:
    return reader.cached(("found", asked), lambda: search_queries.found(reader.look, asked))


def _quoted(text: str) -> str:
    star = "*" if text.endswith("*") else ""
    bare = text.removesuffix("*")
    return f'"{bare}"{star}' if " " in bare else text


def _outlet(reader: Reader, q: str) -> str:
    if not q:
        return ""
    key = name_key(q)
    return next((o.name for o in known_outlets(reader) if name_key(o.name) == key), "")


def _tab(asked: SearchAsked, within: str, found: Found) -> Tab:
    address = asked.address(within="claim" if within == "claim" else None)
    label = "Claims" if within == "claim" else "Articles"
    return Tab(label, found.total, found.total < MOST_COUNTED, within == asked.within, address)


def _facet(asked: SearchAsked, name: str, found: Found) -> SearchFacet:
    chosen = dict(asked.chosen).get(name)
    counted = found.facets[name]
    if name == YEAR:
        counted = sorted(counted, reverse=True)
    shown = counted[:_VALUES]
    return SearchFacet(
        name, LABELS[name],
        tuple(
            SearchValue(v, label(name, v), n, v == chosen, asked.address(**{name: None if v == chosen else v}))
            for v, n in shown
        ),
    )  # fmt: skip


def label(facet: str, value: str) -> str:
    """What a facet's value is called."""
    if facet == "language":
        return language(value)
    return _ENUMS.get(facet, {}).get(value) or words.visible(value)


def _chosen(asked: SearchAsked) -> list[Chosen]:
    found = [Chosen(LABELS[n], label(n, v), asked.address(**{n: None})) for n, v in asked.chosen]
    for name, called in (("said_from", "From"), ("said_to", "To")):
        if day := getattr(asked, name):
            found.append(Chosen(called, str(day), asked.address(**{name: None})))
    return found


def _hit(hit: Hit, days: Days) -> SearchHit:
    address = links.claim(hit.claim) if hit.claim else links.article(hit.key)
    title = words.visible(hit.title or "") or "title not stated"
    return SearchHit(
        address, hit.claim or hit.key, title, hit.outlet or "", links.outlet(hit.outlet) if hit.outlet else "",
        dated(*days[:3], inferred=days[3]), round(hit.score, 4), tuple(_runs(hit)),
    )  # fmt: skip


def _runs(hit: Hit) -> list[tuple[str, bool]]:
    """The snippet cut at its marks, each piece safe on one line."""
    found: list[tuple[str, bool]] = []
    at = 0
    for mark in hit.marks:
        found += [(hit.snippet[at : mark.start], False), (hit.snippet[mark.start : mark.end], True)]
        at = mark.end
    found.append((hit.snippet[at:], False))
    return [(_one_line(text), marked) for text, marked in found if text]


def _one_line(text: str) -> str:
    """`words.visible`, with the white space at the ends kept as one space, since pieces follow on."""
    return words.visible(f"x{text}x")[1:-1]
