"""How the attribution thresholds were set: AR usable and content partial on PolNeAR's dev part.

    python benchmarks/attribution.py polnear/dev.jsonl score_attributions.py

The second argument is the corpus's scorer. Each text is encoded once; decoding is repeated over a grid.
"""

from __future__ import annotations

import argparse
import importlib.util
import itertools
import json
from pathlib import Path

from sayso.reading import attribution
from sayso.text.sentences import sentences
from sayso.text.tagger import encoder


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("gold", type=Path)
    ap.add_argument("scorer", type=Path)
    a = ap.parse_args()
    spec = importlib.util.spec_from_file_location("scorer", a.scorer)
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    docs = [json.loads(line) for line in a.gold.read_text("utf-8").splitlines()]
    read = [encoder()(d["text"], sentences(d["text"])) for d in docs]
    grid = itertools.product([0.3, 0.35, 0.45], [0.001, 0.002, 0.004], [-0.2, -0.1, 0.0], [-0.1, 0.0, 0.1])
    print("continue per-char content source   usable partial exact")
    for keep, per, content, source in grid:
        attribution.CONTINUE_AT, attribution.PER_CHARACTER = keep, per
        attribution.CONTENT_AT, attribution.SOURCE_AT = content, source
        counts = scorer.Counter_()
        for d, tags in zip(docs, read, strict=True):
            found = [
                {"source": x.source, "cue": x.cue, "content": x.content}
                for x in attribution.attributions(tags, d["text"])
            ]
            counts.add(scorer.Doc(d["text"]), d["attributions"], found)
        r = counts.report()
        figures = " ".join(f"{r[k][2]:6.1f}" for k in ("AR usable", "content partial", "content exact"))
        print(f"{keep:8.2f} {per:8.3f} {content:7.2f} {source:6.2f}   {figures}", flush=True)


if __name__ == "__main__":
    main()
