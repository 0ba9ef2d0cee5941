"""A deal at a glance: items, kinds, times and stages, as the weight of its claims has them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

from sayso.ledger.parties import frequent
from sayso.ledger.values import Claims
from sayso.lexicon import tokens
from sayso.linking.levels import ATTRIBUTES, ORDER
from sayso.linking.telling import by_day, in_order, main, stages, sure, undertakings, weight
from sayso.model import Category, Interval, Kind, Stage, Step, Told

FULLER = 0.25  # of the heaviest form's weight, for a form to be no rarity
T = TypeVar("T", bound=Hashable)


def first_claims(tolds: Iterable[Told]) -> list[Told]:
    """The claims in the order in which they were told."""
    return sorted(tolds, key=lambda t: by_day(t.said, t.key))


def item(tolds: Sequence[Told]) -> str:
    """The item's words that most weight stands behind, in the form used most. What a shorter form weighs
    ("boats") stands behind the fuller ones too ("patrol boats"), where those are no rarity."""
    forms: dict[tuple[str, ...], Counter[str]] = {}
    weights: Counter[tuple[str, ...]] = Counter()
    for t in undertakings(tolds) or tolds:
        if t.claim.item:
            weights[tokens(t.claim.item)] += weight(t.claim)
            forms.setdefault(tokens(t.claim.item), Counter())[t.claim.item] += 1
    if not weights:
        return ""
    least = FULLER * max(weights.values())
    behind = {
        w: sum(n for short, n in weights.items() if w[-len(short) :] == short) for w in weights if weights[w] >= least
    }
    words = min(behind, key=lambda w: (-behind[w], w))
    return min(forms[words], key=lambda f: (-forms[words][f], f))


def designations(tolds: Sequence[Told]) -> tuple[str, ...]:
    """The type names that enough of the weight stands behind, each in one spelling."""
    weights: Counter[str] = Counter()
    spelt: dict[tuple[str, ...], str] = {}
    for t in sorted(tolds, key=lambda t: in_order(t.key)):
        for d in sorted(t.claim.designations):
            # the spelling with most capitals: "ZT-180" rather than "Zt-180"
            old = spelt.get(tokens(d), d)
            spelt[tokens(d)] = min(old, d, key=lambda s: (-sum(c.isupper() for c in s), s))
            weights[" ".join(tokens(d))] += weight(t.claim)
    return tuple(spelt[tokens(words)] for words in frequent(weights))


def category(tolds: Sequence[Told]) -> Category:
    return _plurality(tolds, lambda c: c.claim.category, Category.UNSPECIFIED)


def kind(tolds: Sequence[Told]) -> Kind:
    """The kind of most undertakings; of the claims where none is one."""
    return _plurality(undertakings(tolds) or [t for t in tolds if t.claim.kind not in ATTRIBUTES] or tolds, _kind, None)


def _kind(told: Told) -> Kind:
    return told.claim.kind


def _plurality(tolds: Sequence[Told], of: Callable[[Told], T], empty: T | None) -> T:
    """The value that most weight stands behind, `empty` only where there is no other."""
    weights: Counter[T] = Counter()
    for t in tolds:
        weights[of(t)] += weight(t.claim)
    said = [v for v in weights if v != empty] or list(weights)
    return min(said, key=lambda v: (-weights[v], str(v)))


def steps(tolds: Sequence[Told]) -> tuple[Step, ...]:
    """The stages of a deal, each with the first claim that told it, through time."""
    first: dict[Stage, Told] = {}
    for t in first_claims(undertakings(tolds)):
        if t.claim.stage is not Stage.UNSPECIFIED and sure(t.claim, "stage"):
            first.setdefault(t.claim.stage, t)
    life = {s: i for i, s in enumerate(ORDER)}
    ordered = sorted(first.items(), key=lambda f: (by_day(f[1].said, "")[0], life.get(f[0], len(life)), f[0].value))
    return tuple(Step(s, t.said, t.key) for s, t in ordered)


def stage(by_root: Claims, withdrawn: bool) -> Stage:
    """The furthest stage that a root tells. What only retellings say counts as drift."""
    if withdrawn:
        return Stage.CANCELLED
    told = {s for claims in by_root.values() for s in stages(claims)}
    return next((s for s in reversed(ORDER) if s in told), Stage.UNSPECIFIED)


def when(by_root: Claims) -> Interval | None:
    """The days within which it is to happen, as most roots have it; the spans stay with the claims."""
    said = Counter(w for claims in by_root.values() if (w := _when(claims)))
    if not said:
        return None
    return min(said, key=lambda i: (-said[i], str(i.start), str(i.end)))


def _when(claims: Sequence[Told]) -> Interval | None:
    said: Counter[Interval] = Counter()
    for t in main(claims) or claims:
        if t.claim.when:
            said[Interval(t.claim.when.start, t.claim.when.end)] += weight(t.claim)
    return min(said, key=lambda i: (-said[i], str(i.start), str(i.end)), default=None)
