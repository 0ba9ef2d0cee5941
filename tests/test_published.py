from __future__ import annotations

import datetime as dt

import pytest

from sayso.reading.published import infer
from sayso.text.timex import timexes


@pytest.mark.parametrize(
    ("text", "day", "words"),
    [
        ("The invasion marks one year this Friday. Troops crossed the border on February 24, 2022.",
         dt.date(2023, 2, 24), "marks one year this Friday"),
        ("9:01 AM 01/26/2023 Staff Reporter\n\nBoats came.", dt.date(2023, 1, 26), "01/26/2023"),
        ("A headline\n\nPublished 7 March 2024\n\nBoats came.", dt.date(2024, 3, 7), "7 March 2024"),
    ],
)  # fmt: skip
def test_inferred_where_the_text_fixes_it(text: str, day: dt.date, words: str) -> None:
    found = infer(text, timexes(text, None))
    assert found is not None
    assert (found[0], found[1].of(text)) == (day, words)


@pytest.mark.parametrize(
    "text",
    [
        "Boats came on Friday.",
        "The invasion marks one year this Monday. Troops crossed the border on February 24, 2022.",
        "The contract was signed on 7 March 2024, and the boats came later.",
        "",
    ],
)
def test_unknown_otherwise(text: str) -> None:
    assert infer(text, timexes(text, None)) is None
