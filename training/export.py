"""Exports a trained tagger to ONNX int8, as the package ships it.

    python training/export.py --base DIR --checkpoint tagger.pt --windows windows.pt --out src/sayso/data/model

Writes `tagger.onnx`, `tokenizer.json` and `SHA256SUMS`. Weights are quantised per channel to int8
(word vectors one by one), activations at run time (dynamic quantisation), each product's inputs evened
out first (SmoothQuant, Xiao et al. 2023): a channel far larger than the rest would take the eight bits
from all others. How large they are is seen on windows of `prepare.py`; the mean difference of the
attribution tags from the float model, on other windows, is printed. A token far larger than the rest
would do the same (a window's first one is, within the feed-forward layers): there each token is divided
by its own largest input, and its product multiplied back.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

from net import HEADS, Tagger

Scales = dict[tuple[int, str], torch.Tensor]  # by layer and product
BLOCKS = ("qkv", "out", "up", "down")
SMOOTH = {"qkv": 0.7, "out": 0.7, "up": 0.5, "down": 0.6}
BY_TOKEN = ("up", "down")
LEAST = 1e-3
SEEN, TRIED = 100, 160  # windows that the scales come from, and up to where the difference is measured


class Attend(torch.autograd.Function):
    """Attention, exported as onnxruntime's one fused operator: a sixth of a window's time less."""

    @staticmethod
    def forward(ctx: Any, q: torch.Tensor, k: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
        b, t, d = q.shape
        q, k, v = (x.view(b, t, HEADS, d // HEADS).transpose(1, 2) for x in (q, k, v))
        a = torch.softmax(q @ k.transpose(-1, -2) / (d // HEADS) ** 0.5, -1) @ v
        return a.transpose(1, 2).reshape(b, t, d)

    @staticmethod
    def symbolic(g: Any, q: Any, k: Any, v: Any) -> Any:
        out = g.op("com.microsoft::MultiHeadAttention", q, k, v, num_heads_i=HEADS)
        out.setType(q.type())
        return out


class Alone(torch.nn.Module):
    """One window without padding: no mask, no batch axis in the output."""

    def __init__(self, net: Tagger, scales: Scales) -> None:
        super().__init__()
        self.net, self.scales = net, scales
        for (n, name), scale in scales.items():
            self.register_buffer(f"even_{n}_{name}", 1 / scale)  # named, as the next two: restore.py looks for them
        step = net.words.weight.detach().abs().amax(1, keepdim=True) / 127
        self.register_buffer("words_step", step)
        self.register_buffer("words_rounded", (net.words.weight.detach() / step).round().to(torch.int8))

    def product(self, layer: int, name: str, x: torch.Tensor) -> torch.Tensor:
        """A layer's product with its inputs divided, and its weights multiplied, by their scales."""
        block, scale = getattr(self.net.layers[layer], name), self.scales[layer, name]
        even, weight = x * getattr(self, f"even_{layer}_{name}"), block.weight * scale
        if name not in BY_TOKEN:
            return torch.nn.functional.linear(even, weight, block.bias)
        largest = even.abs().amax(-1, keepdim=True).clamp(min=LEAST)
        return torch.nn.functional.linear(even / largest, weight) * largest + block.bias

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        net, product = self.net, self.product
        places = torch.arange(ids.shape[1], device=ids.device)
        words = self.words_rounded[ids].to(torch.float32) * self.words_step[ids]
        x = net.norm(words + net.places(places) + net.kinds.weight[0])
        for n, layer in enumerate(net.layers):
            x = layer.n1(x + product(n, "out", Attend.apply(*product(n, "qkv", x).chunk(3, -1))))
            x = layer.n2(x + product(n, "down", torch.nn.functional.gelu(product(n, "up", x))))
        return net.head(x)[0]


def smoothing(net: Tagger, windows: list[list[int]]) -> Scales:
    """A scale for each input channel of each product: its largest input ** s over its largest weight ** (1 - s),
    s by `SMOOTH`, so that inputs and weights share what is hard to round."""
    largest: Scales = {}
    hooks = []
    for n, layer in enumerate(net.layers):
        for name in BLOCKS:

            def see(_: torch.nn.Module, inputs: tuple[torch.Tensor], __: torch.Tensor, key: tuple[int, str] = (n, name)) -> None:  # fmt: skip
                seen = inputs[0].abs().flatten(0, -2).amax(0)
                largest[key] = torch.maximum(largest.get(key, seen), seen)

            hooks.append(getattr(layer, name).register_forward_hook(see))
    with torch.no_grad():
        for ids in windows:
            net(torch.tensor([ids]), torch.ones(1, len(ids)))
    for hook in hooks:
        hook.remove()
    out = {}
    for (n, name), x in largest.items():
        weight = getattr(net.layers[n], name).weight.detach().abs().amax(0)
        scale = x.clamp(min=LEAST) ** SMOOTH[name] / weight.clamp(min=LEAST) ** (1 - SMOOTH[name])
        out[n, name] = (scale / scale.mean()).clamp(min=LEAST)
    return out


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--base", type=Path, required=True)
    ap.add_argument("--checkpoint", type=Path, required=True)
    ap.add_argument("--windows", type=Path, required=True, help="of prepare.py")
    ap.add_argument("--out", type=Path, required=True)
    a = ap.parse_args()
    net = Tagger()
    net.load_state_dict({k: v.float() for k, v in torch.load(a.checkpoint).items()})
    windows = [list(e.ids) for e in torch.load(a.windows, weights_only=False)["held"]]
    net.eval()
    alone = Alone(net, smoothing(net, windows[:SEEN])).eval()
    a.out.mkdir(parents=True, exist_ok=True)
    ids = torch.randint(1000, 20000, (1, 96))
    with tempfile.TemporaryDirectory() as folder:
        plain, ready = Path(folder) / "plain.onnx", Path(folder) / "ready.onnx"
        torch.onnx.export(
            alone,
            (ids,),
            str(plain),
            input_names=["ids"],
            output_names=["out"],
            dynamic_axes={"ids": {1: "tokens"}, "out": {0: "tokens"}},
            opset_version=17,
            dynamo=False,
        )
        quant_pre_process(str(plain), str(ready), skip_symbolic_shape=True)
        quantize_dynamic(
            str(ready),
            str(a.out / "tagger.onnx"),
            per_channel=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gemm"],
        )
    shutil.copy(a.base / "tokenizer.json", a.out / "tokenizer.json")
    session, apart = ort.InferenceSession(str(a.out / "tagger.onnx")), []
    with torch.no_grad():
        for window in windows[SEEN:TRIED]:
            got = session.run(None, {"ids": np.array([window], dtype=np.int64)})[0]
            right = net(torch.tensor([window]), torch.ones(1, len(window)))[0].numpy()
            apart.append(np.abs(got - right)[:, :9].mean())
    print("mean difference, attribution tags:", float(np.mean(apart)))
    lines = [f"{hashlib.sha256((a.out / n).read_bytes()).hexdigest()}  {n}" for n in ("tagger.onnx", "tokenizer.json")]
    (a.out / "SHA256SUMS").write_text("\n".join(lines) + "\n")
    print("\n".join(lines), (a.out / "tagger.onnx").stat().st_size, "bytes")


if __name__ == "__main__":
    main()
