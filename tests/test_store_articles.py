"""Documents, outlets and words as a reader asks for them, on both databases."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from sayso.errors import InputError
from sayso.model import VoiceKind
from sayso.store import Store, outlet_queries, search_queries
from sayso.store.article_queries import (
    ArticlesWanted,
    archived,
    claim_deals,
    count_articles,
    languages,
    likeness,
    list_articles,
)
from sayso.store.search_queries import Searched
from sayso.store.text_search import Within
from store_help import article, put

pytest_plugins = ("store_places",)
MANY = 20


@pytest.fixture
def keys(store: Store) -> list[str]:
    with store.adding() as t:
        found = [put(t, n) for n in range(MANY)]
        t.set_group("g", found[:3])
        t.put_pair(found[0], found[1], {"score": 0.9})
    return found


@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        (ArticlesWanted(), range(MANY)),
        (ArticlesWanted(outlet="Outlet 3"), (3, 10, 17)),
        (ArticlesWanted(language="en", state="read", group="g"), (0, 1, 2)),
        (ArticlesWanted(state="unread"), ()),
        (ArticlesWanted(text="storm-7"), (7,)),
        (ArticlesWanted(text="storm report", published_to=dt.date(2023, 1, 2)), (0, 1)),
        (ArticlesWanted(text="..."), ()),
    ],
)
def test_documents_are_listed_and_counted(
    store: Store, keys: list[str], wanted: ArticlesWanted, fits: tuple[int, ...]
) -> None:
    with store.looking() as look:
        newest = [keys[n] for n in sorted(fits, reverse=True)]
        assert [row.key for row in list_articles(look, wanted)] == newest
        assert [row.key for row in list_articles(look, wanted, sort="oldest")] == newest[::-1]
        assert [row.key for row in list_articles(look, wanted, limit=2, offset=1)] == newest[1:3]
        assert count_articles(look, wanted) == len(newest)
        if wanted != ArticlesWanted():
            assert count_articles(look, wanted, most=2) == min(2, len(newest))


def test_undated_documents_come_last(store: Store, keys: list[str]) -> None:
    with store.adding() as t:
        made, raw = article(50)
        undated = t.put_document(type(made.document)("x", "An undated text."), raw, "text/plain").key
        assert [row.key for row in list_articles(t)][-1] == undated
        assert [row.key for row in list_articles(t, sort="oldest")][-1] == undated
        assert list_articles(t, sort="added")[0].state == "awaiting"


def test_what_hangs_on_a_document(store: Store, keys: list[str]) -> None:
    with store.looking() as look:
        assert archived(look, keys[0]) == ("text/plain", len(article(0)[1]))
        assert likeness(look, keys[0]) == {keys[1]: 0.9}
        assert likeness(look, keys[1]) == {keys[0]: 0.9}
        assert claim_deals(look, keys[0]) == {}
        assert languages(look) == [("en", MANY)]
        with pytest.raises(InputError, match="no document 'x'"):
            archived(look, "x")


def test_outlets_and_voices_are_counted(store: Store, keys: list[str]) -> None:
    with store.looking() as look:
        outlets = outlet_queries.outlet_counts(look)
        assert [(o.name, o.documents, o.claims) for o in outlets[:2]] == [("Outlet 0", 3, 9), ("Outlet 1", 3, 9)]
        assert sum(o.documents for o in outlets) == MANY
        assert outlet_queries.voice_counts(look) == []  # an outlet and unnamed ones
        assert outlet_queries.printed_with(look, ["Outlet 0"]) == [("Outlet 1", 1), ("Outlet 2", 1)]
        assert sum(n for _, n in outlet_queries.named_as_origin(look, ["The Courier"])) == MANY
        assert outlet_queries.reaction_counts(look, "Iran") == {"denied": 4}
        assert outlet_queries.reactions_of(look, "Iran", limit=1)[0].document == keys[15]
        assert outlet_queries.deals_with(look, ["Outlet 0", "The Courier", "—", ""]) == []
        assert VoiceKind.ANONYMOUS.value == "anonymous"


@pytest.mark.parametrize(("within", "one"), [("document", 1), ("claim", 3)])
def test_words_are_found_narrowed_and_counted(store: Store, keys: list[str], within: Within, one: int) -> None:
    with store.looking() as look:
        everything = Searched("rockets", within)
        hits = search_queries.best(look, everything, limit=100)
        assert {hit.key for hit in hits} == set(keys)
        assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)
        total = search_queries.found(look, everything)
        assert total.total == MANY * one
        for name, values in total.facets.items():
            value, count = values[0]
            narrowed = Searched("rockets", within, ((name, value),))
            assert search_queries.found(look, narrowed).total == count
            assert len(search_queries.best(look, narrowed, limit=100)) == count
        later = Searched("rockets", within, said_from=dt.date(2023, 1, 19), said_to=dt.date(2023, 1, 19))
        assert {hit.key for hit in search_queries.best(look, later, limit=100)} == {keys[18]}
        (hit, *_) = search_queries.best(look, Searched("storm-7", within), limit=100)
        assert (hit.key, hit.claim is None) == (keys[7], within == "document")
        assert {m.of(hit.snippet) for m in hit.marks} == {"Storm", "7"}
        assert search_queries.best(look, Searched("?", within), limit=9) == []
    with store.looking() as look:
        assert search_queries.word_counts(look, "storm-7 zebra stor*") == [
            ("storm 7", 1),
            ("zebra", 0),
            ("stor*", MANY),
        ]


def test_the_list_is_read_from_an_index(tmp_path: object) -> None:
    """The newest page of a long list is a walk along an index, not a sort of all documents."""
    from sayso.store import open_store

    with open_store(f"{tmp_path}/l.sayso", create=True) as store, store.looking() as look:
        for order in ("published DESC, row DESC", "published DESC NULLS LAST, row DESC"):
            query = f"EXPLAIN QUERY PLAN SELECT row FROM document ORDER BY {order} LIMIT 50"
            plan = " ".join(str(row) for row in look.connection.execute(sa.text(query)))
            assert "ix_document_published" in plan
            assert "TEMP B-TREE" not in plan
