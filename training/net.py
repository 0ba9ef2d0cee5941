"""The networks: BERT-like encoders with linear heads, in plain torch.

The tagger is MiniLM-L6; its teacher, used in training alone, MPNet-base. Written out rather than
taken from a model library so that training needs torch alone and the exported graph holds nothing
but what is used. Architectures: Devlin et al. 2019 (BERT), Song et al. 2020 (MPNet: a bias by
relative distance, shared by all layers, and no segment embeddings); weights: Wang et al. 2020
(MiniLM) and MPNet, as distributed for sentence embedding.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional as F

from sayso.text.heads import LAYOUT, WIDTH

RARE = -5.0  # the bias a head that is nearly always off begins with
PADDING = 0


@dataclass(frozen=True)
class Shape:
    """An encoder's dimensions and the checksum of the weights it starts from."""

    d: int
    layers: int
    inner: int
    vocabulary: int
    places: int
    first_place: int
    relative: bool
    eps: float
    sha256: str


MINILM = Shape(
    384, 6, 1536, 30522, 512, 0, False, 1e-12, "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
)
MPNET = Shape(
    768, 12, 3072, 30527, 514, 2, True, 1e-5, "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
)
HEADS = 12
BUCKETS, FARTHEST = 32, 128  # of MPNet's relative distances


class Layer(nn.Module):
    def __init__(self, shape: Shape, drop: float) -> None:
        super().__init__()
        d = shape.d
        self.drop = drop
        self.qkv, self.out = nn.Linear(d, 3 * d), nn.Linear(d, d)
        self.up, self.down = nn.Linear(d, shape.inner), nn.Linear(shape.inner, d)
        self.n1, self.n2 = nn.LayerNorm(d, eps=shape.eps), nn.LayerNorm(d, eps=shape.eps)

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        b, t, d = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, HEADS, d // HEADS).permute(2, 0, 3, 1, 4).unbind(0)
        p = self.drop if self.training else 0.0
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)  # no dropout here: thrice the time on CPUs
        a = a.transpose(1, 2).reshape(b, t, d)
        x = self.n1(x + F.dropout(self.out(a), p, self.training))
        return self.n2(x + F.dropout(self.down(F.gelu(self.up(x))), p, self.training))


class Tagger(nn.Module):
    """Token features for every head, concatenated: see `heads.LAYOUT` for the columns."""

    def __init__(self, shape: Shape = MINILM, drop: float = 0.1) -> None:
        super().__init__()
        self.shape, self.drop = shape, drop
        self.words, self.places = nn.Embedding(shape.vocabulary, shape.d), nn.Embedding(shape.places, shape.d)
        self.kinds = None if shape.relative else nn.Embedding(2, shape.d)
        self.relative = nn.Embedding(BUCKETS, HEADS) if shape.relative else None
        self.norm = nn.LayerNorm(shape.d, eps=shape.eps)
        self.layers = nn.ModuleList(Layer(shape, drop) for _ in range(shape.layers))
        self.head = nn.Linear(shape.d, WIDTH)
        with torch.no_grad():
            for head in ("begin", "inside"):
                self.head.bias[slice(*LAYOUT[head])] = RARE

    def encode(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        t = ids.shape[1]
        if self.shape.relative:
            ids = mpnet_ids(ids)
        x = self.words(ids) + self.places(torch.arange(t, device=ids.device) + self.shape.first_place)
        if self.kinds is not None:
            x = x + self.kinds.weight[0]
        x = F.dropout(self.norm(x), self.drop, self.training)
        wide = mask[:, None, None, :].bool()
        if self.relative is not None:
            bias = self.relative(buckets(t, ids.device)).permute(2, 0, 1)[None]
            wide = bias.masked_fill(~wide, -1e4).to(x.dtype)
        for layer in self.layers:
            x = layer(x, wide)
        return x

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        x = self.encode(ids, mask)
        return self.head(F.dropout(x, self.drop, self.training))


def mpnet_ids(ids: torch.Tensor) -> torch.Tensor:
    """BERT's token numbers as MPNet's: the same word pieces, shifted by four, and frames of its own."""
    out = ids + 4
    for bert, mpnet in ((PADDING, 1), (101, 0), (102, 2)):
        out = out.masked_fill(ids == bert, mpnet)
    return out


def buckets(t: int, device: torch.device) -> torch.Tensor:
    """[t, t] bucket numbers of the relative distances: near ones apart, far ones by logarithm."""
    at = torch.arange(t, device=device)
    far = at[None, :] - at[:, None]
    half, exact = BUCKETS // 2, BUCKETS // 4
    out = (far > 0).long() * half
    far = far.abs()
    steps = torch.log(far.clamp(min=1).float() / exact) / math.log(FARTHEST / exact) * (half - exact)
    return out + torch.where(far < exact, far, (exact + steps.long()).clamp(max=half - 1))


def columns(out: torch.Tensor, name: str) -> torch.Tensor:
    a, b = LAYOUT[name]
    return out[..., a:b]


def load_base(net: Tagger, path: Path) -> None:
    """Fills the encoder from a `model.safetensors` whose checksum is verified; heads stay random."""
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != net.shape.sha256:
        raise SystemExit(f"{path}: sha256 {found}; expected {net.shape.sha256}")
    w = load_file(path)
    pre = next((p for p in ("bert.", "mpnet.") if any(k.startswith(p) for k in w)), "")
    g = lambda name: w[pre + name]  # noqa: E731
    mpnet = net.shape.relative
    attention = "attention.attn." if mpnet else "attention.self."
    names = "qkv" if mpnet else ("query", "key", "value")
    out, norm = ("attention.attn.o", "attention.LayerNorm") if mpnet else (
        "attention.output.dense", "attention.output.LayerNorm",
    )  # fmt: skip
    with torch.no_grad():
        e = "embeddings."
        net.words.weight.copy_(g(e + "word_embeddings.weight"))
        net.places.weight.copy_(g(e + "position_embeddings.weight"))
        if net.kinds is not None:
            net.kinds.weight.copy_(g(e + "token_type_embeddings.weight"))
        if net.relative is not None:
            net.relative.weight.copy_(g("encoder.relative_attention_bias.weight"))
        copy_pair(net.norm, g(e + "LayerNorm.weight"), g(e + "LayerNorm.bias"))
        for i, layer in enumerate(net.layers):
            p = f"encoder.layer.{i}."
            parts = [f"{p}{attention}{x}" for x in names]
            copy_pair(
                layer.qkv, torch.cat([g(x + ".weight") for x in parts]), torch.cat([g(x + ".bias") for x in parts])
            )
            for module, name in (
                (layer.out, out),
                (layer.n1, norm),
                (layer.up, "intermediate.dense"),
                (layer.down, "output.dense"),
                (layer.n2, "output.LayerNorm"),
            ):
                copy_pair(module, g(f"{p}{name}.weight"), g(f"{p}{name}.bias"))


def copy_pair(module: nn.Module, weight: torch.Tensor, bias: torch.Tensor) -> None:
    module.weight.copy_(weight)
    module.bias.copy_(bias)
