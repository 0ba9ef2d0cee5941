"""FollowTheMoney: entities of the model's schemata, and by the real package where it is installed."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deal_help import CARS, DEALS, DOCUMENTS, DRONES, TOLDS
from sayso.export.formats import write
from sayso.export.ftm import article_id, event_id
from sayso.export.ftm import entities as entities_of
from sayso.export.ftm_entity import address, entity, language, schema_of
from sayso.export.walk import Notes, walk
from sayso.model import Claim, Deal, Document, Told, VoiceKind

# What we use of the model: by schema, the properties that it must have, and what may point where.
REQUIRED = {
    "Article": {"title"},
    "Event": {"name"},
    "UnknownLink": {"subject", "object"},
    "Documentation": {"document", "entity"},
    **{body: {"name"} for body in ("LegalEntity", "Company", "Organization", "PublicBody", "Person")},
}
BODIES = {"LegalEntity", "Company", "Organization", "PublicBody", "Person"}
POINTS = {
    "proof": {"Article"},
    "document": {"Article"},
    "entity": {"Event"},
    "involved": BODIES,
    "subject": BODIES,
    "object": BODIES | {"Event"},
}


def exported(out: Path) -> list[dict[str, Any]]:
    write("ftm", DEALS, TOLDS, DOCUMENTS, out)
    return [json.loads(line) for line in (out / "entities.ftm.json").read_text("utf-8").split("\n")[:-1]]


@pytest.fixture(scope="module")
def entities(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    return exported(tmp_path_factory.mktemp("ftm"))


def test_entities_are_whole_and_point_at_entities(entities: list[dict[str, Any]]) -> None:
    schema = {e["id"]: e["schema"] for e in entities}
    assert len(schema) == len(entities)
    for e in entities:
        assert REQUIRED[e["schema"]] <= set(e["properties"])
        for name, values in e["properties"].items():
            assert values
            assert all(isinstance(v, str) and v == v.strip() and v for v in values)
            if name in POINTS:
                assert {schema[v] for v in values} <= POINTS[name], (e["schema"], name)


def test_what_goes_where(entities: list[dict[str, Any]]) -> None:
    of = {e["id"]: e for e in entities}
    count = Counter(e["schema"] for e in entities)
    assert count["Article"] == len(DOCUMENTS) + 1
    assert count["Event"] == len(DEALS)
    claims = sum(key in TOLDS for d in DEALS for key in d.claims)
    assert count["Documentation"] == claims + sum(len(d.witnesses) for d in DEALS)
    event = of[event_id(DRONES)]["properties"]
    assert event["startDate"] == ["2031-05-01"]
    assert event["country"] == ["no", "pt"]
    assert {of[i]["properties"]["name"][0] for i in event["involved"]} == {"Halden Dynamics", "Portugal"}
    assert set(event["proof"]) == {article_id(w.document) for w in DRONES.witnesses}
    link = next(e for e in entities if e["properties"].get("recordId") == [DRONES.id] and e["schema"] == "UnknownLink")
    assert of[link["properties"]["object"][0]]["schema"] == "PublicBody"  # the state
    assert of[link["properties"]["object"][0]]["properties"]["country"] == ["pt"]
    assert set(link["properties"]["proof"]) == set(event["proof"])


def test_every_quotation_has_its_article_as_proof(entities: list[dict[str, Any]]) -> None:
    quoted = {e["properties"]["recordId"][0]: e["properties"] for e in entities if "claim: " in str(e["properties"])}
    for key in (k for d in DEALS for k in d.claims if k in TOLDS):
        assert quoted[key]["summary"] == [TOLDS[key].quote]
        assert quoted[key]["proof"] == [article_id(TOLDS[key].document)]


def test_unnamed_voices_are_no_entities(entities: list[dict[str, Any]]) -> None:
    names = {n for e in entities if e["schema"] in BODIES for n in e["properties"]["name"]}
    assert "Ana Soto" in names
    assert "people close to the talks" not in names
    assert "people close to the talks (anonymous)" in json.dumps(entities)


def test_ids_do_not_hang_on_the_order(tmp_path: Path) -> None:
    forward = {e["id"] for e in exported(tmp_path)}
    write("ftm", reversed(DEALS), dict(reversed(TOLDS.items())), DOCUMENTS, tmp_path)
    lines = (tmp_path / "entities.ftm.json").read_text("utf-8").split("\n")[:-1]
    assert {json.loads(line)["id"] for line in lines} == forward


def test_schemata_of_names() -> None:
    assert schema_of("Portugal") == "PublicBody"
    assert schema_of("central  intelligence agency") == "PublicBody"
    assert schema_of("NATO") == "Organization"
    assert schema_of("Halden Dynamics") == "LegalEntity"
    assert schema_of("anyone", VoiceKind.NAMED_PERSON) == "Person"
    assert schema_of("anyone", VoiceKind.OUTLET) == "Organization"


def test_what_does_not_fit_is_told(tmp_path: Path) -> None:
    notes = Notes()
    cut = entity("Event", "x", notes, name=["a" * 400], summary=["b" * 400])["properties"]
    assert isinstance(cut, dict)
    assert cut == {"name": ["a" * 384], "summary": ["b" * 400]}
    assert notes["values longer than FollowTheMoney's name may be, which are cut"] == 1
    assert entity("Event", "x", notes, name=["a\x00b "])["properties"] == {"name": ["a b"]}
    assert notes["values with control characters, which are blanks"] == 1
    assert address("javascript:alert(1)", notes) is None
    assert address("http://[", notes) is None
    assert address("http://a.example", notes) == "http://a.example/"
    assert language("en", notes) == "eng"
    assert language("tlh", notes) is None
    assert notes["addresses that are not of the web"] == 2
    told = write("ftm", [replace(CARS, recipient="", recipient_countries=())], TOLDS, DOCUMENTS, tmp_path)
    assert "deals with a side that is not known, which have no link: 1" in told


@given(st.from_type(Deal), st.from_type(Claim), st.text())
def test_any_deal_makes_whole_entities(deal: Deal, claim: Claim, quote: str) -> None:
    deal = replace(deal, claims=("k.0",))
    told = Told("k.0", "k", None, None, claim, quote)
    (part,) = walk([deal], {"k.0": told}, {}, Notes())
    made = list(entities_of(part, Notes()))
    named = {str(e["id"]) for e in made}
    for e in made:
        properties = e["properties"]
        assert isinstance(properties, dict)
        assert REQUIRED[str(e["schema"])] <= set(properties)
        for name in POINTS.keys() & properties.keys() - {"proof", "document"}:
            values = properties[name]
            assert isinstance(values, list)
            assert set(map(str, values)) <= named


@pytest.mark.filterwarnings("ignore")
def test_the_real_model_takes_every_value(tmp_path: Path) -> None:
    ftm = pytest.importorskip(
        "followthemoney", reason="followthemoney is not installed (it needs the headers of libicu to build)"
    )
    long = {key: replace(d, title="t" * 2000, language="de") for key, d in DOCUMENTS.items()}
    long["cccccccccccc"] = Document("c", DOCUMENTS["cccccccccccc"].text, url="javascript:x", author=" A\nB ")
    write("ftm", DEALS, TOLDS, long, tmp_path)
    lines = (tmp_path / "entities.ftm.json").read_text("utf-8").split("\n")[:-1]
    assert len(lines) > 20
    for line in lines:
        data = json.loads(line)
        proxy = ftm.model.get_proxy(data, cleaned=False)  # every value is checked and normalised
        proxy.schema.validate(data)
        kept = proxy.to_dict()["properties"]
        assert {k: sorted(map(str.casefold, v)) for k, v in kept.items()} == {
            k: sorted(map(str.casefold, v)) for k, v in data["properties"].items()
        }
        assert set(proxy.schema.required) <= set(kept)
        for name, values in data["properties"].items():
            most = proxy.schema.get(name).max_length
            assert all(len(v) <= most for v in values), name
        assert proxy.caption
