"""Deals kept up to date: which claims of new documents match, which deals change, what they become."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace

from sayso.keeping.mentions import deal_keys
from sayso.keeping.verdicts import Decided
from sayso.ledger import entry
from sayso.lexicon import Lexicon
from sayso.linking.blocking import block_keys, lookup_keys
from sayso.linking.clusters import deals
from sayso.linking.compare import compare, is_match
from sayso.linking.incremental import affected
from sayso.linking.units import Place
from sayso.model import Deal, Match
from sayso.store import Adding


class SqlStored:
    """The ledger as `linking.incremental` asks of it."""

    def __init__(self, t: Adding, decided: Decided) -> None:
        self._t, self._decided = t, decided
        self._places: dict[str, Place] = {}

    def place(self, key: str) -> Place:
        if key not in self._places:
            self._look([key])
        return self._places[key]

    def matched(self, keys: Iterable[str], since: Place | None) -> set[str]:
        """The claims matched with any of `keys`, or kept apart from it by an analyst."""
        given = set(keys)
        found = self._t.matched(given) | {o for k in given for o in self._decided.apart.get(k, ())}
        self._look(found)
        found &= self._places.keys()
        return found if since is None else {k for k in found if self._places[k] >= since}

    def beside(self, keys: Iterable[str]) -> set[str]:
        given = set(keys)
        self._look(given)
        merged = {o for k in given for o in self._decided.together.get(k, ())}
        return self._t.claims_in({self._places[k][1] for k in given if k in self._places}) | merged

    def deals(self, keys: Iterable[str]) -> set[str]:
        return {deal for deal in self._t.deals_of(keys).values() if deal is not None}

    def members(self, deals: Iterable[str]) -> set[str]:
        return self._t.members(deals)

    def _look(self, keys: Iterable[str]) -> None:
        missing = set(keys) - self._places.keys()
        for key, (said, document) in self._t.places(missing).items():
            self._places[key] = (said or dt.date.max, document)
        for key in missing & self._places.keys():
            group = self._decided.together.get(key)
            if group:
                others = self._t.places(group).values()
                self._places[key] = min([self._places[key], *((said or dt.date.max, d) for said, d in others)])


def match(t: Adding, keys: Iterable[str], decided: Decided) -> None:
    """Files claims under their keys and notes which claims of the ledger they match."""
    known = decided.told(t, keys)
    t.put_blocks({key: block_keys(known[key]) if key in known else () for key in keys})
    wanted = {key: {claim for _, claim in t.blocks(lookup_keys(one))} - {key} for key, one in known.items()}
    met = decided.told(t, set().union(*wanted.values()) - known.keys()) | known
    found: dict[tuple[str, str], Match] = {}
    for key, others in wanted.items():
        for other in others & met.keys():
            pair = (min(key, other), max(key, other))
            if pair not in found:
                one = compare(met[pair[0]], met[pair[1]])
                if is_match(one):
                    found[pair] = one
    t.put_matches(keys, found.values())


def gather(t: Adding, added: Iterable[str], decided: Decided) -> dict[str, set[str]]:
    """Decides anew the deals of all claims that `added` can change. What comes out are the deals
    touched, with the claims that each holds then; one without claims is no more."""
    change = affected(added, SqlStored(t, decided))
    keys = change.anew | change.standing
    known = decided.told(t, keys)
    before = {k: d for k, d in t.deals_of(keys).items() if d is not None}
    standing = {k: before[k] for k in change.standing & known.keys() if k in before}
    matches = t.matches(sorted(change.anew))
    found = deals(known.values(), matches, decided.cannot_link, decided.must_link, standing)
    touched = {d for k in change.anew for d in (before.get(k), found.get(k)) if d is not None}
    homes = {deal: t.members([deal]) - change.anew for deal in touched}
    for key in change.anew & found.keys():
        homes[found[key]].add(key)
    return homes


def derive(t: Adding, homes: Mapping[str, set[str]], decided: Decided, lexicon: Lexicon) -> list[str]:
    """Makes the entries of these deals anew, in place of what stood there; their ids."""
    made: list[tuple[Deal, set[str]]] = []
    for id, claims in sorted(homes.items()):
        told = decided.told(t, claims)
        if told:
            documents = sorted({one.document for one in told.values()})
            keys = deal_keys(told.values(), lexicon)
            other = {key: t.document(key) for key in sorted(t.mentioning(keys))}
            homes_of = {g for g in t.groups(documents).values() if g is not None}
            copies = {c.key for g in sorted(homes_of) for c in t.documents(group_id=g)} - set(documents)
            other |= {key: t.document(key) for key in sorted(copies - other.keys())}
            groups = {k: g for k, g in t.groups([*documents, *other]).items() if g is not None}
            deal = entry(told.values(), dict(t.readings(documents)), groups, other, lexicon, copies)
            made.append((replace(deal, id=id), keys))
    t.drop_deals(homes)
    t.put_deals(deal for deal, _ in made)
    for deal, keys in made:
        t.put_telltales(deal.id, keys)
    return [deal.id for deal, _ in made]
