"""Stated chains, roots and independent origins."""

from __future__ import annotations

import datetime as dt

import pytest

from ledger_help import DENIED, HEADLINE, MAKER, Paper, anonymous, deal, official, outlet, witness
from sayso.lexicon import load
from sayso.linking import outlets
from sayso.linking.mentions import tells, telltales
from sayso.linking.speakers import identity, plain, speaker
from sayso.model import Document, Relation, ResponseType, Voice, VoiceKind

SPIEGEL, REUTERS = outlet("DER SPIEGEL"), outlet("Reuters")


def names(papers: list[Paper], **more: object) -> list[str]:
    return sorted(r.name for r in deal(papers, **more).roots)  # type: ignore[arg-type]


@pytest.mark.parametrize("words", ["DER SPIEGEL", "Der Spiegel", "Spiegel", "the Spiegel magazine", "spiegel.de"])
def test_one_outlet_by_many_names(words: str) -> None:
    assert outlets.key(words, load()) == "Der Spiegel"


def test_unknown_outlets_go_by_their_words() -> None:
    assert outlets.key("The Harbour Lantern", load()) == outlets.key("harbour lantern", load()) == "harbour lantern"


def test_addresses_lead_to_outlets() -> None:
    assert outlets.at_address("https://www.spiegel.de/politik/a-1.html", load()) == "Der Spiegel"
    assert outlets.at_address("https://spiegel.de.example.org/", load()) is None
    assert outlets.at_address("http://[broken", load()) is None


def test_descriptions_fit_one_outlet_or_none() -> None:
    assert outlets.is_description("a German weekly", load())
    assert not outlets.is_description("Harbour Lantern", load())
    assert outlets.described("a German weekly", ["Der Spiegel", "Reuters"], load()) == "Der Spiegel"
    assert outlets.described("a Dutch weekly", ["Der Spiegel"], load()) is None


def test_sixty_outlets_quoting_one_weekly_are_one_origin() -> None:
    papers = [Paper("own", "Der Spiegel").tell()] + [Paper(f"d{n}", f"Paper {n}", 2).tell(SPIEGEL) for n in range(60)]
    found = deal(papers)
    assert [(r.name, r.own, len(r.documents)) for r in found.roots] == [("Der Spiegel", ("own",), 61)]
    assert found.roots[0].path == "60 outlets -> Der Spiegel"
    assert witness(found, "own").chain == ()


def test_chain_is_nearest_first_with_the_agency_that_carries_it() -> None:
    carried = Paper("a", "Metro").origin("AFP", Relation.CREDIT).tell(SPIEGEL)
    told = Paper("b", "Nova").tell(SPIEGEL, REUTERS)
    found = deal([carried, told, Paper("c", "Der Spiegel").tell()])
    assert witness(found, "a").chain == ("AFP", "Der Spiegel")
    assert witness(found, "b").chain[0] == "Reuters"
    assert [r.name for r in found.roots] == ["Der Spiegel"]


def test_citing_an_agency_is_not_its_copy() -> None:
    found = deal([Paper("a", "Metro").tell(outlet("AFP")), Paper("b", "Daily Nova").tell(outlet("AFP"))])
    assert witness(found, "a").why.startswith("cites AFP")
    assert witness(found, "a").group is None


def test_a_citation_of_another_claim_stays_out() -> None:
    paper = Paper("a", "Metro").tell(SPIEGEL).tell(official("Antony Blinken"), outlet("NBC"), of_deal=False)
    found = deal([paper.origin("NBC").origin("Der Spiegel"), Paper("b", "Nova").tell(SPIEGEL)])
    assert witness(found, "a").chain == ("Der Spiegel",)


def test_an_outlet_only_one_document_names_must_outweigh_what_it_tells_itself() -> None:
    stray = Paper("a", "Der Spiegel").tell().tell(outlet("NBC"), count=None, designations=())
    found = deal([stray, Paper("b", "Metro").tell(SPIEGEL)])
    assert witness(found, "a").chain == ()
    assert witness(found, "b").root == "Der Spiegel"


def test_no_voice_takes_the_one_outlet_that_others_come_down_to() -> None:
    silent = Paper("a", "Metro").tell().origin("Der Spiegel").origin("ZDF")
    found = deal([silent, Paper("b", "Nova").tell(SPIEGEL)])
    assert witness(found, "a").chain == ("Der Spiegel",)


