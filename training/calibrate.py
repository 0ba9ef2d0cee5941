"""Fits the curves of `src/sayso/data/calibration.csv` on labelled articles that nothing was trained on.

    python training/calibrate.py held.jsonl --measure gold/dev.jsonl [--diagrams FOLDER]

`held.jsonl` holds ledgers in the gold form with their texts. They are read with the packaged tagger
and rules, without calibration; predicted claims are paired with labelled ones as `sayso eval` does.
Printed are, by slot, the examples, the share that is right, the form of curve, and expected calibration
errors: raw, cross-validated over the held documents, and on the `--measure` files, with equal-width and
equal-mass bins, beside what exact figures would show by chance. Run with `PYTHONPATH=src:training`.
The same input gives the same file.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from curves import FORMS, Array, choose, crossed, curve
from sayso.errors import InputError
from sayso.evaluate.diagram import standalone
from sayso.evaluate.files import ledgers
from sayso.evaluate.reliability import Point, Reliability, points, reliability
from sayso.export.ledger_json import reading_json
from sayso.ingest import Metadata, documents
from sayso.lexicon import load
from sayso.pipeline import read
from sayso.reading.confidence import COLUMNS, RAW, SLOTS, Curve
from sayso.text.tagger import encoder

OUT = Path(__file__).resolve().parents[1] / "src" / "sayso" / "data" / "calibration.csv"
Examples = dict[str, list[tuple[str, Point]]]


@dataclass(frozen=True, slots=True)
class Fitted:
    """One slot's curve, how it was made, and the examples' figures when their document was left out."""

    curve: Curve
    form: str
    crossed: list[Point]


def examples(path: Path) -> Examples:
    """By slot, every value read from the texts of a file: document, raw score, whether it is right."""
    out: Examples = {slot: [] for slot in SLOTS}
    texts = {d.id: d for d in documents(str(path), Metadata()) if not isinstance(d, InputError)}
    for gold in ledgers(path, {"id": str, "text": str, "claims": list}):
        document = texts[gold["id"]]
        found: dict[str, Any] = reading_json(read(document, load(), encoder(), RAW))
        for slot, given in points([gold], {document.id: found}).items():
            out[slot] += [(document.id, p) for p in given]
    return out


def fitted(held: Examples) -> dict[str, Fitted]:
    """Every slot's curve. What all slots but "claim" have in common is their mean share of right values."""
    prior = float(np.mean([y for slot in SLOTS if slot != "claim" for _, (_, y) in held[slot]]))
    out = {}
    for slot in SLOTS:
        x, y = _columns(held[slot])
        ids = [d for d, _ in held[slot]]
        form, _ = choose(ids, x, y, prior)
        unseen = crossed(ids, x, y, prior, FORMS[form], 0)
        given = [(float(p), bool(r)) for p, r in zip(unseen, y, strict=True)]
        out[slot] = Fitted(curve(x, y, prior, FORMS[form]), form, given)
    return out


def _columns(given: Sequence[tuple[str, Point]]) -> tuple[Array, Array]:
    return np.array([p for _, (p, _) in given], dtype=float), np.array([y for _, (_, y) in given], dtype=float)


def tagger_digest() -> str:
    """The packaged tagger's name in the file's `origin` column: the first of its SHA-256."""
    for line in (files("sayso") / "data" / "model" / "SHA256SUMS").read_text("ascii").splitlines():
        digest, name = line.split()
        if name.lstrip("*") == "tagger.onnx":
            return digest[:12]
    raise SystemExit("data/model/SHA256SUMS has no line for tagger.onnx")


def write(fits: Mapping[str, Fitted], held: Examples, out: Path) -> None:
    tagger = tagger_digest()
    with out.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(COLUMNS)
        for slot, f in fits.items():
            n, articles = len(held[slot]), len({d for d, _ in held[slot]})
            origin = f"{f.form}; {n} examples in {articles} articles; tagger {tagger}"
            for raw, said in zip(f.curve.raw, f.curve.calibrated, strict=True):
                table.writerow([slot, f"{raw:g}", f"{said:g}", origin])


def _line(slot: str, form: str, *measured: Reliability | None) -> str:
    cells = [
        f"{r.count:5}{r.right:6.3f}{r.said:6.3f} {r.width.ece:.3f} ({r.width.chance:.3f}) {r.mass.ece:.3f} ({r.mass.chance:.3f})"
        if r else f"{0:5}" + " " * 40
        for r in measured
    ]  # fmt: skip
    return f"{slot:13}{form:9}" + " |".join(cells)


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("held", type=Path)
    ap.add_argument("--measure", type=Path, nargs="*", default=[], help="labelled files to measure on, never to fit")
    ap.add_argument("--out", type=Path, default=OUT)
    ap.add_argument("--diagrams", type=Path, help="a folder for one SVG a slot and file")
    a = ap.parse_args()
    held = examples(a.held)
    fits = fitted(held)
    write(fits, held, a.out)
    header = "count right  said width (chance) mass (chance)"
    _show("held, raw", header, fits, {s: [p for _, p in v] for s, v in held.items()}, None)
    _show("held, cross-validated", header, fits, {s: f.crossed for s, f in fits.items()}, a.diagrams)
    for path in a.measure:
        seen = examples(path)
        _show(f"{path.stem}, raw", header, fits, {s: [p for _, p in v] for s, v in seen.items()}, None)
        _show(
            path.stem,
            header,
            fits,
            {s: [(fits[s].curve(p), y) for _, (p, y) in v] for s, v in seen.items()},
            a.diagrams,
        )


def _show(
    name: str, header: str, fits: Mapping[str, Fitted], given: Mapping[str, list[Point]], folder: Path | None
) -> None:
    print(f"\n{name}\n{'':22}{header}")
    for slot, values in given.items():
        found = reliability(values) if values else None
        print(_line(slot, fits[slot].form, found), flush=True)
        if folder and found:
            folder.mkdir(parents=True, exist_ok=True)
            file = folder / f"{name.split(',')[0]}-{slot}.svg"
            file.write_text(standalone(found, f"{slot}, {name}"), encoding="utf-8")


if __name__ == "__main__":
    main()
