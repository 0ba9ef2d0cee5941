"""Whose word it is: sources' words to names and kinds."""

from __future__ import annotations

import pytest

from reading_help import cast_of, span_of
from sayso.model import Span, Voice, VoiceKind
from sayso.reading.voices import resolve


@pytest.mark.parametrize(
    ("words", "name", "kind"),
    [
        ("US officials", "US officials", VoiceKind.ANONYMOUS),
        ("two people familiar with the talks", "two people", VoiceKind.ANONYMOUS),
        ("the Norwegian Defence Ministry", "Norwegian Defence Ministry", VoiceKind.ORGANISATION),
        ("Kyiv", "Kyiv", VoiceKind.ORGANISATION),
        ("a spokesman for the shipyard", "spokesman for the shipyard", VoiceKind.ORGANISATION),
        ("Defence Minister Kofi Ansah-Brew", "Kofi Ansah-Brew", VoiceKind.NAMED_PERSON),
        ("Ingrid Solheim, a spokeswoman for the yard", "Ingrid Solheim", VoiceKind.NAMED_PERSON),
        ("the German weekly Der Spiegel", "Der Spiegel", VoiceKind.OUTLET),
        ("a report", "report", VoiceKind.DOCUMENT),
        ("military experts", "military experts", VoiceKind.ANONYMOUS),
    ],
)
def test_a_source_is_named_and_classed(words: str, name: str, kind: VoiceKind) -> None:
    text = f"On Friday the talks went on, {words} said."
    voice = resolve(span_of(text, words), cast_of(text))
    assert voice is not None
    assert (voice.name, voice.kind) == (name, kind)


def test_he_is_the_last_person_named() -> None:
    text = "Minister Kofi Ansah-Brew met the yard's owners. He said boats would come."
    voice = resolve(span_of(text, "He"), cast_of(text))
    assert voice is not None
    assert (voice.name, voice.kind) == ("Kofi Ansah-Brew", VoiceKind.NAMED_PERSON)


def test_a_surname_gets_the_full_name() -> None:
    text = "Minister Kofi Ansah-Brew spoke on Monday. Ansah-Brew said boats would come."
    voice = resolve(span_of(text, "Ansah-Brew", 1), cast_of(text))
    assert voice is not None
    assert voice.name == "Kofi Ansah-Brew"


def test_the_weekly_is_the_outlet_named_before() -> None:
    text = "Der Spiegel reported on the sale. The price is secret, the magazine said."
    voice = resolve(span_of(text, "the magazine"), cast_of(text))
    assert voice is not None
    assert (voice.name, voice.kind) == ("Der Spiegel", VoiceKind.OUTLET)


def test_a_pronoun_with_nobody_before_it_is_nobody() -> None:
    text = "He said boats would come."
    assert resolve(span_of(text, "He"), cast_of(text)) is None


def test_an_unlisted_outlet_is_known_by_its_shape() -> None:
    text = "Boats would come, Meridian Wire said. The weekly Der Hafenbote wrote of boats."
    outlets = [cast_of(text).said(m) for m in cast_of(text).outlets]
    assert outlets == ["Meridian Wire", "Der Hafenbote"]


def test_a_demonym_may_stand_between_the_noun_and_the_outlet_s_name() -> None:
    text = "Boats would come, according to the newspaper german Der Hafenbote, the newspaper said."
    assert [cast_of(text).said(m) for m in cast_of(text).outlets] == ["Der Hafenbote"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Harbour Minister Kofi Ansah-Brew met the yard. Boats would come, the minister said.", "the minister"),
        ("Boats would come, the minister said. It was Harbour Minister Kofi Ansah-Brew's yard.", "the minister"),
        ("Boats would come, the yard's chief executive, Kofi Ansah-Brew, said.", "the yard's chief executive"),
        ("Harbour Minister Kofi Ansah-Brew met the yard. Boats will come, the minister has said.", "the minister has"),
    ],
)
def test_an_office_is_who_holds_it_in_the_article(text: str, words: str) -> None:
    voice = resolve(span_of(text, words), cast_of(text))
    assert voice is not None
    assert (voice.name, voice.kind) == ("Kofi Ansah-Brew", VoiceKind.NAMED_PERSON)


def test_another_countrys_holder_and_a_plural_are_not_meant() -> None:
    text = "Norwegian Minister Kofi Ansah-Brew spoke. Boats would come, the Swedish minister and all ministers said."
    for words in ("the Swedish minister", "all ministers"):
        voice = resolve(span_of(text, words), cast_of(text))
        assert voice is not None
        assert voice.name != "Kofi Ansah-Brew"


@pytest.mark.parametrize("words", ["I", "So I’m", "And we're", "we"])
def test_the_first_person_is_whoever_speaks(words: str) -> None:
    text = f"Norway's envoy spoke. {words} not going to get into that."
    cast, at = cast_of(text), span_of(text, words, 0)
    spoke = Voice("envoy", VoiceKind.ORGANISATION, Span(0, 14))
    assert resolve(at, cast, [spoke]) == Voice("envoy", VoiceKind.ORGANISATION, at)
    assert resolve(at, cast, [Voice("Reuters", VoiceKind.OUTLET, Span(0, 14))]) is None
