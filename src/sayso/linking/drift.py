"""What changed on the way from a root to a retelling, slot by slot, with both places.

A slot that is missing has not changed, nor has one that is told more or less precisely: 100 and about
100, April and April 2023, 35 to 50 and 50. Two ranges with different ends have, and so has a time that
lost or gained an end, a stage that the root does not tell at all, and a hedge that was dropped.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TypeVar

from sayso.linking.levels import ABOUT
from sayso.linking.telling import in_order, main, stages, sure, undertakings, weight
from sayso.model import Drift, Interval, Kind, Span, Told

T = TypeVar("T")
Valued = tuple[Told, T]
Bounds = tuple[float | None, float | None]
MASS = {"t": 1000.0, "kg": 1.0, "g": 0.001, "lb": 0.45359237}  # in kilograms


def drifts(root: Sequence[Told], told: Sequence[Told]) -> tuple[Drift, ...]:
    """The drifts of a document's claims `told` against those of the reference `root`: one document, or
    several that agree to be asked."""
    found = [*_stage(root, told), *_hedged(root, told), *_quantity(root, told)]
    found += [*_payload(root, told), *_when(root, told), *_value(root, told)]
    return tuple(found)


def _by_weight(tolds: Sequence[Told]) -> list[Told]:
    return sorted(tolds, key=lambda t: (-weight(t.claim), in_order(t.key)))


def _stage(root: Sequence[Told], told: Sequence[Told]) -> list[Drift]:
    """The furthest stage told, where the root tells no such stage."""
    theirs, ours = stages(root), stages(told)
    if not theirs or not ours:
        return []
    furthest, whole = list(ours)[-1], list(theirs)[-1]
    if furthest in theirs:
        return []
    a, b = theirs[whole], ours[furthest]
    return [Drift("stage", a.key, b.key, whole.value, furthest.value, a.claim.evidence, b.claim.evidence)]


def _hedged(root: Sequence[Told], told: Sequence[Told]) -> list[Drift]:
    """A hedge lost: the root hedges what the deal is over, the retelling nowhere does."""
    theirs = [t for t in _by_weight(main(root)) if sure(t.claim, "hedged")]
    ours = [t for t in _by_weight(main(told)) if sure(t.claim, "hedged")]
    a = next((t for t in theirs if t.claim.hedged), None)
    if a is None or not ours or any(t.claim.hedged for t in ours):
        return []
    return [Drift("hedged", a.key, ours[0].key, "true", "false", a.claim.evidence, ours[0].claim.evidence)]


def _first_unlike(
    theirs: Sequence[Valued[T]], ours: Sequence[Valued[T]], unlike: Callable[[T, T], bool]
) -> tuple[Valued[T], Valued[T]] | None:
    """The retelling's first value, with the root's, where it is unlike every one of the root's."""
    if theirs and ours and all(unlike(v, ours[0][1]) for _, v in theirs):
        return theirs[0], ours[0]
    return None


def bounds_differ(a: Bounds, b: Bounds) -> bool:
    """Whether two figures are of different things: apart, or both ranges with an end that differs."""
    (a_low, a_high), (b_low, b_high) = a, b
    if (a_low is not None and b_high is not None and _over(a_low, b_high)) or (
        b_low is not None and a_high is not None and _over(b_low, a_high)
    ):
        return True
    ranges = None not in (*a, *b) and a_low != a_high and b_low != b_high
    return ranges and (_unlike(a_low, b_low) or _unlike(a_high, b_high))


def _over(low: float, high: float) -> bool:
    return low > high * (1 + ABOUT)


def _unlike(a: float | None, b: float | None) -> bool:
    return a is not None and b is not None and abs(a - b) > ABOUT * max(abs(a), abs(b))


def figure(low: float | None, high: float | None) -> str:
    """A figure in words: "100", "35 to 50", "at least 20", "up to 100"."""
    a, b = ("" if v is None else f"{v:,.10g}" for v in (low, high))
    if a == b:
        return a
    return f"{a} to {b}" if a and b else f"at least {a}" if a else f"up to {b}"


