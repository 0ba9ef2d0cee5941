"""Gives a checkpoint back from a shipped model, to train on from it: its int8 weights as floats.

    python training/restore.py src/sayso/data/model/tagger.onnx --base DIR --out restored.pt

The network may have gained slots since (at the end of `heads.SLOTS`): their columns begin at random.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from net import Tagger
from sayso.text.heads import LAYOUT, SLOTS, layout

BLOCKS = ("qkv", "out", "up", "down")


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("model", type=Path)
    ap.add_argument("--out", type=Path, required=True)
    a = ap.parse_args()
    torch.manual_seed(7)
    net = Tagger()
    state, held = net.state_dict(), weights(a.model)
    products = sorted((n for n in held if n.startswith("onnx::MatMul_")), key=lambda n: int(n.rsplit("_", 1)[1]))
    names = [f"layers.{i}.{block}.weight" for i in range(len(net.layers)) for block in BLOCKS]
    for name, product in zip([*names, "head.weight"], products, strict=True):
        held[name] = held.pop(product).T
    for i in range(len(net.layers)):
        for block in BLOCKS:  # evened out: see export.py
            held[f"layers.{i}.{block}.weight"] *= held.pop(f"even_{i}_{block}", np.float32(1))
    if "words_rounded" in held:
        held["words.weight"] = held.pop("words_rounded") * held.pop("words_step")
    before = layout_of(len(held["head.bias"]))
    for name, value in held.items():
        if name.startswith("head."):
            for head, (low, high) in before.items():
                state[name][slice(*LAYOUT[head])] = torch.tensor(value[low:high])
        elif name in state:
            state[name].copy_(torch.tensor(np.ascontiguousarray(value)))
        elif name.startswith("onnx::Add"):  # the segment embedding, folded into a constant
            state["kinds.weight"][0] = torch.tensor(value)
    torch.save(state, a.out)


def weights(path: Path) -> dict[str, np.ndarray]:
    """The float weights of a quantised graph by name; `net.` is left off."""
    held = {i.name: numpy_helper.to_array(i) for i in onnx.load(path).graph.initializer}
    out = {}
    for name, value in held.items():
        plain = name.removesuffix("_quantized")
        if name in ("words_rounded", "words_step", "net.places.weight"):
            value = value.astype(np.float32)
        elif plain != name:
            zero, scale = held[f"{plain}_zero_point"].astype(np.float32), held[f"{plain}_scale"]
            value = (value.astype(np.float32) - zero) * scale
        elif value.dtype != np.float32 or name.endswith("_scale") or value.ndim != 1:
            continue
        out[plain.removeprefix("net.")] = value
    return out


def layout_of(width: int) -> dict[str, tuple[int, int]]:
    """The columns of a head that knew the first so many slots."""
    for known in range(len(SLOTS), 0, -1):
        columns = layout(SLOTS[:known])
        if max(high for _, high in columns.values()) == width:
            return columns
    raise SystemExit(f"a head of {width} columns; expected one of an earlier layout")


if __name__ == "__main__":
    main()
