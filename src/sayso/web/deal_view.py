"""A deal as its page shows it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from sayso.export import words
from sayso.export.figures import interval
from sayso.model import Deal, Kind, Stage, Standing
from sayso.store.deal_queries import kept_of, response_places
from sayso.store.rows import Kept
from sayso.web import links
from sayso.web.deal_parts import Change, Evidence, Reply, Slot, changes, evidence, replies, slots
from sayso.web.state import Reader
from sayso.web.timeline import Timeline, timeline
from sayso.web.tree import Node, tree
from sayso.web.tree_picture import TreePicture, tree_picture

_KEY = re.compile(r"\b[0-9a-f]{12}\b", re.ASCII)
# What a deal is, in one line: by kind, with its item, and its two sides where they are known.
_CLAIMED = {
    Kind.TRANSFER: ("Transfer of {}", " from {}", " to {}"),
    Kind.PRODUCTION: ("Production of {}", " by {}", " for {}"),
    Kind.TECHNOLOGY_TRANSFER: ("Transfer of technology for {}", " from {}", " to {}"),
    Kind.FUNDING: ("Funding of {}", " by {}", " for {}"),
    Kind.RESTRICTION: ("Restriction of {}", " by {}", " on {}"),
    Kind.SPECIFICATION: ("What {} can do", ", made by {}", ", used by {}"),
    Kind.USE: ("Use of {}", " from {}", " by {}"),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """Words, with an address where they name a document."""

    text: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class StandingView:
    """A standing: its rule, and what it rests on in this deal."""

    standing: Standing
    label: str
    rule: str
    why: tuple[Piece, ...]
    against: bool


@dataclass(frozen=True, slots=True)
class OriginView:
    name: str
    path: str
    documents: int


@dataclass(frozen=True, slots=True)
class DealPage:
    """`deal` is the ledger's record; the rest is what the page says of it. `sources` are the documents
    that the ledger holds, of `deal.witnesses`."""

    deal: Deal
    address: str
    claimed: str
    when: str
    outlets: int
    standing: tuple[StandingView, ...]
    timeline: Timeline | None
    tree: tuple[Node, ...]
    picture: TreePicture
    origins: tuple[OriginView, ...]
    slots: tuple[Slot, ...]
    conflicts: tuple[str, ...]
    changes: tuple[Change, ...]
    replies: tuple[Reply, ...]
    evidence: tuple[Evidence, ...]
    sources: tuple[Kept, ...]


def deal_page(reader: Reader, deal: Deal) -> DealPage:
    """Everything that the page of a deal shows, kept until the ledger changes."""
    return reader.cached(("deal", deal.id), lambda: _deal_page(reader, deal))


def _deal_page(reader: Reader, deal: Deal) -> DealPage:
    look = reader.look
    tolds = {t.key: t for t in look.told(deal.claims)}
    documents = [w.document for w in deal.witnesses]
    kept = kept_of(look, documents)
    outlets = {w.document: words.visible(w.outlet or "") or words.NO_OUTLET for w in deal.witnesses}
    places = response_places(look, documents)
    nodes = tree(deal, tolds)
    return DealPage(
        deal=deal, address=links.deal(deal.id), claimed=claimed(deal), when=interval(deal.when) if deal.when else "",
        outlets=len({w.outlet for w in deal.witnesses if w.outlet}),
        standing=tuple(_standing(s.standing, s.why, outlets) for s in deal.standing),
        timeline=timeline(deal, tolds.values()), tree=nodes, picture=tree_picture(nodes),
        origins=tuple(OriginView(words.visible(r.name), _arrows(r.path), len(r.documents)) for r in deal.roots),
        slots=slots(deal, tolds), conflicts=tuple(words.visible(c) for c in deal.conflicts),
        changes=changes(deal, outlets), replies=replies(deal, tolds, places), evidence=evidence(deal, tolds, kept),
        sources=_sources(deal, kept),
    )  # fmt: skip


def claimed(deal: Deal) -> str:
    """What is claimed, in one line."""
    what, left, right = _CLAIMED[deal.kind]
    line = what.format(words.visible(deal.item) or "something not stated")
    line += left.format(words.visible(deal.supplier)) if deal.supplier else ""
    line += right.format(words.visible(deal.recipient)) if deal.recipient else ""
    rest = [] if deal.stage is Stage.UNSPECIFIED else [words.STAGE[deal.stage]]
    rest += [f"to happen {_preposition(interval(deal.when))}"] if deal.when else []
    return line + (": " + ", ".join(rest) if rest else "")


def _preposition(when: str) -> str:
    """ "in May 2031", "on 3 May 2031", "by …", "3 to 5 May 2031"."""
    if when.startswith(("by ", "since ", "from ")) or " to " in when:
        return when
    return f"on {when}" if when.count(" ") == 2 else f"in {when}"


def _standing(standing: Standing, why: str, outlets: Mapping[str, str]) -> StandingView:
    against = standing in (Standing.DENIED, Standing.PARTLY_DENIED, Standing.WITHDRAWN)
    why_pieces = pieces(why, outlets)
    return StandingView(standing, words.STANDING[standing], words.STANDING_RULE[standing], why_pieces, against)


def pieces(text: str, outlets: Mapping[str, str]) -> tuple[Piece, ...]:
    """Text with the keys of documents as links named by their outlets."""
    text, found, at = _arrows(text), [], 0
    for m in _KEY.finditer(text):
        if m[0] in outlets:
            found += [Piece(text[at : m.start()])] if m.start() > at else []
            found.append(Piece(outlets[m[0]], links.article(m[0])))
            at = m.end()
    return (*found, *([Piece(text[at:])] if at < len(text) else []))


def _arrows(path: str) -> str:
    return words.visible(path).replace("->", "→")


def _sources(deal: Deal, kept: Mapping[str, Kept]) -> tuple[Kept, ...]:
    found = [kept[w.document] for w in deal.witnesses if w.document in kept]
    return tuple(sorted(found, key=lambda k: (k.published or dt.date.max, k.outlet or "", k.key)))
