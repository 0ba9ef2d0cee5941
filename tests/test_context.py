"""What a claim takes from the claims around it: the item that "them" stands for."""

from __future__ import annotations

import pytest

from reading_help import span_of
from sayso.model import Category, Claim, Kind, Span
from sayso.reading.context import REACH, filled

BOATS = "Norway built six Kestrel boats"


def _items(text: str, *items: str) -> list[str]:
    claims = [Claim(Span(0, len(text)), Kind.TRANSFER, i, item_span=span_of(text, i)) for i in items]
    return [c.item for c in filled(claims)]


@pytest.mark.parametrize("words", ["them", "the latest deal", "Those contracts", "their use"])
def test_what_only_stands_for_an_item_is_the_one_named_before(words: str) -> None:
    assert _items(f"{BOATS}; Ghana got {words}.", "Kestrel boats", words) == ["Kestrel boats", "Kestrel boats"]


@pytest.mark.parametrize("words", ["those radars", "the boat deal", "arms deliveries"])
def test_what_names_an_arm_stays(words: str) -> None:
    assert _items(f"{BOATS}; Ghana got {words}.", "Kestrel boats", words)[1] == words


def test_one_after_another_goes_back_to_the_same_item() -> None:
    text = f"{BOATS}, Ghana got them and used some."
    assert _items(text, "Kestrel boats", "them", "some")[2] == "Kestrel boats"


def test_nothing_before_or_too_far_before_leaves_the_words() -> None:
    assert _items(f"Ghana wants them: {BOATS}.", "them", "Kestrel boats")[0] == "them"
    assert _items(f"{BOATS}. {'Rain fell. ' * (REACH // 10)}Ghana got them.", "Kestrel boats", "them")[1] == "them"


def test_the_type_comes_with_the_item_and_a_category_only_where_none_was_read() -> None:
    text = f"{BOATS}; Ghana got them and fired them."
    named = Claim(
        Span(0, len(text)), Kind.PRODUCTION, "Kestrel boats", item_span=span_of(text, "Kestrel boats"),
        designations=("Kestrel",), category=Category.SHIP,
    )  # fmt: skip
    bare = Claim(Span(0, len(text)), Kind.TRANSFER, "them", item_span=span_of(text, "them"))
    sorted_ = Claim(
        Span(0, len(text)), Kind.USE, "them", item_span=span_of(text, "them", 1), category=Category.AMMUNITION
    )
    _, got, fired = filled([named, bare, sorted_])
    assert (got.designations, got.category, got.item_span) == (("Kestrel",), Category.SHIP, named.item_span)
    assert (fired.designations, fired.category) == (("Kestrel",), Category.AMMUNITION)
