"""A deal through time: above the line when it was said, below it when it is said to happen."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sayso.export import words
from sayso.export.figures import day, interval
from sayso.model import Claim, Deal, Interval, Polarity, Told

WIDTH = 720  # user units
_LEFT, _RIGHT = 24, 696
_DOT, _STACK = 9, 7  # from a dot to the one above it; dots of one place before they become a number
_BARS = 6  # periods shown below the line
_BAR = 20
_STEP = 17  # a line of stage names
_NAME = 6.6  # of a character at 12 px
_UNITS = (1, 7, 14, 31, 61, 92, 183, 366, 731, 1827, 3653, 7305, 18263, 36525)  # days between ticks


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Said:
    """Documents of about one day: `many` dots from the line up, or a number on top."""

    x: float
    ys: tuple[float, ...]
    more: int
    denied: bool
    full: str


@dataclass(frozen=True, slots=True)
class Staged:
    """A stage when it was first told: its name at (x, y), a line down to the dots."""

    x: float
    y: float
    name: str
    anchor: str
    full: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A period in which it is said to happen; an open end runs out of the picture."""

    x: float
    y: float
    width: float
    label: str
    label_x: float
    anchor: str
    opens_left: bool
    opens_right: bool
    full: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """`axis` is the height of the line; `undated` documents have no day and `more` periods no room."""

    width: int
    height: float
    axis: float
    ticks: tuple[Tick, ...]
    said: tuple[Said, ...]
    stages: tuple[Staged, ...]
    bars: tuple[Bar, ...]
    undated: int
    more: int


@dataclass(frozen=True, slots=True)
class _Scale:
    first: int
    last: int

    def x(self, when: dt.date) -> float:
        share = (when.toordinal() - self.first) / (self.last - self.first)
        return round(_LEFT + share * (_RIGHT - _LEFT), 1)


