"""Two texts compared word by word, as a page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sayso.linking import worddiff

Kind = Literal["same", "removed", "added"]


@dataclass(frozen=True, slots=True)
class Change:
    """Words that stand in both texts (as the second has them), in the first alone or in the second."""

    kind: Kind
    text: str
    words: int


def changes(a: str, b: str) -> list[Change]:
    """The way from `a` to `b` in text order. White space makes no difference; case does."""
    found: list[Change] = []
    for step in worddiff.word_diff(a, b):
        if step.change is worddiff.Change.EQUAL:
            _append(found, "same", step.b.of(b))
        else:
            # A blank keeps what went from running into what came.
            _append(found, "removed", step.a.of(a) + (" " if step.change is worddiff.Change.REPLACE else ""))
            _append(found, "added", step.b.of(b))
    return found


def _append(found: list[Change], kind: Kind, text: str) -> None:
    words = len(text.split())
    if not words:
        if text and found:  # blanks go with what stands before them
            found[-1] = Change(found[-1].kind, found[-1].text + text, found[-1].words)
        return
    if found and found[-1].kind == kind:
        before = found.pop()
        text = before.text + text
        words = len(text.split())
    found.append(Change(kind, text, words))
