"""Whether words of reacting are a reaction, and whose."""

from __future__ import annotations

import pytest

from reading_help import DAY
from sayso.lexicon import load
from sayso.model import Document
from sayso.pipeline import read
from sayso.text.tagger import encoder


def told(text: str) -> list[tuple[str, str]]:
    found = read(Document("t", text, outlet="Harbour Lantern", published=DAY), load(), encoder()).responses
    return sorted((r.responder, r.type.value) for r in found)


@pytest.mark.parametrize(
    "text",
    [
        "The new missiles are meant to deny Russia control of the coast.",
        "The court denied an appeal by the shipyard on Monday.",
        "Kyiv sent a request for tanks that the government in Oslo has repeatedly denied.",
        "Norway did not deny that rockets were shipped to Ghana.",
        "Norway dismissed three of its generals over the rockets.",
        "There is no indication that Norway sent rockets to Ghana.",
        "Norway rejected the tanks that Poland had offered.",
    ],
)
def test_words_that_could_be_a_reaction_and_are_none(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "responses"),
    [
        ("Norway denied that it had sent rockets to Ghana.", [("Norway", "denied")]),
        (
            "Rebels say that Ghana is sending them rockets, which Norway and Ghana have denied.",
            [("Ghana", "denied"), ("Norway", "denied")],
        ),
        ("The report was denied by Norway.", [("Norway", "denied")]),
        ("Norway rejected the rebels' claim that it had sent rockets.", [("Norway", "denied")]),
        ("There was no immediate reaction from Norway to the report.", [("Norway", "did_not_respond")]),
        (
            "“The rockets are ours,” Kofi Ansah-Brew said. “I’m not going to get into numbers,” he said.",
            [("Kofi Ansah-Brew", "declined_to_comment")],
        ),
        (
            "A contractor who works for Fjordvik Shipbuilding denied that the company had sent rockets.",
            [("contractor", "denied")],
        ),
        ("Norway declined multiple requests for comment on the rockets.", [("Norway", "declined_to_comment")]),
    ],
)
def test_who_reacts(text: str, responses: list[tuple[str, str]]) -> None:
    assert told(text) == responses
