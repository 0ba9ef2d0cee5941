"""Records survive the way to JSON and back unchanged, whatever they hold."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import StoreError
from sayso.model import Claim, Deal, Document, Kind, Quantity, Reading, Reason, Span
from sayso.store import codec

# Everything UTF-8 can carry, NUL and the controls with it.
TEXTS = st.text(st.characters(codec="utf-8"), max_size=12)
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
SPANS = st.builds(Span, st.integers(0, 2**40), st.integers(0, 2**40))

st.register_type_strategy(str, TEXTS)
st.register_type_strategy(float, FLOATS)
st.register_type_strategy(int, st.integers(-(2**63), 2**63 - 1))
st.register_type_strategy(Span, SPANS)
st.register_type_strategy(dt.date, st.dates())


@given(st.from_type(Document), TEXTS)
def test_documents(document: Document, text: str) -> None:
    record = codec.document_json(replace(document, text=text))
    assert codec.document_of(record, text, "here") == replace(document, text=text)


@given(st.from_type(Reading))
def test_readings(reading: Reading) -> None:
    """In three pieces: the text, the claims, and the rest."""
    rest = codec.reading_json(reading)
    claims = tuple(codec.claim_of(codec.claim_json(c, "here"), "here") for c in reading.claims)
    assert codec.reading_of(rest, reading.document.text, claims, "here") == reading


@given(st.from_type(Claim))
def test_claims_keep_their_types(claim: Claim) -> None:
    back = codec.claim_of(codec.claim_json(claim, "here"), "here")
    assert back == claim
    assert [type(getattr(back, n)) for n in claim.__slots__] == [type(getattr(claim, n)) for n in claim.__slots__]


@given(st.from_type(Deal))
def test_deals(deal: Deal) -> None:
    assert codec.deal_of(codec.deal_json(deal), "here") == deal


@given(st.lists(st.from_type(Reason)).map(tuple))
def test_reasons(reasons: tuple[Reason, ...]) -> None:
    assert codec.reasons_of(codec.reasons_json(reasons, "here"), "here") == reasons


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | FLOATS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


@given(JSON)
def test_any_json(value: codec.Json) -> None:
    assert codec.of_json(codec.to_json(value)) == value


@pytest.mark.parametrize("least", [float("nan"), float("inf"), 10**30, "four"])
def test_what_json_would_change_is_refused(least: object) -> None:
    claim = Claim(Span(0, 1), Kind.USE, "x", quantity=Quantity(least, None))  # type: ignore[arg-type]
    with pytest.raises(StoreError, match="here: a record that JSON"):
        codec.claim_json(claim, "here")


def test_a_lone_surrogate_and_a_list_are_refused() -> None:
    with pytest.raises(StoreError, match="JSON cannot hold"):
        codec.claim_json(Claim(Span(0, 1), Kind.USE, "\ud800"), "here")
    with pytest.raises(StoreError, match="JSON changes"):
        codec.claim_json(Claim(Span(0, 1), Kind.USE, "x", designations=["a"]), "here")  # type: ignore[arg-type]


def test_a_record_of_an_older_sayso_takes_the_defaults() -> None:
    old = '{"evidence":[0,1],"kind":"use","item":"x"}'
    assert codec.claim_of(old, "here") == Claim(Span(0, 1), Kind.USE, "x")


@pytest.mark.parametrize("record", ["", "{}", '{"evidence":[0],"kind":"use","item":"x"}', "[" * 10_000])
def test_a_damaged_record_is_named(record: str) -> None:
    with pytest.raises(StoreError, match="here: a record that cannot be read"):
        codec.claim_of(record, "here")


@given(st.binary(max_size=300))
def test_archived_bytes(raw: bytes) -> None:
    digest = sha256(raw).hexdigest()
    assert codec.unpack(codec.pack(raw), len(raw), digest, "here") == raw
    for packed, size in ((codec.pack(raw + b"x"), len(raw)), (codec.pack(raw), len(raw) + 1), (b"junk", len(raw))):
        with pytest.raises(StoreError, match="here: archived bytes"):
            codec.unpack(packed, size, digest, "here")
