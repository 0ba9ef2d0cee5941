"""Anchors: one arm that a clause names twice is one."""

from __future__ import annotations

import pytest

from reading_help import span_of
from sayso.model import Kind
from sayso.reading.slots import Anchor, named_once


@pytest.mark.parametrize(
    ("text", "kind", "left"),
    [
        ("The parts of a drone are said to be a Kestrel.", Kind.USE, 1),
        ("The drone is an armed Kestrel.", Kind.SPECIFICATION, 1),
        ("The drone flew beside a Kestrel.", Kind.USE, 2),
        ("The drone is old, and a Kestrel is new.", Kind.USE, 2),
        ("The drone is a Kestrel.", Kind.TRANSFER, 2),
    ],
)
def test_what_a_clause_says_is_one_arm_is_one(text: str, kind: Kind, left: int) -> None:
    drone, kestrel = (Anchor(kind, span_of(text, w), slice(n, n + 1), 0.8) for n, w in enumerate(["drone", "Kestrel"]))
    found = named_once([drone, kestrel], text)
    assert len(found) == left
    assert found[-1].span == kestrel.span
