"""The ledger on a terminal: what it says, at 80 columns, and that no text commands the terminal."""

from __future__ import annotations

import datetime as dt
import io
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from sayso.export import words
from sayso.export.figures import interval, money, quantity
from sayso.export.terminal import show
from sayso.model import (
    Basis,
    Category,
    Claim,
    Document,
    Interval,
    Kind,
    Money,
    Origin,
    Party,
    Polarity,
    Quantity,
    Reading,
    Relation,
    Response,
    ResponseType,
    Scope,
    Span,
    Stage,
    Voice,
    VoiceKind,
)

TEXT = "Vltava Aero may sell dozens of drones to Lakeland in April. The Foreign Ministry denied any export of arms."


def at(quoted: str) -> Span:
    return Span(TEXT.index(quoted), TEXT.index(quoted) + len(quoted))


EXPERTS = Voice("military experts", VoiceKind.ANONYMOUS)
HAFENBOTE = Voice("Der Hafenbote", VoiceKind.OUTLET)
CLAIM = Claim(
    at("Vltava Aero may sell dozens of drones to Lakeland in April"), Kind.TRANSFER, "drones",
    (Party("Vltava Aero", ("CZ",)),), designations=("LK-7",),
    category=Category.UNCREWED_AIRCRAFT, quantity=Quantity(24, None, None, at("dozens")),
    when=Interval(dt.date(2024, 4, 1), dt.date(2024, 4, 30), at("in April")), stage=Stage.CONSIDERED, hedged=True,
    voices=(EXPERTS, HAFENBOTE), basis=Basis.UNCITED,
)  # fmt: skip
DENIED = Claim(at("denied any export of arms"), Kind.TRANSFER, "arms", polarity=Polarity.DENIED)
READING = Reading(
    Document(id="x", text=TEXT, outlet="Meridian Herald", title="Drones for Lakeland", published=dt.date(2024, 3, 8),
             published_inferred=True, published_span=at("April")),
    claims=(CLAIM, DENIED),
    responses=(Response("Foreign Ministry", ResponseType.DENIED, at("denied any export of arms"), Scope.BROADER),),
    origins=(Origin("Der Hafenbote", Relation.CITES), Origin("Presná", Relation.CREDIT)),
    notes=("a note",),
)  # fmt: skip


def shown(reading: Reading, width: int = 80, *, terminal: bool = False, encoding: str = "utf-8") -> str:
    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding=encoding, newline="\n")
    show(
        reading,
        Console(
            file=file,
            width=width,
            highlight=False,
            force_terminal=terminal,
            color_system="standard" if terminal else None,
        ),
    )
    file.flush()
    return raw.getvalue().decode(encoding)


def test_a_ledger() -> None:
    out = shown(READING)
    assert out.splitlines()[:3] == [
        "Drones for Lakeland",
        "Meridian Herald · 8 March 2024, inferred from “April” · English",
        "rests on: Der Hafenbote (cited), Presná (credit)",
    ]
    for line in (
        " 1  transfer · affirmed · hedged · considered",
        "    Vltava Aero (CZ) → recipient: not stated",
        "    what     drones (LK-7) · uncrewed aircraft",
        "    number   at least 24 “dozens”",
        "    when     April 2024 “in April”",
        "    says     military experts (unnamed) → Der Hafenbote, no source cited →",
        "             Meridian Herald",
        " 2  transfer · denied · stage not stated",
        "    supplier: not stated → recipient: not stated",
        "    unknown  number, when",
        "    says     Meridian Herald, in its own name",
        "    text     “denied any export of arms”  body 81–106",
        "  Foreign Ministry: denied — broader than the allegation",
        "note: a note",
        "2 claims (1 denied, 1 hedged) · 1 response · 2 origins · 0 attributions",
    ):
        assert line in out.splitlines(), line


@pytest.mark.parametrize("width", [20, 40, 80, 132])
def test_no_line_is_wider_than_the_terminal_or_ends_in_blanks(width: int) -> None:
    lines = shown(READING, width).splitlines()
    assert max(map(len, lines)) <= width
    assert not [line for line in lines if line != line.rstrip()]


def test_no_colour_codes_in_a_pipe() -> None:
    assert "\x1b" not in shown(READING)
    assert "\x1b" in shown(READING, terminal=True)


def test_an_encoding_that_lacks_the_characters_is_no_fault() -> None:
    assert "Drones for Lakeland" in shown(READING, encoding="ascii")


def hostile(text: str) -> Reading:
    voice = Voice(text, VoiceKind.NAMED_PERSON)
    claim = replace(
        CLAIM,
        item=text,
        supplier=(Party(text),),
        voices=(voice,),
        evidence=Span(0, len(text)),
        quantity=None,
        when=None,
    )
    document = Document(id=text, text=text, outlet=text, title=text, url=text, language=text)
    response = Response(text, ResponseType.SILENT, Span(0, len(text)))
    return Reading(document, (), (claim,), (response,), (Origin(text, Relation.WIRE),), (), (text,))


