"""Estimates the weights of `deal_weights.csv` from the tuning half of the labelled pairs.

    PYTHONPATH=src:training python training/fit_deals.py --corpus arms.jsonl --gold train.jsonl

Logistic regression with a ridge, one column a level, where each weight may only speak the way it must
(agreement for, conflict against) and what is not known weighs nothing. The threshold is the one that gathers
best the claims of stories, each left out of the estimate in its turn. Only the columns `speaks` and `bits` are
rewritten; `why` is kept.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from deal_data import SAME, Ref, pairs, stories, told
from deal_scores import over_stories, shown, three
from sayso.linking.clusters import deals
from sayso.linking.compare import compare, findings
from sayso.linking.weights import COLUMNS, LEVELS, Weights, weights
from sayso.model import Told

Row = dict[str, str]
Numbers = NDArray[np.float64]
Labelled = list[tuple[str, Ref, Ref]]

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "src" / "sayso" / "data" / "deal_weights.csv"
RIDGE = 1.0
FOLDS = 5
THRESHOLDS = (0.5, 1.0, 1.5, 2.0, 2.5)
FOR = """supplier same, supplier part, recipient same, recipient part, designation same, designation part, category same,
item same, item part, quantity same, quantity fits, value same, value fits, when meets, said day, said week,
stage same, stage onward, voices shared, wording alike, wording much, wording part"""
AGAINST = """supplier different, recipient different, designation different, category different, item different,
quantity different, value different, when apart, said quarter, said year, said longer, kind kin, kind attribute,
kind loose_attribute, kind against, stage backward, wording little, quantity one, item one_vague, category one"""
FREE = "category kin, category both_open, item vague, when near, said month, said marked, document same"
# Where the ridge pulls to, in bits: what an analyst would say before seeing a pair. All others: to 0.
EXPECTED = """supplier different -4, recipient different -4, designation different -4, category different -2,
quantity different -2, value different -3, when apart -2, kind against -2, kind loose_attribute -3, stage backward -1,
said longer -3, designation same 1.5, quantity same 1, value same 2, wording alike 1, when meets 1"""


def _levels(text: str) -> set[tuple[str, str]]:
    return {(f, lv) for f, lv in (part.split() for part in text.split(","))}


SPEAKS_FOR, SPEAKS_AGAINST = _levels(FOR), _levels(AGAINST)
FITTED = sorted(SPEAKS_FOR | SPEAKS_AGAINST | _levels(FREE))
PLACE = {level: n for n, level in enumerate(FITTED)}
PULL = {(f, lv): float(bits) for f, lv, bits in (part.split() for part in EXPECTED.split(","))}


def design(claims: Mapping[Ref, Told], labelled: Labelled) -> tuple[Numbers, Numbers]:
    """One row a pair: which levels it has, and a one for the prior; and whether it is the same deal."""
    x = np.zeros((len(labelled), len(PLACE) + 1))
    for row, (_, a, b) in enumerate(labelled):
        first, second = sorted([claims[a], claims[b]], key=lambda t: t.key)
        for feature, (level, _) in findings(first, second):
            if (feature, level) in PLACE:
                x[row, PLACE[feature, level]] = 1
        x[row, -1] = 1
    return x, np.array([label in SAME for label, _, _ in labelled], dtype=float)


def fit(x: Numbers, y: Numbers, steps: int = 6000) -> Numbers:
    """Weights in bits, by gradient descent projected onto the signs."""
    low = np.array([0.0 if c in SPEAKS_FOR else -np.inf for c in FITTED] + [-np.inf])
    high = np.array([0.0 if c in SPEAKS_AGAINST else np.inf for c in FITTED] + [np.inf])
    ridge = np.full(x.shape[1], RIDGE)
    ridge[-1] = 0
    pull = np.array([PULL.get(c, 0.0) for c in FITTED] + [0.0]) * np.log(2)
    w = pull.copy()
    rate = 4 / (len(LEVELS) * len(y) + 4 * RIDGE)  # below the inverse of the gradient's Lipschitz constant
    for _ in range(steps):
        p = 1 / (1 + np.exp(-x @ w))
        w = np.clip(w - rate * (x.T @ (p - y) + ridge * (w - pull)), low, high)
    return w / np.log(2)


def as_weights(w: Numbers) -> Weights:
    """Fitted numbers as a table of weights; what is not fitted weighs nothing."""
    bits = dict.fromkeys(weights().bits, 0.0) | {c: float(w[n]) for c, n in PLACE.items()}
    return Weights(bits, float(w[-1]), 0.0)


def groups(labelled: Labelled) -> list[str]:
    """For each pair, the first document of those that pairs join with its own."""
    parent: dict[str, str] = {}

    def root(d: str) -> str:
        while parent.setdefault(d, d) != d:
            d = parent[d]
        return d

    for _, a, b in labelled:
        one, other = sorted([root(a[0]), root(b[0])])
        parent[other] = one
    return [root(a[0]) for _, a, _ in labelled]


def scores_left_out(x: Numbers, y: Numbers, group: list[str]) -> Numbers:
    """Each pair's score by weights fitted without its documents. Groups go to the smallest fold."""
    sizes = {g: group.count(g) for g in sorted(set(group))}
    load = [0] * FOLDS
    fold: dict[str, int] = {}
    for g in sorted(sizes, key=lambda g: (-sizes[g], g)):
        fold[g] = load.index(min(load))
        load[fold[g]] += sizes[g]
    mine = np.array([fold[g] for g in group])
    out = np.zeros(len(y))
    for n in range(FOLDS):
        out[mine == n] = x[mine == n] @ fit(x[mine != n], y[mine != n])
    return out


