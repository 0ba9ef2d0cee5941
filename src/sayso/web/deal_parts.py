"""The parts of a deal's page: values by origin, what changed, who answered, and every sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sayso.export import words
from sayso.export.page_cards import safe_link
from sayso.model import (
    Answer,
    Basis,
    Claim,
    Deal,
    Document,
    Drift,
    Polarity,
    ResponseType,
    Stage,
    Stated,
    Told,
    Witness,
)
from sayso.store.rows import Kept
from sayso.web import links

_STAGES, _BASES = {s.value for s in Stage}, {b.value for b in Basis}


@dataclass(frozen=True, slots=True)
class Place:
    """A claim or an article, by the name of its outlet."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class ValueView:
    value: str
    roots: tuple[str, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """What the origins have for one slot; `conflict` where they differ."""

    slot: str
    label: str
    values: tuple[ValueView, ...]
    conflict: bool


@dataclass(frozen=True, slots=True)
class Change:
    """A value that changed in the retelling, with both places."""

    slot: str
    label: str
    root_value: str
    value: str
    root: Place
    told: Place


@dataclass(frozen=True, slots=True)
class Reply:
    """A party's answer, in the article's words."""

    responder: str
    type: ResponseType
    label: str
    scope: str
    quote: str
    place: Place
    said: dt.date | None
    denied: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """A claim's evidence, where it stands. `voices` is its chain in one line."""

    claim: str
    address: str
    quote: str
    what: str
    stage: str
    denied: bool
    hedged: bool
    voices: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """One document's sentences, and where its telling comes from."""

    document: str
    address: str
    outlet: str
    title: str
    said: dt.date | None
    url: str
    host: str
    root: str
    why: str
    chain: str
    basis: str
    group: str
    unread: bool
    sentences: tuple[Sentence, ...]
    missing: int


def slots(deal: Deal, tolds: Mapping[str, Told]) -> tuple[Slot, ...]:
    """The values that the origins state, by slot."""
    by_slot: dict[str, list[Stated]] = {}
    for stated in deal.values:
        by_slot.setdefault(stated.slot, []).append(stated)
    differ = {c.partition(":")[0] for c in deal.conflicts}
    return tuple(
        Slot(slot, words.SLOT.get(slot, slot), tuple(_value(v, tolds) for v in found), slot in differ)
        for slot, found in by_slot.items()
    )


def _value(stated: Stated, tolds: Mapping[str, Told]) -> ValueView:
    places = tuple(Place(_outlet(tolds[key].outlet), links.claim(key)) for key in stated.claims if key in tolds)
    roots = tuple(words.visible(r) for r in stated.roots)
    return ValueView(_worded(stated.slot, stated.value), roots, places)


def changes(deal: Deal, outlets: Mapping[str, str]) -> tuple[Change, ...]:
    """Every drift of the deal."""
    return tuple(_change(d, outlets) for w in deal.witnesses for d in w.drifts)


def _change(drift: Drift, outlets: Mapping[str, str]) -> Change:
    ends = [Place(outlets.get(_document(k), _document(k)), _address(k)) for k in (drift.root, drift.told)]
    values = [_worded(drift.slot, v) for v in (drift.root_value, drift.value)]
    return Change(drift.slot, words.SLOT.get(drift.slot, drift.slot), values[0], values[1], ends[0], ends[1])


def _document(key: str) -> str:
    """The document of a claim's key, or of a document's."""
    return key.partition(".")[0]


def _address(key: str) -> str:
    return links.claim(key) if "." in key else links.article(key)


def _worded(slot: str, value: str) -> str:
    """A slot's value in words where it is one of an enumeration."""
    if slot == "hedged":
        return {"true": "hedged", "false": "stated as fact"}.get(value, value)
    if slot == "stage" and value in _STAGES:
        return words.STAGE[Stage(value)]
    if slot == "basis" and value in _BASES:
        return words.BASIS[Basis(value)]
    return words.visible(value.replace("_", " ") if slot == "response" else value)


def replies(deal: Deal, tolds: Mapping[str, Told], places: Mapping[tuple[str, int, int], int]) -> tuple[Reply, ...]:
    """Every answer of the deal's witnesses; `places` numbers the documents' responses."""
    at = {(t.document, *t.claim.evidence): t.key for t in tolds.values()}
    return tuple(_reply(w, a, at, places) for w in deal.witnesses for a in w.answers)


def _reply(
    w: Witness,
    a: Answer,
    claims: Mapping[tuple[str, int, int], str],
    places: Mapping[tuple[str, int, int], int],
) -> Reply:
    where = (a.document, *a.span)
    address = links.article(a.document)
    if where in places:
        address = links.response(a.document, places[where])
    elif where in claims:
        address = links.claim(claims[where])
    return Reply(
        words.visible(a.responder), a.type, words.RESPONSE[a.type], words.SCOPE[a.scope], words.visible(a.quote),
        Place(_outlet(w.outlet), address), w.said, a.type in (ResponseType.DENIED, ResponseType.DISMISSED),
    )  # fmt: skip


def evidence(deal: Deal, tolds: Mapping[str, Told], kept: Mapping[str, Kept]) -> tuple[Evidence, ...]:
    """Every document of the deal with its sentences, in the order of saying."""
    ordered = sorted(deal.witnesses, key=lambda w: (w.said or dt.date.max, w.document))
    return tuple(_evidence(w, tolds, kept.get(w.document)) for w in ordered)


def _evidence(w: Witness, tolds: Mapping[str, Told], kept: Kept | None) -> Evidence:
    found = [tolds[key] for key in w.claims if key in tolds]
    url, host = safe_link(kept.url if kept else None)
    return Evidence(
        document=w.document, address=links.article(w.document), outlet=_outlet(w.outlet),
        title=words.visible(kept.title or "") if kept else "", said=w.said, url=url or "", host=host,
        root=words.visible(w.root), why=words.visible(w.why),
        chain=" → ".join(words.visible(n) for n in reversed(w.chain) if n != w.root),
        basis="" if w.basis is Basis.UNSTATED else words.BASIS[w.basis], group=w.group or "", unread=w.unread,
        sentences=tuple(_sentence(t) for t in found), missing=len(w.claims) - len(found),
    )  # fmt: skip


def _sentence(told: Told) -> Sentence:
    c: Claim = told.claim
    carrier = Document("", "", outlet=told.outlet)
    return Sentence(
        told.key, links.claim(told.key), words.visible(told.quote), words.what(c),
        "" if c.stage is Stage.UNSPECIFIED else words.STAGE[c.stage], c.polarity is Polarity.DENIED, c.hedged,
        words.chain(words.steps(c, carrier)),
    )  # fmt: skip


def _outlet(name: str | None) -> str:
    return words.visible(name or "") or words.NO_OUTLET
