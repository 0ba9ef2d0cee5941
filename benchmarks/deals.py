"""Deals on the labelled pairs and stories: blocking, comparison and gathering, with simple rules beside them.

    PYTHONPATH=src:training python benchmarks/deals.py --corpus arms.jsonl --gold train.jsonl [--read 20]

`--read N` also reads at most N articles of the stories anew, automatically, and gathers what was read: each
labelled claim is looked for among the read ones by its evidence.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from deal_data import SAME, Ref, pairs, read_jsonl, stories, told
from deal_scores import b_cubed, over_stories, shown, three
from sayso.batch import read_all
from sayso.errors import InputError
from sayso.ingest import Metadata
from sayso.linking.blocking import block_keys, lookup_keys
from sayso.linking.clusters import deals
from sayso.linking.compare import compare, is_match
from sayso.linking.weights import weights
from sayso.model import Told

ROOT = Path(__file__).resolve().parents[1] / "training"
HALVES = ("tuning", "test")


def gathered(claims: Iterable[Told]) -> dict[str, str]:
    """Deals of these claims alone, the whole way: keys, comparison, gathering."""
    known = {t.key: t for t in claims}
    table: dict[str, set[str]] = defaultdict(set)
    matches = []
    for t in known.values():
        met = {k for key in lookup_keys(t) for k in table[key]}
        matches += [m for k in sorted(met) if is_match(m := compare(t, known[k]))]
        for key in block_keys(t):
            table[key].add(t.key)
    return deals(known.values(), matches)


def plain(claims: Iterable[Told]) -> dict[str, str]:
    """The rule to beat: the same countries and the same category are one deal."""
    out = {}
    for t in claims:
        sides = [sorted({c for p in side for c in p.countries}) for side in (t.claim.supplier, t.claim.recipient)]
        out[t.key] = str((sides, t.claim.category))
    return out


def blocking(claims: Mapping[Ref, Told], file: Path) -> None:
    table: dict[str, set[str]] = defaultdict(set)
    for t in claims.values():
        for key in block_keys(t):
            table[key].add(t.key)
    sizes = [len({k for key in lookup_keys(t) for k in table[key]}) - 1 for t in claims.values()]
    print(f"blocking: {len(claims)} claims; each meets {sum(sizes) / len(sizes):.0f} on average, {max(sizes)} at most")
    for half in HALVES:
        met: dict[str, list[bool]] = defaultdict(list)
        for label, a, b in pairs(file, half):
            if label in SAME:
                x, y = claims[a], claims[b]
                sort = "one document" if a[0] == b[0] else "both dated" if x.said and y.said else "one undated"
                met[sort].append(bool(block_keys(x) & lookup_keys(y)))
        print(f"  {half}:", *(f"{s} {sum(v)}/{len(v)}" for s, v in sorted(met.items())), sep="  ")


def comparison(claims: Mapping[Ref, Told], file: Path) -> None:
    for half in HALVES:
        judged = [(compare(claims[a], claims[b]).score, lb in SAME, a[0] == b[0]) for lb, a, b in pairs(file, half)]
        same = sum(y for _, y, _ in judged)
        print(f"comparison, {half}: {len(judged)} pairs, {same} of one deal; all said to be: "
              f"{shown(three(same, len(judged), same))}")  # fmt: skip
        rule = [plain([claims[a], claims[b]]) for _, a, b in pairs(file, half)]
        alike = [len(set(r.values())) == 1 for r in rule]
        right = sum(said and y for said, (_, y, _) in zip(alike, judged, strict=True))
        print(f"  plain rule: {shown(three(right, sum(alike), same))}")
        for threshold in (0.0, weights().threshold):
            for name, some in (("all", judged), ("one document", [j for j in judged if j[2]]),
                               ("two documents", [j for j in judged if not j[2]])):  # fmt: skip
                right = sum(y and s >= threshold for s, y, _ in some)
                said, true = sum(s >= threshold for s, _, _ in some), sum(y for _, y, _ in some)
                print(f"  at {threshold}: {name}: {shown(three(right, said, true))}")


def gathering(claims: Mapping[Ref, Told], file: Path, how: Callable[[Iterable[Told]], dict[str, str]]) -> None:
    for half in HALVES:
        results = []
        for name, story in stories(file, half).items():
            true = {claims[r].key: deal for r, deal in story.items()}
            results.append((how([claims[r] for r in story]), true))
            if how is gathered:
                b = b_cubed(*results[-1])
                print(f"    {name} ({len(true)} claims, {len(set(true.values()))} deals): B-cubed {shown(b)}")
        b, p = over_stories(results)
        print(
            f"  {how.__name__}, {half}: {sum(len(t) for _, t in results)} claims; B-cubed {shown(b)}; pairs {shown(p)}"
        )


def alone(claims: Iterable[Told]) -> dict[str, str]:
    """Every claim a deal of its own."""
    return {t.key: t.key for t in claims}


def read_anew(corpus: Path, file: Path, claims: Mapping[Ref, Told], most: int) -> None:
    """Automatic readings of the test stories' articles, gathered; judged on the labelled claims found."""
    story_of = {r[0]: name for name, s in stories(file, "test").items() for r in s}
    wanted = sorted(story_of)[:most]
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as f:
        for d in read_jsonl(corpus):
            if d["id"] in wanted:
                kept = {k: d[k] for k in ("id", "text", "title", "published")}
                f.write(json.dumps({**kept, "outlet": d["publisher"], "language": "en"}) + "\n")
        f.flush()
        readings = [r for r in read_all([f.name], Metadata()) if not isinstance(r, InputError)]
    read: dict[str, list[Told]] = defaultdict(list)
    for r in readings:
        d = r.document
        for n, c in enumerate(r.claims):
            read[d.id].append(Told(f"{d.id}.{n:03}", d.id, d.outlet, d.published, c, c.evidence.of(d.text)))
    results, labelled = [], 0
    for name, story in stories(file, "test").items():
        found = gathered([t for doc in wanted if story_of[doc] == name for t in read[doc]])
        true: dict[str, str] = {}
        for ref, deal in sorted(story.items()):
            labelled += ref[0] in wanted
            best = max(read[ref[0]], key=lambda t: _shared(t, ref), default=None)
            if best and _shared(best, ref) >= 0.5:
                true.setdefault(best.key, deal)
        if true:
            results.append((found, true))
    b, _ = over_stories(results)
    claims_read, found_of = sum(map(len, read.values())), sum(len(true) for _, true in results)
    print(f"read anew: {len(readings)} articles, {claims_read} claims; {found_of} of {labelled} labelled claims found")
    print(f"  B-cubed of these: {shown(b)}")


def _shared(t: Told, ref: Ref) -> float:
    """Overlap of the evidence, over the union."""
    start, end = t.claim.evidence
    both = min(end, ref[2]) - max(start, ref[1])
    return max(0, both) / (max(end, ref[2]) - min(start, ref[1]))


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--corpus", type=Path, required=True)
    ap.add_argument("--gold", type=Path, required=True)
    ap.add_argument("--read", type=int, default=0)
    a = ap.parse_args()
    claims = told(a.corpus, ROOT / "labels.jsonl", a.gold)
    blocking(claims, ROOT / "deal_pairs.jsonl")
    comparison(claims, ROOT / "deal_pairs.jsonl")
    print("gathering")
    for how in (alone, plain, gathered):
        gathering(claims, ROOT / "deal_stories.jsonl", how)
    start = time.process_time()
    found = gathered(claims.values())
    took = time.process_time() - start
    print(f"all {len(found)} claims: {len(set(found.values()))} deals in {took:.1f} CPU-s")
    if a.read:
        read_anew(a.corpus, ROOT / "deal_stories.jsonl", claims, a.read)


if __name__ == "__main__":
    main()
