"""Mending for reading, with the way back."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.model import Span
from sayso.text.glue import gaps
from sayso.text.repair import repair


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("It began on May 3, 2021starting a long dispute.", "It began on May 3, 2021 starting a long dispute."),
        ("the toll passed 20,000according to the mayor", "the toll passed 20,000 according to the mayor"),
        ("shells made in Polandaccording to the firm", "shells made in Poland according to the firm"),
        ("ten of them per monthcalculate the experts", "ten of them per month calculate the experts"),
        ("a town such as irpinon the edge of the city", "a town such as irpin on the edge of the city"),
        ("on the edge of kyivtheater of the fighting", "on the edge of kyiv theater of the fighting"),
        ("the army said.He did not agree", "the army said. He did not agree"),
        ("soldiers of theRussian army", "soldiers of the Russian army"),
        ("the ministryâ€™s cafÃ© paid â‚¬5", "the ministry’s café paid €5"),
        ("it said â€œnoâ€\x9d and â\x80\x94 left", "it said “no” and — left"),
        ("a doubly Ã¢â‚¬â„¢ broken mark", "a doubly ’ broken mark"),
        ("the sol\xaddiers\u200b left\xa0it", "the soldiers left it"),
        ("Ð¿Ñ€Ð¸Ð²ÐµÑ‚ to all", "привет to all"),
    ],
)
def test_mended(broken: str, mended: str) -> None:
    assert repair(broken).text == mended


@pytest.mark.parametrize(
    "sound",
    [
        "a 5star hotel, the 1990s, a 3rd 21st 40th 155mm 35km 30kg 9pm 2bn 10mph tank, 4chan, 3dprinted parts",
        "Thereafter the warfighter, dronemaker and gunrunner went abroad, without shipbuilding, within reason.",
        "Rheinmetall, Handelsblatt, Lockheed, Petushkov, Motovilikha and Kongsberg signed.",
        "see https://example.org/storyon?id=3according and @warreporton or #standwith on example.comand",
        "Er sagte, das Ministerium habe die Lieferungen bestaetigt und werde weitere Panzer schicken.",
        "MANHÃ” É” café”— naïve Ångström",
        "بە\u200cخێر and क्\u200dष and 👩\u200d✈",
        "The U.S.Army site, e.g.This one, Booking.Com and Node.js",
        "iPhone, eBay, YouTube and McDonald said so",
    ],
)
def test_sound_text_is_left_alone(sound: str) -> None:
    assert repair(sound).text == sound


def test_a_name_that_comes_twice_is_a_name() -> None:
    assert gaps("The firm Shellson met Bombswith there, and Bombswith paid the firm for it.") == []


def test_offsets_lead_back() -> None:
    frozen = "In 2022starting, the cafÃ©\u200b was open."
    mended = repair(frozen)
    for words, origin in [("starting", "starting"), ("2022 starting", "2022starting"), ("café", "cafÃ©"), ("é", "Ã©")]:
        at = mended.text.index(words)
        assert mended.to_frozen(Span(at, at + len(words))).of(frozen) == origin
    space = mended.text.index(" starting")
    assert mended.to_frozen(Span(space, space + 1)) == Span(7, 7)


BROKEN = ["2022starting", "Iranaccording", "â€™", "Ã©", "Ã¢â‚¬â„¢", "\u200b", "\xad", "\xa0", ".He "]
PIECES = st.sampled_from([*BROKEN, " ", "the army ", "x", "é", "\n"])


@given(st.lists(PIECES, max_size=30).map("".join), st.data())
def test_map_is_monotonic_and_true(frozen: str, data: st.DataObject) -> None:
    mended = repair(frozen)
    end = data.draw(st.integers(0, len(mended.text)))
    start = data.draw(st.integers(0, end))
    span = mended.to_frozen(Span(start, end))
    assert 0 <= span.start <= span.end <= len(frozen)
    for at in range(start, end):
        inner = mended.to_frozen(Span(at, at + 1))
        assert span.start <= inner.start <= inner.end <= span.end
    for at in range(1, len(mended.text)):
        before, after = mended.to_frozen(Span(at - 1, at)), mended.to_frozen(Span(at, at + 1))
        assert before.end <= after.start or before == after


@given(st.text())
def test_unbroken_characters_map_to_themselves(frozen: str) -> None:
    mended = repair(frozen)
    whole = mended.to_frozen(Span(0, len(mended.text)))
    assert 0 <= whole.start <= whole.end <= len(frozen)
    for at, c in enumerate(mended.text):
        if c.isalpha() and c.isascii():
            assert mended.to_frozen(Span(at, at + 1)).of(frozen) == c


def test_time_is_linear() -> None:
    def seconds(text: str) -> float:
        began = time.process_time()
        repair(text)
        return time.process_time() - began

    for unit in ("â€™", "1", "a", "a.", "Ð¿", "theRussian ", "\u200b", "word wordand "):
        assert seconds(unit * 100_000) < 5.0, unit
