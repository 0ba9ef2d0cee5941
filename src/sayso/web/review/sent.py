"""A claim's form as sent, as an edit."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping

from fastapi import HTTPException

from sayso.keeping.agreement import bare
from sayso.keeping.judge import slots
from sayso.model import Claim, Measure, Money, Party, Quantity, Span
from sayso.store.codec import Json
from sayso.web.review.form import CHOICES, VOICE_KINDS

Fields = Mapping[str, list[str]]
"""A form as sent: the values of each name, in order."""

_LONGEST = 2_000  # characters of a field
_MOST = 40  # rows of a list
_CODE = re.compile(r"[A-Z]{2}")
# By slot: its unit's name, the form that fits, and how that is said.
_UNITS = {
    "quantity": ("per", re.compile(r".{0,40}"), "month, year …"),
    "value": ("currency", re.compile(r"[A-Z]{3}"), "three capital letters of ISO 4217"),
    "measure": ("unit", re.compile(r".{1,40}"), "km, kg …"),
}


def edit_of(sent: Fields, c: Claim, text: str) -> dict[str, Json]:
    """The slots that the form sets otherwise than the claim has them, in the claim's own form.

    A name keeps its place in the text; a new one is looked for within the evidence. Raises
    `HTTPException` (422) for a field that does not fit.
    """
    for name, many in sent.items():
        if len(many) > _MOST or any(len(v) > _LONGEST for v in many):
            raise HTTPException(422, f"{name}: too long; expected {_LONGEST:,} characters and {_MOST} rows at most")
    before = slots(c)
    set_to = dict(_set(sent, c, text))
    return {name: value for name, value in set_to.items() if not _same(value, before[name])}


def _set(sent: Fields, c: Claim, text: str) -> Iterator[tuple[str, Json]]:
    for name, _, options in CHOICES:
        if name in sent:
            value = sent[name][-1]
            if value not in dict(options):
                raise HTTPException(422, f"{name}: {value!r}; expected one of {', '.join(dict(options))}")
            yield name, value == "true" if name == "hedged" else value
    if "item" in sent:
        yield "item", sent["item"][-1].strip()
    if "designations" in sent:
        yield "designations", [part.strip() for part in sent["designations"][-1].split(";") if part.strip()]
    for role, old in (("supplier", c.supplier), ("recipient", c.recipient)):
        if f"{role}_name" in sent:
            yield role, list(_sent_parties(sent, role, old, c, text))
    if "voice_name" in sent:
        yield "voices", list(_sent_voices(sent, c, text))
    yield from _sent_bounds(sent, c)


def _sent_parties(sent: Fields, role: str, old: tuple[Party, ...], c: Claim, text: str) -> Iterator[Json]:
    spans = {p.name: p.span for p in old}
    for name, codes in zip(sent[f"{role}_name"], _padded(sent, f"{role}_countries"), strict=False):
        countries = re.split(r"[\s,;]+", codes.strip().upper()) if codes.strip() else []
        wrong = next((code for code in countries if not _CODE.fullmatch(code)), None)
        if wrong:
            raise HTTPException(422, f"{role}, countries: {wrong!r}; expected two letters of ISO 3166 each")
        if name.strip():
            place = spans[name.strip()] if name.strip() in spans else _place(name.strip(), c, text)
            yield {"name": name.strip(), "countries": list[Json](countries), "span": _json(place)}
        elif countries:
            raise HTTPException(422, f"{role}: countries {codes.strip()!r} without a name; expected both")


def _sent_voices(sent: Fields, c: Claim, text: str) -> Iterator[Json]:
    spans = {v.name: v.span for v in c.voices}
    for name, kind in zip(sent["voice_name"], _padded(sent, "voice_kind"), strict=False):
        if kind not in dict(VOICE_KINDS):
            raise HTTPException(422, f"voice: kind {kind!r}; expected one of {', '.join(dict(VOICE_KINDS))}")
        if name.strip():
            place = spans[name.strip()] if name.strip() in spans else _place(name.strip(), c, text)
            yield {"name": name.strip(), "kind": kind, "span": _json(place)}


def _sent_bounds(sent: Fields, c: Claim) -> Iterator[tuple[str, Json]]:
    """Number, value, measure and time; a slot with none of its fields filled is not stated."""
    old: dict[str, Quantity | Money | Measure | None] = {"quantity": c.quantity, "value": c.value, "measure": c.measure}
    for name, (unit, fits, expected) in _UNITS.items():
        if f"{name}_min" not in sent and f"{name}_max" not in sent:
            continue
        low, high = _number(sent, f"{name}_min"), _number(sent, f"{name}_max")
        word = _last(sent, f"{name}_{unit}")
        if low is None and high is None:
            yield name, None
            continue
        if low is not None and high is not None and low > high:
            raise HTTPException(422, f"{name}: {low:g} to {high:g}; expected the lesser first")
        if not fits.fullmatch(word):
            raise HTTPException(422, f"{name}, {unit}: {word!r}; expected {expected}")
        was = old[name]
        yield name, {"min": low, "max": high, unit: word or None, "span": _json(was.span if was else None)}
    if "when_start" in sent or "when_end" in sent:
        start, end = _date(sent, "when_start"), _date(sent, "when_end")
        if start and end and start > end:
            raise HTTPException(422, f"when: {start} to {end}; expected the earlier first")
        span = _json(c.when.span if c.when else None)
        yield "when", {"start": start, "end": end, "span": span} if start or end else None


def _number(sent: Fields, name: str) -> float | None:
    given = _last(sent, name).replace(",", "").replace("\u00a0", "")
    if not given:
        return None
    try:
        value = float(given)
    except ValueError as error:
        raise HTTPException(422, f"{name}: {given!r}; expected a number") from error
    if not 0 <= value < 1e18:
        raise HTTPException(422, f"{name}: {given!r}; expected a number from 0 to 10^18")
    return value


def _date(sent: Fields, name: str) -> str | None:
    given = _last(sent, name)
    try:
        return dt.date.fromisoformat(given).isoformat() if given else None
    except ValueError as error:
        raise HTTPException(422, f"{name}: {given!r}; expected a day, YYYY-MM-DD") from error


def _last(sent: Fields, name: str) -> str:
    return sent[name][-1].strip() if sent.get(name) else ""


def _padded(sent: Fields, name: str) -> Iterable[str]:
    return [*sent.get(name, []), *[""] * len(sent.get(name.partition("_")[0] + "_name", []))]


def _place(name: str, c: Claim, text: str) -> Span | None:
    at = text.find(name, c.evidence.start, c.evidence.end)
    return Span(at, at + len(name)) if at >= 0 else None


def _json(span: Span | None) -> Json:
    return None if span is None else list[Json](span)


def _same(a: Json, b: Json) -> bool:
    """Whether two values are the same but for their places in the text."""
    return bool(bare(a) == bare(b))
