"""The page of a reading: nothing of the text lost, nothing of it obeyed, nothing fetched."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from sayso.errors import InputError, SpanError
from sayso.export import page_chain, page_text
from sayso.export.page import file_name, page, write_pages
from sayso.export.page_cards import safe_link
from sayso.export.words import Step
from sayso.model import (
    Attribution,
    Basis,
    Claim,
    Document,
    Kind,
    Link,
    Origin,
    Party,
    Polarity,
    Quantity,
    Reading,
    Relation,
    Response,
    ResponseType,
    Scope,
    Span,
    Voice,
    VoiceKind,
    Zone,
    ZoneSpan,
)

TEXT = (
    "Ostrava firm to sell drones to Lakeland\n\n"
    "Vltava Aero will sell 100 swarm drones to Lakeland, Der Hafenbote reported without naming sources.\n\n"
    "Experts said that officials said the drones carry 35 kilograms.\n\n"
    "The Foreign Ministry denied any export of arms."
)
HOSTILE = (
    "<script>alert(1)</script> & </style><img src=x onerror=alert(2)> \"' {{ 7*7 }} {% raw %} ]]> <!-- "
    "\u202egnp.exe\u202c \u2066x \x00\x1b[31m\x7f\x85 \ud800 \ufffe &amp; &#0; https://evil.example/x"
)


def at(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


HAFENBOTE = Voice("Der Hafenbote", VoiceKind.OUTLET, at("Der Hafenbote"))
SALE = "Vltava Aero will sell 100 swarm drones to Lakeland"
READING = Reading(
    document=Document(
        id="boats-1", text=TEXT, outlet="Meridian Herald", title="Drones for Lakeland", url="https://news.example/a?b=1&c=2",
        published=dt.date(2024, 3, 8), zones=(ZoneSpan(Zone.HEADLINE, Span(0, 39)),),
        links=(Link(at("Der Hafenbote"), "https://hafenbote.example/x"), Link(at("Experts"), "javascript:alert(1)")),
    ),
    attributions=(
        Attribution((HAFENBOTE.span or Span(0, 0),), (at("reported"), at("without naming sources")), (at(SALE),)),
        Attribution((at("Experts"),), (at("said"),), (at("officials said the drones carry 35 kilograms"),)),
        Attribution((at("officials"),), (Span(at("officials said").start + 10, at("officials said").end),),
                    (at("the drones carry 35 kilograms"),), parent=1),
    ),
    claims=(
        Claim(at("Ostrava firm to sell drones to Lakeland"), Kind.TRANSFER, "drones", recipient=(Party("Lakeland"),)),
        Claim(at(SALE), Kind.TRANSFER, "swarm drones", (Party("Vltava Aero", ("CZ",)),), (Party("Lakeland"),),
              quantity=Quantity(100, 100, None, at("100")), voices=(HAFENBOTE,), basis=Basis.UNCITED,
              confidence=(("claim", 0.91), ("supplier", 0.5))),
        Claim(at("sell 100 swarm drones to Lakeland, Der Hafenbote reported"), Kind.TRANSFER, "drones", hedged=True),
        Claim(at("any export of arms"), Kind.TRANSFER, "arms", polarity=Polarity.DENIED,
              voices=(Voice("Foreign Ministry", VoiceKind.ORGANISATION),), basis=Basis.NAMED),
    ),
    responses=(Response("Foreign Ministry", ResponseType.DENIED, at("The Foreign Ministry denied any export of arms"),
                        Scope.BROADER),),
    origins=(Origin("Der Hafenbote", Relation.CITES, at("Der Hafenbote")), Origin("Presná", Relation.CREDIT)),
)  # fmt: skip


def article(source: str) -> str:
    return str(html.document_fromstring(source).get_element_by_id("text").text_content())


def hostile_reading(text: str = HOSTILE) -> Reading:
    voice = Voice(text, VoiceKind.ANONYMOUS)
    span = Span(0, len(text))
    document = Document(
        id=text, text=text, outlet=text, title=text, url=text, author=text, language=text, sha256=text,
        published=dt.date(2024, 3, 8), published_inferred=True, published_span=span,
        links=(Link(span, text), Link(span, "https://evil.example/\"onmouseover='x'"), Link(span, "data:text/html,x")),
    )  # fmt: skip
    claim = Claim(span, Kind.TRANSFER, text, (Party(text, (text,)),), designations=(text,), voices=(voice,),
                  confidence=((text, 0.5),))  # fmt: skip
    response = Response(text, ResponseType.DENIED, span)
    return Reading(document, (), (claim,), (response,), (Origin(text, Relation.CITES, span),), (), (text,))


def test_the_text_is_whole_and_once() -> None:
    assert article(page(READING)) == TEXT


@settings(max_examples=40)
@given(st.data())
def test_any_marks_over_any_text_leave_the_text_whole(data: st.DataObject) -> None:
    text = data.draw(st.text(st.sampled_from('ab \n\u202e\x00<&"é\U0001f680'), max_size=60))
    span = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(lambda p: Span(min(p), max(p)))
    spans = data.draw(st.lists(span, max_size=8))
    zones = data.draw(st.lists(st.builds(ZoneSpan, st.sampled_from(Zone), span), max_size=3))
    reading = Reading(
        Document(id="x", text=text, zones=tuple(zones)),
        tuple(Attribution((s,), (), (t,)) for s, t in pairwise(spans)),
        tuple(Claim(s, Kind.USE, "x") for s in spans),
    )
    found = page_text.blocks(reading.document, page_text.marks(reading))
    assert "".join(p.span.of(text) for b in found for p in b.pieces) == text
    source = page(reading)
    assert article(source) == page_text.writable(text)
    ids = re.findall(r'\bid="([^"]*)"', source)
    assert len(ids) == len(set(ids))
    if text:
        assert {f"t-c{n + 1}" for n in range(len(spans))} <= set(ids)


@given(st.text(max_size=200))
def test_writable_keeps_length_and_ordinary_characters(text: str) -> None:
    shown = page_text.writable(text)
    assert len(shown) == len(text)
    assert "".join(run for run, _ in page_text.runs(text)) == shown
    shown.encode("utf-8")


def test_every_evidence_is_marked_with_its_claim_even_where_they_overlap() -> None:
    tree = html.document_fromstring(page(READING))
    for n, claim in enumerate(READING.claims, start=1):
        marked = tree.xpath(f"//article[@id='text']//*[contains(concat(' ', @data-k, ' '), ' c{n} ')]")
        assert "".join(e.text_content() for e in marked) == claim.evidence.of(TEXT)
    both = tree.xpath("//article[@id='text']//*[contains(@data-k, 'c2') and contains(@data-k, 'c3')]")
    assert "".join(e.text_content() for e in both) == "sell 100 swarm drones to Lakeland"


def test_nested_attributions_are_told_apart() -> None:
    tree = html.document_fromstring(page(READING))
    deep = "".join(e.text_content() for e in tree.find_class("content-deep"))
    assert deep == "the drones carry 35 kilograms"


def test_every_inner_link_has_its_target() -> None:
    tree = html.document_fromstring(page(READING))
    targets = [h[1:] for h in tree.xpath("//a/@href") if h.startswith("#")]
    assert {"c2", "t-c2", "r1", "t-r1", "o1", "t-o1"} <= set(targets)
    assert all(tree.xpath(f"count(//*[@id='{t}'])") == 1 for t in targets)


@pytest.mark.parametrize("reading", [READING, hostile_reading(), Reading(Document(id="", text=""))])
def test_the_policy_allows_only_the_pages_own_style_and_script(reading: Reading) -> None:
    source = page(reading)
    policy = html.document_fromstring(source).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        (inline,) = re.findall(f"<{tag}>(.*?)</{tag}>", source, re.S)
        digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


@pytest.mark.parametrize("reading", [READING, hostile_reading()])
def test_nothing_is_fetched_run_or_styled_from_the_text(reading: Reading) -> None:
    tree = html.document_fromstring(page(reading))
    assert len(tree.xpath("//script")) == len(tree.xpath("//style")) == 1
    assert not tree.xpath("//img | //iframe | //object | //embed | //link | //form | //base | //@src | //@style")
    assert not [a for a in tree.xpath("//@*") if a.attrname.startswith("on")]
    for href in tree.xpath("//@href"):
        assert href.startswith("#") or href in {reading.document.url, *(k.target for k in reading.document.links)}
        assert href.startswith(("#", "https://", "http://"))
    for a in tree.xpath("//a[not(starts-with(@href, '#'))]"):
        assert a.get("rel") == "noopener noreferrer nofollow"


def test_hostile_strings_are_only_text() -> None:
    source = page(hostile_reading())
    assert article(source) == page_text.writable(HOSTILE)
    assert "{{ 7*7 }}" in source
    tree = html.document_fromstring(source)
    for e in tree.xpath("//*[not(self::bdi)]/text()"):
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", e), "a bidi control outside its isolate"
    assert tree.get("lang") == "en"
    assert tree.get_element_by_id("text").get("lang") == "und"


def test_links() -> None:
    assert safe_link("https://a.example:8080/x") == ("https://a.example:8080/x", "a.example:8080")
    assert safe_link("http://bücher.example/")[1] == "xn--bcher-kva.example"
    assert "user name" in safe_link("https://bank.example@evil.example/")[1]
    for bad in (
        "javascript:alert(1)", "JaVaScRiPt:x", " data:text/html,x", "//x.example/y", "/local", "https://", "http://[",
        "https://x.example/\n<", "https://x.example\\@y", "https://x.example:99999/", None, "vbscript:x",
    ):  # fmt: skip
        assert safe_link(bad)[0] is None


def test_unknown_is_said() -> None:
    tree = html.document_fromstring(page(Reading(Document(id="x", text="Nothing."))))
    said = " ".join(tree.text_content().split())
    for words in ("title not stated", "outlet not stated", "date not stated", "No claim about arms", "None reported"):
        assert words in said
    card = html.document_fromstring(page(READING)).get_element_by_id("c1").text_content()
    assert "supplier: not stated" in card
    assert "confidence of the extraction: not stated" in card


def test_chain_pictures_tell_denial_and_missing_sources() -> None:
    outlet = Step("Meridian Herald", VoiceKind.OUTLET)
    uncited = page_chain.picture(
        [Step("Der Hafenbote", VoiceKind.OUTLET, "no source cited"), outlet], hedged=False, denied=False
    )
    assert [(e.stub, e.dashed, e.barred) for e in uncited.edges] == [(True, True, False), (False, True, False)]
    ministry = [Step("Foreign Ministry", VoiceKind.ORGANISATION), outlet]
    denied = page_chain.picture(ministry, hedged=False, denied=True)
    assert [(e.dashed, e.barred) for e in denied.edges] == [(False, True)]
    alone = page_chain.picture([outlet], hedged=False, denied=True)
    assert [e.barred for e in alone.edges] == [True]
    assert not page_chain.picture([outlet], hedged=False, denied=False).edges
    long = page_chain.picture([Step("very long words " * 90, VoiceKind.DOCUMENT), outlet], hedged=True, denied=False)
    assert max(len(w.name) for w in long.words) <= 40
    assert long.height < 200


def test_a_span_outside_the_text_is_an_error() -> None:
    with pytest.raises(SpanError):
        page(replace(READING, claims=(Claim(Span(5, 9999), Kind.USE, "x"),)))


def test_one_reading_is_one_file(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "a.html"
    assert list(write_pages([READING], out, many=False)) == [out]
    assert article(out.read_text("utf-8")) == TEXT
    with pytest.raises(InputError, match="second article"):
        list(write_pages([READING, READING], out, many=False))


def test_many_readings_are_a_folder_with_an_index(tmp_path: Path) -> None:
    ids = ["a", "A", "a", "../../etc/passwd", "con", "index", "", "x" * 500, "http://h/ä?q=1", "\x00", ".hidden"]
    readings = [replace(READING, document=replace(READING.document, id=i)) for i in ids]
    out = tmp_path / "pages"
    written = list(write_pages(iter(readings), out, many=True))
    assert written[-1] == out / "index.html"
    assert len({p.name.casefold() for p in written}) == len(ids) + 1
    assert sorted(p.name for p in tmp_path.rglob("*.html")) == sorted(p.name for p in written)
    assert all(p.parent == out and len(p.name) < 100 for p in written)
    tree = html.document_fromstring(written[-1].read_text("utf-8"))
    assert {out / h for h in tree.xpath("//tbody//a/@href")} == set(written[:-1])
    assert "Drones for Lakeland" in tree.text_content()
    assert "Der Hafenbote (cited)" in tree.text_content()


def test_a_folder_is_made_for_a_name_without_suffix(tmp_path: Path) -> None:
    names = [p.name for p in write_pages([READING], tmp_path / "demo", many=False)]
    assert names == ["boats-1.html", "index.html"]
    assert [p.name for p in write_pages([], tmp_path / "none", many=True)] == ["index.html"]


def test_a_place_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for many in (True, False):
        with pytest.raises(InputError, match="expected"):
            list(write_pages([READING], tmp_path / "file" / "sub" / "a.html", many=many))


@given(st.lists(st.text(max_size=30), max_size=8))
def test_file_names_are_safe_and_differ(ids: list[str]) -> None:
    taken: set[str] = set()
    names = [file_name(i, taken) for i in ids]
    assert len({n.casefold() for n in names}) == len(names)
    assert all(re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9._~-]{0,99}\.html", n) for n in names)


def test_same_reading_same_page() -> None:
    assert page(READING) == page(READING)
