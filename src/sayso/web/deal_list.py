"""The list of deals as a page shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sayso.export import words
from sayso.export.figures import interval
from sayso.model import Category, Interval, Kind, Stage, Standing
from sayso.store import deal_queries
from sayso.store.deal_facets import FLOW, UNKNOWN
from sayso.store.deal_index import Counts, DealIndex, Mask, choose, page_of
from sayso.store.deal_queries import DealRow, DealsWanted
from sayso.web import countries, links
from sayso.web.deal_filter import FACETS, Asked
from sayso.web.flow import Flow, FlowPicture, flow_picture
from sayso.web.saved import SavedView
from sayso.web.state import Reader

_SHOWN = 12  # values of a facet; those chosen are shown beside
_FLOWS = 8
LABELS = {
    "supplier": "Supplier", "recipient": "Recipient", "category": "Category", "stage": "Stage", "kind": "Kind",
    "standing": "Standing", "origins": "Independent origins", "outlet": "Outlet",
}  # fmt: skip
COLUMNS = (
    ("item", "What"), ("supplier", "From"), ("recipient", "To"), ("stage", "Stage"), ("when_start", "To happen"),
    ("", "Standing"), ("origins", "Origins"), ("outlets", "Outlets"), ("first_said", "First said"),
    ("last_said", "Last said"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a facet; `count` deals have it beside what else is asked; `address` toggles it."""

    value: str
    label: str
    count: int
    chosen: bool
    address: str


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    label: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A deal of the list; `when` is in words; `new`: told by a document since the last visit."""

    deal: DealRow
    address: str
    when: str
    new: bool


@dataclass(frozen=True, slots=True)
class Column:
    """`order` is "ascending", "descending" or none; `address` sorts by it, where it can be sorted."""

    label: str
    order: str
    address: str


@dataclass(frozen=True, slots=True)
class Pages:
    number: int
    last: int
    total: int
    previous: str
    next: str


@dataclass(frozen=True, slots=True)
class DealList:
    """`total` deals fit, of `ledger` in all; `new` of all have come since the reader's last visit, None
    at the first. `query` is the filter's address without the page."""

    asked: Asked
    total: int
    ledger: int
    new: int | None
    lines: tuple[Line, ...]
    facets: tuple[Facet, ...]
    flows: FlowPicture | None
    columns: tuple[Column, ...]
    pages: Pages
    saved: tuple[SavedView, ...]
    query: str


def deal_list(reader: Reader, asked: Asked, since: int | None, saved: list[SavedView], size: int) -> DealList:
    """The list that was asked for. A page beyond the last is the last."""
    found = deals_of(reader, asked.wanted(since))
    pages = _pages(asked, found.total, size)
    rows = in_page(reader, found, asked, limit=size, offset=(pages.number - 1) * size)
    new = frozenset[str]()
    if since is not None:
        new = reader.cached(("deals", "new", since), lambda: frozenset(deal_queries.later_deals(reader.look, since)))
    return DealList(
        asked, found.total, found.everything, None if since is None else len(new),
        tuple(_line(row, row.id in new) for row in rows),
        tuple(_facet(asked, name, found.counts[name]) for name in FACETS),
        _flows(asked, found.counts["flow"]),
        tuple(_column(asked, name, label) for name, label in COLUMNS),
        pages, tuple(saved), asked.address("").removeprefix("?"),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """The deals that fit: which, how many of how many, and their counts by facet."""

    index: DealIndex
    mask: Mask
    total: int
    everything: int
    counts: Counts


def deals_of(reader: Reader, wanted: DealsWanted) -> Found:
    version, index = reader.web.deals.get(reader.look, reader.version)

    def find() -> Found:
        mask, counts = choose(index, reader.look, wanted)
        return Found(index, mask, int(mask.sum()), len(index.ids), counts)

    return reader.web.cache.get((version, "deals", wanted), find)


def in_page(reader: Reader, found: Found, asked: Asked, *, limit: int | None = None, offset: int = 0) -> list[DealRow]:
    """The deals in the order that was asked for, from `offset` on."""
    column, descending = asked.sort.removeprefix("-"), asked.sort.startswith("-")
    ids = page_of(found.index, reader.look, found.mask, column, descending=descending, limit=limit, offset=offset)
    return deal_queries.deal_rows(reader.look, ids)


def label(facet: str, value: str) -> str:
    """What a facet's value is called."""
    enums: dict[str, Callable[[], str]] = {
        "category": lambda: words.CATEGORY[Category(value)], "stage": lambda: words.STAGE[Stage(value)],
        "kind": lambda: words.KIND[Kind(value)], "standing": lambda: words.STANDING[Standing(value)],
        "supplier": lambda: countries.name(value), "recipient": lambda: countries.name(value),
        "outlet": lambda: "not stated" if value == UNKNOWN else value,
        "origins": lambda: {"0": "none known", "3+": "3 or more"}.get(value, value),
    }  # fmt: skip
    try:
        return words.visible(enums[facet]())
    except ValueError:  # from an address that somebody wrote
        return words.visible(value)


def _line(row: DealRow, new: bool) -> Line:
    when = interval(Interval(row.when_start, row.when_end), row.first_said) if row.when_start or row.when_end else ""
    return Line(row, links.deal(row.id), when, new)


def _facet(asked: Asked, name: str, counted: list[tuple[str, int]]) -> Facet:
    chosen = asked.values(name)
    shown = counted[:_SHOWN] + [v for v in counted[_SHOWN:] if v[0] in chosen]
    shown += [(v, 0) for v in chosen if v not in {value for value, _ in counted}]
    if name == "origins":
        shown.sort()
    values = (FacetValue(v, label(name, v), n, v in chosen, asked.toggled(name, v)) for v, n in shown)
    return Facet(name, LABELS[name], tuple(values))


def _flows(asked: Asked, counted: list[tuple[str, int]]) -> FlowPicture | None:
    flows = []
    for pair, count in counted[:_FLOWS]:
        supplier, _, recipient = pair.partition(FLOW)
        address = asked.address(supplier=supplier, recipient=recipient)
        flows.append(Flow(label("supplier", supplier), label("recipient", recipient), count, address))
    return flow_picture(flows)


def _column(asked: Asked, name: str, label: str) -> Column:
    order = {name: "ascending", f"-{name}": "descending"}.get(asked.sort, "")
    return Column(label, order, asked.sorted_by(name) if name else "")


def _pages(asked: Asked, total: int, size: int) -> Pages:
    last = max(1, -(-total // size))
    number = min(asked.page, last)
    previous = asked.address(page=number - 1 if number > 2 else None) if number > 1 else ""
    return Pages(number, last, total, previous, asked.address(page=number + 1) if number < last else "")
