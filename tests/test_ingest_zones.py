"""Which part of an article is what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.ingest.dateline import dateline_end
from sayso.ingest.zones import zones
from sayso.model import Zone

ARTICLE = """Army to get forty mortars

A deal long in the making

By Ann Writer

NORTHTOWN, March 3 (Reuters) - The army will get forty mortars, its chief said on Friday.

A mortar on a range (AGENCY/Ann Photo/File)
A mortar on the range (AGENCY/Ann Photo/File) (STRINGER/)

The maker would not say what they cost.

Sign up for our newsletter

(With information from AFP)

Keep reading:

Mortars: what they can do

Who makes “smart” shells
"""


def marked(text: str, title: str | None = None) -> list[tuple[Zone, str]]:
    return [(z.zone, z.span.of(text)) for z in zones(text, title)]


def test_a_whole_article() -> None:
    assert marked(ARTICLE.replace("AGENCY", "AFP")) == [
        (Zone.HEADLINE, "Army to get forty mortars"),
        (Zone.STANDFIRST, "A deal long in the making"),
        (Zone.DATELINE, "By Ann Writer"),
        (Zone.DATELINE, "NORTHTOWN, March 3 (Reuters) - "),
        (Zone.CAPTION, "A mortar on a range (AFP/Ann Photo/File)"),
        (Zone.CAPTION, "A mortar on the range (AFP/Ann Photo/File) (STRINGER/)"),
        (Zone.BOILERPLATE, "Sign up for our newsletter"),
        (Zone.CREDIT, "(With information from AFP)"),
        (Zone.TEASER, "Keep reading:"),
        (Zone.TEASER, "Mortars: what they can do"),
        (Zone.TEASER, "Who makes “smart” shells"),
    ]


def test_a_title_finds_the_headline_though_it_has_a_stop() -> None:
    text = "Army gets forty mortars at last.\nThey came on Friday, its chief said.\n"
    assert marked(text) == []
    assert marked(text, "Army gets forty mortars at last") == [(Zone.HEADLINE, "Army gets forty mortars at last.")]


def test_a_first_line_unlike_the_title_is_a_standfirst() -> None:
    text = "Chief calls the purchase overdue\n\nThe army got mortars on Friday."
    assert marked(text, "Forty mortars for Northtown")[0] == (Zone.STANDFIRST, "Chief calls the purchase overdue")


@pytest.mark.parametrize(
    ("line", "dateline"),
    [
        ("NORTHTOWN, Feb 23 (Reuters) - The army", "NORTHTOWN, Feb 23 (Reuters) - "),
        ("NEW YORK, March 29 - A former adviser", "NEW YORK, March 29 - "),
        ("Northtown (CNN) — The army", "Northtown (CNN) — "),
        ("CNN — The army", "CNN — "),
        ("(Reuters) - The army", "(Reuters) - "),
        ("BERLIN (AP) — The army", "BERLIN (AP) — "),
        ("(서울=연합뉴스) 육군은", "(서울=연합뉴스)"),
        ("By Jane Doe", "By Jane Doe"),
        ("By Jane Doe and John Roe, CNN", "By Jane Doe and John Roe, CNN"),
        ("Updated 3 hours ago", "Updated 3 hours ago"),
        ("The Daily Example, 24 lutego 2023", "The Daily Example, 24 lutego 2023"),
        ("The army – it said – will pay", ""),
        ("By March the army will have paid", ""),
        ("THE PRESIDENT: We will pay", ""),
        ("NATO will pay - in the end", ""),
        ("Published accounts differ", ""),
    ],
)
def test_datelines(line: str, dateline: str) -> None:
    assert line[: dateline_end(line)] == dateline


@pytest.mark.parametrize(
    "line",
    [
        "Officials said the men would sign up for service and subscribe to the oath.",
        "Reports by the ministry say so (see the table).",
        "He read more than the reporting by others had told him, editing by night.",
        "The missile photo was a fake, said the spokesman.",
        "More troops: that is what the general wants, he told reporters.",
    ],
)
def test_sentences_stay_body(line: str) -> None:
    assert marked("Start of the text, with a stop.\n\n" + line + "\n\nThe end, with a stop.") == []


def test_teasers_end_where_sentences_begin() -> None:
    text = "It began so.\n\nRead more:\n\nShells for all\n\nThe minister then said that he would resign in May.\n"
    assert [words for _, words in marked(text)] == ["Read more:", "Shells for all"]


@given(st.text(alphabet="aB .\n(:-—/)©\t\u3000", max_size=200), st.none() | st.text(max_size=20))
def test_zones_are_in_order_apart_and_on_the_text(text: str, title: str | None) -> None:
    last = 0
    for z in zones(text, title):
        assert last <= z.span.start < z.span.end <= len(text)
        last = z.span.end
