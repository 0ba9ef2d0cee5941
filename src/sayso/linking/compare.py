"""Whether two claims are about one undertaking: weighted comparisons, each with its reason.

The score is a sum of bits, as in the model of Fellegi and Sunter (1969): log2 of the odds that two
claims are of one undertaking, feature by feature. The weights stand in `deal_weights.csv` and are
estimated by `training/fit_deals.py`.
"""

from __future__ import annotations

from collections.abc import Iterator

from sayso.linking import levels
from sayso.linking.levels import Finding
from sayso.linking.traits import Side, Traits, traits
from sayso.linking.weights import Weights, weights
from sayso.model import Match, Reason, Told


def compare(a: Told, b: Told, using: Weights | None = None) -> Match:
    """Two claims compared, the one with the smaller key first; `using` the packaged weights where
    none are given. The reasons hold every feature, those of no weight too."""
    first, second = sorted([a, b], key=lambda t: t.key)
    table = using or weights()
    reasons = tuple(Reason(f, f"{lv}: {told}", table.of(f, lv)) for f, (lv, told) in findings(first, second))
    score = round(table.prior + sum(r.weight for r in reasons), 3)
    return Match(first.key, second.key, score, reasons)


def is_match(match: Match, using: Weights | None = None) -> bool:
    """Whether the score reaches the threshold."""
    return match.score >= (using or weights()).threshold


def findings(a: Told, b: Told) -> Iterator[tuple[str, Finding]]:
    """Every feature's level and what was found."""
    x, y = traits(a), traits(b)
    p, q = a.claim, b.claim
    supplier, recipient = levels.side(x.supplier, y.supplier), levels.side(x.recipient, y.recipient)
    types = levels.designation(x.designations, y.designations)
    items = levels.item(x, y)
    close = _close(a, b, supplier[0], types[0], items[0])
    yield "supplier", supplier
    yield "recipient", recipient
    yield "designation", types
    yield "category", levels.category(p.category, q.category)
    yield "item", items
    counts, sums = levels.quantity(p.quantity, q.quantity), levels.value(p.value, q.value)
    yield "quantity", counts
    yield "value", sums
    yield "when", levels.when(p.when, q.when)
    marked = "same" in (types[0], counts[0], sums[0])
    yield "said", levels.said(a, b, marked)
    yield "kind", levels.kind(a, b, close)
    yield "stage", levels.stage(a, b, marked)
    yield "document", ("same", "one document") if a.document == b.document else ("other", "two documents")
    yield "voices", levels.voices(x, y)
    yield "wording", levels.wording(x.quote, y.quote)
    # A denial belongs to the deal it denies: shown, and never weighed.
    yield "polarity", (("same" if p.polarity is q.polarity else "opposite"), f"{p.polarity} / {q.polarity}")


def _close(a: Told, b: Told, supplier: str, types: str, items: str) -> bool:
    """Whether a use or a property may be of the arms that the other claim is about."""
    if supplier not in ("same", "part"):
        return False
    return types in ("same", "part") or (
        types != "different" and a.document == b.document and items in ("same", "part")
    )


def at_odds(a: Told, b: Told) -> bool:
    """Whether the claims cannot be of one undertaking, whatever else they share: both name types,
    suppliers or recipients and have none in common, or their sums or times are far apart."""
    x, y = traits(a), traits(b)
    return clash(x, y)


def clash(x: Traits, y: Traits) -> bool:
    """`at_odds` of two claims' traits."""
    return (
        levels.designation(x.designations, y.designations)[0] == "different"
        or levels.far_apart(x, y)
        or _parted(x.supplier, y.supplier)
        or _parted(x.recipient, y.recipient)
    )


def _parted(a: Side, b: Side) -> bool:
    return levels.side(a, b)[0] == "different"
