"""A claim's slots as fields of a form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from sayso.export import words
from sayso.model import (
    Basis,
    Category,
    Claim,
    Interval,
    Kind,
    Measure,
    Money,
    Party,
    Polarity,
    Quantity,
    Stage,
    VoiceKind,
)

_SPARE = 1  # empty row for one more party or voice


@dataclass(frozen=True, slots=True)
class Choice:
    """A slot of a vocabulary: its values with their names."""

    name: str
    label: str
    value: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A field for words, a number or a day; `hint` says what fits."""

    name: str
    label: str
    value: str
    type: str = "text"
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """A slot of several: each row's fields, the last ones empty."""

    name: str
    label: str
    rows: tuple[tuple[Line | Choice, ...], ...]


@dataclass(frozen=True, slots=True)
class Bounds:
    """A slot with a least and a greatest value and a unit."""

    name: str
    label: str
    fields: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class ClaimForm:
    choices: tuple[Choice, ...]
    item: Line
    designations: Line
    rows: tuple[Rows, ...]
    bounds: tuple[Bounds, ...]


CHOICES: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = (
    ("kind", "Kind", tuple((k.value, words.KIND[k]) for k in Kind)),
    ("category", "Category", tuple((c.value, words.CATEGORY[c]) for c in Category)),
    ("stage", "Stage", tuple((s.value, words.STAGE[s]) for s in Stage)),
    ("polarity", "Affirmed or denied", tuple((p.value, words.POLARITY[p]) for p in Polarity)),
    ("hedged", "Hedged", (("false", "not hedged"), ("true", "hedged"))),
    ("basis", "Stands on", tuple((b.value, words.BASIS[b]) for b in Basis)),
)
"""Slots of a vocabulary: name, label, values with their names."""
VOICE_KINDS = tuple((k.value, words.VOICE[k]) for k in VoiceKind)
# The NATO Admiralty code (AJP-2.1).
GRADES = (
    Choice("source", "Source", "", (
        ("A", "A: completely reliable"), ("B", "B: usually reliable"), ("C", "C: fairly reliable"),
        ("D", "D: not usually reliable"), ("E", "E: unreliable"), ("F", "F: reliability cannot be judged"),
    )),
    Choice("information", "Information", "", (
        ("1", "1: confirmed by other sources"), ("2", "2: probably true"), ("3", "3: possibly true"),
        ("4", "4: doubtful"), ("5", "5: improbable"), ("6", "6: truth cannot be judged"),
    )),
)  # fmt: skip


def form_of(c: Claim) -> ClaimForm:
    """The form with a claim's values in it."""
    values = {"kind": c.kind, "category": c.category, "stage": c.stage, "polarity": c.polarity, "basis": c.basis}
    given = {**values, "hedged": "true" if c.hedged else "false"}
    parties = (_parties("supplier", "Supplier", c.supplier), _parties("recipient", "Recipient", c.recipient))
    return ClaimForm(
        tuple(Choice(name, label, str(given[name]), options) for name, label, options in CHOICES),
        Line("item", "Item", c.item),
        Line("designations", "Type names", "; ".join(c.designations), hint="several with ; between"),
        (*parties, _voices(c)),
        tuple(_bounds(c)),
    )


def _parties(name: str, label: str, found: tuple[Party, ...]) -> Rows:
    every = [(p.name, " ".join(p.countries)) for p in found] + [("", "")] * _SPARE
    return Rows(name, label, tuple(
        (Line(f"{name}_name", "name", n), Line(f"{name}_countries", "countries", codes, hint="DE FR"))
        for n, codes in every
    ))  # fmt: skip


def _voices(c: Claim) -> Rows:
    every = [(v.name, v.kind.value) for v in c.voices] + [("", VoiceKind.ORGANISATION.value)] * _SPARE
    return Rows("voices", "Voices, innermost first", tuple(
        (Line("voice_name", "name", name), Choice("voice_kind", "kind", kind, VOICE_KINDS)) for name, kind in every
    ))  # fmt: skip


def _bounds(c: Claim) -> Iterator[Bounds]:
    q, v, m = c.quantity, c.value, c.measure
    yield _between("quantity", "Number", q, Line("quantity_per", "per", (q.per or "") if q else "", hint="month, year"))
    yield _between("value", "Value", v, Line("value_currency", "currency", v.currency if v else "", hint="EUR"))
    yield _between("measure", "Measure", m, Line("measure_unit", "unit", m.unit if m else "", hint="km, kg"))
    when = c.when or Interval(None, None)
    days = (Line("when_start", "from", _day(when.start), "date"), Line("when_end", "to", _day(when.end), "date"))
    yield Bounds("when", "When", days)


def _between(name: str, label: str, found: Quantity | Money | Measure | None, unit: Line) -> Bounds:
    low, high = (found.min, found.max) if found else (None, None)
    least, most = ("" if x is None else f"{x:.15g}" for x in (low, high))
    return Bounds(name, label, (Line(f"{name}_min", "least", least), Line(f"{name}_max", "most", most), unit))


def _day(d: dt.date | None) -> str:
    return d.isoformat() if d else ""
