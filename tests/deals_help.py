"""Claims for the tests of deals, in few words."""

from __future__ import annotations

import datetime as dt

from sayso.model import (
    Category,
    Claim,
    Interval,
    Kind,
    Money,
    Party,
    Polarity,
    Quantity,
    Span,
    Stage,
    Told,
    Voice,
    VoiceKind,
)

NAMES = {"FR": "France", "SE": "Sweden", "EG": "Egypt", "IN": "India", "DE": "Germany", "US": "the United States"}


def party(text: str) -> tuple[Party, ...]:
    """Codes or names parted by "+"; a code takes its country's name."""
    return tuple(Party(NAMES.get(p, p), (p,) if len(p) == 2 and p.isupper() else ()) for p in text.split("+") if p)


def told(
    key: str,
    *,
    document: str | None = None,
    said: dt.date | None = dt.date(2031, 5, 1),
    item: str = "drones",
    types: tuple[str, ...] = (),
    supplier: str = "FR",
    recipient: str = "EG",
    kind: Kind = Kind.TRANSFER,
    category: Category = Category.UNCREWED_AIRCRAFT,
    stage: Stage = Stage.AGREED,
    count: float | None = None,
    sum_of: float | None = None,
    when: Interval | None = None,
    denied: bool = False,
    voices: tuple[str, ...] = (),
    quote: str | None = None,
) -> Told:
    claim = Claim(
        evidence=Span(0, 9),
        kind=kind,
        item=item,
        supplier=party(supplier),
        recipient=party(recipient),
        designations=types,
        category=category,
        quantity=Quantity(count, count) if count is not None else None,
        value=Money(sum_of, sum_of, "EUR") if sum_of is not None else None,
        when=when,
        stage=stage,
        polarity=Polarity.DENIED if denied else Polarity.AFFIRMED,
        voices=tuple(Voice(v, VoiceKind.OUTLET) for v in voices),
    )
    return Told(key, document or key.rpartition(".")[0], "The Meridian", said, claim, quote or f"{supplier} {item}")
