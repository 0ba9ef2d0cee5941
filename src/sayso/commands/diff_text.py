"""A word diff as text: what stays, and what went with what came in its place."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from sayso.commands import out
from sayso.linking.worddiff import Change, Step

_AROUND = 8  # words shown of an unchanged run, at either side of a change


def stays(step: Step) -> bool:
    return step.change is Change.EQUAL


def marked(steps: list[Step], a: str, b: str, *, full: bool, plain: bool) -> Iterator[out.Part]:
    """The words of both texts, the changes coloured on a terminal and else in marks."""
    runs = _runs(steps, a, b)
    for n, (same, went, came) in enumerate(runs):
        if same:
            yield _shortened(came, first=n == 0, last=n == len(runs) - 1, full=full)
            continue
        sides = [(" ".join(went.split()), "[-  -]", "red strike"), (" ".join(came.split()), "{+  +}", "green")]
        parts = [(f"{m[:2]}{words}{m[-2:]}" if plain else words, style) for words, m, style in sides if words]
        yield " " * (went[:1].isspace() or came[:1].isspace())
        yield from ((" " * (i > 0) + words, style) for i, (words, style) in enumerate(parts))
        yield " " * (went[-1:].isspace() or came[-1:].isspace())


def _runs(steps: list[Step], a: str, b: str) -> list[tuple[bool, str, str]]:
    """Words that stay, and words that went with those that came. White space alone is no change: it
    joins the changes that it stands between, and else what stays."""
    texts = [(step, step.a.of(a), step.b.of(b)) for step in steps]
    kinds = [None if not (went + came).strip() else stays(step) for step, went, came in texts]
    said: list[tuple[bool, str, str]] = []
    for n, (_, went, came) in enumerate(texts):
        beside = (next((k for k in ks if k is not None), True) for ks in (kinds[n::-1], kinds[n:]))
        kind = kinds[n]
        if kind is not None:
            said.append((kind, went, came))
        elif any(beside):
            said.append((True, came or went, came or went))
        else:
            said.append((False, went, came))
    grouped = [(same, list(run)) for same, run in groupby(said, key=lambda one: one[0])]
    return [(same, "".join(w for _, w, _ in run), "".join(c for _, _, c in run)) for same, run in grouped]


def _shortened(words: str, *, first: bool, last: bool, full: bool) -> str:
    """The words beside a change, and how many are left out; the blanks around them stay."""
    split = words.split()
    if not full and len(split) > 2 * _AROUND + 4:
        begin, end = ([] if first else split[:_AROUND]), ([] if last else split[-_AROUND:])
        split = [*begin, f"… {len(split) - len(begin) - len(end)} words …", *end]
    return " " * words[0].isspace() + " ".join(split) + " " * words[-1].isspace()


def step_json(step: Step, a: str, b: str) -> dict[str, out.Json]:
    return {
        "change": step.change.value, "a": step.a.of(a), "b": step.b.of(b), "a_span": list(step.a),
        "b_span": list(step.b),
    }  # fmt: skip
