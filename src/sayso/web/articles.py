"""Articles: the list, the article with all that was read of it, its copies and its bytes."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Response

from sayso.store import Kept
from sayso.web.article_diff import ArticleDiff, article_diff
from sayso.web.article_list import ArticleList, ArticlesAsked, article_list, articles_asked
from sayso.web.article_view import ArticlePage, article_page
from sayso.web.state import Reader, Reads
from sayso.web.twins import view

router = APIRouter(tags=["articles"])
# What a double click on the saved file does is shown, never run.
_SUFFIX = {"application/pdf": "pdf", "text/plain": "txt", "text/html": "html.txt", "application/xhtml+xml": "html.txt"}


@view(router, "/articles", "articles.html")
def articles(reader: Reads, asked: Annotated[ArticlesAsked, Depends(articles_asked)]) -> ArticleList:
    """Articles that fit a filter, the latest published first."""
    return article_list(reader, asked, reader.web.settings.page_size)


@router.get("/articles/{key}/raw", response_class=Response, summary="The archived bytes, to be saved")
def article_raw(reader: Reads, key: str) -> Response:
    """A document's bytes as they were fetched: a file to save, which no browser opens as a page."""
    _kept(reader, key)
    raw, media_type = reader.look.raw(key)
    name = f"{key}.{_SUFFIX.get(media_type.partition(';')[0].strip().lower(), 'bin')}"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-cache",
    }
    return Response(raw, media_type="application/octet-stream", headers=headers)


@view(router, "/articles/{key}/diff/{other}", "article_diff.html")
def article_differs(reader: Reads, key: str, other: str) -> ArticleDiff:
    """Two articles' texts, word by word."""
    _kept(reader, key)
    _kept(reader, other)
    return reader.cached(("diff", key, other), lambda: article_diff(reader, key, other))


@view(router, "/articles/{key}", "article.html")
def article(reader: Reads, key: str) -> ArticlePage:
    """One article: its text, and who says what in it on whose say-so."""
    return article_page(reader, key, _kept(reader, key))


def _kept(reader: Reader, key: str) -> Kept:
    found = reader.look.kept(key)
    if found is None:
        raise HTTPException(404, f"no article {key!r}")
    return found
