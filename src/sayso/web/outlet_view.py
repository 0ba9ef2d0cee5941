"""Everything that the page of an outlet, or of a voice that is none, shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.export import words
from sayso.model import Polarity, ResponseType, Scope, Told
from sayso.store import Wanted, article_queries, outlet_queries
from sayso.store.article_queries import ArticlesWanted
from sayso.web import links
from sayso.web.article_list import ArticleLine, line_of
from sayso.web.flow import Flow, FlowPicture, flow_picture
from sayso.web.outlet_account import Account, Share, account
from sayso.web.outlet_list import known_outlets, name_key
from sayso.web.state import Reader

_FLOWS = 8  # bands of a picture
_ARTICLES = 10
_CLAIMS = 20
_REACTIONS = 20


@dataclass(frozen=True, slots=True)
class Partner:
    """Another outlet, and how many documents have to do with both."""

    name: str
    documents: int
    address: str


@dataclass(frozen=True, slots=True)
class VoicedClaim:
    """A claim that the voice is behind, and who carries it."""

    key: str
    address: str
    what: str
    quote: str
    outlet: str
    said: dt.date | None
    denied: bool
    hedged: bool
    deal_address: str


@dataclass(frozen=True, slots=True)
class AsVoice:
    """`claims` that name it among their voices: the latest of them, and by whom they are carried."""

    claims: int
    shown: tuple[VoicedClaim, ...]
    carriers: tuple[Partner, ...]
    denied: int


@dataclass(frozen=True, slots=True)
class Answered:
    """A response of the party's: "denied — broader than the allegation"."""

    words: str
    quote: str
    outlet: str
    address: str


@dataclass(frozen=True, slots=True)
class AsParty:
    """What it answered as a party to an allegation, counted by the kind of response."""

    counts: tuple[tuple[str, int], ...]
    shown: tuple[Answered, ...]


@dataclass(frozen=True, slots=True)
class OutletPage:
    """`forms` are the ways the outlet's name is written in the ledger. `account` is over the latest
    deals; `partly`: there may be more. `incoming` shows from whom it retells, `outgoing` who retells it."""

    name: str
    forms: tuple[str, ...]
    documents: int
    claims: int
    articles: tuple[ArticleLine, ...]
    articles_address: str
    account: Account
    partly: bool
    incoming: FlowPicture | None
    outgoing: FlowPicture | None
    printed_with: tuple[Partner, ...]
    cited_by: tuple[Partner, ...]
    as_voice: AsVoice
    as_party: AsParty


def outlet_page(reader: Reader, name: str) -> OutletPage | None:
    """The page under a name; None where the ledger knows nothing by it."""
    look, key = reader.look, name_key(name)
    known = next((o for o in known_outlets(reader) if name_key(o.name) == key), None)
    forms = tuple(dict.fromkeys((known.name, *known.forms))) if known else ()
    names = list(dict.fromkeys((*forms, name)))
    deals = outlet_queries.deals_with(look, names)
    told = account(deals, lambda other: other in names or name_key(other) == key)
    rows = article_queries.list_articles(look, ArticlesWanted(outlet=known.name), limit=_ARTICLES) if known else []
    found = OutletPage(
        known.name if known else name, forms, known.documents if known else 0, known.claims if known else 0,
        tuple(map(line_of, rows)), links.link("/articles", outlet=known.name) if known else "",
        told, len(deals) >= outlet_queries.MOST_DEALS,
        _picture(told.retells, name, coming=True), _picture(told.retold_by, name, coming=False),
        _partners(outlet_queries.printed_with(look, forms)), _partners(outlet_queries.named_as_origin(look, names)),
        _as_voice(reader, name), _as_party(reader, name),
    )  # fmt: skip
    empty = not (known or told.deals or found.cited_by or found.as_voice.claims or found.as_party.counts)
    return None if empty else found


def _picture(shares: Sequence[Share], name: str, *, coming: bool) -> FlowPicture | None:
    flows = []
    for s in shares[:_FLOWS]:
        ends = (s.name, name) if coming else (name, s.name)
        flows.append(Flow(words.visible(ends[0]), words.visible(ends[1]), s.tellings, links.outlet(s.name)))
    return flow_picture(flows)


def _partners(counted: Sequence[tuple[str, int]]) -> tuple[Partner, ...]:
    return tuple(Partner(name, n, links.outlet(name)) for name, n in counted)


def _as_voice(reader: Reader, name: str) -> AsVoice:
    look, wanted = reader.look, Wanted(voice=name)
    many = look.count_claims(wanted)
    if not many:
        return AsVoice(0, (), (), 0)
    facets = look.facets(wanted)
    denied = dict(facets["polarity"]).get(Polarity.DENIED.value, 0)
    found = list(look.claims(wanted, limit=_CLAIMS))
    deals = look.deals_of(told.key for told in found)
    shown = tuple(_voiced(told, deals.get(told.key)) for told in found)
    return AsVoice(many, shown, _partners(facets["outlet"]), denied)


def _voiced(told: Told, deal: str | None) -> VoicedClaim:
    c = told.claim
    return VoicedClaim(
        told.key, links.claim(told.key), f"{words.KIND[c.kind]}: {words.what(c)}", words.visible(told.quote),
        told.outlet or "", told.said, c.polarity is Polarity.DENIED, c.hedged,
        links.deal(deal) if deal else "",
    )  # fmt: skip


def _as_party(reader: Reader, name: str) -> AsParty:
    counts = outlet_queries.reaction_counts(reader.look, name)
    if not counts:
        return AsParty((), ())
    ordered = sorted(counts.items(), key=lambda e: (-e[1], e[0]))
    shown = tuple(
        Answered(
            f"{words.RESPONSE[ResponseType(r.type)]} — {words.SCOPE[Scope(r.scope)]}", words.visible(r.quote),
            r.outlet or "", links.response(r.document, r.n),
        )
        for r in outlet_queries.reactions_of(reader.look, name, limit=_REACTIONS)
    )  # fmt: skip
    return AsParty(tuple((words.RESPONSE[ResponseType(kind)], n) for kind, n in ordered), shown)