def _quantity(root: Sequence[Told], told: Sequence[Told]) -> list[Drift]:
    """Numbers of things and rates, each compared with its like; the first that changed."""
    found = []
    pers = {t.claim.quantity.per for t in told if t.claim.quantity}
    for per in sorted(pers, key=lambda p: p or ""):
        pairs = [
            [(t, (q.min, q.max)) for t in _by_weight(undertakings(c)) if (q := t.claim.quantity) and q.per == per]
            for c in (root, told)
        ]
        pair = _first_unlike(pairs[0], pairs[1], bounds_differ)
        if pair:
            (a, x), (b, y) = pair
            rate = f" a {per}" if per else ""
            spans = [t.claim.quantity.span if t.claim.quantity else None for t in (a, b)]
            found.append(_drift("quantity", a, b, figure(*x) + rate, figure(*y) + rate, spans))
    return found[:1]


def _drift(slot: str, a: Told, b: Told, x: str, y: str, spans: Sequence[Span | None]) -> Drift:
    return Drift(slot, a.key, b.key, x, y, spans[0] or a.claim.evidence, spans[1] or b.claim.evidence)


def _payload(root: Sequence[Told], told: Sequence[Told]) -> list[Drift]:
    """Weights that an arm carries. Two that do not meet may be of different things (a warhead, the
    whole), so they are compared only where each side tells one."""
    theirs, ours = _masses(root), _masses(told)
    for b, y in ours:
        near = [(a, x) for a, x in theirs if _meet(x, y)]
        alone = len({y for _, y in ours}) == 1 and len({x for _, x in theirs}) == 1
        facing = near or (theirs if alone else [])
        pair = _first_unlike(facing, [(b, y)], bounds_differ)
        if pair:
            (a, x), _ = pair
            spans = [t.claim.measure.span if t.claim.measure else None for t in (a, b)]
            return [_drift("payload", a, b, f"{figure(*x)} kg", f"{figure(*y)} kg", spans)]
    return []


def _masses(tolds: Sequence[Told]) -> list[Valued[Bounds]]:
    """Weights in kilograms, of the claims that are properties."""
    found: list[Valued[Bounds]] = []
    for t in _by_weight(tolds):
        m = t.claim.measure
        if m and m.unit in MASS and t.claim.kind is Kind.SPECIFICATION:
            low, high = (None if v is None else v * MASS[m.unit] for v in (m.min, m.max))
            found.append((t, (low, high)))
    return found


def _meet(a: Bounds, b: Bounds) -> bool:
    low = max(v for v in (a[0], b[0], 0.0) if v is not None)
    high = min((v for v in (a[1], b[1]) if v is not None), default=low)
    return low <= high * (1 + ABOUT)


def times_differ(a: Interval, b: Interval) -> bool:
    """Whether two times are apart, or one is open at an end where the other is not."""
    if (a.start is None) != (b.start is None) or (a.end is None) != (b.end is None):
        return True
    first, last = dt.date.min, dt.date.max
    return max(a.start or first, b.start or first) > min(a.end or last, b.end or last)


def days(i: Interval) -> str:
    """A time in words, in ISO days: "2023-04-01 to 2023-04-30", "from 2023-04-01"."""
    if i.start == i.end:
        return str(i.start)
    if i.start and i.end:
        return f"{i.start} to {i.end}"
    return f"from {i.start}" if i.start else f"by {i.end}"


def _when(root: Sequence[Told], told: Sequence[Told]) -> list[Drift]:
    theirs = [(t, w) for t in _by_weight(undertakings(root)) if (w := t.claim.when)]
    ours = [(t, w) for t in _by_weight(main(told)) if (w := t.claim.when)]
    pair = _first_unlike(theirs, ours, times_differ)
    if not pair:
        return []
    (a, x), (b, y) = pair
    return [_drift("when", a, b, days(x), days(y), [x.span, y.span])]


def _value(root: Sequence[Told], told: Sequence[Told]) -> list[Drift]:
    """Money; of two currencies nothing is concluded."""
    ours = [(t, v) for t in _by_weight(undertakings(told)) if (v := t.claim.value)]
    for b, y in ours[:1]:
        theirs = [(t, v) for t in _by_weight(undertakings(root)) if (v := t.claim.value) and v.currency == y.currency]
        if theirs and all(bounds_differ((x.min, x.max), (y.min, y.max)) for _, x in theirs):
            a, x = theirs[0]
            said = [f"{figure(v.min, v.max)} {v.currency}" for v in (x, y)]
            return [_drift("value", a, b, said[0], said[1], [x.span, y.span])]
    return []
