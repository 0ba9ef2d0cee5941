"""What the comparison of two claims finds, feature by feature. All are symmetric."""

from __future__ import annotations

import datetime as dt

from sayso.linking.traits import Side, Traits, deal_words
from sayso.model import Category, Interval, Kind, Money, Quantity, Stage, Told

Finding = tuple[str, str]  # the level, and what was found, for people to read

ABOUT = 0.05  # two figures this near, of the larger, are one rounded twice
GROSS = 1.5  # times: two sums that differ by more are no rounding or slip of one
NEAR_DAYS = 45  # between the times of two things that may still be one
LONG_APART = 300  # days between the times of two things that cannot be one
MAKING = frozenset([Kind.TRANSFER, Kind.PRODUCTION, Kind.TECHNOLOGY_TRANSFER, Kind.FUNDING])
ATTRIBUTES = frozenset([Kind.USE, Kind.SPECIFICATION])
ORDER = (
    Stage.CONSIDERED, Stage.REQUESTED, Stage.NEGOTIATING, Stage.OFFERED, Stage.AGREED, Stage.APPROVED,
    Stage.UNDERWAY, Stage.DONE,
)  # fmt: skip
EARLY = frozenset(ORDER[:4])
LATE = frozenset(ORDER[6:])
MONTH = 31
SAID = ((0, "day"), (7, "week"), (MONTH, "month"), (92, "quarter"), (366, "year"))
STEM = 5  # letters that two forms of one word share
WORDING = ((0.6, "alike"), (0.4, "much"), (0.2, "part"))  # of the shorter quote's content words


def side(a: Side, b: Side) -> Finding:
    """Suppliers or recipients: one that names nobody, or only "allies", neither joins nor parts."""
    told = f"{_name(a)} / {_name(b)}"
    if not a.known or not b.known:
        return "open", told
    if a.countries and a.countries == b.countries:
        return "same", told
    if a.countries & b.countries or any(same_name(x, y) for x in a.names for y in b.names):
        return ("part" if a.countries or b.countries else "same"), told
    if a.open or b.open:
        return "open", told
    return "different", told


def _name(s: Side) -> str:
    names = sorted(s.countries) + sorted(" ".join(sorted(n)) for n in s.names)
    return "+".join(names) or "nobody named"


def same_name(x: frozenset[str], y: frozenset[str]) -> bool:
    """Whether most words of the shorter name are in the other: "contras" and "contra rebels", but
    not two peoples' rebels."""
    short, long = sorted([x, y], key=lambda n: (len(n), sorted(n)))
    shared = sum(any(same_word(v, w) for w in long) for v in short)
    return 2 * shared > len(short)


def same_word(v: str, w: str) -> bool:
    """Whether two words are one but for an ending: "Nicaragua" and "Nicaraguan"."""
    short, long = sorted([v, w], key=len)
    return v == w or (len(short) >= STEM and long.startswith(short))


def same_type(x: str, y: str) -> bool:
    """Whether two type names may be one: "Leopard" and "Leopard 2", but not "Leopard 1" and "2"."""
    a, b = frozenset(x.lower().replace("-", " ").split()), frozenset(y.lower().replace("-", " ").split())
    return a <= b or b <= a


def designation(a: frozenset[str], b: frozenset[str]) -> Finding:
    told = f"{', '.join(sorted(a)) or 'none'} / {', '.join(sorted(b)) or 'none'}"
    if not a or not b:
        return ("one" if a or b else "none"), told
    if a == b:
        return "same", told
    if any(same_type(x, y) for x in a for y in b):
        return ("same" if len(a) == len(b) == 1 else "part"), told
    return "different", told


def category(a: Category, b: Category) -> Finding:
    told = f"{a} / {b}"
    if a is b:
        return ("both_open" if a is Category.UNSPECIFIED else "same"), told
    if Category.UNSPECIFIED in (a, b):
        return "one", told
    kin = deal_words().kin
    return ("kin" if kin.get(a, frozenset()) & kin.get(b, frozenset()) else "different"), told


def item(a: Traits, b: Traits) -> Finding:
    """The items' telling words; "weapons" and "aid" tell nothing."""
    told = f"{' '.join(sorted(a.item_words))} / {' '.join(sorted(b.item_words))}"
    if not a.item and not b.item:
        return "vague", told
    if not a.item or not b.item:
        return "one_vague", told
    if a.item == b.item:
        return "same", told
    return ("part" if a.item & b.item else "different"), told


Bounds = tuple[float | None, float | None]


def far_apart(a: Traits, b: Traits) -> bool:
    """Whether sums or times differ too much to be one thing told twice, however loosely."""
    x, y = a.value, b.value
    if x and y and x.currency == y.currency and _over((x.min, x.max), (y.min, y.max), GROSS):
        return True
    return bool(a.when and b.when and _gap(a.when, b.when) > LONG_APART)


