"""Search: full text over documents and claims."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends

from sayso.web.search_filter import SearchAsked, search_asked
from sayso.web.search_view import SearchPage, search_page
from sayso.web.state import Reads
from sayso.web.twins import view

router = APIRouter(tags=["search"])


@view(router, "/search", "search.html")
def search(reader: Reads, asked: Annotated[SearchAsked, Depends(search_asked)]) -> SearchPage:
    """Documents or claims that have the words, the best first."""
    return search_page(reader, asked, reader.web.settings.page_size)
