"""What a reader searches for, as it stands in the address."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import Query

from sayso.model import Category, Kind, Polarity, Stage
from sayso.store.search_queries import Searched, facets_of
from sayso.store.text_search import Within
from sayso.web import links
from sayso.web.deal_filter import Day


@dataclass(frozen=True, slots=True)
class SearchAsked:
    """`within`: documents, or single claims. `chosen` are facets with a value each."""

    q: str = ""
    within: Within = "document"
    chosen: tuple[tuple[str, str], ...] = ()
    said_from: dt.date | None = None
    said_to: dt.date | None = None
    page: int = 1

    def address(self, **changed: object) -> str:
        """The search with some parts changed; it begins at the first page unless `page` is given."""
        given: dict[str, Any] = {"q": self.q, "within": self.within if self.within == "claim" else None}
        given |= dict(self.chosen)
        given |= {name: day.isoformat() for name in ("said_from", "said_to") if (day := getattr(self, name))}
        return links.link("/search", **{**given, **changed})

    def searched(self, within: Within) -> Searched:
        chosen = tuple((name, value) for name, value in self.chosen if name in facets_of(within))
        return Searched(self.q, within, chosen, self.said_from, self.said_to)


def search_asked(
    q: Annotated[str, Query(max_length=1_000, description='words that must all stand, "in order", word*')] = "",
    within: Within = "document",
    outlet: Annotated[str, Query(max_length=300)] = "",
    language: Annotated[str, Query(max_length=40)] = "",
    kind: Kind | Literal[""] = "",
    stage: Stage | Literal[""] = "",
    category: Category | Literal[""] = "",
    polarity: Polarity | Literal[""] = "",
    year: Annotated[str, Query(pattern=r"^([1-9]\d{3})?$", description="of publication")] = "",
    said_from: Day = None,
    said_to: Day = None,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> SearchAsked:
    """FastAPI's dependency: the query of a search."""
    given = (
        ("outlet", outlet), ("language", language), ("kind", kind), ("stage", stage), ("category", category),
        ("polarity", polarity), ("year", year),
    )  # fmt: skip
    chosen = tuple((name, str(value)) for name, value in given if value)
    return SearchAsked(q.strip(), within, chosen, said_from, said_to, page)
