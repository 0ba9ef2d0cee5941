"""Everything that the page of one article shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sayso.export import page_cards, words
from sayso.export.page_cards import Card, Line
from sayso.export.words import Fact
from sayso.keeping.verdicts import Decided, decided
from sayso.linking.drift import figure
from sayso.model import Claim, Document, Reading
from sayso.store import Kept, Look, article_queries
from sayso.store.article_queries import DealName
from sayso.web import links
from sayso.web.article_list import STATE, language
from sayso.web.article_places import Copy, DealPlace, copies, deal_places
from sayso.web.article_text import Paragraph, paragraphs
from sayso.web.dating import Dated, document_dated
from sayso.web.state import Reader


@dataclass(frozen=True, slots=True)
class ClaimCard:
    """A claim: `key` is the ledger's, `anchor` the page's (#c-0). `facts` are all slots but the parties
    and the item; `decided` what an analyst decided on it, beside what was extracted."""

    key: str
    anchor: str
    card: Card
    facts: tuple[Fact, ...]
    basis: str
    deal: DealName | None
    deal_address: str
    decided: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A response, an origin or a link, with its anchor; `address` leads on: to an outlet's page, or out
    to where a link may be followed; `target` is a link as written."""

    anchor: str
    line: Line
    address: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class Archived:
    """The bytes as they were fetched, under their SHA-256; `address` downloads them."""

    sha256: str
    media_type: str
    size: int
    captured: dt.datetime | None
    added: dt.datetime
    address: str


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """`state` is read, unread (`why`) or awaiting. `text` is the frozen text that all offsets count in;
    `paragraphs` the same as shown. `tag` is a language tag (BCP 47) for the text."""

    key: str
    id: str
    title: str
    titled: bool
    repeated: bool
    outlet: str
    outlet_address: str
    published: Dated
    language: str
    tag: str
    author: str
    url: Item | None
    state: str
    state_name: str
    why: str
    counts: tuple[str, ...]
    tally: tuple[str, ...]
    text: str
    paragraphs: tuple[Paragraph, ...]
    claims: tuple[ClaimCard, ...]
    responses: tuple[Item, ...]
    origins: tuple[Item, ...]
    links: tuple[Item, ...]
    deals: tuple[DealPlace, ...]
    deals_left_out: int
    copies: tuple[Copy, ...]
    copies_total: int
    copies_address: str
    archived: Archived
    notes: tuple[str, ...]


def article_page(reader: Reader, key: str, kept: Kept) -> ArticlePage:
    """The page of the document under a key. Raises `StoreError` for a damaged ledger."""
    look = reader.look
    read = look.reading(key)
    reading = read or Reading(look.document(key))
    d = reading.document
    shown = paragraphs(reading)
    state = "unread" if kept.unread is not None else "read" if read else "awaiting"
    verdicts = reader.cached("decided", lambda: decided(look))
    deals, left_out = deal_places(look, key, read is None)
    alike, total = copies(look, kept)
    title = words.visible(d.title or "")
    media_type, size = article_queries.archived(look, key)
    return ArticlePage(
        key, d.id, title or "title not stated", bool(title), _is_repeated(shown, title), d.outlet or "",
        links.outlet(d.outlet) if d.outlet else "", document_dated(d), language(d.language), page_cards.language(d),
        words.visible(d.author or ""), _out("u-0", d.url), state, STATE[state], words.visible(kept.unread or ""),
        tuple(words.counts(reading)) if read else (), tuple(page_cards.tally(reading)), d.text, shown,
        tuple(_claims(look, key, reading, verdicts)),
        tuple(Item(f"r-{n}", line) for n, line in enumerate(page_cards.responses(reading))),
        tuple(_origins(reading)), tuple(_links(d)), tuple(deals), left_out, tuple(alike), total,
        links.link("/articles", group=kept.group_id) if kept.group_id else "",
        Archived(kept.sha256, media_type, size, kept.captured, kept.added_at, f"{links.article(key)}/raw"),
        tuple(words.visible(n) for n in reading.notes),
    )  # fmt: skip


def _is_repeated(shown: tuple[Paragraph, ...], title: str) -> bool:
    """Whether the text begins with its title, so that it need not stand above it too."""
    head = next((p for p in shown if p.zone.value == "headline"), None)
    if head is None or not title:
        return False
    text = "".join(run for p in head.pieces for run, _ in p.runs)
    return words.visible(text).casefold() == title.casefold()


def _claims(look: Look, key: str, reading: Reading, verdicts: Decided) -> list[ClaimCard]:
    of = article_queries.claim_deals(look, key)
    names = article_queries.deal_names(look, set(of.values()))
    found = []
    for n, (card, claim) in enumerate(zip(page_cards.cards(reading), reading.claims, strict=True)):
        told = f"{key}.{n}"
        deal = names.get(of.get(n, ""))
        facts = (*card.facts, *_measure(claim, reading.document))
        found.append(
            ClaimCard(
                told, f"c-{n}", card, facts, words.BASIS[claim.basis], deal, links.deal(deal.id) if deal else "",
                tuple(_decided(told, verdicts)),
            )
        )  # fmt: skip
    return found


def _measure(claim: Claim, d: Document) -> list[Fact]:
    m = claim.measure
    if m is None:
        return []
    said = words.quote(m.span, d.text) if m.span else ""
    value = words.visible(f"{figure(m.min, m.max)} {m.unit}")
    return [Fact("measure", "measure", value, quote="" if said.casefold() in value.casefold() else said)]


def _decided(key: str, verdicts: Decided) -> list[str]:
    edit = verdicts.edits.get(key)
    found = ["rejected by an analyst: it counts for no deal"] if key in verdicts.rejected else []
    if isinstance(edit, dict) and edit:
        found.append(f"edited by an analyst: {', '.join(words.SLOT.get(slot, slot) for slot in edit)}")
    return found


def _origins(reading: Reading) -> list[Item]:
    lines = page_cards.origins(reading)
    return [
        Item(f"o-{n}", line, links.outlet(o.name))
        for n, (line, o) in enumerate(zip(lines, reading.origins, strict=True))
    ]


def _links(d: Document) -> list[Item]:
    lines = page_cards.links(d)
    return [
        Item(f"l-{n}", line, line.href or "", words.visible(k.target)[:500])
        for n, (line, k) in enumerate(zip(lines, d.links, strict=True))
    ]


def _out(anchor: str, target: str | None) -> Item | None:
    """A way out of the ledger; without an address where it may not be followed."""
    if not target:
        return None
    href, host = page_cards.safe_link(target)
    return Item(anchor, Line(host, "", href=href), href or "", words.visible(target)[:500])
