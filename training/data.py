"""Turns labelled articles into windows of token ids with targets."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import torch

from sayso.model import Span
from sayso.text.heads import CATEGORIES, KINDS, ROLES, SLOTS, STAGES, VOICES
from sayso.text.sentences import sentences
from sayso.text.windows import windows
from sayso.text.wordpiece import WordPiece


@dataclass
class Link:
    """An anchor's tokens and, by target name, the tokens that belong to it."""

    anchor: list[int]
    targets: dict[str, list[int]]
    classes: dict[str, int] = field(default_factory=dict)


@dataclass
class Example:
    """One window. `tags` [T, 3] holds 0/1/2 for O/B/I by role; `begin`/`inside` [T, kinds] 0/1.

    A target that a corpus does not annotate is None and costs nothing.
    """

    ids: list[int]
    tags: torch.Tensor | None = None
    begin: torch.Tensor | None = None
    inside: torch.Tensor | None = None
    cues: list[Link] = field(default_factory=list)
    claims: list[Link] = field(default_factory=list)


class Windowed:
    """A tokenised article, with the tokens under a span, window by window."""

    def __init__(self, text: str, tokenizer: WordPiece) -> None:
        ids, offsets = tokenizer(text)
        self.text, self.ids, self.offsets = text, ids, offsets
        self.sentences = sentences(text)
        self.cuts = windows(self.offsets, self.sentences)

    def under(self, start: int, end: int, cut: tuple[int, int]) -> list[int]:
        """Indices (in the window, [CLS] being 0) of the tokens that share a character."""
        a, b = cut
        return [i - a + 1 for i in range(a, b) if self.offsets[i][0] < end and self.offsets[i][1] > start]

    def wrap(self, cut: tuple[int, int]) -> list[int]:
        return [101, *self.ids[cut[0] : cut[1]], 102]


def read_jsonl(path: Path) -> list[dict]:
    with open(path, encoding="utf-8") as f:
        return [json.loads(line) for line in f if line.strip()]


def polnear(path: Path, tokenizer: WordPiece) -> Iterator[Example]:
    for doc in read_jsonl(path):
        w = Windowed(doc["text"], tokenizer)
        for cut in w.cuts:
            ids = w.wrap(cut)
            tags = torch.zeros(len(ids), 3, dtype=torch.long)
            links = []
            for a in doc["attributions"]:
                under = {r: [w.under(s, e, cut) for s, e in a[r]] for r in ROLES}
                for r, role in enumerate(ROLES):
                    for piece in under[role]:
                        if piece:
                            tags[piece, r] = 2
                            tags[piece[0], r] = 1
                cue = sum(under["cue"], [])
                if cue:
                    links.append(Link(cue, {r: sum(under[r], []) for r in ("source", "content")}))
            yield Example(ids, tags=tags, cues=links)


# ---- claims -------------------------------------------------------------------------------------


def find(text: str, words: str | None, near: int, low: int = 0, high: int | None = None) -> Span | None:
    """The occurrence of `words` (white space free) in text[low:high] nearest to `near`."""
    if not words or not words.strip():
        return None
    pattern = r"\s+".join(re.escape(x) for x in words.split())
    if words[0].isalnum():
        pattern = r"(?<!\w)" + pattern
    if words[-1].isalnum():
        pattern += r"(?!\w)"
    best = None
    for m in re.finditer(pattern, text[low:high], re.IGNORECASE):
        s = Span(m.start() + low, m.end() + low)
        if best is None or abs(s.start - near) < abs(best.start - near):
            best = s
    return best


def locate(w: Windowed, c: dict) -> dict[str, list[Span]] | None:
    """Where a labelled claim's slots stand: its anchor, evidence and slot mentions."""
    flat = find(w.text, c["evidence"], 0)
    if flat is None:
        return None
    m = c.get("mentions") or {}
    home = Span(
        min((s.start for s in w.sentences if s.overlaps(flat)), default=flat.start),
        max((s.end for s in w.sentences if s.overlaps(flat)), default=flat.end),
    )

    def place(words: str | None) -> Span | None:
        for low, high in ((flat.start, flat.end), (home.start, home.end), (max(0, home.start - 700), home.end)):
            hit = find(w.text, words, flat.start, low, high)
            if hit:
                return hit
        return None

    anchor = None
    for words in (m.get("item"), c["item"], *c["designations"], m.get("trigger")):
        hit = find(w.text, words, flat.start, flat.start, flat.end) or find(
            w.text, words, flat.start, home.start, home.end
        )
        if hit:
            anchor = hit
            break
    if anchor is None:
        return None
    out = {"anchor": [anchor], "evidence": [flat]}
    for slot in ("supplier", "recipient"):
        names = [place(x) for x in c[slot]]
        named = [x for x in names if x]
        said = [place(x) for x in m.get(slot) or []]
        out[slot] = named if len(named) == len(c[slot]) else (named + [x for x in said if x])
    voices = [v["name"] for v in c["voices"][:1]]
    hit = (place(m.get("voice")) if voices else None) or (place(voices[0]) if voices else None)
    if voices and hit is None:
        last = voices[0].split()[-1]
        hit = place(last)
    out["voice"] = [hit] if hit else []
    for slot in ("quantity", "value", "when"):
        hit = place(m.get(slot)) if c.get(slot) and m.get(slot) else None
        out[slot] = [hit] if hit else []
    for slot in ("trigger", "hedge"):
        hit = place(m.get(slot))
        out[slot] = [hit] if hit else []
    return out


def claims(docs: list[dict], tokenizer: WordPiece) -> Iterator[Example]:
    """Examples of labelled articles: gold form with `text`, and `mentions` where there are any."""
    for doc in docs:
        w = Windowed(doc["text"], tokenizer)
        placed = [(c, locate(w, c)) for c in doc["claims"]]
        for cut in w.cuts:
            ids = w.wrap(cut)
            begin = torch.zeros(len(ids), len(KINDS))
            inside = torch.zeros(len(ids), len(KINDS))
            links = []
            for c, where in placed:
                if where is None:
                    continue
                anchor = w.under(*where["anchor"][0], cut)
                if not anchor:
                    continue
                k = KINDS.index(c["kind"])
                begin[anchor[0], k] = 1
                inside[anchor, k] = 1
                has_mentions = bool(c.get("mentions"))
                targets = {}
                for slot in SLOTS:
                    if slot in ("quantity", "value", "when") and c.get(slot) and not where[slot] and not has_mentions:
                        continue  # stated, but the label does not say by which words
                    if slot in ("trigger", "hedge") and not has_mentions:
                        continue
                    targets[slot] = sum((w.under(*s, cut) for s in where[slot]), [])
                links.append(
                    Link(
                        anchor,
                        targets,
                        {
                            "kind": k,
                            "stage": STAGES.index(c["stage"]),
                            "category": CATEGORIES.index(c["category"]),
                            "voice_kind": VOICES.index(c["voices"][0]["kind"] if c["voices"] else "outlet_itself"),
                            "denied": int(c["polarity"] == "denied"),
                            "hedged": int(c["hedged"]),
                        },
                    )
                )
            yield Example(ids, begin=begin, inside=inside, claims=links)
