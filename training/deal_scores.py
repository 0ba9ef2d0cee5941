"""How well pairs and clusters of claims agree with what was judged."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

Three = tuple[float, float, float]  # precision, recall, F1


def three(right: float, said: float, true: float) -> Three:
    p, r = right / max(1e-9, said), right / max(1e-9, true)
    return p, r, 2 * p * r / max(1e-9, p + r)


def shown(t: Three) -> str:
    return "P {:.3f} R {:.3f} F1 {:.3f}".format(*t)


def b_cubed(found: Mapping[str, str], true: Mapping[str, str]) -> Three:
    """Bagga and Baldwin's B-cubed (1998): for each claim, how much of its cluster is of its deal, and
    how much of its deal is in its cluster; the mean of each, and their F."""
    sums = [0.0, 0.0]
    for a in true:
        mine = {b for b in true if found[b] == found[a]}
        deal = {b for b in true if true[b] == true[a]}
        sums[0] += len(mine & deal) / len(mine)
        sums[1] += len(mine & deal) / len(deal)
    p, r = (s / len(true) for s in sums)
    return p, r, 2 * p * r / (p + r)


def over_stories(results: list[tuple[Mapping[str, str], Mapping[str, str]]]) -> tuple[Three, Three]:
    """B-cubed, weighted by the claims of each story, and pairs within stories; from found and true."""
    size = sum(len(true) for _, true in results)
    mean = [0.0, 0.0, 0.0]
    right = said = same = 0
    for found, true in results:
        mean = [m + v * len(true) / size for m, v in zip(mean, b_cubed(found, true), strict=True)]
        for x, y in combinations(sorted(true), 2):
            one, other = found[x] == found[y], true[x] == true[y]
            right, said, same = right + (one and other), said + one, same + other
    return (mean[0], mean[1], mean[2]), three(right, said, same)