def _over(a: Bounds, b: Bounds, factor: float) -> bool:
    """Whether the one figure's least is above the other's most, times `factor`."""
    (a_low, a_high), (b_low, b_high) = a, b
    return (a_low is not None and b_high is not None and a_low > b_high * factor) or (
        b_low is not None and a_high is not None and b_low > a_high * factor
    )


def _bounds(a: Bounds, b: Bounds) -> str:
    """Two figures with open or closed ends: the same, possibly of one thing, or at odds."""
    (a_low, a_high), (b_low, b_high) = a, b
    exact = a_low is not None and a_low == a_high and b_low is not None and b_low == b_high
    if a == b or (exact and a_low and b_low and abs(a_low - b_low) <= ABOUT * max(a_low, b_low)):
        return "same"
    return "different" if _over(a, b, 1 + ABOUT) else "fits"


def quantity(a: Quantity | None, b: Quantity | None) -> Finding:
    if a is None or b is None or a.per != b.per:
        return ("none" if a is None and b is None else "one"), "not counted alike"
    return _bounds((a.min, a.max), (b.min, b.max)), f"{_range(a.min, a.max)} / {_range(b.min, b.max)}"


def value(a: Money | None, b: Money | None) -> Finding:
    """Money; of two currencies nothing is concluded."""
    if a is None or b is None or a.currency != b.currency:
        return ("none" if a is None and b is None else "one"), "no values in one currency"
    told = f"{_range(a.min, a.max)} / {_range(b.min, b.max)} {a.currency}"
    return _bounds((a.min, a.max), (b.min, b.max)), told


def _range(low: float | None, high: float | None) -> str:
    ends = ["" if v is None else f"{v:,.15g}" for v in (low, high)]
    return ends[0] if ends[0] == ends[1] else "–".join(ends)


def when(a: Interval | None, b: Interval | None) -> Finding:
    """The times of the things themselves: meeting, or days apart."""
    if a is None or b is None:
        return "unknown", "no time stated on one side"
    gap = _gap(a, b)
    return ("meets" if gap <= 0 else "near" if gap <= NEAR_DAYS else "apart"), f"{_days(a)} / {_days(b)}"


def _gap(a: Interval, b: Interval) -> int:
    """The days from the earlier's end to the later's start; 0 where they meet."""
    gaps = [(y.start - x.end).days for x, y in ((a, b), (b, a)) if x.end and y.start]
    return max([0, *gaps])


def _days(i: Interval) -> str:
    return f"{i.start or ''}…{i.end or ''}"


def said(a: Told, b: Told, marked: bool) -> Finding:
    """How far apart they were told; a deal that is `marked` by the same type, count or sum is told
    of for longer."""
    if a.document == b.document:
        return "day", "one document"
    x, y = ((t.said, t.said) if t.said else _between(t) for t in (a, b))
    if x is None or y is None:
        return "unknown", "no day of saying on one side"
    gap = max(abs((x[1] - y[0]).days), abs((y[1] - x[0]).days))  # of a month: the farthest it can be
    level = next((name for days, name in SAID if gap <= days), "longer")
    return ("marked" if marked and gap > MONTH else level), f"{gap} days"


def _between(told: Told) -> tuple[dt.date, dt.date] | None:
    days = told.said_between
    return (days.start, days.end) if days and days.start and days.end else None


def kind(a: Told, b: Told, close: bool) -> Finding:
    """Whether the kinds can be of one undertaking. A use or a property joins a deal only where
    parties and item are `close`; a restriction stands apart unless it refuses the deal itself."""
    x, y = a.claim.kind, b.claim.kind
    told = f"{x} / {y}"
    if x is y:
        return ("same" if close or x not in ATTRIBUTES else "loose_attribute"), told
    if Kind.RESTRICTION in (x, y):
        return "against", told
    if x in MAKING and y in MAKING:
        return "kin", told
    return ("attribute" if close else "loose_attribute"), told


def stage(a: Told, b: Told, marked: bool) -> Finding:
    """A stage said later should not be an earlier one: delivered first and considered after is
    evidence against, unless the same type, count or sum marks the deal."""
    x, y = a.claim.stage, b.claim.stage
    told = f"{x} / {y}"
    if x is y:
        return "same", told
    if marked:
        return "marked", told
    if x not in ORDER or y not in ORDER or a.said is None or b.said is None or a.said == b.said:
        return "unordered", told
    first, then = (x, y) if a.said < b.said else (y, x)
    if first in LATE and then in EARLY:
        return "backward", told
    return ("onward" if ORDER.index(first) < ORDER.index(then) else "unordered"), told


def wording(a: frozenset[str], b: frozenset[str]) -> Finding:
    """How many of the shorter quote's content words the other has."""
    least = min(len(a), len(b))
    share = len(a & b) / least if least >= 3 else 0.0
    return next((name for least_share, name in WORDING if share >= least_share), "little"), f"{share:.0%} of the words"


def voices(a: Traits, b: Traits) -> Finding:
    both = sorted(" ".join(sorted(v)) for v in a.voices & b.voices)
    return ("shared", ", ".join(both)) if both else ("none", "no voice in common")
