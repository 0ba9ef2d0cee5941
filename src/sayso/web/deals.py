"""Deals: the table and the deal."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import fields
from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, HTTPException, Request, Response
from starlette.responses import StreamingResponse

from sayso.export.cells import rows_to
from sayso.model import Deal
from sayso.store import deal_queries
from sayso.store.deal_queries import DealRow
from sayso.web import visits
from sayso.web.deal_filter import Asked, asked
from sayso.web.deal_list import DealList, deal_list, deals_of, in_page
from sayso.web.deal_view import DealPage, deal_page
from sayso.web.render import environment
from sayso.web.saved import saved_views
from sayso.web.state import Reader, Reads
from sayso.web.twins import view

router = APIRouter(tags=["deals"])
Filter = Annotated[Asked, Depends(asked)]


@view(router, "/deals", "deals.html")
def deals(reader: Reads, request: Request, response: Response, wanted: Filter) -> DealList:
    """Deals that fit a filter, with what the filter could be narrowed to."""
    newest = reader.cached("newest", lambda: deal_queries.newest_document(reader.look))
    since = visits.seen(request, response, reader, newest)
    return deal_list(reader, wanted, since, saved_views(request), reader.web.settings.page_size)


@router.get("/deals.csv", response_class=StreamingResponse)
def deals_csv(reader: Reads, wanted: Filter, request: Request) -> Response:
    """Every deal that fits, as CSV for a spreadsheet."""
    found = in_page(reader, deals_of(reader, wanted.wanted(visits.mark(request))), wanted)
    return StreamingResponse(_csv(found), media_type="text/csv; charset=utf-8", headers=_attached("deals.csv"))


@router.get("/deals.jsonl", response_class=StreamingResponse)
def deals_jsonl(reader: Reads, wanted: Filter, request: Request) -> Response:
    """Every deal that fits, as JSON Lines."""
    found = in_page(reader, deals_of(reader, wanted.wanted(visits.mark(request))), wanted)
    lines = (msgspec.json.encode(row) + b"\n" for row in found)
    return StreamingResponse(lines, media_type="application/jsonl", headers=_attached("deals.jsonl"))


def _attached(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-cache"}


def _csv(found: list[DealRow]) -> Iterator[str]:
    """The table in pieces of a few hundred rows."""
    names = [f.name for f in fields(DealRow)]
    buffer = io.StringIO()
    write = rows_to(buffer, names)
    for n, row in enumerate(found):
        write(getattr(row, name) for name in names)
        if n % 500 == 499:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


@view(router, "/deals/{id}", "deal.html")
def deal(reader: Reads, id: str) -> DealPage:
    """One deal: who says what of it, on whose say-so."""
    return deal_page(reader, _deal(reader, id))


@view(router, "/deals/{id}/dossier", "dossier.html")
def dossier(reader: Reads, id: str) -> DealPage:
    """One deal to print, with every source and its digest."""
    return deal_page(reader, _deal(reader, id))


@router.get("/deals/{id}/tree.svg", response_class=Response)
def tree_svg(reader: Reads, id: str) -> Response:
    """The tree of a deal's origins as a picture."""
    return _svg("tree.svg", picture=deal_page(reader, _deal(reader, id)).picture)


@router.get("/deals/{id}/timeline.svg", response_class=Response)
def timeline_svg(reader: Reads, id: str) -> Response:
    """A deal's timeline as a picture; 404 where no day is known."""
    line = deal_page(reader, _deal(reader, id)).timeline
    if line is None:
        raise HTTPException(404, f"no timeline: no article of deal {id!r} has a day")
    return _svg("timeline.svg", line=line)


def _deal(reader: Reader, id: str) -> Deal:
    found = reader.look.deal(id)
    if found is None:
        raise HTTPException(404, f"no deal {id!r}")
    return found


def _svg(template: str, **context: object) -> Response:
    svg = environment().get_template(template).render(**context)
    return Response(svg, media_type="image/svg+xml", headers={"Cache-Control": "private, no-cache"})
