"""What each root has in each slot, and where two roots differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence

from sayso.linking.drift import Bounds, bounds_differ, days, figure, times_differ
from sayso.linking.telling import Telling, in_order, main, stages, undertakings, weight
from sayso.model import Interval, Stated, Told

Claims = Mapping[str, Sequence[Told]]  # by root: what its own documents tell, else all that come down to it


def _values(claims: Sequence[Told]) -> dict[str, tuple[str, object, list[str]]]:
    """What a root has in each slot: the words, the value to compare, and the claims that say so."""
    found: dict[str, tuple[str, object, list[str]]] = {}
    told = stages(claims)
    if told:
        furthest = list(told)[-1]
        keys = [t.key for t in undertakings(claims) if t.claim.stage is furthest]
        found["stage"] = (furthest.value, furthest, keys)
    counted = [t for t in main(claims) if t.claim.quantity and t.claim.quantity.per is None]
    _most(found, "quantity", _wholes([(t, (q.min, q.max)) for t in counted if (q := t.claim.quantity)]))
    paid = [(t, v) for t in undertakings(claims) if (v := t.claim.value)]
    _most(found, "value", [(t, (v.min, v.max, v.currency), f"{figure(v.min, v.max)} {v.currency}") for t, v in paid])
    timed = [(t, Interval(w.start, w.end)) for t in main(claims) if (w := t.claim.when)]
    _most(found, "when", [(t, w, days(w)) for t, w in timed])
    return found


def _wholes(counts: Sequence[tuple[Told, Bounds]]) -> list[tuple[Told, Bounds, str]]:
    """Counts with their words, without those that another has room for: of "up to 12" and "the first four"
    the former."""
    tops = {c for _, c in counts if c[1] is not None}
    kept = [
        (t, c) for t, c in counts
        if not any(c[1] is not None and o[1] is not None and o[1] > c[1] and not bounds_differ(c, o) for o in tops)
    ]  # fmt: skip
    return [(t, c, figure(*c)) for t, c in kept]


def _most(
    found: dict[str, tuple[str, object, list[str]]], slot: str, said: Sequence[tuple[Told, Hashable, str]]
) -> None:
    weights: Counter[Hashable] = Counter()
    for t, v, _ in said:
        weights[v] += weight(t.claim)
    if weights:
        value = min(weights, key=lambda v: (-weights[v], str(v)))
        words = next(w for _, v, w in said if v == value)
        found[slot] = (words, value, [t.key for t, v, _ in said if v == value])


def values(by_root: Claims, names: Mapping[str, str]) -> tuple[Stated, ...]:
    """Each slot's values with the roots that have them, most roots first."""
    rows: dict[tuple[str, str], tuple[list[str], list[str]]] = {}
    for root in sorted(by_root, key=lambda r: names[r]):
        for slot, (words, _, keys) in _values(by_root[root]).items():
            roots, claims = rows.setdefault((slot, words), ([], []))
            roots.append(names[root])
            claims += keys
    ordered = sorted(rows.items(), key=lambda r: (r[0][0], -len(r[1][0]), r[0][1]))
    return tuple(Stated(s, w, tuple(r), tuple(sorted(set(c), key=in_order))) for (s, w), (r, c) in ordered)


def conflicts(by_root: Claims, names: Mapping[str, str]) -> tuple[str, ...]:
    """A line for each slot in which two roots differ: "quantity: Der Spiegel 100, Le Monde 250"."""
    of_root = {r: _values(claims) for r, claims in sorted(by_root.items(), key=lambda b: names[b[0]])}
    found = []
    for slot in ("quantity", "value", "when"):
        said = [(names[r], v[slot]) for r, v in of_root.items() if slot in v]
        if any(_differ(a[1], b[1]) for i, (_, a) in enumerate(said) for _, b in said[:i]):
            found.append(f"{slot}: " + ", ".join(f"{name} {words}" for name, (words, _, _) in said))
    return tuple(found)


def _differ(a: object, b: object) -> bool:
    if isinstance(a, Interval) and isinstance(b, Interval):
        return times_differ(a, b)
    if isinstance(a, tuple) and isinstance(b, tuple):
        return a[2:] == b[2:] and bounds_differ((a[0], a[1]), (b[0], b[1]))
    return False


def by_root(
    telling_of: Mapping[str, Telling], roots: Mapping[str, Sequence[str]], own: Mapping[str, Sequence[str]]
) -> Claims:
    """Each root's claims: of its own documents where the ledger holds any that was read, else of all
    that come down to it."""
    found = {}
    for root, documents in roots.items():
        first = [d for d in own.get(root, ()) if d in telling_of]
        read = first or [d for d in documents if d in telling_of]
        found[root] = [t for d in sorted(read) for t in telling_of[d].claims]
    return found
