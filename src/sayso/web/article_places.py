"""An article among others: the deals that it is a witness of, and the documents with the same text."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.export import words
from sayso.model import Deal, Drift, Witness
from sayso.store import Kept, Look, article_queries
from sayso.store.article_queries import ArticlesWanted
from sayso.web import links
from sayso.web.dating import Dated, dated

_COPIES = 100  # shown of a reprint group
_DEALS = 50  # whose record is looked into


@dataclass(frozen=True, slots=True)
class DealPlace:
    """The article as a witness of a deal: where its telling comes from, and what changed on the way."""

    id: str
    item: str
    address: str
    standing: tuple[str, ...]
    chain: tuple[str, ...]
    root: str
    why: str
    own: bool
    drifts: tuple[Drift, ...]


@dataclass(frozen=True, slots=True)
class Copy:
    """Another document with the same text; `alike` is the part of the lesser text that is in the other,
    None where the two were not compared but go together through a third."""

    key: str
    title: str
    outlet: str
    published: Dated
    alike: float | None
    address: str
    diff: str


def deal_places(look: Look, key: str, unread: bool) -> tuple[list[DealPlace], int]:
    """The deals that the document is a witness of, and how many more there are."""
    ids = look.telling_unread([key]) if unread else look.deals_in([key])
    found = []
    for deal in look.deals(sorted(ids)[:_DEALS]):
        witness = next((w for w in deal.witnesses if w.document == key), None)
        if witness is not None:
            found.append(_place(deal, witness))
    return found, max(0, len(ids) - _DEALS)


def _place(deal: Deal, w: Witness) -> DealPlace:
    own = any(w.document in r.own for r in deal.roots)
    standing = tuple(s.standing.value for s in deal.standing)
    return DealPlace(deal.id, deal.item, links.deal(deal.id), standing, w.chain, w.root, w.why, own, w.drifts)


def copies(look: Look, kept: Kept) -> tuple[list[Copy], int]:
    """The documents of the reprint group, the first published first, and how many there are."""
    if kept.group_id is None:
        return [], 0
    wanted = ArticlesWanted(group=kept.group_id)
    rows = [
        r for r in article_queries.list_articles(look, wanted, sort="oldest", limit=_COPIES + 1) if r.key != kept.key
    ]
    alike = article_queries.likeness(look, kept.key)
    total = article_queries.count_articles(look, wanted) - 1
    return [
        Copy(
            r.key, words.visible(r.title or "") or "title not stated", r.outlet or "",
            dated(r.published, r.published_start, r.published_end, inferred=r.published_inferred), alike.get(r.key),
            links.article(r.key), diff_address(kept.key, r.key),
        )
        for r in rows[:_COPIES]
    ], total  # fmt: skip


def diff_address(a: str, b: str) -> str:
    return f"{links.article(a)}/diff/{links.article(b).removeprefix('/articles/')}"