def test_an_agency_said_to_retell_goes_before() -> None:
    retold = Paper("a", "Social Bites").origin("Reuters").origin("Der Spiegel").tell(SPIEGEL)
    found = deal([retold, Paper("b", "Metro").origin("Reuters", Relation.WIRE).tell(SPIEGEL)])
    assert witness(found, "a").chain == ("Reuters", "Der Spiegel")


def test_a_link_in_the_claims_paragraph_is_an_edge() -> None:
    linked = Paper("a", "Metro").tell().link("https://www.spiegel.de/x")
    found = deal([linked])
    assert (witness(found, "a").root, witness(found, "a").chain) == ("Der Spiegel", ("Der Spiegel",))
    assert witness(found, "a").why.startswith("links to")


def test_a_reprint_without_citation_follows_its_group() -> None:
    papers = [Paper("a", "Metro").tell(SPIEGEL, REUTERS), Paper("b", "Nova", 2).tell()]
    found = deal(papers, {"a": "g", "b": "g"})
    w = witness(found, "b")
    assert (w.root, w.chain, w.group) == ("Der Spiegel", (), "g")
    assert "same text as a" in w.why


def test_reprints_that_cite_nobody_are_one_origin() -> None:
    papers = [Paper(k, o, n).tell(anonymous()) for k, o, n in [("a", "Metro", 1), ("b", "Nova", 2), ("c", "Volt", 3)]]
    assert names(papers) == ["Metro", "Nova", "Volt"]
    assert names(papers, groups=dict.fromkeys("abc", "g")) == ["Metro"]


def test_the_cited_outlets_own_document_goes_on() -> None:
    papers = [Paper("a", "Metro", 3).tell(outlet("AFP")), Paper("b", "AFP", 2).tell(SPIEGEL)]
    found = deal(papers)
    assert [r.name for r in found.roots] == ["Der Spiegel"]
    assert "which comes from Der Spiegel" in witness(found, "a").why


def test_rings_are_cut_at_the_first_to_say_it() -> None:
    papers = [Paper("a", "Metro", 2).tell(outlet("Nova")), Paper("b", "Nova", 1).tell(outlet("Metro"))]
    found = deal([*papers, Paper("c", "Volt", 3).tell(outlet("Metro"))])
    assert [r.name for r in found.roots] == ["Nova"]
    assert {w.root for w in found.witnesses} == {"Nova"}
    assert all("cite each other" in w.why for w in found.witnesses)


def test_an_official_and_a_weekly_are_two() -> None:
    papers = [Paper("a", "Metro").tell(SPIEGEL), Paper("b", "Nova").tell(official("Pentagon"))]
    assert names(papers) == ["Der Spiegel", "Pentagon"]


def test_the_pentagon_in_five_outlets_is_one() -> None:
    voices = ["Pentagon", "the Pentagon", "US Defense Department", "Pentagon spokesman John Kirby", "Pentagon"]
    papers = [Paper(f"d{n}", f"Paper {n}").tell(official(v)) for n, v in enumerate(voices)]
    assert names(papers) == ["Pentagon"]


def test_told_to_a_broadcaster_is_the_official_where_others_quote_him() -> None:
    papers = [
        Paper("a", "Metro").tell(official("Pentagon"), outlet("CNN")),
        Paper("b", "Nova").tell(official("Pentagon")),
    ]
    assert names(papers) == ["Pentagon"]


def test_a_wire_that_quotes_an_official_comes_from_the_official() -> None:
    papers = [Paper(f"d{n}", f"Paper {n}").origin("AP", Relation.WIRE).tell(official("Pentagon")) for n in range(3)]
    found = deal(papers)
    assert [r.path for r in found.roots] == ["3 outlets -> AP -> Pentagon"]


def test_a_party_heard_through_a_report_is_no_root() -> None:
    papers = [
        Paper("a", "Metro").tell(Voice(MAKER.name, VoiceKind.ORGANISATION), SPIEGEL),
        Paper("b", "Nova").tell(SPIEGEL),
    ]
    papers[1].tell(Voice(MAKER.name, VoiceKind.ORGANISATION))
    assert len(names(papers)) == 1


def test_anonymous_sources_are_the_outlets_own() -> None:
    papers = [Paper("a", "Metro").tell(anonymous()), Paper("b", "Nova").tell(anonymous())]
    assert names(papers) == ["Metro", "Nova"]


def test_its_own_sources_first_and_others_beside() -> None:
    own = Paper("a", "Metro").tell(anonymous()).tell(anonymous()).tell(SPIEGEL, count=None)
    found = deal([own, Paper("b", "Nova").tell(SPIEGEL)])
    assert witness(found, "a").root == "Metro"


