"""The workbench's outlets and voices."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from article_help import *  # noqa: F403
from article_help import EXTRA, SCRIPT, page_of
from sayso.model import Deal, Root
from sayso.web.outlet_account import Account, account
from web_help import KEYS, STORY

DRONES = STORY[0]


def of(name: str, *deals: Deal) -> Account:
    return account(deals, lambda other: other == name)


# ---- the account --------------------------------------------------------------------------------


def test_an_outlet_that_originates() -> None:
    found = of("Der Hafenbote", *STORY)
    assert (found.deals, found.originates, found.first_hand, found.retold, found.unknown) == (1, 1, 1, 0, 0)
    (shown,) = found.shown
    assert (shown.documents, shown.own) == (3, 1)
    assert [(s.name, s.tellings, s.drifted) for s in found.retold_by] == [("Meridian Wire", 1, 1)]


def test_an_outlet_that_retells_and_changes() -> None:
    found = of("Meridian Wire", *STORY)
    assert (found.originates, found.first_hand, found.retold) == (0, 0, 1)
    assert [(s.name, s.tellings, s.drifted) for s in found.retells] == [("Der Hafenbote", 1, 1)]
    assert dict(found.slots) == {"quantity": 1, "basis": 1}
    assert [d.drift.slot for d in found.drifts] == ["quantity", "basis"]


def test_what_has_no_known_origin_is_unknown() -> None:
    found = of("Zeitblick Ost", *STORY)
    assert (found.unknown, found.retells, found.first_hand) == (1, (), 0)


def test_an_origin_whose_own_report_is_missing() -> None:
    deal = replace(DRONES, roots=(Root("The Weekly", "3 outlets -> The Weekly", ("a", "b", "c")),))
    (shown,) = of("The Weekly", deal).shown
    assert (shown.documents, shown.own) == (3, 0)


def test_a_deal_found_by_words_alone_does_not_count() -> None:
    assert of("Hafenbote Der", *STORY) == Account()


@given(
    st.lists(st.sampled_from(STORY), max_size=6), st.sampled_from(["Der Hafenbote", "Meridian Wire", "Ana Soto", "x"])
)
def test_every_telling_is_counted_once(deals: list[Deal], name: str) -> None:
    found = of(name, *deals)
    own = sum(w.outlet == name for d in deals for w in d.witnesses)
    assert found.first_hand + found.retold + found.unknown == own
    assert sum(s.tellings for s in found.nearest) == found.retold
    assert all(0 <= s.drifted <= s.tellings for s in (*found.retells, *found.nearest, *found.retold_by))


# ---- the list -----------------------------------------------------------------------------------


def test_outlets_are_listed_under_one_name(reader: TestClient) -> None:
    lines = []
    for page in "123":
        lines += reader.get("/outlets.json", params={"page": page}).json()["lines"]
    found = {o["name"]: o for o in lines}
    assert {"Abendecho", "Meridian Wire", "Kestrel Daily"} <= set(found)
    assert found["Abendecho"]["documents"] == 2
    assert found["Meridian Wire"]["claims"] == 1
    assert found["Der Hafenbote"]["deals"] == 1


def test_outlets_are_found_by_a_part_of_their_name(reader: TestClient) -> None:
    view = reader.get("/outlets.json", params={"q": "HAFEN"}).json()
    assert {o["name"] for o in view["lines"]} == {"Der Hafenbote", "the Hafenbote"}
    assert "No name has this in it" in reader.get("/outlets?q=zebra").text


def test_voices_are_listed_without_outlets_and_the_unnamed(reader: TestClient) -> None:
    lines = [o for p in "12" for o in reader.get("/outlets.json", params={"list": "voices", "page": p}).json()["lines"]]
    assert {(o["name"], o["kind"]) for o in lines} == {
        ("Ana Soto", "named person"), ("the army", "organisation"), (f"ministry {SCRIPT}", "organisation"),
    }  # fmt: skip


# ---- the page -----------------------------------------------------------------------------------


def test_an_outlets_page(reader: TestClient) -> None:
    view = reader.get("/outlets/Der%20Hafenbote.json").json()
    assert (view["documents"], view["claims"], view["account"]["originates"]) == (1, 2, 1)
    assert view["printed_with"] == [{"name": "Abendecho", "documents": 1, "address": "/outlets/Abendecho"}]
    assert view["cited_by"] == [{"name": "Meridian Wire", "documents": 1, "address": "/outlets/Meridian%20Wire"}]
    assert [line["article"]["key"] for line in view["articles"]] == [KEYS["Der Hafenbote"]]
    page = page_of(reader.get("/outlets/Der%20Hafenbote").text)
    assert "What it originates" in page.shown
    assert len(page.all("rect")) == 2  # both ends of one band
    assert {"/outlets/Meridian%20Wire", f"/deals/{DRONES.id}"} <= {a["href"] for a in page.all("a")}


def test_a_retelling_outlets_page(reader: TestClient) -> None:
    page = page_of(reader.get("/outlets/Meridian%20Wire").text)
    assert "What it retells" in page.shown
    assert "1 (100%)" in page.shown
    assert f"/articles/{KEYS['Meridian Wire']}#c-0" in {a["href"] for a in page.all("a")}
    assert "60 to 80" in page.shown


def test_a_voices_page(reader: TestClient) -> None:
    view = reader.get("/outlets/Ana%20Soto.json").json()
    assert view["documents"] == 0
    (claim,) = view["as_voice"]["shown"]
    assert claim["address"] == f"/articles/{KEYS['Kestrel Daily']}#c-0"
    assert claim["deal_address"] == f"/deals/{STORY[1].id}"
    assert [c["name"] for c in view["as_voice"]["carriers"]] == ["Kestrel Daily"]
    denied = reader.get("/outlets/the%20army.json").json()["as_voice"]
    assert (denied["claims"], denied["denied"]) == (1, 1)


def test_a_partys_page(reader: TestClient) -> None:
    view = reader.get("/outlets/" + quote("The Portuguese defence ministry") + ".json").json()
    assert view["as_party"]["counts"] == [["denied", 1]]
    (answer,) = view["as_party"]["shown"]
    assert answer["address"] == f"/articles/{KEYS['Der Hafenbote']}#r-0"
    assert "broader than the allegation" in answer["words"]


@pytest.mark.parametrize("suffix", ["", ".json"])
def test_a_name_may_hold_anything(reader: TestClient, suffix: str) -> None:
    name = f"Zeit\"'/>Post {SCRIPT}"
    found = reader.get(f"/outlets/{quote(name, safe='')}{suffix}")
    assert found.status_code == 200
    if suffix:
        assert found.json()["name"] == name
        assert [line["article"]["key"] for line in found.json()["articles"]] == [EXTRA["hostile"]]
    else:
        page = page_of(found.text)
        assert name in page.shown
        assert any(a["href"] == f"/outlets/{quote(name, safe='')}.json" for a in page.all("a"))


@pytest.mark.parametrize("name", ["nobody", "%00", "%E2%80%AE", "..%2F..%2Fetc", "%22", "a" * 3_000])
def test_an_unknown_name_is_not_there(reader: TestClient, name: str) -> None:
    assert reader.get(f"/outlets/{name}").status_code == 404
