"""The list of articles: what is asked of it, as it stands in the address, and what it shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import Query

from sayso.export import words
from sayso.store import article_queries, outlet_queries
from sayso.store.article_queries import MOST_COUNTED, SORTS, ArticleRow, ArticlesWanted
from sayso.web import links
from sayso.web.dating import Dated, dated
from sayso.web.deal_filter import Day
from sayso.web.paging import Pages, pages
from sayso.web.state import Reader

_OUTLETS = 300  # offered while an outlet's name is typed
_DATES = ("published_from", "published_to")
State = Literal["", "read", "unread", "awaiting"]
STATE = {"read": "read", "unread": "not readable", "awaiting": "waits to be read"}


@dataclass(frozen=True, slots=True)
class ArticlesAsked:
    """The list's filter, order and page. `group` is a reprint group."""

    q: str = ""
    outlet: str = ""
    language: str = ""
    state: str = ""
    published_from: dt.date | None = None
    published_to: dt.date | None = None
    group: str = ""
    sort: str = "published"
    page: int = 1

    def wanted(self) -> ArticlesWanted:
        return ArticlesWanted(
            self.q, self.outlet or None, self.language or None, self.state or None, self.published_from,
            self.published_to, self.group or None,
        )  # fmt: skip

    def address(self, **changed: object) -> str:
        """The list's address with some parts changed; it begins at the first page unless `page` is given."""
        given: dict[str, Any] = {
            "q": self.q, "outlet": self.outlet, "language": self.language, "state": self.state, "group": self.group,
        }  # fmt: skip
        given |= {name: day.isoformat() for name in _DATES if (day := getattr(self, name))}
        given |= {"sort": self.sort} if self.sort != "published" else {}
        return links.link("/articles", **{**given, **changed})


def articles_asked(
    q: Annotated[str, Query(max_length=200, description='full text: words, "words in order", word*')] = "",
    outlet: Annotated[str, Query(max_length=300, description="an outlet's name as it is written")] = "",
    language: Annotated[str, Query(max_length=40, description="a code, such as en")] = "",
    state: State = "",
    published_from: Day = None,
    published_to: Day = None,
    group: Annotated[str, Query(max_length=80, description="a reprint group")] = "",
    sort: Annotated[str, Query(pattern=f"^({'|'.join(SORTS)})$")] = "published",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> ArticlesAsked:
    """FastAPI's dependency: the query of a list of articles."""
    return ArticlesAsked(
        q.strip(), outlet.strip(), language.strip(), state, published_from, published_to, group, sort, page
    )


@dataclass(frozen=True, slots=True)
class Chosen:
    """A part of the filter; `address` lets go of it."""

    label: str
    value: str
    address: str


@dataclass(frozen=True, slots=True)
class ArticleLine:
    article: ArticleRow
    address: str
    outlet_address: str
    published: Dated
    language: str
    state: str


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class ArticleList:
    """`ledger` documents are there in all. `languages` are those of the newest documents; `outlets` are
    offered where an outlet's name is typed."""

    asked: ArticlesAsked
    ledger: int
    lines: tuple[ArticleLine, ...]
    chosen: tuple[Chosen, ...]
    languages: tuple[Choice, ...]
    outlets: tuple[str, ...]
    pages: Pages


def article_list(reader: Reader, asked: ArticlesAsked, size: int) -> ArticleList:
    """The list that was asked for. A page beyond the last is the last."""
    wanted = asked.wanted()
    total = reader.cached(("articles", wanted), lambda: article_queries.count_articles(reader.look, wanted))
    ledger = reader.cached(("articles", None), lambda: article_queries.count_articles(reader.look))
    filtered = wanted != article_queries.ALL
    most = MOST_COUNTED if filtered else None
    at = pages(total, asked.page, size, lambda page: asked.address(page=page), most=most)
    rows = article_queries.list_articles(
        reader.look, wanted, sort=asked.sort, limit=size, offset=(at.number - 1) * size
    )
    spoken = reader.cached("languages", lambda: article_queries.languages(reader.look))
    known = reader.cached("outlets", lambda: outlet_queries.outlet_counts(reader.look))
    return ArticleList(
        asked, ledger, tuple(map(line_of, rows)), tuple(_chosen(asked)),
        tuple(Choice(code, language(code), n) for code, n in spoken),
        tuple(o.name for o in known[:_OUTLETS]), at,
    )  # fmt: skip


def language(code: str) -> str:
    return words.LANGUAGE.get(code) or words.visible(code) or "language not stated"


def line_of(row: ArticleRow) -> ArticleLine:
    """A document as a list shows it."""
    when = dated(row.published, row.published_start, row.published_end, inferred=row.published_inferred)
    address = links.outlet(row.outlet) if row.outlet else ""
    return ArticleLine(row, links.article(row.key), address, when, language(row.language), STATE[row.state])


def _chosen(asked: ArticlesAsked) -> list[Chosen]:
    given = [
        ("Words", "q", asked.q), ("Outlet", "outlet", asked.outlet), ("Language", "language", language(asked.language)),
        ("State", "state", STATE.get(asked.state, "")), ("Same text as group", "group", asked.group),
        ("From", "published_from", str(asked.published_from or "")),
        ("To", "published_to", str(asked.published_to or "")),
    ]  # fmt: skip
    return [
        Chosen(label, words.visible(value), asked.address(**{name: None}))
        for label, name, value in given
        if getattr(asked, name)
    ]
