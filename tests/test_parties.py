"""Who gives and who gets: firms by their names, "we" by the speaker, each party on one side."""

from __future__ import annotations

import pytest

from reading_help import cast_of, span_of
from sayso.model import Kind, Party, Span, Voice, VoiceKind
from sayso.reading.firms import named
from sayso.reading.parties import apart


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("The Norwegian manufacturer Fjordvik Marine will build boats.", "Norwegian manufacturer", "Fjordvik Marine"),
        ("Fjordvik Marine, a Norwegian shipbuilder, met them. The company sells boats.", "company", "Fjordvik Marine"),
        ("Boats come from Fjordvik, the firm from Oslo.", "firm", "Fjordvik"),
        ("Six boats will come from a firm called Fjordvik Marine.", "firm", "Fjordvik Marine"),
        ("Fjordvik, a Norwegian firm, met Volta Yards, a Ghanaian firm. The company won.", "company", "Volta Yards"),
        ("Volta Yards, a Ghanaian firm, bought it. The Kestrel-9, the company said, flies.", "company", "Volta Yards"),
        ("A boat maker met them. The company, Fjordvik Marine Works, has yards.", "boat maker", "boat maker"),
        ("The company, Fjordvik Marine Works, has yards. The firm sells boats.", "firm", "Fjordvik Marine Works"),
        ("They met Fjordvik Shipbuilding. Fjordvik sells boats.", "Fjordvik", "Fjordvik Shipbuilding"),
        ("They met Fjordvik Shipbuilding. The contractor sells boats.", "contractor", "contractor"),
        ("Originally, the firm was Norwegian and sold boats.", "firm", "firm"),
        ("A Norwegian company was asked. The owner, Ingrid Solheim, spoke.", "Norwegian company", "Norwegian company"),
    ],
)  # fmt: skip
def test_a_firm_goes_by_the_name_that_the_text_gives(text: str, words: str, name: str) -> None:
    cast = cast_of(text)
    span = span_of(text, words)
    party = Party(words.removeprefix("The "), (), span)
    assert named(party, cast.marked, cast.firms).name == name


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("Norwegian boat maker Fjordvik Marine met them. Fjordvik won.", ("NO",)),
        ("They met Gdynia Fjordvik Shipbuilding. Fjordvik won.", ("PL",)),
        ("They met Fjordvik Shipbuilding in Norway. Fjordvik won.", ()),
    ],
)
def test_a_firms_country_is_told_by_its_name_or_by_the_noun_before(text: str, countries: tuple[str, ...]) -> None:
    cast = cast_of(text)
    party = Party("Fjordvik", (), Span(len(text) - 14, len(text) - 5))
    assert named(party, cast.marked, cast.firms).countries == countries


@pytest.mark.parametrize(
    ("text", "speaker", "countries"),
    [
        ("“We will send boats,” Spanish Prime Minister Rosa Ibarra said.", "Rosa Ibarra", ("ES",)),
        ("Ghana's Harbour Minister Kofi Ansah-Brew said it. Ansah-Brew left.", "Kofi Ansah-Brew", ("GH",)),
        ("Kofi Ansah-Brew said that Norway would send boats to Ghana.", "Kofi Ansah-Brew", ()),
    ],
)
def test_a_speakers_country_is_that_of_the_title(text: str, speaker: str, countries: tuple[str, ...]) -> None:
    voice = Voice(speaker, VoiceKind.NAMED_PERSON, span_of(text, speaker))
    assert cast_of(text).home(voice) == countries


def test_we_in_a_governments_own_text_is_that_government() -> None:
    text = "We will send boats."
    voice = Voice("Rosa Ibarra", VoiceKind.NAMED_PERSON)
    assert cast_of(text, "Norwegian Ministry of Defence").home(voice) == ("NO",)


def test_a_party_stays_on_the_side_that_its_pointer_is_surer_of() -> None:
    norway, ghana = Party("Norway", ("NO",)), Party("Accra", ("GH",))
    suppliers, recipients = [(norway, 0.9), (ghana, 0.3)], [(Party("Ghana", ("GH",)), 0.8)]
    assert apart(Kind.TRANSFER, suppliers, recipients) == ([(norway, 0.9)], recipients)
    assert apart(Kind.PRODUCTION, suppliers, recipients) == (suppliers, recipients)
