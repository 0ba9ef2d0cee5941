"""Records to JSON and back without loss: what is written reads back equal, or is not written.

A reading is kept in pieces so that nothing stands twice: the text in its column, each claim in its
row, and the rest in one JSON object.
"""

from __future__ import annotations

import zlib
from dataclasses import replace
from hashlib import sha256
from typing import TypeVar

import msgspec

from sayso.errors import StoreError
from sayso.model import Claim, Deal, Document, Reading, Reason

T = TypeVar("T")

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None
"""A JSON value."""

_DOCUMENT = msgspec.json.Decoder(Document)
_READING = msgspec.json.Decoder(Reading)
_CLAIM = msgspec.json.Decoder(Claim)
_DEAL = msgspec.json.Decoder(Deal)
_REASONS = msgspec.json.Decoder(tuple[Reason, ...])
_LEVEL = 6  # zlib's own balance: a page of 100 kB takes 2 ms and a fifth of its room


def document_json(document: Document) -> str:
    """A document without its text."""
    return _written(replace(document, text=""), _DOCUMENT, document.id)


def document_of(record: str, text: str, place: str) -> Document:
    return replace(_read(record, _DOCUMENT, place), text=text)


def reading_json(reading: Reading) -> str:
    """A reading without its text and its claims."""
    bare = replace(reading, document=replace(reading.document, text=""), claims=())
    return _written(bare, _READING, reading.document.id)


def reading_of(record: str, text: str, claims: tuple[Claim, ...], place: str) -> Reading:
    bare = _read(record, _READING, place)
    return replace(bare, document=replace(bare.document, text=text), claims=claims)


def claim_json(claim: Claim, place: str) -> str:
    return _written(claim, _CLAIM, place)


def claim_of(record: str, place: str) -> Claim:
    return _read(record, _CLAIM, place)


def deal_json(deal: Deal) -> str:
    return _written(deal, _DEAL, f"deal {deal.id}")


def deal_of(record: str, place: str) -> Deal:
    return _read(record, _DEAL, place)


def reasons_json(reasons: tuple[Reason, ...], place: str) -> str:
    return _written(reasons, _REASONS, place)


def reasons_of(record: str, place: str) -> tuple[Reason, ...]:
    return _read(record, _REASONS, place)


def to_json(value: object) -> str:
    """Any JSON value as text. Raises `TypeError` for what has no JSON form."""
    return msgspec.json.encode(value).decode()


def of_json(record: str) -> Json:
    value: Json = msgspec.json.decode(record)
    return value


def pack(raw: bytes) -> bytes:
    return zlib.compress(raw, _LEVEL)


def unpack(packed: bytes, size: int, digest: str, place: str) -> bytes:
    """The archived bytes. Raises `StoreError` where they are not those that were put in."""
    try:
        raw = zlib.decompressobj().decompress(packed, size + 1)
    except zlib.error as error:
        raise StoreError(place, f"archived bytes that do not unpack ({error})", f"{size:,} bytes") from error
    if len(raw) != size or sha256(raw).hexdigest() != digest:
        raise StoreError(place, f"archived bytes that changed ({len(raw):,} of {size:,})", f"SHA-256 {digest}")
    return raw


def _written(value: T, decoder: msgspec.json.Decoder[T], place: str) -> str:
    """The value's JSON, read back and compared: NaN, a list for a tuple or a lone surrogate stops here."""
    try:
        packed = msgspec.json.encode(value)
        same = decoder.decode(packed) == value
    except (msgspec.MsgspecError, UnicodeError, OverflowError) as error:
        raise StoreError(place, f"a record that JSON cannot hold ({error})", "one that reads back equal") from error
    if not same:
        raise StoreError(place, "a record that JSON changes", "one that reads back equal")
    return packed.decode()


def _read(record: str, decoder: msgspec.json.Decoder[T], place: str) -> T:
    try:
        return decoder.decode(record)
    except msgspec.MsgspecError as error:
        raise StoreError(place, f"a record that cannot be read ({error})", "the JSON that was written") from error
