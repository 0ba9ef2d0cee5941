"""Which deals: by filters, by words, as of a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields

from sayso.errors import InputError
from sayso.export.plain import summary
from sayso.export.words import visible
from sayso.keeping.about import about
from sayso.keeping.as_of import Known, as_of
from sayso.keeping.verdicts import decided
from sayso.lexicon import load
from sayso.model import Deal
from sayso.store import Look, rowing
from sayso.store.deal_facets import facet_rows
from sayso.store.deal_queries import SORTS, DealRow, deal_rows
from sayso.store.find_deals import Wants, deals_beginning, deals_fitting, facet_values
from sayso.text.names import countries_of

_SIDES = ("supplier", "recipient")
_AMBIGUOUS = 5  # deals named where a key's beginning fits several


@dataclass(frozen=True, slots=True)
class Asked:
    """What the options of `deals` and `export` ask for; empty is anything."""

    party: tuple[str, ...] = ()
    supplier: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    stage: tuple[str, ...] = ()
    standing: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    said_from: dt.date | None = None
    said_to: dt.date | None = None
    when_from: dt.date | None = None
    when_to: dt.date | None = None
    about: str | None = None
    as_of: dt.date | None = None

    def is_anything(self) -> bool:
        return self == Asked()


@dataclass(frozen=True, slots=True)
class Chosen:
    """The deals that fit in order, cut to the limit: `rows`, and the deals themselves as of a day
    (`deals`, else empty). `total` fit; `undated` documents were left out of their day's view."""

    rows: list[DealRow]
    total: int
    words: dict[str, tuple[str, ...]]
    deals: dict[str, Deal]
    undated: int = 0


def asked(**given: object) -> Asked:
    """From options: lists become tuples, an option that is not given anything."""
    known = {f.name for f in fields(Asked)}
    values = {k: tuple(str(x) for x in v) if isinstance(v, list) else v for k, v in given.items() if k in known}
    return Asked(**{k: v for k, v in values.items() if v is not None})  # type: ignore[arg-type]


def chosen(look: Look, want: Asked, *, sort: str = "-last_said", limit: int | None = None) -> Chosen:
    """The deals that fit, by a column of `SORTS` ("-" for the greatest first), or the best first by words."""
    column, descending = sort.removeprefix("-"), sort.startswith("-")
    if column not in SORTS:
        raise InputError("--sort", repr(sort), "one of " + ", ".join(SORTS) + ' ("-" before it: the greatest first)')
    ids = deals_fitting(look, _wants(look, want), column, descending=descending)
    words: dict[str, tuple[str, ...]] = {}
    if want.about:
        matches, fits = about(look, want.about, load()), set(ids)
        words = {m.deal: m.words for m in matches if m.deal in fits}
        ids = list(words)
    if want.as_of is None:
        return Chosen(deal_rows(look, ids[:limit]), len(ids), words, {})
    found = dict(_known(look, ids, want))
    deals = {id: known.deal for id, known in found.items() if known.deal is not None}
    undated = sum(known.undated for id, known in found.items())
    ordered = list(deals) if want.about else _sorted(deals, column, descending=descending)
    kept = ordered[:limit]
    return Chosen([row_of(deals[id]) for id in kept], len(ordered), words, {id: deals[id] for id in kept}, undated)


def found_deal(look: Look, name: str) -> Deal:
    """The deal of an id, of any of its claims' keys, or of a beginning that fits no other.

    Raises `InputError` where there is none, or more than one.
    """
    name = name.strip()
    home = look.deals_of([name]).get(name)
    deal = look.deal(home or name)
    if deal is None and name:
        ids = deals_beginning(look, name, most=_AMBIGUOUS + 1)
        if len(ids) > 1:
            told = [f"{d.id} ({visible(summary(d))})" for d in look.deals(ids[:_AMBIGUOUS])]
            more = " and more" if len(ids) > _AMBIGUOUS else ""
            raise InputError(look.place, f"{name!r} fits several deals: {'; '.join(told)}{more}", "more of the key")
        deal = look.deal(ids[0]) if ids else None
    if deal is None:
        raise InputError(look.place, f"no deal {name!r}", "a key that `sayso deals` shows, or its beginning")
    return deal


