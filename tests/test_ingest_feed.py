"""Feeds and lists of feeds."""

from __future__ import annotations

import datetime as dt
import hashlib
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import InputError
from sayso.ingest import Capture, Metadata, captures
from sayso.ingest.fragment import read_fragment
from sayso.ingest.opml import Feed, feeds_of
from sayso.ingest.safe_xml import parse_xml

NOTHING = Metadata()
RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Harbour Post &amp; Mail</title><link>https://post.example/</link><lastBuildDate>now</lastBuildDate>
<item><title>Shells for the north</title><link>https://post.example/shells</link><guid isPermaLink="false">post-1</guid>
<dc:creator>Ann Writer</dc:creator><pubDate>Fri, 24 Feb 2023 23:30:00 -0500</pubDate>
<description>In short.</description>
<content:encoded><![CDATA[<p>The army gets <b>sixty</b> shells, <a href="/muster">the Muster</a> said.</p>
<script>alert(1)</script>
<ul><li>One</li><li>Two&nbsp;&mdash; or more</li></ul>]]></content:encoded></item>
<item><title>Only a headline</title><link>https://post.example/2</link></item>
<item><description>No title, but words. AT&amp;amp;T sells them.</description><guid>https://post.example/3</guid></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://atom.example/">
<title type="html">The &lt;i&gt;Atom&lt;/i&gt;</title><link rel="self" href="https://atom.example/feed?t=1"/>
<author><name>The desk</name></author>
<entry><id>tag:atom.example,2023:9</id><title>Ships</title><link href="/ships"/>
<updated>2023-02-24T01:00:00+09:00</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
<p>Two ships were sold.</p><p>Both sail.</p></div></content>
<source><title>Other Outlet</title></source></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Old Form</title></channel>
<item rdf:about="https://old.example/1"><title>Tanks</title><link>https://old.example/1</link>
<dc:date>2004-05-06T10:00:00Z</dc:date><description>Some tanks.</description></item></rdf:RDF>"""


def read(path: Path, data: str | bytes, meta: Metadata = NOTHING) -> list[Capture | InputError]:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return list(captures(str(path), meta))


def entries(path: Path, data: str | bytes, meta: Metadata = NOTHING) -> list[Capture]:
    found = read(path, data, meta)
    assert all(isinstance(f, Capture) for f in found), found
    return [f for f in found if isinstance(f, Capture)]


def fault(path: Path, data: str | bytes) -> InputError:
    (found,) = read(path, data)
    assert isinstance(found, InputError), found
    assert "\n" not in str(found)
    return found


@pytest.mark.parametrize("name", ["a.xml", "a.rss", "a"])
def test_rss(tmp_path: Path, name: str) -> None:
    first, second, third = entries(tmp_path / name, RSS)
    d = first.document
    assert d.text == "Shells for the north\n\nThe army gets sixty shells, the Muster said.\n\nOne\nTwo — or more"
    assert (d.id, d.title) == ("post-1", "Shells for the north")
    assert (d.outlet, d.author) == ("Harbour Post & Mail", "Ann Writer")
    assert (d.url, d.published) == ("https://post.example/shells", dt.date(2023, 2, 24))
    assert [(link.span.of(d.text), link.target) for link in d.links] == [("the Muster", "https://post.example/muster")]
    assert second.document.text == "Only a headline"
    assert second.document.id == "https://post.example/2"
    assert (third.document.text, third.document.title) == ("No title, but words. AT&T sells them.", None)
    assert [hashlib.sha256(f.raw).hexdigest() == f.document.sha256 for f in (first, second, third)] == [True] * 3


def test_atom_by_base_source_and_last_change(tmp_path: Path) -> None:
    (found,) = entries(tmp_path / "a.atom", ATOM)
    d = found.document
    assert d.text == "Ships\n\nTwo ships were sold.\n\nBoth sail."
    assert (d.id, d.url, d.outlet) == ("tag:atom.example,2023:9", "https://atom.example/ships", "Other Outlet")
    assert (d.author, d.published) == ("The desk", dt.date(2023, 2, 24))
    (again,) = entries(tmp_path / "b.atom", ATOM.replace("<source><title>Other Outlet</title></source>", ""))
    assert again.document.outlet == "The Atom"
    (flagged,) = entries(tmp_path / "c.atom", ATOM, Metadata(outlet="Flag Post"))
    assert flagged.document.outlet == "Flag Post"


def test_rdf(tmp_path: Path) -> None:
    (found,) = entries(tmp_path / "a.rdf", RDF)
    assert (found.document.title, found.document.outlet) == ("Tanks", "Old Form")
    assert (found.document.url, found.document.published) == ("https://old.example/1", dt.date(2004, 5, 6))


@pytest.mark.parametrize("feed", [RSS, ATOM, RDF])
def test_an_entry_is_a_feed_of_its_own_that_reads_the_same(tmp_path: Path, feed: str) -> None:
    for found in entries(tmp_path / "a.xml", feed):
        (again,) = entries(tmp_path / "a.xml", found.raw)
        assert again == found


def test_an_entry_keeps_its_bytes_while_the_feed_goes_on(tmp_path: Path) -> None:
    later = RSS.replace("<item>", "<item><title>New</title><guid>n</guid></item><item>", 1).replace(">now<", ">later<")
    before = {f.document.id: f.raw for f in entries(tmp_path / "a.xml", RSS)}
    after = {f.document.id: f.raw for f in entries(tmp_path / "a.xml", later)}
    assert {key: after[key] for key in before} == before
    assert set(after) - set(before) == {"n"}


def test_one_id_cannot_name_two_entries(tmp_path: Path) -> None:
    first, second, third = read(tmp_path / "a.xml", RSS, Metadata(id="x"))
    assert isinstance(first, Capture)
    assert isinstance(second, InputError)
    assert isinstance(third, InputError)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda s: s.replace("&amp; Mail", "& Mail"),
        lambda s: s.replace("Shells for the north", "Shells&nbsp;for the north"),
        lambda s: s.replace("</channel></rss>", ""),
        lambda s: s.replace("In short.", "In\x0b short."),
        lambda s: s.replace("Harbour", "Häfen").replace("utf-8", "iso-8859-1").encode("latin-1"),
        lambda s: s.encode("utf-16"),
        lambda s: "\n\n" + s,
        lambda s: s.replace("<rss", '<!DOCTYPE rss PUBLIC "-//X//DTD" "http://no.example/rss.dtd"><rss'),
    ],
)  # fmt: skip
def test_feeds_with_faults_are_read(tmp_path: Path, spoil: object) -> None:
    assert callable(spoil)
    found = entries(tmp_path / "a.xml", spoil(RSS))
    assert len(found) == 3
    assert found[0].document.text.replace("\xa0", " ").startswith("Shells for the north\n\nThe army gets sixty")


def test_a_tag_left_open_swallows_no_entry(tmp_path: Path) -> None:
    found = entries(tmp_path / "a.xml", RSS.replace("In short.", "In <b>short."))
    assert [f.document.title for f in found] == ["Shells for the north", "Only a headline", None]


BOMB = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 12))


@pytest.mark.parametrize(
    "doctype",
    [
        f'<!DOCTYPE rss [<!ENTITY e0 "ha">{BOMB}]>',
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE rss [<!ENTITY % p SYSTEM "http://127.0.0.1/x"> %p;]>',
        '<!-- c --><?pi x?>\n<!DOCTYPE rss SYSTEM "x" [<!ENTITY x "y">]>',
        " " * 5000 + '<!DOCTYPE rss [<!ENTITY x "y">]>',
        "<!DOCTYPE rss [",
    ],
)
@pytest.mark.parametrize("name", ["a.rss", "a.opml"])
def test_entities_of_its_own_are_refused(tmp_path: Path, doctype: str, name: str) -> None:
    began = time.process_time()
    if name == "a.opml":
        (tmp_path / name).write_text(f'{doctype}<opml><outline xmlUrl="http://a.example/&e11;&x;"/></opml>')
        with pytest.raises(InputError, match="a document type with declarations"):
            feeds_of(str(tmp_path / name))
    else:
        feed = RSS.replace("<rss", doctype + "<rss").replace("In short.", "&e11;&x;").replace("post-1", "&e11;&x;")
        assert "a document type with declarations" in str(fault(tmp_path / name, feed))
    assert time.process_time() - began < 2


def test_a_document_type_hidden_from_the_scan_declares_nothing(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the hidden words")
    feed = f'x<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]>' + RSS.replace("In short.", "&x;")
    for found in read(tmp_path / "a.rss", feed):
        assert "hidden words" not in (found.document.text if isinstance(found, Capture) else str(found))


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ("<rss><channel></channel></rss>", "a feed without entries"),
        ("<opml version='1.0'><body/></opml>", "XML of the kind 'opml'"),
        ("<rss><channel><item></item></channel></rss>", "an entry without title and text"),
        ("plain words", "not XML (Start tag expected, '<' not found, column 1)"),
        ("<rss>" + "<a>" * 600_000 * 2, "XML of more than 500,000 elements"),
        (b"\x00\x01", "binary data (a NUL at byte 0)"),
    ],
)
def test_what_is_no_feed(tmp_path: Path, data: str | bytes, found: str) -> None:
    assert fault(tmp_path / "a.rss", data).found == found


def test_too_many_entries_are_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.ingest.feed.MAX_ENTRIES", 2)
    *read_, last = read(tmp_path / "a.rss", RSS)
    assert len(read_) == 2
    assert isinstance(last, InputError)


@given(st.text("<>&;!?[]/ab\"'= -#x", max_size=60))
def test_xml_of_any_kind_is_a_tree_or_an_error(text: str) -> None:
    for mend in (False, True):
        try:
            found = str(parse_xml(text.encode(), "x", mend=mend).tag)
        except InputError as error:
            found = str(error)
        assert found
        assert "\n" not in found


TAGS = ["<p>", "</p>", "<a href=x>", "</a>", "word", " ", "<br>", "<td>", "<!--", "&lt;", "<li>"]


@given(st.lists(st.sampled_from(TAGS)))
def test_fragments_of_any_kind_give_text_and_links_in_it(parts: list[str]) -> None:
    text, links = read_fragment("".join(parts), "x")
    assert text == text.strip()
    assert all(link.span.of(text) for link in links)


def test_opml(tmp_path: Path) -> None:
    path = tmp_path / "a.opml"
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE opml><opml version="2.0"><head><title>Mine</title></head><body>'
        '<outline text="Wires"><outline type="rss" text="A" title="Harbour\nPost" xmlUrl="https://a.example/rss"/>'
        '<outline text="A again" xmlUrl="https://a.example/rss"/><outline xmlurl="http://b.example/?x=1&amp;y=2"/></outline>'
        '<outline text="no feed"/></body></opml>'
    )
    assert feeds_of(str(path)) == [
        Feed("Harbour Post", "https://a.example/rss"),
        Feed("http://b.example/?x=1&y=2", "http://b.example/?x=1&y=2"),
    ]


@pytest.mark.parametrize(
    ("data", "place", "found"),
    [
        ("<opml><body>", ":1", "not XML"),
        ("<opml>\n<outline xmlUrl='javascript:alert(1)'/></opml>", ":2", "xmlUrl 'javascript:alert(1)'"),
        ("<opml><outline text='x'/></opml>", "", "an OPML list without feeds"),
        (RSS, "", "XML that is no OPML"),
        ("", "", "not XML"),
        ("<opml><outline xmlUrl='http://a.example/&b;'/></opml>", ":1", "not XML"),
    ],
)
def test_broken_opml(tmp_path: Path, data: str, place: str, found: str) -> None:
    path = tmp_path / "a.opml"
    path.write_text(data)
    with pytest.raises(InputError) as error:
        feeds_of(str(path))
    assert error.value.found.startswith(found)
    assert error.value.place.startswith(f"{path}{place}")


def test_opml_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        feeds_of(str(tmp_path / "none.opml"))
