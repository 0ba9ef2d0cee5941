"""Pages: body text, metadata, links in their place."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sayso.errors import InputError
from sayso.ingest import Metadata, documents
from sayso.ingest.html import read_html
from sayso.model import Document

FILLER = "The firm, which employs four hundred people, has made such parts for decades and exports most of them. "
PAGE = f"""<!doctype html><html><head><title>Ministry buys howitzers - The Example</title>
<meta property="og:site_name" content="The Example"><meta property="og:title" content="Ministry buys howitzers">
<meta name="author" content="Ann Writer"><meta property="article:published_time" content="2023-02-24T10:00:00Z">
<link rel="canonical" href="https://example.org/news/howitzers"></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav>
<article><h1>Ministry buys howitzers</h1>
<p>Twelve howitzers were ordered, <a href="https://other.example/report">the weekly Muster
reported</a> on Friday, and <a href="javascript:alert(1)">nobody</a> denied&nbsp;it.<br>{FILLER}</p>
<p>The <a href="/tags/army"> army </a>gave no price. {FILLER * 4}</p></article>
<script>var x = "<div><div>";</script></body></html>"""


def page(html: str = PAGE, meta: Metadata = Metadata()) -> Document:  # noqa: B008  # frozen
    return read_html(html, meta, "p.html", html.encode())


def test_metadata_of_the_page_and_flags_over_it() -> None:
    found = page()
    assert (found.outlet, found.title, found.author) == ("The Example", "Ministry buys howitzers", "Ann Writer")
    assert (found.published, found.url) == (dt.date(2023, 2, 24), "https://example.org/news/howitzers")
    assert found.language == "en"
    assert page(meta=Metadata(outlet="Other", published=dt.date(2020, 1, 1))).outlet == "Other"


def test_text_keeps_paragraphs_and_no_menu() -> None:
    text = page().text
    assert "Home" not in text
    assert "the weekly Muster reported on Friday, and nobody denied it." in text
    assert "\n\nThe army gave no price." in text


def test_links_keep_their_words_and_only_web_targets() -> None:
    found = page()
    assert [(link.span.of(found.text), link.target) for link in found.links] == [
        ("the weekly Muster reported", "https://other.example/report"),
        ("army", "https://example.org/tags/army"),
    ]


def test_relative_links_without_an_address_are_dropped() -> None:
    found = page(PAGE.replace('<link rel="canonical" href="https://example.org/news/howitzers">', ""))
    assert [link.target for link in found.links] == ["https://other.example/report"]


def test_words_are_not_glued_at_tags() -> None:
    tagged = 'saw <b>no</b> <i>re</i>ason and <a href="https://a.example/">Mr Fox</a> agreed'
    html = PAGE.replace("gave no price", tagged)
    assert "saw no reason and Mr Fox agreed" in page(html).text


@pytest.mark.parametrize(
    "html",
    [
        "<html><body></body></html>",
        "<html><body><nav><a href='/a'>One</a><a href='/b'>Two</a></nav></body></html>",
        "<html><head><title>Only a title</title></head></html>",
        "<html",
    ],
)
def test_a_page_without_an_article_is_an_error(html: str) -> None:
    with pytest.raises(InputError, match="expected a page with an article's text"):
        page(html)


def test_nothing_is_written_to_standard_error(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(InputError):
        page("<html><body></body></html>")
    assert capfd.readouterr().err == ""


def test_body_text_of_real_pages(tmp_path: Path) -> None:
    shared = Path(os.environ.get("SAYSO_SHARED", Path(__file__).parents[2] / "shared"))
    folder = shared / "corpus" / "html"
    if not folder.is_dir():
        pytest.skip("needs the shared/ folder with the pages")
    predicted = tmp_path / "pred.jsonl"
    with predicted.open("w", encoding="utf-8") as out:
        for file in sorted((folder / "pages").glob("*.html.gz")):
            for found in documents(str(file), Metadata()):
                assert isinstance(found, Document), found
                assert all(link.span.of(found.text).strip() for link in found.links)
                out.write(json.dumps({"id": file.name.removesuffix(".html.gz"), "text": found.text}) + "\n")
    tool = [sys.executable, str(shared / "tools" / "score_text.py"), str(folder / "ground-truth.json"), str(predicted)]
    result = subprocess.run(tool, capture_output=True, text=True, check=True)
    assert float(result.stdout.split()[-1]) >= 0.955