def known_on(look: Look, deal: Deal, day: dt.date) -> Known:
    """A deal as it was known on a day."""
    return as_of(look, deal, day, load(), decided(look))


def row_of(deal: Deal) -> DealRow:
    """A deal as a list shows it."""
    row = rowing.deal_row(deal)
    standing = tuple(s.standing.value for s in deal.standing)
    return DealRow(**{f.name: row[f.name] for f in fields(DealRow)} | {"standing": standing})  # type: ignore[arg-type]


def _wants(look: Look, want: Asked) -> Wants:
    """The filters for the store; as of a day, only which may fit: their values then are looked at after."""
    if want.as_of is not None:
        return Wants(said_to=want.as_of)
    facets: list[tuple[tuple[str, ...], tuple[str, ...]]] = [
        ((name,), _values(look, name, given)) for name, given in _facets(want)
    ]
    if want.party:
        either = {v for side in _SIDES for v in _values(look, side, want.party)}
        facets.append((_SIDES, tuple(sorted(either))))
    return Wants(tuple(facets), want.said_from, want.said_to, want.when_from, want.when_to)


def _facets(want: Asked) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name in ("supplier", "recipient", "category", "stage", "standing", "outlet"):
        if given := getattr(want, name):
            yield name, given


def _values(look: Look, facet: str, given: Sequence[str]) -> tuple[str, ...]:
    """The values of a facet that were meant, whatever their case; a party also by its country."""
    folded = _folded(facet, given)
    return tuple(v for v in facet_values(look, facet) if v.casefold() in folded)


def _folded(facet: str, given: Iterable[str]) -> frozenset[str]:
    names = list(given)
    if facet in _SIDES:
        names += [code for name in given for code in countries_of(name, load())]
    return frozenset(name.casefold() for name in names)


def _known(look: Look, ids: Iterable[str], want: Asked) -> Iterator[tuple[str, Known]]:
    """Each deal as it was on the day, of those that then fit; one of which nothing was known stays out."""
    verdicts, lexicon = decided(look), load()
    assert want.as_of is not None
    for id in ids:
        deal = look.deal(id)
        known = as_of(look, deal, want.as_of, lexicon, verdicts) if deal else Known(None)
        if known.deal is not None and _fits(known.deal, want):
            yield id, known


def _fits(deal: Deal, want: Asked) -> bool:
    """Whether a deal fits the filters, by the same values that a stored one is found under."""
    has: dict[str, set[str]] = {}
    for row in facet_rows(deal):
        has.setdefault(str(row["facet"]), set()).add(str(row["value"]).casefold())
    if any(not has[name] & _folded(name, given) for name, given in _facets(want)):
        return False
    if want.party and not (has["supplier"] | has["recipient"]) & _folded("supplier", want.party):
        return False
    first, last = deal.first_said, deal.last_said
    start, end = (deal.when.start, deal.when.end) if deal.when else (None, None)
    after = not want.when_from or (end >= want.when_from if end else start is not None)
    before = not want.when_to or (start <= want.when_to if start else end is not None)
    said = (not want.said_from or (last is not None and last >= want.said_from)) and (
        not want.said_to or (first is not None and first <= want.said_to)
    )
    return after and before and said


def _sorted(deals: dict[str, Deal], column: str, *, descending: bool) -> list[str]:
    """By a column; what has no value comes last."""
    values = {id: getattr(row_of(deal), column) for id, deal in deals.items()}
    stated = sorted((id for id in deals if values[id] is not None), key=lambda id: (values[id], id))
    if descending:
        stated.sort(key=lambda id: values[id], reverse=True)
    return stated + sorted(id for id in deals if values[id] is None)