def timeline(deal: Deal, tolds: Iterable[Told]) -> Timeline | None:
    """The picture; None where no day at all is known."""
    claims = list(tolds)
    days = [w.said for w in deal.witnesses if w.said]
    periods = _periods([t.claim for t in claims]) or ([(deal.when, 1)] if deal.when else [])
    ends = [d for p, _ in periods for d in (p.start, p.end) if d]
    known = [*days, *ends]
    if not known:
        return None
    first, last = min(known).toordinal(), max(known).toordinal()
    pad = max((last - first) // 20, 3)
    scale = _Scale(max(first - pad, 1), min(last + pad, dt.date.max.toordinal()))
    stages, rows = _stages(deal, scale)
    axis = _STEP * rows + _DOT * (_STACK + 1) + 10.0
    return Timeline(
        WIDTH, axis + 26 + _BAR * min(len(periods), _BARS) + 6, axis, _ticks(scale),
        _said(deal, claims, scale, axis), stages, _bars(periods[:_BARS], scale, axis + 26),
        sum(w.said is None for w in deal.witnesses), max(len(periods) - _BARS, 0),
    )  # fmt: skip


def _periods(claims: Sequence[Claim]) -> list[tuple[Interval, int]]:
    """When it is said to happen, by how many claims, the most said first."""
    found = Counter(Interval(c.when.start, c.when.end) for c in claims if c.when and (c.when.start or c.when.end))
    return sorted(found.items(), key=lambda p: (-p[1], str(p[0].start), str(p[0].end)))


def _said(deal: Deal, claims: Sequence[Told], scale: _Scale, axis: float) -> tuple[Said, ...]:
    denying = {t.document for t in claims if t.claim.polarity is Polarity.DENIED}
    denying |= {a.document for w in deal.witnesses for a in w.answers if a.type.value == "denied"}
    places: dict[float, list[tuple[dt.date, str, bool]]] = {}
    for w in deal.witnesses:
        if w.said:
            near = float(round(scale.x(w.said) / _DOT) * _DOT)  # dots of neighbouring days would overlap
            name = words.visible(w.outlet or "") or words.NO_OUTLET
            places.setdefault(near, []).append((w.said, name, w.document in denying))
    found = []
    for x, some in sorted(places.items()):
        some.sort()
        ys = tuple(round(axis - _DOT * (n + 0.8), 1) for n in range(min(len(some), _STACK)))
        names = ", ".join(n for _, n, _ in some[:12]) + (" …" if len(some) > 12 else "")
        span = day(some[0][0]) if some[0][0] == some[-1][0] else f"{day(some[0][0])} to {day(some[-1][0])}"
        denied = any(d for _, _, d in some)
        full = f"{span}: {names}" + ("; with a denial" if denied else "")
        found.append(Said(x, ys, max(len(some) - _STACK, 0), denied, full))
    return tuple(found)


def _stages(deal: Deal, scale: _Scale) -> tuple[tuple[Staged, ...], int]:
    """Names of stages in as few lines as keep them apart, and how many lines."""
    found: list[Staged] = []
    free = [0.0]
    for step in deal.steps:
        if not step.said:
            continue
        x, name = scale.x(step.said), words.STAGE[step.stage]
        room = _NAME * len(name) + 10
        anchor = "end" if x + room > WIDTH else "start"
        left = x - room if anchor == "end" else x
        row = next((n for n, end in enumerate(free) if left >= end), len(free))
        free[row : row + 1] = [left + room]
        found.append(Staged(x, 12.0 + _STEP * row, name, anchor, f"{name}: first said {day(step.said)}"))
    return tuple(found), len(free)


def _bars(periods: Sequence[tuple[Interval, int]], scale: _Scale, top: float) -> tuple[Bar, ...]:
    found = []
    for n, (p, count) in enumerate(periods):
        left = scale.x(p.start) if p.start else float(_LEFT)
        right = scale.x(p.end + dt.timedelta(days=1)) if p.end and p.end < dt.date.max else float(_RIGHT)
        width = max(round(right - left, 1), 3.0)
        label = interval(p) + (f" ×{count}" if count > 1 else "")
        room = _NAME * len(label) + 12
        after = left + width + room <= WIDTH
        label_x, anchor = (left + width + 6, "start") if after else (left - 6, "end")
        if not after and left < room:
            label_x, anchor = left + 6.0, "start"
        full = f"{interval(p)}: {words.plural(count, 'claim')}"
        y = top + _BAR * n
        found.append(Bar(left, y, width, label, round(label_x, 1), anchor, p.start is None, p.end is None, full))
    return tuple(found)


def _ticks(scale: _Scale) -> tuple[Tick, ...]:
    """At most nine days of round distance: weeks, months or years."""
    span = scale.last - scale.first
    unit = next((u for u in _UNITS if span / u <= 8), _UNITS[-1] * -(-span // (8 * _UNITS[-1])))
    return tuple(Tick(scale.x(d), _tick_label(d, unit)) for d in _round_days(scale, unit))


def _round_days(scale: _Scale, unit: int) -> list[dt.date]:
    if unit < 31:
        return [dt.date.fromordinal(n) for n in range(scale.first, scale.last + 1) if (n - scale.first) % unit == 0]
    months = max(round(unit / 30.44), 1)
    start, found = dt.date.fromordinal(scale.first), []
    number = -(-(start.year * 12 + start.month - 1) // months) * months
    while number // 12 <= dt.MAXYEAR:
        at = dt.date(number // 12, number % 12 + 1, 1)
        if at.toordinal() > scale.last:
            break
        if at.toordinal() >= scale.first:
            found.append(at)
        number += months
    return found


def _tick_label(at: dt.date, unit: int) -> str:
    if unit < 31:
        return f"{at.day} {at:%b}" + (f" {at.year}" if unit >= 14 else "")
    return f"{at:%b} {at.year}" if unit < 366 else str(at.year)
