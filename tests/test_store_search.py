"""Full text: the same found on both databases, and no input an error."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.model import Claim, Document, Kind, Reading, Span
from sayso.store import Adding, Store, open_store
from sayso.store.text_search import Term, fold, snippet, terms
from store_help import READER, article, put

pytest_plugins = ("store_places",)

TEXTS = {
    "drones": ("Drones for Moscow", "Iran sent Shahed-136 drones. The drones, a newspaper said, came by sea."),
    "cafe": ("A café in Zürich", "The minister spoke of ŁÓDŹ and of Müller's 12 CAESAR howitzers."),
    "ships": ("Ships", "Two frigates were sold. Nothing was said of drones or of Moscow."),
    "greek": ("Αθήνα", "Η Ελλάδα έστειλε πυραύλους. Київ отримав ракети."),
}


def fill(t: Adding) -> dict[str, str]:
    """Puts the texts in; the key of each by its name."""
    keys = {}
    for name, (title, text) in TEXTS.items():
        document = Document(name, text, title=title)
        keys[name] = t.put_document(document, text.encode(), "text/plain").key
        first = Span(0, text.index("."))
        t.put_reading(keys[name], Reading(document, claims=(Claim(first, Kind.USE, "goods"),)), reader=READER)
    return keys


@pytest.fixture
def filled(store: Store) -> Store:
    with store.adding() as t:
        fill(t)
    return store


def names(store: Store, query: str, **options: int) -> list[str]:
    with store.looking() as look:
        return [look.document(hit.key).id for hit in look.search(query, **options)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("drones", ["drones", "ships"]),  # in the title and twice, before once
        ("DRONES moscow", ["drones", "ships"]),
        ("shahed-136", ["drones"]),
        ("136 shahed", ["drones"]),
        ('"136 shahed"', []),
        ('"Shahed 136 drones"', ["drones"]),
        ('"shahed 136 dro"*', ["drones"]),
        ("shah*", ["drones"]),
        ("shah", []),
        ("cafe ZURICH", ["cafe"]),
        ("café", ["cafe"]),
        ("lodz", []),  # Ł is a letter of its own, not an accent
        ("łódź muller", ["cafe"]),
        ("ΑΘΉΝΑ", ["greek"]),
        ("ΠΥΡΑΎΛΟΥΣ", ["greek"]),  # a final sigma is a sigma
        ("КИЇВ", ["greek"]),
        ("drones -ships", ["ships"]),  # a sign parts words, no more
        ("drones OR frigates", ["ships"]),  # which has an "or"
        ("drones NEAR frigates", []),
        ('frigates "', ["ships"]),
        ("", []),
        ("*", []),
        ('"" "!"', []),
        ("title:drones", []),
    ],
)
def test_words_phrases_and_beginnings(filled: Store, query: str, found: list[str]) -> None:
    assert names(filled, query) == found


def test_pages_of_results(filled: Store) -> None:
    assert names(filled, "drones", limit=1) == ["drones"]
    assert names(filled, "drones", limit=1, offset=1) == ["ships"]
    assert names(filled, "drones", offset=2) == []


def test_a_hit_shows_where(filled: Store) -> None:
    with filled.looking() as look:
        (hit,) = look.search("newspaper")
        (claim,) = look.search("shahed", within="claim")
        assert len(look.search("goods", within="claim", limit=10)) == 4
    assert (hit.title, hit.claim) == ("Drones for Moscow", None)
    assert [m.of(hit.snippet) for m in hit.marks] == ["newspaper"]
    assert claim.claim == f"{hit.key}.0"
    assert claim.snippet == "Iran sent Shahed-136 drones"


def test_the_index_follows_every_change(store: Store) -> None:
    with store.adding() as t:
        key = put(t)
        assert len(t.search("rockets", within="claim")) == 3
        reading, _ = article()
        t.put_reading(key, replace(reading, claims=reading.claims[:1]), reader=READER)
        assert len(t.search("rockets", within="claim")) == 1
        t.put_reading(key, "unreadable", reader=READER)
        assert t.search("rockets", within="claim") == []
        assert len(t.search("rockets")) == 1


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[list[Store]]:
    """The same texts on each database; only SQLite where there is no PostgreSQL."""
    places = [str(tmp_path_factory.mktemp("both") / "l.sayso")]
    with suppress(pytest.skip.Exception):
        places.append(request.getfixturevalue("server").new_schema())
    stores = [open_store(place, create=True) for place in places]
    for store in stores:
        with store.adding() as t:
            fill(t)
    yield stores
    for store in stores:
        store.close()


WORDS = ["drones", "Shahed", "136", "frig", "Łódź", "ελλάδα", "said", "of", "OR", "NOT", "NEAR", "AND"]
QUERIES = st.lists(
    st.sampled_from([*WORDS, '"', "*", "-", "(", ")", ":", "^", "'", "&", "|", "!", "<->", "\\", " ", "\x00", "+"])
    | st.text(st.characters(codec="utf-8"), max_size=4),
    max_size=10,
).map("".join)


def found(store: Store, query: str) -> set[str]:
    with store.looking() as look:
        return {hit.key for hit in look.search(query)}


@given(QUERIES)
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_query_is_an_error(both: list[Store], query: str) -> None:
    for store in both:
        found(store, query)


@given(st.lists(st.sampled_from(WORDS), max_size=4), st.sampled_from(["{}", '"{}"', '"{}"*', "{}*"]))
@settings(max_examples=100)
def test_both_databases_find_the_same(both: list[Store], words: list[str], form: str) -> None:
    if len(both) < 2:
        pytest.skip("no PostgreSQL to compare with")
    query = form.format(" ".join(words))
    assert found(both[0], query) == found(both[1], query)


def test_very_long_texts_are_indexed(store: Store) -> None:
    words = " ".join(f"w{i}" for i in range(150_000))  # 1 MB, no word twice
    with store.adding() as t:
        t.put_document(Document("long", words), b"long", "text/plain")
        t.put_document(Document("one", "x" * 1_000_000), b"one", "text/plain")
        assert len(t.search("w1 w30000")) == 1
        assert t.search("w" * 100_000) == []


@given(st.text(max_size=60), st.lists(st.sampled_from(["a", "b1", "é"]), min_size=1))
def test_marks_lie_in_the_snippet_and_on_the_words(text: str, words: list[str]) -> None:
    asked = [Term((fold(w),)) for w in words]
    piece, marks = snippet(text, asked)
    assert piece in text
    assert {fold(m.of(piece)) for m in marks} <= {fold(w) for w in words}


def test_a_snippet_begins_shortly_before_the_words() -> None:
    text = "filler " * 100 + "the tanks " + "filler " * 100
    piece, marks = snippet(text, terms("tanks"))
    assert len(piece) <= 240
    assert piece.startswith("filler ")
    assert [m.of(piece) for m in marks] == ["tanks"]


def test_queries_are_cut() -> None:
    assert terms('one "two three"* four* "five') == [
        Term(("one",)), Term(("two", "three"), True), Term(("four",), True), Term(("five",)),
    ]  # fmt: skip
    assert len(terms("a " * 100_000)) == 32