def test_unknown_adds_no_independence() -> None:
    papers = [Paper("a", "Metro").tell(SPIEGEL), Paper("b", "Nova", 2).tell(), Paper("c", None, 2).tell()]
    found = deal(papers)
    assert len(found.roots) == 1
    assert witness(found, "b").root == witness(found, "c").root == ""


def test_headlines_and_denials_are_no_origins() -> None:
    papers = [
        Paper("a", "Metro").tell(SPIEGEL),
        Paper("b", "Nova").tell(official("China"), zone=HEADLINE).tell(SPIEGEL),
    ]
    papers.append(Paper("c", "Volt").tell(SPIEGEL).tell(official("Pentagon"), polarity=DENIED))
    assert len(names(papers)) == 1


@pytest.mark.parametrize(
    ("kind", "is_origin"),
    [(ResponseType.NOT_AWARE, False), (ResponseType.DENIED, False), (ResponseType.CONFIRMED, True)],
)
def test_who_knows_nothing_of_it_is_no_origin(kind: ResponseType, is_origin: bool) -> None:
    # "China says it knows of no talks" is told in China's words, and is no word of China's for the talks.
    paper = Paper("b", "Nova").tell(official("China")).answer("Beijing", kind)
    assert ("China" in names([Paper("a", "Metro").tell(SPIEGEL), paper])) is is_origin


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("Pentagon", "government of US"), ("Ukrainian President Volodymyr Zelensky", "government of UA"),
        ("Beijing", "government of CN"), ("Chinese company", None), ("they", None), ("Russian officers", None),
        ("Rheinmetall", "Rheinmetall"), ("Hainan Falcon Dynamics", "hainan falcon dynamics"),
    ],
)  # fmt: skip
def test_who_speaks(name: str, who: str | None) -> None:
    assert identity(name, load()) == who


@pytest.mark.parametrize("name", ["Foreign Ministry of China", "China's Foreign Ministry", "Chinese Foreign Ministry"])
def test_one_ministry_by_many_names(name: str) -> None:
    assert plain(name, load()).lower() == "chinese foreign ministry"


@pytest.mark.parametrize("name", ["Pentagon", "US Defense Department", "Wang Wenbin", "the company", "Hainan Falcon"])
def test_other_names_stay(name: str) -> None:
    assert plain(name, load()) == name


def test_the_unnamed_are_no_speakers() -> None:
    assert speaker(anonymous("US officials"), load()) is None


# Other languages -------------------------------------------------------------------------------


def _other(text: str, outlet: str = "Obzor") -> dict[str, Document]:
    return {"u": Document("u", text, outlet, published=dt.date(2023, 3, 2), language="xx")}


TOLD = [Paper("a", "Metro").origin("Reuters", Relation.WIRE).tell(SPIEGEL), Paper("b", "Der Spiegel").tell()]


@pytest.mark.parametrize(
    "text",
    [
        "Hainan Falcon Dynamics ma dostarczyć 40 dronów QX-7, pisze Spiegel (Reuters).",
        "Компания Falcon Dynamics передаст 40 аппаратов QX 7, сообщает Spiegel со ссылкой; Reuters",
    ],
)
def test_a_text_in_another_language_joins_by_names(text: str) -> None:
    w = witness(deal(TOLD, unread=_other(text)), "u")
    assert (w.unread, w.claims, w.root) == (True, (), "Der Spiegel")
    assert w.chain == ("Reuters", "Der Spiegel")


@pytest.mark.parametrize(
    "text",
    [
        "40 dronów dla Rosji, pisze Spiegel.",  # a number and an outlet
        "QX-7 to nowy samochód.",  # a type name alone
        "Falcon Dynamics sprzedaje zabawki.",  # a firm alone
        "",
    ],
)
def test_one_agreement_or_none_of_the_rare_ones_is_too_little(text: str) -> None:
    assert all(w.document != "u" for w in deal(TOLD, unread=_other(text)).witnesses)


def test_cyrillic_is_written_in_latin_letters() -> None:
    words = telltales([t for p in TOLD for t in p.tolds()], load())
    assert tells("Хайнан Фалкон Динамикс: Фалькон Динамикс, QX-7 и 40 дронов", words)


def test_only_outlets_the_deal_knows_enter_the_chain_of_a_text_that_is_not_read() -> None:
    text = "Falcon Dynamics: 40 QX-7. Spiegel; Wall Street Journal; BBC."
    assert witness(deal(TOLD, unread=_other(text)), "u").chain == ("Der Spiegel",)
