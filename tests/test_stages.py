"""How far along a thing is, where the words before the item say it."""

from __future__ import annotations

import pytest

from reading_help import cast_of, span_of
from sayso.model import Kind, Span, Stage
from sayso.reading.slots import Anchor
from sayso.reading.stages import stage_at

SURE_WORDS = [
    ("The yard was prepared to build 100 patrol boats for Ghana.", Stage.OFFERED),
    ("The yard reportedly agreed to build a first lot of patrol boats.", Stage.AGREED),
    ("The two navies are in talks over patrol boats.", Stage.NEGOTIATING),
    ("Norway intends to hand Ghana some patrol boats.", Stage.CONSIDERED),
    ("In talks about fish, Norway offered to send patrol boats.", Stage.OFFERED),
]


def _stage(text: str, kind: Kind = Kind.TRANSFER) -> Stage:
    marked = cast_of(text).marked
    item = span_of(text, "patrol boats")
    return stage_at(Anchor(kind, item, marked.tags.tokens_under(item), 1.0), Span(0, len(text)), marked)[0]


@pytest.mark.parametrize(("text", "stage"), SURE_WORDS)
def test_the_last_words_before_the_item_tell_the_stage(text: str, stage: Stage) -> None:
    assert _stage(text) is stage


def test_what_is_denied_behind_the_item_or_far_before_it_tells_none() -> None:
    assert _stage("Norway was not prepared to send patrol boats.") is not Stage.OFFERED
    assert _stage("Norway sent patrol boats, and Spain was willing to talk.") is not Stage.OFFERED
    far = "Willing to talk, the minister who came by ship last week to the town has delivered patrol boats."
    assert _stage(far) is not Stage.OFFERED


def test_a_property_has_no_stage() -> None:
    assert _stage("The yard was prepared to build patrol boats.", Kind.SPECIFICATION) is Stage.UNSPECIFIED
