"""Keeps a checkpoint as its difference from another one, small enough for the repository.

    python training/difference.py keep f3.pt candidate.pt --into training/candidate.xz
    python training/difference.py add f3.pt training/candidate.xz --into candidate.pt

The difference of each row is rounded to steps of its own: of 1.5 standard deviations, for word vectors,
most of which hardly move, of three. Vectors are kept in 16-bit floats.
"""

from __future__ import annotations

import argparse
import io
import lzma
from pathlib import Path

import numpy as np
import torch

STEP, WORDS_STEP = 1.5, 3.0
LEAST = 1e-9
Weights = dict[str, torch.Tensor]


def keep(base: Weights, wanted: Weights) -> bytes:
    arrays: dict[str, np.ndarray] = {}
    for name, weight in wanted.items():
        apart = (weight.float() - base[name].float()).numpy()
        if apart.ndim == 1:
            arrays[name] = apart.astype(np.float16)
            continue
        times = WORDS_STEP if name == "words.weight" else STEP
        step = (times * apart.std(1, keepdims=True) + LEAST).astype(np.float16)
        arrays[f"{name}:step"] = np.maximum(step, np.finfo(np.float16).tiny)
        rounded = np.rint(apart / arrays[f"{name}:step"].astype(np.float32))
        arrays[f"{name}:steps"] = rounded.clip(-127, 127).astype(np.int8)
    held = io.BytesIO()
    np.savez(held, **arrays)
    return lzma.compress(held.getvalue())


def add(base: Weights, kept: bytes) -> Weights:
    arrays = np.load(io.BytesIO(lzma.decompress(kept)))
    out = {}
    for name, weight in base.items():
        if name in arrays:
            apart = arrays[name].astype(np.float32)
        else:
            apart = arrays[f"{name}:steps"] * arrays[f"{name}:step"].astype(np.float32)
        out[name] = weight.float() + torch.from_numpy(apart)
    return out


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("what", choices=["keep", "add"])
    ap.add_argument("base", type=Path, help="the checkpoint that both are told from; of a shipped model: restore.py")
    ap.add_argument("other", type=Path, help="keep: the checkpoint to keep; add: what keep wrote")
    ap.add_argument("--into", type=Path, required=True)
    a = ap.parse_args()
    base = torch.load(a.base)
    if a.what == "keep":
        a.into.write_bytes(keep(base, torch.load(a.other)))
    else:
        torch.save(add(base, a.other.read_bytes()), a.into)


if __name__ == "__main__":
    main()
