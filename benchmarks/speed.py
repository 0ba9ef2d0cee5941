"""How fast the whole of `read` is, and how much memory it takes, by turns with a peer.

    python benchmarks/speed.py arms.jsonl [--documents 150] [--rounds 3] [--peer PYTHON-WITH-SPACY]

Each round is a process of its own, one thread; the model's and the vocabulary's loading is not
counted. Words are runs of non-blank characters.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


def measure(texts: Path) -> None:
    """Reads every text once and prints the figures; run in a process of its own."""
    from sayso.batch import read_one
    from sayso.errors import InputError
    from sayso.export.ledger_json import reading_json
    from sayso.ingest import Metadata, documents
    from sayso.lexicon import load
    from sayso.text.tagger import encoder

    lexicon, model = load(), encoder()
    found = [d for d in documents(str(texts), Metadata()) if not isinstance(d, InputError)]
    read_one(found[0], lexicon, model)
    claims = 0
    began = time.process_time()
    for document in found:
        reading = read_one(document, lexicon, model)
        if not isinstance(reading, InputError):
            claims += len(reading_json(reading)["claims"])
    seconds = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    words = sum(len(d.text.split()) for d in found)
    print(json.dumps({"words": words, "cpu_seconds": seconds, "claims": claims, "peak_mb": peak}))


def run(command: list[str]) -> dict[str, float]:
    done = subprocess.run(command, env={**os.environ, **ONE_THREAD}, capture_output=True, text=True, check=True)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("corpus", type=Path)
    ap.add_argument("--documents", type=int, default=150)
    ap.add_argument("--rounds", type=int, default=3)
    ap.add_argument("--peer", help="a Python that has spaCy and its small English model")
    ap.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    a = ap.parse_args()
    if a.measure:
        measure(a.corpus)
        return
    here = Path(__file__).parent
    with tempfile.TemporaryDirectory() as folder:
        texts = Path(folder) / "texts.jsonl"
        lines = [
            line
            for line in a.corpus.read_text("utf-8").split("\n")
            if line and json.loads(line).get("lang", "en") == "en"
        ]
        step = max(1, len(lines) // a.documents)
        texts.write_text("\n".join(lines[::step][: a.documents]) + "\n", "utf-8")
        ratios = []
        for _ in range(a.rounds):
            mine = run([sys.executable, __file__, str(texts), "--measure"])
            speed = mine["words"] / mine["cpu_seconds"]
            line = f"sayso {speed:7.0f} words per CPU-second, {mine['peak_mb']:.0f} MB"
            if a.peer:
                peer = run([a.peer, str(here / "peer_spacy.py"), str(texts)])
                other = peer["words"] / peer["cpu_seconds"]
                ratios.append(speed / other)
                line += f"; spaCy {other:7.0f}, {peer['peak_mb']:.0f} MB; ratio {ratios[-1]:.2f}"
            print(line, flush=True)
        if ratios:
            print(f"median ratio {statistics.median(ratios):.2f}")


if __name__ == "__main__":
    main()
