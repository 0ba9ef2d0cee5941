"""How an export goes through a ledger: deal by deal, once, with what each names for the first time.

`tolds` and `documents` may be any mapping, also one that reads from a database as it is asked; no
export holds more than one deal with its claims, beside the keys that it has seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sayso.errors import InputError
from sayso.model import Deal, Document, Told

Notes = Counter[str]
"""What an export left out or flattened, and how often."""

Documents = Mapping[str, Document]
"""By document key; only those that deals and claims name are asked for."""


@dataclass(frozen=True, slots=True)
class Part:
    """A deal with its claims, or one claim of no deal, and the documents named here first.

    A document that was not given is None; `carriers` has the outlet that its claims give it.
    """

    deal: Deal | None
    claims: tuple[Told, ...]
    documents: tuple[tuple[str, Document | None], ...]
    carriers: Mapping[str, str | None]


def walk(deals: Iterable[Deal], tolds: Mapping[str, Told], documents: Documents, notes: Notes) -> Iterator[Part]:
    """The deals in their order, then every claim of `tolds` that is in none of them.

    Raises `InputError` for a deal or a claim that comes twice.
    """
    deals_seen: set[str] = set()
    placed: set[str] = set()
    named: set[str] = set()
    for deal in deals:
        if deal.id in deals_seen:
            raise InputError("deals", f"deal {deal.id} twice", "each deal once")
        deals_seen.add(deal.id)
        twice = [key for key in deal.claims if key in placed]
        if twice:
            raise InputError(f"deal {deal.id}", f"claim {twice[0]} of another deal", "each claim in one deal")
        placed.update(deal.claims)
        claims = tuple(tolds[key] for key in deal.claims if key in tolds)
        if len(claims) < len(deal.claims):
            notes["claims that a deal names and that were not given"] += len(deal.claims) - len(claims)
        yield _part(deal, claims, documents, named, notes)
    for told in tolds.values():
        if told.key not in placed:
            yield _part(None, (told,), documents, named, notes)


def _part(deal: Deal | None, claims: tuple[Told, ...], documents: Documents, named: set[str], notes: Notes) -> Part:
    carriers = {t.document: t.outlet for t in claims}
    if deal:
        carriers = {w.document: w.outlet for w in deal.witnesses} | carriers
        carriers |= {d: None for r in deal.roots for d in (*r.documents, *r.own) if d not in carriers}
        carriers |= {a.document: None for w in deal.witnesses for a in w.answers if a.document not in carriers}
    new = [key for key in carriers if key not in named]
    named.update(new)
    found = tuple((key, documents.get(key)) for key in new)
    absent = sum(document is None for _, document in found)
    if absent:
        notes["documents that were not given, so known by key and outlet alone"] += absent
    return Part(deal, claims, found, carriers)


def note_articles(part: Part, notes: Notes) -> None:
    """Counts what of its articles an export leaves where it is: the text, and what marks places in it."""
    for _, d in part.documents:
        if d is not None:
            notes["texts of articles, which no export passes on"] += 1
            notes["zones, links and boxes of articles (jsonl has them)"] += len(d.zones) + len(d.links) + len(d.boxes)


def lines(notes: Notes) -> list[str]:
    """The notes as lines: "spans of slots, which have no column: 12"."""
    return [f"{what}: {count:,}" for what, count in sorted(notes.items()) if count]
