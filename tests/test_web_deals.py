"""The list of deals, a deal, and their downloads."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from sayso.store import open_store
from sayso.web import Settings, create_app, visits
from sayso.web.deal_filter import Asked
from web_help import *  # noqa: F403 - fixtures
from web_help import HOST, KEYS, STORY

DRONES, CARS = STORY


def _csrf(html: str) -> str:
    found = re.search(r'name="csrf" content="([^"]*)"', html)
    return found[1] if found else ""


# ---- the list -------------------------------------------------------------------------------------


def _listed(client: TestClient, query: str) -> list[str]:
    return [line["deal"]["item"] for line in client.get(f"/deals.json?{query}").json()["lines"]]


BOTH = [CARS.item, DRONES.item]  # the latest said first


@pytest.mark.parametrize(
    ("query", "items"),
    [
        ("", BOTH),
        ("supplier=NO", [DRONES.item]),
        ("supplier=NO&supplier=CL", BOTH),
        ("supplier=NO&recipient=KE", []),
        ("category=armoured_vehicle", [CARS.item]),
        ("stage=done&kind=transfer", [CARS.item]),
        ("standing=partly-denied", [DRONES.item]),
        ("origins=2", [CARS.item]),
        ("outlet=Zeitblick+Ost", [DRONES.item]),
        ("q=tern", [DRONES.item]),
        ("q=PORTU*", [DRONES.item]),
        ("q=tern+kenya", []),
        ("q=%22%27%29%3B--", BOTH),
        ("said_from=2031-02-05", [CARS.item]),
        ("said_to=2031-02-05", [DRONES.item]),
        ("said_from=&said_to=&when_from=", BOTH),
        ("when_from=2031-05-31&when_to=2031-06-30", [DRONES.item]),
        ("when_from=2031-06-01", []),
        ("sort=item", [DRONES.item, CARS.item]),
        ("sort=-item", BOTH),
        ("sort=-outlets", [DRONES.item, CARS.item]),
        ("page=99", BOTH),
    ],
)
def test_the_filter(client: TestClient, query: str, items: list[str]) -> None:
    assert _listed(client, query) == items


def test_facets_count_what_more_could_be_chosen(client: TestClient) -> None:
    found = client.get("/deals.json?supplier=NO").json()
    counted = {f["name"]: {v["value"]: v["count"] for v in f["values"]} for f in found["facets"]}
    assert counted["supplier"] == {"CL": 1, "NO": 1}  # its own choice is not counted in
    assert counted["recipient"] == {"PT": 1}
    assert counted["standing"] == {"partly-denied": 1, "single-origin": 1}
    chosen = [v for f in found["facets"] for v in f["values"] if v["chosen"]]
    assert [(v["label"], v["address"]) for v in chosen] == [("Norway", "/deals")]
    assert found["total"] == 1
    assert found["ledger"] == 2


def test_facets_link_to_what_they_count(client: TestClient) -> None:
    for facet in client.get("/deals.json").json()["facets"]:
        for value in facet["values"]:
            base, _, query = value["address"].partition("?")
            assert client.get(f"{base}.json?{query}").json()["total"] == value["count"], value


def test_pages_of_the_list(ledger: Path) -> None:
    with TestClient(create_app(ledger, Settings(page_size=1)), base_url=HOST) as client:
        first = client.get("/deals.json").json()["pages"]
        assert (first["number"], first["last"], first["previous"]) == (1, 2, "")
        assert 'rel="next"' in client.get("/deals").text
        assert _listed(client, first["next"].partition("?")[2]) == [DRONES.item]


def test_an_empty_ledger_and_an_empty_result_say_what_to_do(client: TestClient, tmp_path: Path) -> None:
    assert "No deal fits" in client.get("/deals?q=nowhere").text
    open_store(tmp_path / "empty.sayso", create=True).close()
    with TestClient(create_app(tmp_path / "empty.sayso"), base_url=HOST) as fresh:
        assert "No deals yet" in fresh.get("/deals").text
        assert fresh.get("/deals.csv").text.count("\n") == 1


def test_csv_and_json_lines_hold_what_fits(client: TestClient) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/deals.csv?supplier=CL").text)))
    assert [r["item"] for r in rows] == [CARS.item]
    assert rows[0]["supplier"] == "'+Chile; the army\\navy"  # no formula
    lines = [json.loads(line) for line in client.get("/deals.jsonl?sort=item").text.splitlines()]
    assert [line["id"] for line in lines] == [DRONES.id, CARS.id]


def test_the_list_follows_the_ledger(client: TestClient, ledger: Path) -> None:
    assert len(_listed(client, "")) == 2
    with open_store(ledger) as store, store.adding() as t:
        t.drop_deals([CARS.id])
    assert _listed(client, "") == [DRONES.item]


def test_new_since_the_last_visit(client: TestClient, ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "new since" not in client.get("/deals").text  # the first visit: nothing is new
    with open_store(ledger) as store, store.adding() as t:
        old = t.document(KEYS["Kestrel Daily"])
        put = t.put_document(replace(old, id="later", outlet="Fjordposten"), old.text.encode(), "text/plain")
        reading = next(t.readings([KEYS["Kestrel Daily"]]))[1]
        later = replace(reading, document=replace(reading.document, id="later", outlet="Fjordposten"))
        keys = t.put_reading(put.key, later, reader="test 1")
        t.put_deals([replace(CARS, claims=(*CARS.claims, keys[0]))])
    now = time.time()
    monkeypatch.setattr("sayso.web.visits.time.time", lambda: now + visits.PAUSE + 60)
    assert "new since your last visit (1)" in client.get("/deals").text
    assert '<span class="new">new</span>' in client.get("/deals").text  # the same visit still
    assert _listed(client, "new=1") == [CARS.item]
    assert client.get("/deals.csv?new=1").text.count("\n") == 2
    monkeypatch.setattr("sayso.web.visits.time.time", lambda: now + 3 * visits.PAUSE)
    assert _listed(client, "new=1") == []


def test_views_are_saved_and_forgotten(client: TestClient) -> None:
    token = _csrf(client.get("/deals").text)
    sent = {"name": "Närheten & <b>", "query": "stage=done&q=a+b", "csrf": token}
    kept = client.post("/deals/views", data=sent, follow_redirects=False)
    assert kept.status_code == 303
    assert kept.headers["location"] == "/deals?stage=done&q=a+b"
    page = client.get("/deals").text
    assert "Närheten &amp; &lt;b&gt;" in page
    assert 'href="/deals?stage=done&amp;q=a+b"' in page
    client.post("/deals/views/forget", data={"name": sent["name"], "csrf": token})
    assert "Närheten" not in client.get("/deals").text


@pytest.mark.parametrize("value", ["", "!!", "bm90IGpzb24=", "W1sxXV0=", "eyJhIjoxfQ=="])
def test_a_foreign_cookie_is_no_views(client: TestClient, value: str) -> None:
    client.cookies.set("sayso_views", value)
    client.cookies.set("sayso_visit", value)
    assert client.get("/deals").status_code == 200


def test_addresses_toggle() -> None:
    asked = Asked((("stage", ("done",)),), q="a b", page=3)
    assert asked.toggled("stage", "done") == "/deals?q=a+b"
    assert asked.toggled("stage", "agreed") == "/deals?q=a+b&stage=done&stage=agreed"
    assert asked.sorted_by("item") == "/deals?q=a+b&stage=done&sort=-item"


# ---- the deal -------------------------------------------------------------------------------------


def test_a_deal_says_what_is_claimed_and_how_it_stands(client: TestClient) -> None:
    html = client.get(f"/deals/{DRONES.id}").text
    assert "Transfer of 60 Tern-4 drones from Halden Dynamics to Portugal: agreed, to happen in May 2031" in html
    assert "single origin" in html
    assert "partly denied" in html
    assert f'<a href="/articles/{KEYS["Der Hafenbote"]}">Der Hafenbote</a>' in html  # a key, as a name
    assert "broader than the allegation" in html


def test_every_sentence_is_one_click_from_its_place(client: TestClient) -> None:
    found = client.get(f"/deals/{DRONES.id}.json").json()
    sentences = [s for e in found["evidence"] for s in e["sentences"]]
    assert [s["claim"] for s in sentences] == list(DRONES.claims)
    html = client.get(f"/deals/{DRONES.id}").text
    for s in sentences:
        document, _, n = s["claim"].rpartition(".")
        assert f'href="/articles/{document}#c-{n}"' in html
    assert f'href="/articles/{KEYS["Der Hafenbote"]}#r-0"' in html  # the response


def test_claims_that_are_gone_are_told(client: TestClient) -> None:
    assert "1 claim of this deal no longer" not in client.get(f"/deals/{DRONES.id}").text
    html = client.get(f"/deals/{CARS.id}").text
    assert "origins differ" in html
    assert "quantity: Ana Soto 40" in html


def test_the_dossier_has_every_source_with_its_digest(client: TestClient) -> None:
    found = client.get(f"/deals/{DRONES.id}/dossier.json").json()
    html = client.get(f"/deals/{DRONES.id}/dossier").text
    assert {s["key"] for s in found["sources"]} == {KEYS["Der Hafenbote"], KEYS["Meridian Wire"]}
    for source in found["sources"]:
        assert source["sha256"] in html
        assert source["url"].replace("&", "&amp;") in html


@pytest.mark.parametrize("name", ["tree", "timeline"])
def test_pictures_stand_alone(client: TestClient, name: str) -> None:
    found = client.get(f"/deals/{DRONES.id}/{name}.svg")
    assert found.headers["content-type"] == "image/svg+xml"
    picture = ElementTree.fromstring(found.content)
    assert picture.tag == "{http://www.w3.org/2000/svg}svg"
    assert not [e for e in picture.iter() if "style" in e.attrib or e.tag.endswith(("}script", "}style"))]
    assert "Der Hafenbote" in "".join(picture.itertext())


# ---- older ledgers ---------------------------------------------------------------------------------


def test_a_ledger_of_the_first_form_is_brought_up(client: TestClient, ledger: Path) -> None:
    with closing(sqlite3.connect(ledger)) as old, old:
        old.executescript(
            "DROP TABLE deal_facet; DROP INDEX ix_deal_list; UPDATE alembic_version SET version_num = '0001'"
        )
    with TestClient(create_app(ledger), base_url=HOST) as fresh:
        assert fresh.get("/deals.json").json()["facets"] == client.get("/deals.json").json()["facets"]
