"""The list of outlets, and of the voices that are no outlets."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import Query

from sayso.export import words
from sayso.lexicon import load
from sayso.linking import outlets
from sayso.store import outlet_queries
from sayso.store.outlet_queries import OutletCount
from sayso.store.text_search import fold
from sayso.web import links
from sayso.web.paging import Pages, pages
from sayso.web.state import Reader

List = Literal["outlets", "voices"]


@dataclass(frozen=True, slots=True)
class OutletsAsked:
    """`list`: outlets that carry documents, or the voices (ministries, persons, papers) they quote."""

    q: str = ""
    list: List = "outlets"
    page: int = 1

    def address(self, **changed: object) -> str:
        given = {"q": self.q, "list": self.list if self.list != "outlets" else None}
        return links.link("/outlets", **{**given, **changed})


def outlets_asked(
    q: Annotated[str, Query(max_length=200, description="a part of the name")] = "",
    list: List = "outlets",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> OutletsAsked:
    """FastAPI's dependency: the query of the list."""
    return OutletsAsked(q.strip(), list, page)


@dataclass(frozen=True, slots=True)
class OutletLine:
    """`kind` is what a voice is, "" for an outlet; `forms` are other ways its name is written."""

    name: str
    address: str
    kind: str
    documents: int
    claims: int
    deals: int
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OutletList:
    asked: OutletsAsked
    everything: int
    lines: tuple[OutletLine, ...]
    outlets_address: str
    voices_address: str
    pages: Pages


def outlet_list(reader: Reader, asked: OutletsAsked, size: int) -> OutletList:
    """The list that was asked for. A page beyond the last is the last."""
    known = voices(reader) if asked.list == "voices" else known_outlets(reader)
    wanted = fold(asked.q)
    found = [o for o in known if any(wanted in fold(form) for form in (o.name, *o.forms))] if wanted else known
    at = pages(len(found), asked.page, size, lambda page: asked.address(page=page))
    shown = tuple(found[(at.number - 1) * size : at.number * size])
    here, there = asked.address(list=None), asked.address(list="voices")
    return OutletList(asked, len(known), shown, here, there, at)


def name_key(name: str) -> str:
    """What an outlet is compared by, however it is written."""
    return outlets.key(name, load()) or name


def known_outlets(reader: Reader) -> list[OutletLine]:
    """Every outlet of a document, under the form of its name that most documents have."""

    def find() -> list[OutletLine]:
        forms: dict[str, list[OutletCount]] = defaultdict(list)
        for one in reader.cached("outlets", lambda: outlet_queries.outlet_counts(reader.look)):
            forms[name_key(one.name)].append(one)
        return sorted((_merged(f) for f in forms.values()), key=lambda o: (-o.documents, o.name))

    return reader.cached("outlet lines", find)


def _merged(forms: list[OutletCount]) -> OutletLine:
    """One outlet of its forms, the commonest first; a deal that two forms tell of counts twice."""
    first = forms[0]
    return OutletLine(
        first.name, links.outlet(first.name), "", sum(f.documents for f in forms), sum(f.claims for f in forms),
        sum(f.deals for f in forms), tuple(f.name for f in forms[1:]),
    )  # fmt: skip


def voices(reader: Reader) -> list[OutletLine]:
    """Every named voice that is no outlet."""

    def find() -> list[OutletLine]:
        return [
            OutletLine(v.name, links.outlet(v.name), words.VOICE[v.kind], 0, v.claims, 0)
            for v in outlet_queries.voice_counts(reader.look)
        ]

    return reader.cached("voices", find)
