"""The network: a BERT encoder (MiniLM-L6 by default) with linear heads, in plain torch.

Written out rather than taken from a model library so that training needs torch alone and the
exported graph holds nothing but what is used. Architecture: Devlin et al. 2019; weights: Wang et
al. 2020 (MiniLM), as distributed for sentence embedding.
"""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional as F

from sayso.text.heads import LAYOUT, WIDTH


class Layer(nn.Module):
    def __init__(self, d: int, heads: int, inner: int, drop: float) -> None:
        super().__init__()
        self.heads, self.drop = heads, drop
        self.qkv, self.out = nn.Linear(d, 3 * d), nn.Linear(d, d)
        self.up, self.down = nn.Linear(d, inner), nn.Linear(inner, d)
        self.n1, self.n2 = nn.LayerNorm(d, eps=1e-12), nn.LayerNorm(d, eps=1e-12)

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        b, t, d = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4).unbind(0)
        p = self.drop if self.training else 0.0
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)  # no dropout here: thrice the time on CPUs
        a = a.transpose(1, 2).reshape(b, t, d)
        x = self.n1(x + F.dropout(self.out(a), p, self.training))
        return self.n2(x + F.dropout(self.down(F.gelu(self.up(x))), p, self.training))


class Tagger(nn.Module):
    """Token features for every head, concatenated: see `heads.LAYOUT` for the columns."""

    def __init__(self, d: int = 384, layers: int = 6, heads: int = 12, inner: int = 1536, drop: float = 0.1) -> None:
        super().__init__()
        self.drop = drop
        self.words, self.places, self.kinds = nn.Embedding(30522, d), nn.Embedding(512, d), nn.Embedding(2, d)
        self.norm = nn.LayerNorm(d, eps=1e-12)
        self.layers = nn.ModuleList(Layer(d, heads, inner, drop) for _ in range(layers))
        self.head = nn.Linear(d, WIDTH)

    def encode(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.norm(self.words(ids) + self.places(places) + self.kinds.weight[0])
        x = F.dropout(x, self.drop, self.training)
        wide = mask[:, None, None, :].bool()
        for layer in self.layers:
            x = layer(x, wide)
        return x

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        x = self.encode(ids, mask)
        return self.head(F.dropout(x, self.drop, self.training))


def columns(out: torch.Tensor, name: str) -> torch.Tensor:
    a, b = LAYOUT[name]
    return out[..., a:b]


def load_base(net: Tagger, path: Path) -> None:
    """Fills the encoder from a Hugging Face BERT `model.safetensors`; heads stay random."""
    w = load_file(path)
    pre = "bert." if any(k.startswith("bert.") for k in w) else ""
    g = lambda name: w[pre + name]  # noqa: E731
    with torch.no_grad():
        e = "embeddings."
        net.words.weight.copy_(g(e + "word_embeddings.weight"))
        net.places.weight.copy_(g(e + "position_embeddings.weight"))
        net.kinds.weight.copy_(g(e + "token_type_embeddings.weight"))
        copy_pair(net.norm, g(e + "LayerNorm.weight"), g(e + "LayerNorm.bias"))
        for i, layer in enumerate(net.layers):
            p = f"encoder.layer.{i}."
            parts = [f"{p}attention.self.{x}" for x in ("query", "key", "value")]
            copy_pair(
                layer.qkv, torch.cat([g(x + ".weight") for x in parts]), torch.cat([g(x + ".bias") for x in parts])
            )
            for module, name in (
                (layer.out, "attention.output.dense"),
                (layer.n1, "attention.output.LayerNorm"),
                (layer.up, "intermediate.dense"),
                (layer.down, "output.dense"),
                (layer.n2, "output.LayerNorm"),
            ):
                copy_pair(module, g(f"{p}{name}.weight"), g(f"{p}{name}.bias"))


def copy_pair(module: nn.Module, weight: torch.Tensor, bias: torch.Tensor) -> None:
    module.weight.copy_(weight)
    module.bias.copy_(bias)
