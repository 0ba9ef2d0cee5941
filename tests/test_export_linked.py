"""JSON-LD exports: what they say, and that a real processor expands them without a network."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from deal_help import DEALS, DOCUMENTS, DRONES, TOLDS, UNREAD
from sayso.errors import InputError, SpanError
from sayso.export import annotation
from sayso.export.formats import write
from sayso.export.linked import agent, source, urn
from sayso.export.schema_org import first_document
from sayso.model import Document, Span, Told, Voice, VoiceKind

Json = dict[str, Any]
FILES = {"web-annotation": "annotations.jsonld", "schema-org": "claims.jsonld", "prov": "provenance.jsonld"}
OA, PROV, SCHEMA = "http://www.w3.org/ns/oa#", "http://www.w3.org/ns/prov#", "https://schema.org/"


def exported(format: str, out: Path, documents: Mapping[str, Document] = DOCUMENTS) -> Json:
    write(format, DEALS, TOLDS, documents, out)
    found: Json = json.loads((out / FILES[format]).read_text("utf-8"))
    return found


# Properties of schema.org that Claim, NewsArticle, Person, Organization and Product have.
OF_SCHEMA_ORG = set(
    """about appearance author creditText datePublished firstAppearance headline identifier inLanguage isBasedOn
    isPartOf keywords name publisher temporalCoverage text url""".split()
)

# ---- annotations --------------------------------------------------------------------------------


def test_annotations_select_their_words(tmp_path: Path) -> None:
    page = exported("web-annotation", tmp_path)
    assert page["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert page["type"] == "AnnotationPage"
    by_source = {source(key, d): d for key, d in DOCUMENTS.items()}
    answers = sum(len(w.answers) for d in DEALS for w in d.witnesses)
    assert len(page["items"]) == len(TOLDS) + answers
    for item in page["items"]:
        target = item["target"]
        document = by_source[target["source"]]
        quote, position = target["selector"]
        text, start, end = document.text, position["start"], position["end"]
        assert text[start:end] == quote["exact"]
        beside = quote.get("prefix", ""), quote.get("suffix", "")
        assert text[start - len(beside[0]) : end + len(beside[1])] == beside[0] + quote["exact"] + beside[1]
        assert len(beside[0]) == min(annotation.BESIDE, start)
        assert len(beside[1]) == min(annotation.BESIDE, len(text) - end)
        assert target["archived"] == f"urn:sha256:{document.sha256}"


def test_positions_count_code_points(tmp_path: Path) -> None:
    items = exported("web-annotation", tmp_path)["items"]
    first = next(i for i in items if "🛩" in i["target"]["selector"][0]["exact"])
    start, end = (first["target"]["selector"][1][k] for k in ("start", "end"))
    assert end - start == len(first["target"]["selector"][0]["exact"])


def test_annotations_hold_the_claims_slots(tmp_path: Path) -> None:
    items = exported("web-annotation", tmp_path)["items"]
    data = {i["body"][1]["claim"]["key"]: i["body"] for i in items if "claim" in i["body"][1]}
    assert set(data) == set(TOLDS)
    words, slots = data[DRONES.id]
    assert words["value"] == "transfer, agreed: Halden Dynamics and Norway -> Portugal: 60 Tern-4 drones"
    assert slots["deal"] == urn("deal", DRONES.id)
    assert slots["claim"]["quantity"]["min"] == 60
    assert data["cccccccccccc.1"][0]["value"].startswith("use, unspecified, denied: ")
    assert "deal" not in data["cccccccccccc.1"][1]


def test_a_document_without_address_or_record_is_still_named(tmp_path: Path) -> None:
    key = "aaaaaaaaaaaa"
    bare = replace(DOCUMENTS[key], url=None)
    items = exported("web-annotation", tmp_path, DOCUMENTS | {key: bare})["items"]
    assert items[0]["target"]["source"] == f"urn:sha256:{bare.sha256}"
    items = exported("web-annotation", tmp_path, {})["items"]
    assert items[0]["target"]["source"] == f"urn:sayso:document:{key}"
    assert set(items[0]["target"]["selector"][0]) == {"type", "exact"}


def test_words_that_are_not_there_stop_the_run(tmp_path: Path) -> None:
    key, told = next(iter(TOLDS.items()))
    for span, error in ((Span(1, 9), InputError), (Span(0, 9999), SpanError)):
        moved: dict[str, Told] = {key: replace(told, claim=replace(told.claim, evidence=span))}
        with pytest.raises(error):
            write("web-annotation", [], moved, DOCUMENTS, tmp_path)
    assert list(tmp_path.iterdir()) == []


# ---- schema.org ---------------------------------------------------------------------------------


def test_claims_appear_in_articles_and_have_their_chain(tmp_path: Path) -> None:
    graph = {n["id"]: n for n in exported("schema-org", tmp_path)["@graph"]}
    deal = graph[urn("deal", DRONES.id)]
    assert deal["firstAppearance"] == source("aaaaaaaaaaaa", DOCUMENTS["aaaaaaaaaaaa"])
    assert len(deal["appearance"]) == 3
    assert all(graph[a]["type"] == "NewsArticle" for a in deal["appearance"])
    assert deal["temporalCoverage"] == "2031-05-01/2031-05-31"
    told = graph[urn("claim", DRONES.id)]
    assert told["author"]["name"] == "Der Hafenbote"
    assert told["isBasedOn"]["author"]["name"] == "Der Hafenbote"
    assert told["isBasedOn"]["isBasedOn"]["creditText"] == "people close to the talks"
    assert "isBasedOn" not in told["isBasedOn"]["isBasedOn"]
    assert graph[urn("claim", "cccccccccccc.1")]["temporalCoverage"] == "../2030-06-30"


def test_nothing_is_rated(tmp_path: Path) -> None:
    exported("schema-org", tmp_path)
    words = (tmp_path / FILES["schema-org"]).read_text("utf-8").casefold()
    assert [w for w in ("rating", "review", '"true', "false") if w in words] == []


def test_first_appearance() -> None:
    assert first_document(DRONES) == "aaaaaaaaaaaa"
    none_own = replace(DRONES, roots=())
    assert first_document(none_own) == "aaaaaaaaaaaa"
    undated = replace(DRONES, witnesses=tuple(replace(w, said=None) for w in DRONES.witnesses))
    assert first_document(undated) is None


# ---- PROV-O -------------------------------------------------------------------------------------


def test_provenance_leads_from_claims_to_articles_and_voices(tmp_path: Path) -> None:
    graph = {n["id"]: n for n in exported("prov", tmp_path)["@graph"]}
    for key, told in TOLDS.items():
        claim = graph[urn("claim", key)]
        quotation, article = claim["wasDerivedFrom"]
        assert graph[quotation]["value"] == told.quote
        assert graph[quotation]["wasQuotedFrom"] == article == source(told.document, DOCUMENTS[told.document])
        assert graph[claim["wasGeneratedBy"]]["used"] == article
        order = [graph[q["agent"]]["label"] for q in sorted(claim["qualifiedAttribution"], key=lambda q: q["position"])]
        assert order == [*(v.name for v in told.claim.voices), told.outlet]
        assert set(claim["wasAttributedTo"]) == {q["agent"] for q in claim["qualifiedAttribution"]}
    for deal in DEALS:
        node = graph[urn("deal", deal.id)]
        assert node["hadMember"] == [urn("claim", k) for k in deal.claims]
        assert node["deal"]["witnesses"][0]["why"] == deal.witnesses[0].why
    assert graph[urn("document", UNREAD)]["wasAttributedTo"] in graph


def test_two_articles_unnamed_voices_are_two() -> None:
    officials = Voice("officials", VoiceKind.ANONYMOUS)
    assert agent(officials, "a.0") != agent(officials, "b.0")
    wire = Voice("Meridian  Wire", VoiceKind.OUTLET)
    assert agent(wire, "a.0") == agent(Voice("meridian wire", VoiceKind.OUTLET), "b.0")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "", "data:text/html,x"])
def test_an_address_that_is_not_of_the_web_names_nothing(url: str) -> None:
    assert source("k", Document("k", "t", url=url)) == "urn:sayso:document:k"


def test_an_address_is_an_iri() -> None:
    assert (
        source("k", Document("k", "t", url='https://a.example/b c"<é>%20'))
        == "https://a.example/b%20c%22%3C%C3%A9%3E%20"
    )


# ---- a real processor ---------------------------------------------------------------------------


@pytest.fixture
def expand() -> Callable[[Json], list[Json]]:
    jsonld = pytest.importorskip("pyld.jsonld", reason="pyld is not installed (extra interop)")

    def load(url: str, options: object) -> Json:
        """Knows one context, in our own words, and refuses the network."""
        assert url == annotation.ANNO, f"asked for {url}"
        return {"contextUrl": None, "documentUrl": url, "document": {"@context": annotation.CONTEXT}}

    def expanded(document: Json) -> list[Json]:
        found: list[Json] = jsonld.expand(document, {"documentLoader": load, "processingMode": "json-ld-1.1"})
        return found

    return expanded


def unexpanded(value: object) -> Iterator[str]:
    """Keys that a context left without a name; what stands in a JSON literal is data."""
    if isinstance(value, dict):
        if value.get("@type") == "@json":
            return
        yield from (k for k in value if not k.startswith("@") and ":" not in k)
        for v in value.values():
            yield from unexpanded(v)
    elif isinstance(value, list):
        for v in value:
            yield from unexpanded(v)


def lost(before: object, after: object) -> set[str]:
    """The things named before that are named no more."""
    return set(_named(before, "id")) - set(_named(after, "@id"))


def _named(value: object, key: str) -> Iterator[str]:
    if isinstance(value, dict):
        if key in value:
            yield str(value[key])
        for k, v in value.items():
            if k != "@context" and not is_data(k, v):
                yield from _named(v, key)
    elif isinstance(value, list):
        for v in value:
            yield from _named(v, key)


def is_data(key: str, value: object) -> bool:
    """Whether a value is a JSON literal."""
    return key in ("claim", "response") or (key == "deal" and isinstance(value, dict))


def terms(context: object) -> set[str]:
    if isinstance(context, list):
        return set().union(*map(terms, context))
    return set(context) if isinstance(context, dict) else set()


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("format", FILES)
def test_a_real_processor_expands_it(format: str, tmp_path: Path, expand: Callable[[Json], list[Json]]) -> None:
    document = exported(format, tmp_path)
    found = expand(document)
    assert list(unexpanded(found)) == []
    assert lost(document, found) == set()
    known = terms(document["@context"]) | {"@graph"}
    known |= {"web-annotation": terms(annotation.CONTEXT), "schema-org": OF_SCHEMA_ORG}.get(format, set())
    assert set(_keys({k: v for k, v in document.items() if k != "@context"})) <= known


def _keys(value: object) -> Iterator[str]:
    """The keys of nodes, without those of JSON literals."""
    if isinstance(value, dict):
        yield from value
        for k, v in value.items():
            if not is_data(k, v):
                yield from _keys(v)
    elif isinstance(value, list):
        for v in value:
            yield from _keys(v)


@pytest.mark.filterwarnings("ignore")
def test_what_the_expansions_mean(tmp_path: Path, expand: Callable[[Json], list[Json]]) -> None:
    (page,) = expand(exported("web-annotation", tmp_path))
    first = page["https://www.w3.org/ns/activitystreams#items".replace("https", "http")][0]["@list"][0]
    (target,) = first[f"{OA}hasTarget"]
    assert target[f"{OA}hasSource"][0]["@id"].startswith("https://der-hafenbote.example/")
    assert {s["@type"][0] for s in target[f"{OA}hasSelector"]} == {
        f"{OA}TextQuoteSelector",
        f"{OA}TextPositionSelector",
    }
    assert first[f"{OA}motivatedBy"] == [{"@id": f"{OA}describing"}]
    (literal,) = first[f"{OA}hasBody"][1]["urn:sayso:term:claim"]
    assert literal["@type"] == "@json"
    assert literal["@value"]["key"] == DRONES.id
    prov = {n["@id"]: n for n in expand(exported("prov", tmp_path))}
    claim = prov[urn("claim", DRONES.id)]
    assert claim["@type"] == [f"{PROV}Entity"]
    assert claim[f"{PROV}wasDerivedFrom"][1]["@id"].startswith("https://der-hafenbote.example/")
    assert len(claim[f"{PROV}qualifiedAttribution"]) == 3
    assert f"{PROV}wasQuotedFrom" in prov[urn("quotation", DRONES.id)]
    told = {n["@id"]: n for n in expand(exported("schema-org", tmp_path))}[urn("claim", DRONES.id)]
    assert told["@type"] == [f"{SCHEMA}Claim"]
    assert told[f"{SCHEMA}appearance"][0]["@id"].startswith("https://der-hafenbote.example/")
    assert told[f"{SCHEMA}text"] == [{"@value": TOLDS[DRONES.id].quote}]
