"""Curves from raw scores to chances of being right, and the choice among them by cross-validation.

Three forms, from fewest to most parameters: one figure for all; a logistic curve of the score's
log odds (Platt 1999); an isotonic one (pool adjacent violators over groups of like scores, Zadrozny
and Elkan 2002). The first two are drawn toward what all slots have in common, by as much as few
examples need. A form of more parameters is chosen where it is better by more than a standard error.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from sayso.reading.confidence import Curve

Array = npt.NDArray[np.float64]
Map = Callable[[Array], Array]
Fit = Callable[[Array, Array, float], Map]

FOLDS, ROUNDS = 8, 4
PRIOR = 4.0  # examples' worth of the share that is right over all slots
RIDGE = 4.0  # of the slope, on standardised log odds
GROUP = 25  # examples that an isotonic step is the mean of, at least
LEAST_FREE = 40  # examples from which a curve may bend at all
FLOOR, CEILING = 0.02, 0.995  # no score is worth more certainty than this many examples show
GRID = (0, .005, .01, .02, .05, .1, .15, .2, .25, .3, .35, .4, .45, .5, .55, .6, .65, .7, .75, .8, .85, .9, .925, .95,
        .97, .98, .99, .995, .998, .999, .9995, 1)  # fmt: skip


def odds(x: Array) -> Array:
    p = np.clip(x, 1e-4, 1 - 1e-4)
    return np.log(p / (1 - p))


def constant(x: Array, y: Array, prior: float) -> Map:
    share = (y.sum() + PRIOR * prior) / (len(y) + PRIOR)
    return lambda z: np.full(len(z), share)


def logistic(x: Array, y: Array, prior: float) -> Map:
    """By Newton's method; the slope is never negative."""
    t = odds(x)
    mean, scale = t.mean(), t.std() or 1.0
    design = np.stack([np.ones(len(t)), (t - mean) / scale], axis=1)
    # The prior's examples stand at the mean score.
    design, target = np.vstack([design, [[1, 0]]]), np.append(y, prior)
    weight = np.append(np.ones(len(y)), PRIOR)
    w = np.zeros(2)
    for _ in range(50):
        p = 1 / (1 + np.exp(-design @ w))
        gradient = design.T @ (weight * (p - target)) + np.array([0, RIDGE * w[1]])
        hessian = (design * (weight * p * (1 - p))[:, None]).T @ design + np.diag([1e-9, RIDGE])
        step = np.linalg.solve(hessian, gradient)
        w = w - step
        if abs(step).max() < 1e-9:
            break
    if w[1] <= 0:
        return constant(x, y, prior)
    low, high = t.min(), t.max()  # nothing is known of scores beyond those seen
    return lambda z: 1 / (1 + np.exp(-(w[0] + w[1] * (np.clip(odds(z), low, high) - mean) / scale)))


def isotonic(x: Array, y: Array, prior: float) -> Map:
    """Groups of like scores, pooled until they rise, joined by straight lines at their mean scores."""
    groups = np.array_split(np.lexsort((y, x)), max(1, len(x) // GROUP))
    steps: list[tuple[float, float, int]] = []
    for g in groups:
        steps.append((float(x[g].mean()), float((y[g].sum() + prior) / (len(g) + 1)), len(g)))
        while len(steps) > 1 and steps[-2][1] >= steps[-1][1]:
            (a, p, n), (b, q, m) = steps[-2:]
            steps[-2:] = [((a * n + b * m) / (n + m), (p * n + q * m) / (n + m), n + m)]
    return lambda z: np.interp(z, [s[0] for s in steps], [s[1] for s in steps])


FORMS: dict[str, Fit] = {"constant": constant, "logistic": logistic, "isotonic": isotonic}


def fold_of(document: str, round_: int) -> int:
    """The fold of a document, the same whatever other documents there are."""
    return int(hashlib.sha256(f"{round_} {document}".encode()).hexdigest(), 16) % FOLDS


def crossed(documents: Sequence[str], x: Array, y: Array, prior: float, form: Fit, round_: int) -> Array:
    """What each example would be given by a curve fitted on the documents of other folds."""
    fold = np.array([fold_of(d, round_) for d in documents])
    out = np.zeros(len(x))
    for k in np.unique(fold):
        held = fold == k
        out[held] = form(x[~held], y[~held], prior)(x[held]) if (~held).any() else prior
    return np.clip(out, FLOOR, CEILING)


def losses(p: Array, y: Array) -> Array:
    return -(y * np.log(p) + (1 - y) * np.log(1 - p))


def choose(documents: Sequence[str], x: Array, y: Array, prior: float) -> tuple[str, dict[str, float]]:
    """The form's name, and each form's mean log loss in cross-validation."""
    if len(x) < LEAST_FREE or y.all() or not y.any():
        return "constant", {}
    by_form = {
        name: np.mean([losses(crossed(documents, x, y, prior, f, r), y) for r in range(ROUNDS)], axis=0)
        for name, f in FORMS.items()
    }
    best = "constant"
    for name in ("logistic", "isotonic"):
        gain = by_form[best] - by_form[name]
        if gain.mean() > gain.std() / len(gain) ** 0.5:
            best = name
    return best, {name: float(v.mean()) for name, v in by_form.items()}


def curve(x: Array, y: Array, prior: float, form: Fit) -> Curve:
    """The fitted map as knots on a fixed grid of raw scores, without those on a straight line."""
    grid = np.array(GRID, dtype=float)
    p = np.round(np.clip(form(x, y, prior)(grid), FLOOR, CEILING), 4)
    p = np.maximum.accumulate(p)
    keep = [0]
    for i in range(1, len(grid) - 1):
        between = np.interp(grid[i], [grid[keep[-1]], grid[i + 1]], [p[keep[-1]], p[i + 1]])
        if abs(between - p[i]) > 5e-4:
            keep.append(i)
    keep.append(len(grid) - 1)
    return Curve(tuple(map(float, grid[keep])), tuple(map(float, p[keep])))