@given(
    st.text(
        st.sampled_from("a [bold]:\\/red\x1b[31m\x07\x9b\u202e\u2066\u200f\ud800\n\t\r\x00\U000e0041")
        | st.characters(),
        max_size=40,
    )
)
def test_no_text_commands_the_terminal(text: str) -> None:
    out = shown(hostile(text))
    assert not re.search(
        "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\U000e0000-\U000e007f]", out
    )


def test_markup_and_escapes_are_shown_as_they_stand() -> None:
    out = shown(hostile("[red]x[/red] :smile: \x1b[2J \u202eabc [link=https://x.example]y[/link]"), width=200)
    assert "[red]x[/red] :smile: ␛[2J ⟨U+202E⟩abc [link=https://x.example]y[/link]" in out


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2023-04-01", "2023-04-30", "April 2023"),
        ("2024-02-01", "2024-02-29", "February 2024"),
        ("2023-01-01", "2023-12-31", "2023"),
        ("2019-01-01", "2021-12-31", "2019 to 2021"),
        ("2023-01-01", "2023-03-31", "January to March 2023"),
        ("2022-11-01", "2023-03-31", "November 2022 to March 2023"),
        ("2023-04-05", "2023-04-05", "5 April 2023"),
        ("2023-04-03", "2023-04-09", "3 to 9 April 2023"),
        ("2023-03-30", "2023-04-02", "30 March to 2 April 2023"),
        ("2022-12-30", "2023-01-02", "30 December 2022 to 2 January 2023"),
        (None, "2023-04-30", "by 30 April 2023"),
        ("2019-01-01", None, "since 2019"),
        ("2019-05-01", None, "since May 2019"),
        ("2019-05-02", None, "since 2 May 2019"),
        ("2025-01-01", None, "from 2025"),
        (None, None, "time not stated"),
        ("9999-12-01", "9999-12-31", "December 9999"),
        ("0001-01-01", "0001-12-31", "1"),
    ],
)
def test_days_keep_their_precision(start: str | None, end: str | None, expected: str) -> None:
    days = [dt.date.fromisoformat(d) if d else None for d in (start, end)]
    assert interval(Interval(days[0], days[1]), dt.date(2024, 3, 8)) == expected


def test_amounts() -> None:
    assert quantity(Quantity(100, 100)) == "100"
    assert quantity(Quantity(None, 100, "month")) == "up to 100 a month"
    assert quantity(Quantity(2000, None)) == "at least 2,000"
    assert quantity(Quantity(35, 50)) == "35 to 50"
    assert quantity(Quantity(None, None)) == "number not stated"
    assert money(Money(1.5e9, 1.5e9, "USD")) == "1.5 billion USD"
    assert money(Money(180e6, 196e6, "EUR")) == "180 million to 196 million EUR"
    assert money(Money(None, 1234567.0, "EUR")) == "up to 1,234,567 EUR"


def test_chains() -> None:
    document = READING.document

    def said(voices: tuple[Voice, ...] = CLAIM.voices, basis: Basis = CLAIM.basis) -> str:
        return words.chain(words.steps(replace(CLAIM, voices=voices, basis=basis), document))

    assert said(voices=(HAFENBOTE,)) == "Der Hafenbote, no source cited → Meridian Herald"
    assert said(voices=(HAFENBOTE,), basis=Basis.UNSTATED) == "Der Hafenbote, its source not stated → Meridian Herald"
    assert said(basis=Basis.ANONYMOUS) == "military experts (unnamed) → Der Hafenbote → Meridian Herald"
    assert said(voices=()) == "Meridian Herald, in its own name"
    letter = Voice("letter", VoiceKind.DOCUMENT)
    assert said(voices=(letter,), basis=Basis.DIRECT) == "letter (document, first hand) → Meridian Herald"
    nameless = words.steps(CLAIM, replace(document, outlet=None))
    assert nameless[-1].name == words.NO_OUTLET


def test_every_value_of_every_enum_has_its_words() -> None:
    for table in (words.KIND, words.STAGE, words.CATEGORY, words.ZONE, words.VOICE, words.RESPONSE, words.SCOPE,
                  words.RELATION, words.POLARITY, words.ROLES, words.MATTERS, words.OUTLET_BASIS):  # fmt: skip
        kind = type(next(iter(table)))
        assert set(table) == set(kind)


def test_visible_keeps_ordinary_text() -> None:
    assert words.visible("a\u00adb\u200bc \n\n d\t‘e’ — é 中文 👩\u200d🚀") == "abc d ‘e’ — é 中文 👩\u200d🚀"
