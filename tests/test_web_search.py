"""The workbench's search."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from article_help import *  # noqa: F403
from article_help import EXTRA, SCRIPT, page_of
from sayso.export.words import visible
from sayso.model import Span
from sayso.store import Hit
from sayso.web.search_view import _one_line, _runs
from web_help import KEYS


def found(reader: TestClient, **asked: str) -> set[str]:
    """The keys on all pages."""
    keys: set[str] = set()
    last = 1
    page = 1
    while page <= last:
        view = reader.get("/search.json", params={**asked, "page": str(page)}).json()
        keys |= {hit["key"] for hit in view["hits"]}
        last = view["pages"]["last"]
        page += 1
    return keys


def test_articles_are_found_by_their_words(reader: TestClient) -> None:
    assert found(reader, q="drones") == {*list(KEYS.values())[:2], EXTRA["copy"], EXTRA["month"]}
    assert found(reader, q='"drones in may"') == {KEYS["Meridian Wire"]}
    assert found(reader, q="drohn*") == {EXTRA["unread"]}


def test_claims_are_found_where_they_stand(reader: TestClient) -> None:
    view = reader.get("/search.json", params={"q": "armoured cars", "within": "claim"}).json()
    (hit,) = view["hits"]
    assert hit["key"] == f"{KEYS['Kestrel Daily']}.0"
    assert hit["address"] == f"/articles/{KEYS['Kestrel Daily']}#c-0"
    assert hit["title"].startswith("=Chile")
    assert [(t["label"], t["total"], t["here"]) for t in view["tabs"]] == [("Articles", 1, False), ("Claims", 1, True)]


def test_what_was_found_is_marked(reader: TestClient) -> None:
    page = reader.get("/search", params={"q": "minister kenya"}).text
    assert "<mark>minister</mark>" in page
    assert "<mark>Kenya</mark>" in page


@pytest.mark.parametrize(
    ("asked", "fits"),
    [
        ({"outlet": "Abendecho"}, {"copy"}),
        ({"year": "2029"}, {"month"}),
        ({"said_from": "2031-02-05"}, {"copy"}),
        ({"language": "de"}, set()),
        ({"outlet": "Abendecho", "kind": "transfer"}, {"copy"}),  # kinds are of claims
    ],
)
def test_facets_narrow(reader: TestClient, asked: dict[str, str], fits: set[str]) -> None:
    assert found(reader, q="drones", **asked) == {EXTRA[name] for name in fits}


def test_facets_count_what_they_would_give(reader: TestClient) -> None:
    for within in ("document", "claim"):
        view = reader.get("/search.json", params={"q": "drones", "within": within}).json()
        values = [(facet, v) for facet in view["facets"] for v in facet["values"]]
        assert values
        for facet, v in values:
            assert not v["chosen"]
            narrowed = reader.get(v["address"], headers={"accept": "application/json"}).json()
            assert narrowed["pages"]["total"] == v["count"]
            chosen = next(f for f in narrowed["facets"] if f["name"] == facet["name"])["values"]
            assert [c["value"] for c in chosen if c["chosen"]] == [v["value"]]


def test_an_outlets_name_leads_to_the_outlet(reader: TestClient) -> None:
    page = page_of(reader.get("/search", params={"q": "meridian wire"}).text)
    assert "/outlets/Meridian%20Wire" in {a["href"] for a in page.all("a")}


def test_nothing_found_tells_which_word_is_missing(reader: TestClient) -> None:
    view = reader.get("/search.json", params={"q": 'drones zebra "armoured cars"'}).json()
    assert [(w["words"], w["documents"]) for w in view["found_apart"]] == [
        ("drones", 4), ("zebra", 0), ("armoured cars", 1),
    ]  # fmt: skip
    again = reader.get(view["found_apart"][2]["address"], headers={"accept": "application/json"}).json()
    assert again["pages"]["total"] == 1


def test_the_empty_search_says_what_can_be_written(reader: TestClient) -> None:
    assert "What are you looking for?" in reader.get("/search").text
    assert "There is no letter or digit in this" in reader.get("/search?q=%22%2A%22").text


@pytest.mark.parametrize("asked", ["kind=gift", "within=deal", "year=12", "year=99999", "said_to=x", "page=-1"])
def test_a_wrong_question_is_told(reader: TestClient, asked: str) -> None:
    assert reader.get(f"/search?q=a&{asked}").status_code == 422


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60), st.sampled_from(["document", "claim"]))
def test_any_words_may_be_searched_for(reader: TestClient, q: str, within: str) -> None:
    for address in ("/search", "/search.json"):
        assert reader.get(address, params={"q": q.encode("utf-8", "replace"), "within": within}).status_code == 200


@given(st.text(max_size=80), st.lists(st.integers(0, 80), max_size=6, unique=True))
def test_a_snippets_pieces_are_its_words(text: str, cuts: list[int]) -> None:
    edges = sorted(c for c in cuts if c <= len(text))
    marks = tuple(Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False) if a < b)
    runs = _runs(Hit("k", None, None, None, None, 1.0, text, marks))
    assert visible("".join(run for run, _ in runs)) == visible(text)
    assert [run for run, marked in runs if marked and run.strip()] == [
        shown for m in marks if (shown := _one_line(m.of(text))).strip()
    ]
    assert not any(c in run for run, _ in runs for c in "\u202e\n\x07")


def test_scripts_in_snippets_are_text(reader: TestClient) -> None:
    page = reader.get("/search", params={"q": "alert sayso"}).text
    assert SCRIPT not in page
    assert "&lt;script&gt;" in page
