"""Claim and overall F1 over a grid of anchor thresholds, on labelled articles not trained on.

    python benchmarks/claim_thresholds.py held_out.jsonl

The encoder reads each text once; only the decoding is repeated.
"""

from __future__ import annotations

import argparse
import itertools
from collections.abc import Sequence
from pathlib import Path

from sayso.batch import read_one
from sayso.errors import InputError
from sayso.evaluate import Scores, evaluate
from sayso.evaluate.files import ledgers
from sayso.export.ledger_json import reading_json
from sayso.ingest import Metadata, documents
from sayso.lexicon import load
from sayso.model import Document, Span
from sayso.reading import slots
from sayso.text.tagger import Encoder, Tags, encoder


class Remembering(Encoder):
    """The packaged encoder, which reads a text it has read before from memory."""

    def __init__(self) -> None:
        self._read: dict[str, Tags] = {}

    def __call__(self, text: str, sentences: Sequence[Span]) -> Tags:
        if text not in self._read:
            self._read[text] = encoder()(text, sentences)
        return self._read[text]


def score(gold: list[dict[str, object]], texts: list[Document], model: Encoder) -> Scores:
    found = {}
    for document in texts:
        reading = read_one(document, load(), model)
        if not isinstance(reading, InputError):
            found[document.id] = reading_json(reading)
    return evaluate(gold, found)


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("gold", type=Path)
    ap.add_argument("--anchor", type=float, nargs="+", default=[0.3, 0.4, 0.5, 0.6])
    ap.add_argument("--inside", type=float, nargs="+", default=[0.15, 0.3, 0.45])
    ap.add_argument("--slot", type=float, nargs="+", default=[slots.SLOT_AT])
    a = ap.parse_args()
    gold = list(ledgers(a.gold, {"id": str, "text": str}))
    texts = [d for d in documents(str(a.gold), Metadata()) if isinstance(d, Document)]
    model = Remembering()
    print("anchor inside  slot   claim P     R    F1  supplier recipient overall")
    for anchor, inside, slot in itertools.product(a.anchor, a.inside, a.slot):
        slots.ANCHOR_AT, slots.INSIDE_AT, slots.SLOT_AT = anchor, inside, slot
        s = score(gold, texts, model)
        c = s.rows["claim"]
        parties = f"{s.rows['supplier'].f1:9.3f} {s.rows['recipient'].f1:9.3f}"
        line = f"{anchor:6.2f} {inside:6.2f} {slot:5.2f}   {c.precision:7.3f} {c.recall:5.3f} {c.f1:5.3f} {parties}"
        print(f"{line} {s.overall:7.3f}", flush=True)


if __name__ == "__main__":
    main()
