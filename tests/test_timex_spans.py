"""Days told by several words together, said on Friday 24 February 2023."""

from __future__ import annotations

import datetime as dt

import pytest

from reading_help import cast_of, span_of
from sayso.model import Attribution, Kind, Span
from sayso.reading.slots import Anchor
from sayso.reading.when import when
from sayso.text.timex import timexes

FRIDAY = dt.date(2023, 2, 24)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Norway has sent ten launchers since the attack in May 2022.", "2022-05-01.."),
        ("By the end of the war in 1945 the yard had built nine ships.", "..1945-12-31"),
        ("The ministry will fund the radars over the next year.", "2023-02-24..2024-02-24"),
        ("The rifles must be handed back within 90 days.", "2023-02-24..2023-05-25"),
        ("The guns will arrive in the next three to six months.", "2023-02-24..2023-08-24"),
        ("The yard will lay the keel within this decade.", "..2029-12-31"),
        ("The delivery would take until the start of 2024.", "2024-01-01.."),
        ("Funds beyond January 2025 are not assured.", "2025-02-01.."),
    ],
)
def test_one_expression_with_its_words(text: str, days: str) -> None:
    assert _last(text) == days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("It sold the guns in 2021 and 2022.", "2021-01-01..2022-12-31"),
        ("It sold the guns in the 1980s and 1990s.", "1980-01-01..1999-12-31"),
        ("The notes cover the sales from January 1, 1984 to \nDecember 19, 1986.", "1984-01-01..1986-12-19"),
    ],
)
def test_two_expressions_stand_for_all_between(text: str, days: str) -> None:
    assert _last(text) == days


def test_two_years_that_are_not_listed_stay_apart() -> None:
    assert _last("Sales fell after 2021 and 2022 was worse.") == "2022-01-01..2022-12-31"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The ministry announced on Monday a package of rifles.", None),
        ("Today, we are announcing a package of rifles.", None),
        ("Rifles, the ministry said in July, were sold.", None),
        ("The ministry signed on Monday a contract for rifles.", "Monday"),
        ("The United States last month sold rifles.", "last month"),
    ],
)
def test_the_time_of_saying_is_not_the_thing_s(text: str, told: str | None) -> None:
    assert _when(text) == told


def test_a_time_beside_the_tagger_s_cue_is_its_own() -> None:
    text = "The ministry let slip on Monday that rifles were sold."
    said = Attribution((), (span_of(text, "let slip"),), (span_of(text, "that rifles were sold"),))
    assert _when(text) == "Monday"
    assert _when(text, said) is None


def _last(text: str) -> str:
    days = timexes(text, FRIDAY)[-1].interval
    assert days is not None
    return f"{days.start or ''}..{days.end or ''}"


def _when(text: str, *said: Attribution) -> str | None:
    marked = cast_of(text).marked
    item = span_of(text, "rifles" if "rifles" in text else "Rifles")
    anchor = Anchor(Kind.TRANSFER, item, marked.tags.tokens_under(item), 1.0)
    days, score = when(anchor, Span(0, len(text)), [(a, ()) for a in said], marked)
    assert 0 <= score <= 1
    return days.span.of(text) if days and days.span else None
