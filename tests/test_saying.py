"""Whose word a claim is, where the attributions and the tagger's voice pointer differ."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sayso.model import Voice, VoiceKind
from sayso.reading.saying import corrected, with_kind

MINISTER = Voice("Kofi Ansah-Brew", VoiceKind.NAMED_PERSON)
RELEASE = Voice("news release", VoiceKind.DOCUMENT)
LEADERS = Voice("G7 leaders", VoiceKind.ANONYMOUS)
HERALD = Voice("Harbour Herald", VoiceKind.OUTLET)
WIRE = Voice("Meridian Wire", VoiceKind.OUTLET)


@pytest.mark.parametrize(
    ("found", "known", "pointed", "right"),
    [
        ((RELEASE,), 0.1, (MINISTER, 0.9), (MINISTER,)),
        ((RELEASE,), 0.6, (MINISTER, 0.9), (RELEASE,)),
        ((RELEASE,), 0.1, (MINISTER, 0.5), (RELEASE,)),
        ((RELEASE,), 0.1, None, (RELEASE,)),
        ((HERALD,), 0.1, (MINISTER, 0.9), (MINISTER, HERALD)),
        ((RELEASE, HERALD), 0.1, (MINISTER, 0.9), (MINISTER, HERALD)),
        ((RELEASE,), 0.1, (HERALD, 0.9), (RELEASE,)),
        ((), 0.0, (MINISTER, 0.3), (MINISTER,)),
        ((WIRE,), 0.1, (HERALD, 0.9), (HERALD,)),
        ((MINISTER, HERALD), 0.1, (Voice("Ansah-Brew", VoiceKind.NAMED_PERSON), 0.9), (MINISTER, HERALD)),
    ],
)
def test_the_pointer_corrects_the_chain_where_it_is_far_surer(
    found: tuple[Voice, ...], known: float, pointed: tuple[Voice, float] | None, right: tuple[Voice, ...]
) -> None:
    assert corrected(found, known, pointed) == right


@pytest.mark.parametrize(
    ("found", "kind", "right"),
    [
        ((RELEASE,), VoiceKind.ORGANISATION, (RELEASE,)),
        ((HERALD,), VoiceKind.NAMED_PERSON, (HERALD,)),
        ((LEADERS,), VoiceKind.NAMED_PERSON, (LEADERS,)),
        ((LEADERS,), VoiceKind.ORGANISATION, (replace(LEADERS, kind=VoiceKind.ORGANISATION),)),
        ((MINISTER, HERALD), VoiceKind.OUTLET, (HERALD,)),
        ((MINISTER,), VoiceKind.OUTLET, (replace(MINISTER, kind=VoiceKind.OUTLET),)),
        ((MINISTER,), VoiceKind.DOCUMENT, (MINISTER,)),
    ],
)
def test_the_tagger_decides_a_kind_as_far_as_the_words_allow(
    found: tuple[Voice, ...], kind: VoiceKind, right: tuple[Voice, ...]
) -> None:
    assert with_kind(found, kind) == right
