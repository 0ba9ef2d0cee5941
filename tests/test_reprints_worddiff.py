"""The word diff: it leads from one text to the other, covers both, and never takes long."""

from __future__ import annotations

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.linking.worddiff import Change, Step, word_diff

SHORT = st.lists(st.sampled_from(["the", "ship", "sailed", "100", ".", ",", "字", "港", "ก", "\n"]), max_size=40)


def check(a: str, b: str) -> list[Step]:
    steps = word_diff(a, b)
    at_a = at_b = 0
    for step in steps:
        assert (step.a.start, step.b.start) == (at_a, at_b)
        at_a, at_b = step.a.end, step.b.end
        emptiness = (step.a.start == step.a.end, step.b.start == step.b.end)
        assert emptiness == (step.change is Change.INSERT, step.change is Change.DELETE)
        assert (step.a.of(a) == step.b.of(b)) == (step.change is Change.EQUAL)
    assert (at_a, at_b) == (len(a), len(b))
    assert all(x.change is not y.change for x, y in pairwise(steps))
    return steps


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_two_texts(a: str, b: str) -> None:
    check(a, b)


@given(SHORT, SHORT)
@settings(max_examples=300)
def test_texts_of_few_words(a: list[str], b: list[str]) -> None:
    check(" ".join(a), " ".join(b))


@given(SHORT, st.integers(0, 40), st.integers(0, 40))
def test_a_text_cut_out_is_one_deletion(words: list[str], start: int, end: int) -> None:
    a, b = ("".join(word + " " for word in kept) for kept in (words, words[:start] + words[max(start, end) :]))
    steps = check(a, b)
    kept = sum(step.a.end - step.a.start for step in steps if step.change is Change.EQUAL)
    assert kept == len(b)


def test_what_changed_on_the_way() -> None:
    a = "The warhead weighs 35 to 50 kg, the weekly wrote, citing no one."
    b = "The warhead weighs 30 to 50 kilograms, wrote the weekly."
    changed = [(s.a.of(a), s.b.of(b)) for s in check(a, b) if s.change is not Change.EQUAL]
    assert changed[:2] == [("35", "30"), ("kg", "kilograms")]


def test_han_text_by_the_character() -> None:
    steps = check("试验在四月进行，共一百架。", "试验在五月进行，共一百架。")
    assert [s.change for s in steps] == [Change.EQUAL, Change.REPLACE, Change.EQUAL]
    assert steps[1].a == (3, 4)


def hostile() -> dict[str, tuple[str, str]]:
    rng = random.Random(1)
    few = [" ".join(rng.choice("pqrst") for _ in range(100_000)) for _ in range(2)]
    peel = [" ".join(f"x{i + 1} x{i} {mark}{i % 5}" for i in range(25_000)) for mark in "nm"]
    return {
        "nothing in common": tuple(" ".join(f"{c}{n}" for n in range(45_000)) for c in "ab"),  # type: ignore[dict-item]
        "few words": (few[0], few[1]),
        "one word": ("x" * 300_000, "y" * 300_000),
        "turned about": ("字" * 150_000 + "本" * 150_000, "本" * 150_000 + "字" * 150_000),
        "an anchor at a time": (peel[0], peel[1]),
    }


@pytest.mark.parametrize("name", list(hostile()))
def test_hostile_texts_take_no_time(name: str) -> None:
    a, b = hostile()[name]
    began = time.process_time()
    check(a, b)
    assert time.process_time() - began < 5  # about one second on an idle machine
