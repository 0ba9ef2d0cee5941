"""The encoder that reads a text once for every learned decision (MiniLM-L6, int8 ONNX)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
import numpy.typing as npt
import onnxruntime as ort

from sayso.errors import SaysoError
from sayso.model import Span
from sayso.text.heads import LAYOUT, LINK_DIM, WIDTH
from sayso.text.windows import windows
from sayso.text.wordpiece import WordPiece

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
_CLS, _SEP = 101, 102


@dataclass(frozen=True, slots=True)
class Tags:
    """The encoder's output for a text.

    `offsets` [n, 2] are the tokens' characters, `values` [n, WIDTH] the columns of
    `heads.LAYOUT`, `window` [n] the number of the window a token was read in: values of
    different windows were computed apart.
    """

    offsets: Ints
    values: Floats
    window: Ints

    def column(self, head: str) -> Floats:
        a, b = LAYOUT[head]
        return self.values[:, a:b]

    def tokens_under(self, span: Span) -> slice:
        """The tokens that share a character with a span."""
        first = int(np.searchsorted(self.offsets[:, 1], span.start, side="right"))
        last = int(np.searchsorted(self.offsets[:, 0], span.end, side="left"))
        return slice(first, max(first, last))

    def link(self, anchor: slice, near: str, far: str, bias: float = 0.0) -> Floats:
        """How likely each token belongs to the anchor [n], 0 outside the anchor's window."""
        here = self.column(near)[anchor].mean(axis=0)
        number = self.window[anchor.start]
        a, b = np.searchsorted(self.window, (number, number + 1))  # windows are numbered in text order
        out = np.zeros(len(self.window), dtype=np.float32)
        scores = self.column(far)[a:b] @ here / np.float32(LINK_DIM**0.5)
        out[a:b] = sigmoid(scores + np.float32(bias))
        return out


def sigmoid(x: Floats) -> Floats:
    return np.float32(1) / (np.float32(1) + np.exp(-np.clip(x, -30, 30)))


def softmax(x: Floats) -> Floats:
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    out: Floats = e / e.sum(axis=-1, keepdims=True)
    return out


class Encoder:
    """Holds the model; `encoder(text, sentences)` gives `Tags`. Thread-safe."""

    def __init__(self, model: bytes, tokenizer: str) -> None:
        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        width = self._session.get_outputs()[0].shape[-1]
        if width != WIDTH:
            raise SaysoError(f"the model has {width} output columns; expected {WIDTH} (export it anew)")
        self._pieces = WordPiece(tokenizer)

    def __call__(self, text: str, sentences: Sequence[Span]) -> Tags:
        ids, offsets = self._pieces(text)
        values = np.zeros((len(ids), WIDTH), dtype=np.float32)
        window = np.zeros(len(ids), dtype=np.int64)
        for number, (a, b) in enumerate(windows(offsets, sentences)):
            framed = np.array([[_CLS, *ids[a:b], _SEP]], dtype=np.int64)
            values[a:b] = self._session.run(None, {"ids": framed})[0][1:-1]
            window[a:b] = number
        return Tags(np.array(offsets, dtype=np.int64).reshape(-1, 2), values, window)


@cache
def encoder() -> Encoder:
    """The model that ships with the package; its checksum is verified first.

    Raises `SaysoError` where a file is missing or is not the one that was trained.
    """
    folder = resources.files("sayso") / "data" / "model"
    lines = (folder / "SHA256SUMS").read_text("utf-8").splitlines()
    sums = {name: digest for digest, name in (line.split() for line in lines)}
    found = {name: (folder / name).read_bytes() for name in ("tagger.onnx", "tokenizer.json")}
    for name, data in found.items():
        digest = hashlib.sha256(data).hexdigest()
        if digest != sums.get(name):
            raise SaysoError(f"{name}: sha256 {digest}; expected {sums.get(name)} (reinstall sayso)")
    return Encoder(found["tagger.onnx"], found["tokenizer.json"].decode("utf-8"))
