"""What a reader asks of the list of deals, as it stands in the address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Query
from pydantic import BeforeValidator

from sayso.store.deal_facets import COUNTED
from sayso.store.deal_queries import SORTS, DealsWanted
from sayso.web.links import link

FACETS = tuple(name for name in COUNTED if name != "flow")
"""Facets that can be chosen from; a flow is chosen by its two ends."""
LATEST = "-last_said"
_MOST_CHOSEN = 20
_DATES = ("said_from", "said_to", "when_from", "when_to")


def _blank(value: object) -> object:
    return None if value == "" else value


Day = Annotated[dt.date | None, BeforeValidator(_blank), Query(description="YYYY-MM-DD; the day is included")]
Some = Annotated[list[str], Query(max_length=_MOST_CHOSEN, description="any of these values")]


@dataclass(frozen=True, slots=True)
class Asked:
    """A list's filter, order and page. `sort` is a column, "-" before it for the greatest first."""

    chosen: tuple[tuple[str, tuple[str, ...]], ...] = ()
    q: str = ""
    said_from: dt.date | None = None
    said_to: dt.date | None = None
    when_from: dt.date | None = None
    when_to: dt.date | None = None
    new: bool = False
    sort: str = LATEST
    page: int = 1

    def wanted(self, since: int | None) -> DealsWanted:
        """For the store; `since` is the number of the last document of the reader's earlier visits."""
        days = {name: getattr(self, name) for name in _DATES}
        return DealsWanted(self.chosen, self.q, **days, since=(since or 0) if self.new else None)

    def values(self, facet: str) -> tuple[str, ...]:
        return dict(self.chosen).get(facet, ())

    def parts(self) -> dict[str, Any]:
        """The parts of the address, as `links.link` takes them; those at their defaults are left out."""
        found: dict[str, Any] = {"q": self.q, **dict(self.chosen)}
        found |= {name: day.isoformat() for name in _DATES if (day := getattr(self, name))}
        found |= {"new": "1"} if self.new else {}
        found |= {"sort": self.sort} if self.sort != LATEST else {}
        return found | ({"page": self.page} if self.page > 1 else {})

    def address(self, base: str = "/deals", **changed: object) -> str:
        """The address with some parts changed; it begins at the first page unless `page` is given."""
        return link(base, **{**self.parts(), "page": None, **changed})

    def toggled(self, facet: str, value: str) -> str:
        """The address with a value chosen, or let go of where it is."""
        values = self.values(facet)
        rest = [v for v in values if v != value]
        changed: dict[str, object] = {facet: rest if value in values else [*values, value]}
        return link("/deals", **{**self.parts(), "page": None, **changed})

    def sorted_by(self, column: str) -> str:
        """The address with this column's order; asked again, the other way round."""
        return self.address(sort=column if self.sort == f"-{column}" else f"-{column}")

    def is_filtered(self) -> bool:
        return bool(self.chosen or self.q or self.new or any(getattr(self, name) for name in _DATES))


def asked(
    supplier: Some = [],  # noqa: B006 - FastAPI copies defaults
    recipient: Some = [],  # noqa: B006
    category: Some = [],  # noqa: B006
    stage: Some = [],  # noqa: B006
    kind: Some = [],  # noqa: B006
    standing: Some = [],  # noqa: B006
    origins: Some = [],  # noqa: B006
    outlet: Some = [],  # noqa: B006
    q: Annotated[str, Query(max_length=200, description="words of a deal; word* for a beginning")] = "",
    said_from: Day = None,
    said_to: Day = None,
    when_from: Day = None,
    when_to: Day = None,
    new: bool = False,
    sort: Annotated[str, Query(pattern=f"^-?({'|'.join(SORTS)})$")] = LATEST,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Asked:
    """FastAPI's dependency: the query of a list of deals."""
    given: Mapping[str, list[str]] = {
        "supplier": supplier, "recipient": recipient, "category": category, "stage": stage, "kind": kind,
        "standing": standing, "origins": origins, "outlet": outlet,
    }  # fmt: skip
    chosen = tuple((name, tuple(sorted({v for v in given[name] if v}))) for name in FACETS if any(given[name]))
    return Asked(chosen, q.strip(), said_from, said_to, when_from, when_to, new, sort, page)
