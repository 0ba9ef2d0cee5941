from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.model import Span
from sayso.text.sentences import sentences
from sayso.text.windows import windows


def split(text: str) -> list[str]:
    return [s.of(text) for s in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norway sent tanks. Ghana paid.", ["Norway sent tanks.", "Ghana paid."]),
        ("Gen. Solheim met Mr. Boateng in the U.S. The talks failed.",
         ["Gen. Solheim met Mr. Boateng in the U.S.", "The talks failed."]),
        ("It costs 1.5 million. “We pay,” he said.", ["It costs 1.5 million.", "“We pay,” he said."]),
        ("He said: “We sell.” Then he left.", ["He said: “We sell.”", "Then he left."]),
        ("A headline without a stop\n\nThe body.", ["A headline without a stop", "The body."]),
        ("J. K. Mensah signed.", ["J. K. Mensah signed."]),
        ("On Feb. 24 tanks came.", ["On Feb. 24 tanks came."]),
    ],
)  # fmt: skip
def test_splits_where_a_reader_would(text: str, expected: list[str]) -> None:
    assert split(text) == expected


@given(st.text(alphabet='aB. ?!\n"”’)1é', max_size=200))
def test_every_character_lies_in_one_sentence(text: str) -> None:
    found = sentences(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert "".join(s.of(text) for s in found).split() == text.split() or [
        c for s in found for c in s.of(text) if not c.isspace()
    ] == [c for c in text if not c.isspace()]


@given(st.lists(st.integers(1, 60), max_size=30), st.integers(5, 40))
def test_windows_cover_all_tokens_once(lengths: list[int], limit: int) -> None:
    tokens = [(2 * i, 2 * i + 1) for i in range(sum(lengths))]
    ends, at = [], 0
    for n in lengths:
        ends.append(Span(2 * at, 2 * (at + n) - 1))
        at += n
    cut = windows(tokens, ends, limit)
    assert [i for a, b in cut for i in range(a, b)] == list(range(len(tokens)))
    assert all(0 < b - a <= limit for a, b in cut)


def test_windows_end_at_sentence_ends() -> None:
    tokens = [(i, i + 1) for i in range(10)]
    assert windows(tokens, [Span(0, 4), Span(4, 8), Span(8, 10)], 6) == [(0, 4), (4, 10)]
