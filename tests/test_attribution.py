"""Decoding of the tagger's columns, on columns made by hand."""

from __future__ import annotations

import re

import numpy as np

from sayso.model import Span
from sayso.reading.attribution import attributions, pieces, whole_words, without_commas
from sayso.text.heads import LAYOUT, WIDTH
from sayso.text.tagger import Tags

TEXT = "Tanks will go, Oslo said. Others disagree."


def tags_of(text: str, spans: dict[str, list[str]], links: dict[tuple[str, str], list[str]]) -> Tags:
    """Columns that tag the given words, and link each cue with the given words."""
    offsets = np.array([m.span() for m in re.finditer(r"\w+|[^\w\s]", text)], dtype=np.int64)
    values = np.zeros((len(offsets), WIDTH), dtype=np.float32)
    tags = Tags(offsets, values, np.zeros(len(offsets), dtype=np.int64))

    def rows(words: str) -> range:
        at = text.index(words)
        under = tags.tokens_under(Span(at, at + len(words)))
        return range(under.start, under.stop)

    for role in ("source", "cue", "content"):
        a, _ = LAYOUT[f"tag_{role}"]
        values[:, a] = 5
        for words in spans.get(role, []):
            for n, i in enumerate(rows(words)):
                values[i, a + (1 if n == 0 else 2)] = 10
    for n, cue in enumerate(spans.get("cue", [])):  # a dimension of its own for each cue
        for role in ("source", "content"):
            values[rows(cue), LAYOUT[f"cue_{role}"][0] + n] = 10
            values[:, LAYOUT[f"token_{role}"][0] + n] = -10
            for words in links.get((cue, role), []):
                values[rows(words), LAYOUT[f"token_{role}"][0] + n] = 10
    return tags


def test_cue_source_and_content_are_joined() -> None:
    spans = {"source": ["Oslo"], "cue": ["said"], "content": ["Tanks will go"]}
    tags = tags_of(TEXT, spans, {("said", "source"): ["Oslo"], ("said", "content"): ["Tanks will go"]})
    (found,) = attributions(tags, TEXT)
    assert [s.of(TEXT) for s in (*found.source, *found.cue, *found.content)] == ["Oslo", "said", "Tanks will go"]
    assert found.parent is None
    assert 0.5 < found.confidence <= 1


def test_content_goes_to_the_cue_it_is_linked_with_and_else_to_a_near_one() -> None:
    text = "Tanks will go, Oslo said. Planes too, Accra added."
    spans = {"source": ["Oslo", "Accra"], "cue": ["said", "added"], "content": ["Tanks will go", "Planes too"]}
    links = {
        ("said", "source"): ["Oslo"], ("added", "source"): ["Accra"],
        ("said", "content"): ["Planes too"], ("added", "content"): ["Tanks will go"],
    }  # fmt: skip
    found = attributions(tags_of(text, spans, links), text)
    assert [(a.source[0].of(text), a.content[0].of(text)) for a in found] == [
        ("Accra", "Tanks will go"),
        ("Oslo", "Planes too"),
    ]
    (unlinked,) = attributions(tags_of(text, spans, {}), text)  # "said" is the nearest to both
    assert [c.of(text) for c in unlinked.content] == ["Tanks will go", "Planes too"]


def test_without_a_cue_there_is_no_attribution() -> None:
    assert attributions(tags_of(TEXT, {"content": ["Tanks will go"]}, {}), TEXT) == []


def test_two_beginnings_side_by_side_are_two_pieces() -> None:
    tags = tags_of(TEXT, {"content": ["Tanks will", "go"]}, {})
    assert [p.span.of(TEXT) for p in pieces(tags, "content", TEXT)] == ["Tanks will", "go"]


def test_spans_grow_to_whole_words() -> None:
    assert whole_words(Span(1, 4), TEXT) == Span(0, 5)
    assert whole_words(Span(0, 5), TEXT) == Span(0, 5)


def test_empty_text() -> None:
    assert attributions(tags_of("", {}, {}), "") == []


def test_a_piece_ends_with_a_word_it_is_sure_of_though_it_bridges_others() -> None:
    tags = tags_of(TEXT, {"content": ["Tanks will go"]}, {})
    a, _ = LAYOUT["tag_content"]
    for word, inside in (("will", 4.0), ("go", 4.0)):  # against 5 for outside: about .27
        n = [s.of(TEXT) for s in (Span(*o) for o in tags.offsets.tolist())].index(word)
        tags.values[n, a + 2] = inside
    assert [p.span.of(TEXT) for p in pieces(tags, "content", TEXT)] == ["Tanks"]
    tags.values[2, a + 2] = 10
    assert [p.span.of(TEXT) for p in pieces(tags, "content", TEXT)] == ["Tanks will go"]


def test_content_begins_and_ends_with_a_word_or_a_quotation_mark() -> None:
    for text, inner in (("tanks will go, ", "tanks will go"), ("— “tanks,”", "“tanks,”"), (",", ",")):
        assert without_commas(Span(0, len(text)), text).of(text) == inner
