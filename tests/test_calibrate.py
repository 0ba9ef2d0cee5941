"""The fitting of the curves of confidence, on scores that are drawn here."""

from __future__ import annotations

import importlib.util
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

FILE = Path(__file__).resolve().parents[1] / "training" / "curves.py"
Array = npt.NDArray[np.float64]


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("curves", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


CURVES = _load()
EXAMPLES = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=120)


def drawn(n: int, seed: int = 3) -> tuple[list[str], Array, Array]:
    """Scores near 1 whose chance of being right runs from .3 to .9: raw figures that promise too much."""
    draw = np.random.default_rng(seed)
    t = draw.normal(3, 2, n)
    x = 1 / (1 + np.exp(-t))
    y = (draw.random(n) < 1 / (1 + np.exp(-(t - 3) * 0.6))).astype(float)
    return [f"d{i % 40}" for i in range(n)], x, y


@pytest.mark.parametrize("form", list(CURVES.FORMS))
@given(examples=EXAMPLES)
def test_every_form_is_monotone_within_bounds_and_the_same_again(form: str, examples: list[tuple[float, bool]]) -> None:
    x, y = np.array([p for p, _ in examples]), np.array([float(r) for _, r in examples])
    made = CURVES.curve(x, y, 0.7, CURVES.FORMS[form])
    assert made == CURVES.curve(x, y, 0.7, CURVES.FORMS[form])
    assert (made.raw[0], made.raw[-1]) == (0, 1)
    assert all(a < b for a, b in pairwise(made.raw))
    assert all(a <= b for a, b in pairwise(made.calibrated))
    assert 0 < made.calibrated[0] <= made.calibrated[-1] < 1


def test_too_sure_scores_come_down_to_what_they_are_worth() -> None:
    ids, x, y = drawn(3000)
    form, losses = CURVES.choose(ids, x, y, 0.7)
    assert form == "logistic", losses
    made = CURVES.curve(x, y, 0.7, CURVES.FORMS[form])
    worth = 1 / (1 + np.exp(-(np.array([1.0, 3.0, 5.0]) - 3) * 0.6))
    said = [made(1 / (1 + np.exp(-t))) for t in (1.0, 3.0, 5.0)]
    assert said == pytest.approx(list(worth), abs=0.04)


def test_few_examples_get_one_figure_drawn_toward_that_of_all_slots() -> None:
    ids, x, _ = drawn(CURVES.LEAST_FREE - 1)
    y = np.ones(len(x))
    form, _ = CURVES.choose(ids, x, y, 0.7)
    made = CURVES.curve(x, y, 0.7, CURVES.FORMS[form])
    assert form == "constant"
    assert len(made.raw) == 2
    assert 0.7 < made.calibrated[0] < 1


def test_scores_that_tell_nothing_get_one_figure() -> None:
    draw = np.random.default_rng(2)
    ids, x, _ = drawn(600)
    assert CURVES.choose(ids, x, (draw.random(600) < 0.6).astype(float), 0.7)[0] == "constant"


def test_no_example_is_judged_by_a_curve_that_saw_its_document() -> None:
    ids = ["a"] * 30 + ["b"] * 30 + ["c"] * 30
    x, y = np.full(90, 0.5), np.array([1.0] * 30 + [0.0] * 60)
    folds = {d: CURVES.fold_of(d, 0) for d in "abc"}
    assert len(set(folds.values())) == 3, "else choose other names"
    unseen = CURVES.crossed(ids, x, y, 0.5, CURVES.FORMS["constant"], 0)
    assert max(unseen[:30]) < 0.1
    assert min(unseen[30:]) > 0.4
