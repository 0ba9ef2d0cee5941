"""Words cut into the encoder's pieces: as BERT's own tokenizer cuts them, each with its characters."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.text.wordpiece import WordPiece


@cache
def _cutter() -> tuple[WordPiece, dict[int, str]]:
    tokenizer = (resources.files("sayso") / "data" / "model" / "tokenizer.json").read_text("utf-8")
    return WordPiece(tokenizer), {n: piece for piece, n in json.loads(tokenizer)["model"]["vocab"].items()}


# Pieces and places as the tokenizers library (0.23) gives them for the same tokenizer.json.
@pytest.mark.parametrize(
    ("text", "pieces", "spans"),
    [
        ("Xi'an’s ZT-180 drones", "xi ' an ’ s z ##t - 180 drones",
         [(0, 2), (2, 3), (3, 5), (5, 6), (6, 7), (8, 9), (9, 10), (10, 11), (11, 14), (15, 21)]),
        ("naïve Ångström, Đurđevac", "naive ang ##strom , đ ##ur ##đ ##eva ##c",
         [(0, 5), (6, 9), (9, 14), (14, 15), (16, 17), (17, 19), (19, 20), (20, 23), (23, 24)]),
        ("“Łódź” 北京kg", "“ łodz ” 北 京 kg", [(0, 1), (1, 5), (5, 6), (7, 8), (8, 9), (9, 11)]),
        ("soft\u00adhyphen zero\u200bwidth \ufffd", "soft ##hy ##ph ##en zero ##wi ##dt ##h",
         [(0, 4), (5, 7), (7, 9), (9, 11), (12, 16), (17, 19), (19, 21), (21, 22)]),
        ("uncharacteristicallylongish", "un ##cha ##rac ##ter ##istic ##ally ##long ##ish",
         [(0, 2), (2, 5), (5, 8), (8, 11), (11, 16), (16, 20), (20, 24), (24, 27)]),
        ("A\tB\u00a0C", "a b c", [(0, 1), (2, 3), (4, 5)]),
        ("x" * 101, "[UNK]", [(0, 101)]),
        ("½ №5 İzmir", "½ № ##5 i ##z ##mir", [(0, 1), (2, 3), (3, 4), (5, 6), (6, 7), (7, 10)]),
        ("", "", []),
    ],
)  # fmt: skip
def test_pieces_are_those_of_the_tokenizer_that_the_model_was_trained_with(
    text: str, pieces: str, spans: list[tuple[int, int]]
) -> None:
    cutter, names = _cutter()
    ids, found = cutter(text)
    assert " ".join(names[n] for n in ids) == pieces
    assert found == spans


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_gives_pieces_in_order_each_of_its_own_letters(left: str, right: str) -> None:
    cutter, _ = _cutter()
    ids, spans = cutter(left + " " + right)
    assert len(ids) == len(spans)
    assert all(a < b for a, b in spans)
    assert all(a >= 0 and b <= len(left) + 1 + len(right) for a, b in spans)
    assert [a for a, _ in spans] == sorted(a for a, _ in spans)
    first, then = cutter(left), cutter(right)
    assert ids == first[0] + then[0]
    assert spans == [*first[1], *((a + len(left) + 1, b + len(left) + 1) for a, b in then[1])]
