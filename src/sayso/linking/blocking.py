"""Which claims are worth comparing: keys that two claims of one undertaking share.

Every claim is stored under its `block_keys`; a new claim is compared with what stands under its
`lookup_keys`. Every key but a document's holds a window of time, and neighbouring windows are
looked up too, so that with a steady flow of news a claim meets about as many others whether the
ledger is young or old. Whether two claims meet does not depend on which came first.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from hashlib import blake2b

from sayso.linking.traits import Side, Traits, deal_words, traits
from sayso.model import Category, Claim, Told

SHORT = 60  # days: claims of one sort of arms between the same parties
LONG = 730  # days: claims that a type name, a count or a sum makes rare
LEAST_COUNT = 5  # a smaller count is too common to be a key
UNNAMED, ANYONE = "?", "*"


def block_keys(told: Told) -> frozenset[str]:
    """The keys that the claim is stored under."""
    return _keys(told, storing=True)


def lookup_keys(told: Told) -> frozenset[str]:
    """The keys under which the claims to compare it with are stored."""
    return _keys(told, storing=False)


def _keys(told: Told, *, storing: bool) -> frozenset[str]:
    t, c = traits(told), told.claim
    days, marks = _anchors(told), _marks(t, c)
    parties = _parties(t.supplier) | _parties(t.recipient)
    out = {_key("document", told.document)}
    # An undated claim meets others only by what is rare: a type name or a sum beside a party, a count beside both.
    rare: list[tuple[str, ...]] = [(party, mark) for party in parties for mark in marks if not mark.startswith("count")]
    rare += [(*route, mark) for route in _full_routes(t) for mark in marks if mark.startswith("count")]
    if not days:
        out |= {_key("undated" if storing else "any day", *r) for r in rare}
        return frozenset(out | {_key("undated", *r) for r in rare})
    out |= {_key("any day" if storing else "undated", *r) for r in rare}
    short, long = (_windows(days, n, neighbours=not storing) for n in (SHORT, LONG))
    routes = _full_routes(t) | _half_routes(t, storing=storing)
    for family in _families(c.category, storing=storing):
        out |= {_key("pair", *route, family, w) for route in routes for w in short}
    out |= {_key("mark", party, mark, w) for party in parties for mark in marks for w in long}
    return frozenset(out)


def _key(*parts: str) -> str:
    """A key of bounded length, whatever stands in a claim."""
    return parts[0] + blake2b("\x1f".join(parts).encode(), digest_size=9).hexdigest()


def _anchors(told: Told) -> frozenset[dt.date]:
    """The days that a claim can be found by: when it was said, and when its thing happens."""
    when, between = told.claim.when, told.said_between
    days = {d for d in (told.said, when and when.start, when and when.end) if d}
    if between and between.start and between.end:
        days |= {between.start + dt.timedelta(n) for n in range(0, (between.end - between.start).days + 1, SHORT)}
        days.add(between.end)
    return frozenset(days)


def _windows(days: Iterable[dt.date], size: int, *, neighbours: bool) -> set[str]:
    beside = (-1, 0, 1) if neighbours else (0,)
    return {f"{size}:{d.toordinal() // size + n}" for d in days for n in beside}


def _parties(side: Side) -> set[str]:
    """A side's countries, and the telling words of parties that stand for none."""
    return set(side.countries) | {word[:5] for name in side.names for word in name}


def _full_routes(t: Traits) -> set[tuple[str, str]]:
    """Every supplier with every recipient."""
    return {(g, k) for g in _parties(t.supplier) for k in _parties(t.recipient)}


def _half_routes(t: Traits, *, storing: bool) -> set[tuple[str, str]]:
    """One side alone, by which claims that leave the other open meet all, and are met by all."""
    givers, takers = _parties(t.supplier), _parties(t.recipient)
    if storing:
        out = {(ANYONE, k) for k in takers} | {(g, ANYONE) for g in givers}
        out |= {(UNNAMED, k) for k in takers if t.supplier.open}
        out |= {(g, UNNAMED) for g in givers if t.recipient.open}
    else:
        out = {(ANYONE if t.supplier.open else UNNAMED, k) for k in takers}
        out |= {(g, ANYONE if t.recipient.open else UNNAMED) for g in givers}
    return out or {(UNNAMED, UNNAMED)}


def _families(category: Category, *, storing: bool) -> frozenset[str]:
    """Arms of no stated sort meet all; arms of a sort meet their own and those of no stated sort."""
    own = _own_families(category)
    if storing:
        return own | {ANYONE}
    return frozenset([ANYONE]) if category is Category.UNSPECIFIED else own | {str(Category.UNSPECIFIED)}


def _own_families(category: Category) -> frozenset[str]:
    return deal_words().kin.get(category) or frozenset([str(category)])


def _marks(t: Traits, c: Claim) -> set[str]:
    """What makes a claim rare: its type names, a count with its category, a sum of money."""
    out = {f"type {name.lower()}" for name in t.designations}
    out |= {f"type {word}" for name in t.designations for word in name.lower().split() if len(word) > 3}
    if c.quantity:
        for n in {c.quantity.min, c.quantity.max} - {None}:
            if n and n >= LEAST_COUNT:
                out |= {f"count {n:g} {family}" for family in _own_families(c.category)}
    if c.value:
        out |= {f"sum {_rounded(n)} {c.value.currency}" for n in {c.value.min, c.value.max} if n}
    return out


def _rounded(amount: float) -> str:
    """An amount to two figures, so that 60 and 61 billion differ but 1.85 and 1.849 do not."""
    digits = 1 - math.floor(math.log10(abs(amount)))
    return f"{round(amount, digits):g}"
