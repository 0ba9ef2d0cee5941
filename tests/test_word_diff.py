"""Two texts compared word by word."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.web.word_diff import changes

TEXTS = st.lists(st.sampled_from("a b c d e Ä 🛩 \n".split(" ")), max_size=40).map(" ".join)


def side(a: str, b: str, *kinds: str) -> list[str]:
    return " ".join(c.text for c in changes(a, b) if c.kind in kinds).split()


@given(TEXTS, TEXTS)
def test_both_texts_are_there_in_order(a: str, b: str) -> None:
    assert side(a, b, "same", "removed") == a.split()
    assert side(a, b, "same", "added") == b.split()
    assert all(c.words == len(c.text.split()) > 0 for c in changes(a, b))


@given(TEXTS)
def test_a_text_is_the_same_as_itself(a: str) -> None:
    assert [c.kind for c in changes(a, f"  {a}\n")] == ["same"] * bool(a.split())


def test_one_word_changed_is_one_word_changed() -> None:
    words = [f"w{i % 700}" for i in range(3_000)]
    other = [*words[:1_500], "new", *words[1_501:]]
    found = [(c.kind, c.text.strip()) for c in changes(" ".join(words), " ".join(other)) if c.kind != "same"]
    assert found == [("removed", words[1_500]), ("added", "new")]


def test_a_passage_left_out_is_found_whole() -> None:
    words = [random.Random(n).choice(["the", "of", f"n{n}", "and"]) for n in range(2_000)]
    found = [c for c in changes(" ".join(words), " ".join(words[:300] + words[500:])) if c.kind != "same"]
    assert [(c.kind, c.words) for c in found] == [("removed", 200)]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("a " * 60_000, "a b " * 30_000),
        ("a b " * 30_000, "b a a " * 20_000),
        (" ".join(map(str, range(60_000))), " ".join(map(str, reversed(range(60_000))))),
        (" ".join(f"{i} x" for i in range(30_000)), " ".join(f"x {i}" for i in range(30_000, 0, -1))),
    ],
)
def test_no_texts_take_long(a: str, b: str) -> None:
    began = time.process_time()
    assert changes(a, b)
    assert time.process_time() - began < 5
