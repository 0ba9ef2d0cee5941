"""Cuts a token sequence into windows an encoder can take, at sentence ends where it can."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.model import Span

MAX_TOKENS = 318  # with [CLS] and [SEP] 320: five or six paragraphs, so that names stand near their pronouns


def windows(tokens: Sequence[tuple[int, int]], ends: Sequence[Span], limit: int = MAX_TOKENS) -> list[tuple[int, int]]:
    """Half-open ranges of token indices, in order and without gaps, each at most `limit` long.

    `tokens` are the tokens' character offsets, `ends` the sentences' spans. A sentence longer
    than `limit` is cut.
    """
    out: list[tuple[int, int]] = []
    start = at = 0
    for sentence in ends:
        stop = at
        while stop < len(tokens) and tokens[stop][0] < sentence.end:
            stop += 1
        if stop - start > limit and at > start:
            out.append((start, at))
            start = at
        while stop - start > limit:
            out.append((start, start + limit))
            start += limit
        at = stop
    if at > start:
        out.append((start, at))
    return out
