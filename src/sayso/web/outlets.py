"""Outlets, and the voices that they quote: the list, and what each originates and retells."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException

from sayso.web.outlet_list import OutletList, OutletsAsked, outlet_list, outlets_asked
from sayso.web.outlet_view import OutletPage, outlet_page
from sayso.web.state import Reads
from sayso.web.twins import view

router = APIRouter(tags=["outlets"])


@view(router, "/outlets", "outlets.html")
def outlets(reader: Reads, asked: Annotated[OutletsAsked, Depends(outlets_asked)]) -> OutletList:
    """Outlets, or the voices that they quote, those with most first."""
    return outlet_list(reader, asked, reader.web.settings.page_size)


# A name may hold a slash.
@view(router, "/outlets/{name:path}", "outlet.html")
def outlet(reader: Reads, name: str) -> OutletPage:
    """An outlet or a voice: what it originates, what it retells, from whom, and what changes on the way."""
    found = reader.cached(("outlet", name), lambda: outlet_page(reader, name))
    if found is None:
        raise HTTPException(404, f"no outlet or voice {name!r}")
    return found