def best_threshold(claims: Mapping[Ref, Told], labelled: Labelled, of: Mapping[str, Mapping[Ref, str]]) -> float:
    """The threshold of the best mean of B-cubed F and pairwise F1 over stories, each gathered by weights
    fitted without any of its documents."""
    results: dict[float, list[tuple[Mapping[str, str], Mapping[str, str]]]] = {t: [] for t in THRESHOLDS}
    for story in of.values():
        documents = {r[0] for r in story}
        without = [p for p in labelled if p[1][0] not in documents and p[2][0] not in documents]
        table = as_weights(fit(*design(claims, without)))
        mine = [claims[r] for r in sorted(story)]
        matches = [compare(a, b, table) for a, b in combinations(mine, 2)]
        true = {claims[r].key: deal for r, deal in story.items()}
        for t in THRESHOLDS:
            results[t].append((deals(mine, [m for m in matches if m.score >= t]), true))
    for t in THRESHOLDS:
        b, p = over_stories(results[t])
        print(f"stories left out, at {t}: B-cubed {shown(b)}; pairs {shown(p)}")
    return max(THRESHOLDS, key=lambda t: sum(part[2] for part in over_stories(results[t])))


def written(rows: list[Row], found: Mapping[tuple[str, str], float]) -> list[Row]:
    out = []
    for row in rows:
        bits = round(found.get((row["feature"], row["level"]), 0.0), 1)
        speaks = "for" if bits > 0 else "against" if bits < 0 else "neither"
        out.append({**row, "speaks": speaks, "bits": f"{abs(bits):g}"})
    return out


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--corpus", type=Path, required=True)
    ap.add_argument("--gold", type=Path, required=True)
    ap.add_argument("--labels", type=Path, default=ROOT / "training" / "labels.jsonl")
    ap.add_argument("--pairs", type=Path, default=ROOT / "training" / "deal_pairs.jsonl")
    ap.add_argument("--stories", type=Path, default=ROOT / "training" / "deal_stories.jsonl")
    ap.add_argument("--dry", action="store_true", help="write nothing")
    a = ap.parse_args()
    claims, labelled = told(a.corpus, a.labels, a.gold), pairs(a.pairs, "tuning")
    x, y = design(claims, labelled)
    left_out = scores_left_out(x, y, groups(labelled))
    for t in (0.0, *THRESHOLDS):
        said = left_out >= t
        print(f"pairs left out, at {t}: {shown(three(float(y[said].sum()), float(said.sum()), float(y.sum())))}")
    w = fit(x, y)
    found = {**as_weights(w).bits, ("start", "prior"): float(w[-1])}
    found["start", "threshold"] = best_threshold(claims, labelled, stories(a.stories, "tuning"))
    for c in FITTED:
        print(f"{c[0]:12} {c[1]:16} {found[c]:+.1f}  of {int(x[:, PLACE[c]].sum())} pairs")
    with open(TABLE, encoding="utf-8", newline="") as f:
        rows = list(csv.DictReader(f))
    if not a.dry:
        with open(TABLE, "w", encoding="utf-8", newline="") as f:
            out = csv.DictWriter(f, COLUMNS, lineterminator="\n")
            out.writeheader()
            out.writerows(written(rows, found))


if __name__ == "__main__":
    main()
