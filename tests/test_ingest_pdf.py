"""PDFs in: the text in the order of reading, its boxes, and what no reader should choke on."""

from __future__ import annotations

import datetime as dt
import hashlib
import time
import zlib

import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from make_pdf import Placed, pdf, pdf_of, turned
from sayso.errors import InputError
from sayso.ingest import Metadata, pdf_child, pdf_glyphs
from sayso.ingest.pdf import read_pdf
from sayso.ingest.pdf_child import MAX_PAGES
from sayso.ingest.pdf_glyphs import Stretch
from sayso.ingest.pdf_glyphs import turned as turned_rect
from sayso.ingest.pdf_text import Page, laid_out
from sayso.model import Document, Zone

LEFT = [
    "The ministry of the north said on Monday",
    "that it had ordered twelve new howitzers,",
    "which a yard on the coast will build and",
    "test before the end of the coming winter.",
    "It did not say what they were to cost, or",
    "who would pay for them once they had come",
]
RIGHT = [
    "into the service of the northern army. A",
    "spokeswoman for the maker would not talk",
    "of the price, but named a sum of similar",
    "size that was paid for the last of them.",
    "The army has wanted them for years, said",
    "its chief, who called the order overdue.",
]


def column(lines: list[str], left: float, top: float = 700, size: float = 10) -> list[Placed]:
    return [(left, top - 12 * i, size, words) for i, words in enumerate(lines)]


def read(raw: bytes, meta: Metadata = Metadata()) -> Document:  # noqa: B008  # frozen
    return read_pdf(raw, meta, "a.pdf")


def fault(raw: bytes) -> str:
    with pytest.raises(InputError) as error:
        read(raw)
    assert error.value.place == "a.pdf"
    return error.value.found


def test_text_boxes_and_metadata() -> None:
    raw = pdf(
        [[(72, 700, 12, "Twelve howitzers (of 155 mm) were"), (72, 686, 12, "ordered on Friday – at last.")],
         [(72, 700, 12, "The second page holds one line.")]],
        {"Title": "Howitzers at last", "Author": "Ann Writer", "CreationDate": "D:20230224233000-05'00'"},
    )  # fmt: skip
    found = read(raw)
    assert found.text == (
        "Twelve howitzers (of 155 mm) were ordered on Friday – at last.\n\nThe second page holds one line."
    )
    assert (found.title, found.author, found.published) == ("Howitzers at last", "Ann Writer", dt.date(2023, 2, 24))
    assert found.sha256 == hashlib.sha256(raw).hexdigest()
    assert [(b.page, b.span.of(found.text)) for b in found.boxes] == [
        (1, "Twelve howitzers (of 155 mm) were"),
        (1, "ordered on Friday – at last."),
        (2, "The second page holds one line."),
    ]
    first = found.boxes[0]
    assert first.left == pytest.approx(72, abs=1)
    assert first.bottom < 700 < first.top < 720
    assert read(raw, Metadata(title="Flag", published=dt.date(2020, 1, 1))).title == "Flag"


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("Microsoft Word - Draft_3.docx", None),
        ("untitled", None),
        ("report-final.indd", None),
        ("Microsoft Word - The trade in shells", "The trade in shells"),
    ],
)
def test_a_file_name_is_no_title(title: str, kept: str | None) -> None:
    assert read(pdf([[(72, 700, 12, "Some words.")]], {"Title": title})).title == kept


@pytest.mark.parametrize("date", ["", "yesterday", "D:20231345", "D:2023"])
def test_a_date_that_is_none_is_left_out(date: str) -> None:
    assert read(pdf([[(72, 700, 12, "Some words.")]], {"CreationDate": date})).published is None


@pytest.mark.parametrize("across", [False, True])
def test_two_columns_are_read_one_after_the_other(across: bool) -> None:
    left, right = column(LEFT, 72), column(RIGHT, 320)
    body = [one for pair in zip(left, right, strict=True) for one in pair] if across else left + right
    title: list[Placed] = [(72, 740, 18, "The northern army orders its howitzers at last")]
    found = read(pdf([title + body]))
    assert found.text == "The northern army orders its howitzers at last\n\n" + " ".join(LEFT + RIGHT)


def test_a_heading_between_columns_keeps_its_place() -> None:
    upper = column(LEFT, 72) + column(RIGHT, 320)
    lower = column(LEFT, 72, 560) + column(RIGHT, 320, 560)
    heading: list[Placed] = [(72, 600, 14, "Here a second report begins, which runs across both of the columns")]
    found = read(pdf([upper + lower + heading]))
    whole = " ".join(LEFT + RIGHT)
    assert found.text == f"{whole}\n\n{heading[0][3]}\n\n{whole}"


def test_three_columns() -> None:
    words = [" ".join(line.split()[:4]) for line in LEFT]
    found = read(pdf([column(words, 60, size=8) + column(words[::-1], 230, size=8) + column(words, 400, size=8)]))
    assert found.text.split() == " ".join(words + words[::-1] + words).split()


def test_a_table_is_read_by_its_rows() -> None:
    cells = ((72, "Land"), (250, "gun"), (400, "20"))
    table = [(x, 700 - 14 * i, 10, f"{word}{i}") for i in range(8) for x, word in cells]
    assert read(pdf([table])).text.split("\n\n")[:2] == ["Land0 gun0 200", "Land1 gun1 201"]


def test_paragraphs_by_space_indent_and_short_line() -> None:
    lines: list[Placed] = [
        (72, 700, 10, LEFT[0]), (72, 688, 10, "and stops."), (72, 676, 10, LEFT[1]), (72, 664, 10, LEFT[2]),
        (90, 652, 10, LEFT[3]), (72, 640, 10, LEFT[4]), (72, 610, 10, LEFT[5]),
    ]  # fmt: skip
    assert read(pdf([lines])).text.split("\n\n") == [
        f"{LEFT[0]} and stops.", f"{LEFT[1]} {LEFT[2]}", f"{LEFT[3]} {LEFT[4]}", LEFT[5],
    ]  # fmt: skip


def test_a_hyphen_at_a_line_end_stays_and_parts_nothing_further() -> None:
    found = read(pdf([column(["It bought Russian-", "made shells – sixty -", "and more"], 72)]))
    assert found.text == "It bought Russian-made shells – sixty - and more"
    assert [b.span.of(found.text) for b in found.boxes][:2] == ["It bought Russian-", "made shells – sixty -"]


def test_a_ligature_is_no_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    """PDFium gives each letter of one the place of all."""
    places = {"a": (0.0, 6.0), " ": None, "f": (9.0, 16.0), "i": (9.0, 16.0), "x": (16.0, 22.0)}
    glyphs = [(c, None if at is None else (at[0], 0.0, at[1], 10.0), 0) for c, at in places.items()]
    monkeypatch.setattr(pdf_glyphs, "_glyphs", lambda *_: iter(glyphs))
    with pdfium.PdfDocument(pdf([[]])) as empty:
        (found,), _ = pdf_glyphs.stretches(empty[0], 10)
    assert found == Stretch("a fix", (0.0, 0.0, 22.0, 10.0), 0)


def test_heads_and_feet_are_boilerplate_and_a_sentence_runs_on_over_them() -> None:
    def page(number: int, words: list[str]) -> list[Placed]:
        edges: list[Placed] = [(72, 760, 8, "Example Bulletin"), (300, 30, 8, f"Page {number} of 3")]
        return edges + column(words, 72)

    pages = [page(1, LEFT), page(2, [w.lower() for w in RIGHT]), page(3, ["A last word."])]
    found = read(pdf(pages))
    assert " ".join([*LEFT, *(w.lower() for w in RIGHT)]) in found.text
    boilerplate = [z.span.of(found.text) for z in found.zones if z.zone is Zone.BOILERPLATE]
    assert boilerplate == [w for n in (1, 2, 3) for w in ("Example Bulletin", f"Page {n} of 3")]
    assert [b.page for b in found.boxes if b.span.of(found.text) == "Example Bulletin"] == [1, 2, 3]


@pytest.mark.parametrize(
    ("turn", "x", "y"), [("0 1 -1 0", 12, 0), ("0 -1 1 0", -12, 0), ("-1 0 0 -1", 0, 12), ("1 0 0 1", 0, -12)]
)
def test_turned_text_is_read_upright(turn: str, x: int, y: int) -> None:
    found = read(turned([(f"{turn} {300 + x * i} {400 + y * i}", words) for i, words in enumerate(LEFT)]))
    assert found.text == " ".join(LEFT)
    first, last = found.boxes[0], found.boxes[-1]
    assert (last.left - first.left, last.bottom - first.bottom) == pytest.approx((x * 5, y * 5), abs=25)
    assert all(0 <= b.left < b.right <= 700 and 0 <= b.bottom < b.top <= 700 for b in found.boxes)


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (b"%PDF-1.7 nonsense", "a damaged PDF"),
        (b"", "a damaged PDF"),
        (pdf([[(72, 700, 12, "words")]])[:200], "a damaged PDF"),
        (pdf_of([b"q 612 0 0 792 0 0 cm Q"]), "a PDF without text (scanned pages?)"),
        (pdf([[(300, 30, 8, "12")]]), "a PDF without text (scanned pages?)"),
        (pdf([[]] * (MAX_PAGES + 1)), f"a PDF of {MAX_PAGES + 1:,} pages"),
        (
            pdf(
                [[(72, 700, 12, "words")]],
                extra=b"/ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>"
                % (b"41" * 32, b"42" * 32),
            ),
            "an encrypted PDF",
        ),
    ],
    ids=["damaged", "empty", "cut", "scanned", "only-a-number", "pages", "encrypted"],
)
def test_what_is_not_read(raw: bytes, found: str) -> None:
    assert fault(raw) == found


def test_too_many_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_child, "MAX_CHARACTERS", 300)
    with pdfium.PdfDocument(pdf([column(LEFT, 72)] * 3)) as found, pytest.raises(pdf_child.RefusedError) as error:
        list(pdf_child.pages_of(found))
    assert error.value.args[0] == "a PDF of more than 300 characters"


def test_a_stream_that_unpacks_without_end_is_cut_off() -> None:
    pack = zlib.compressobj(9)
    data = b"".join(pack.compress(b"q " * 500_000) for _ in range(300)) + pack.flush()
    began = time.monotonic()
    assert "too much memory or time" in fault(pdf_of([data], filters=b"/Filter /FlateDecode"))
    assert time.monotonic() - began < 30


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 0.999), st.binary(max_size=12)), min_size=1, max_size=8))
def test_a_spoiled_pdf_is_read_or_refused(spoils: list[tuple[float, bytes]]) -> None:
    raw = bytearray(pdf([column(LEFT, 72) + column(RIGHT, 320)] * 2, {"Title": "T"}))
    for where, put in spoils:
        at = int(where * len(raw))
        raw[at : at + len(put)] = put
    try:
        found = read(bytes(raw))
    except InputError:
        return
    assert all(b.span.of(found.text) for b in found.boxes)


RECT = st.tuples(st.floats(0, 500), st.floats(0, 500), st.floats(1, 100), st.floats(1, 30)).map(
    lambda r: (r[0], r[1], r[0] + r[2], r[1] + r[3])
)
WORDS = st.text("abc1é-. ", min_size=1, max_size=9).filter(str.strip).map(str.strip)
STRETCHES = st.lists(st.builds(Stretch, WORDS, RECT, st.integers(0, 3)), max_size=40)


@given(st.lists(STRETCHES, max_size=4))
def test_nothing_is_lost_and_boxes_are_in_order(pages: list[list[Stretch]]) -> None:
    laid = laid_out([Page(n, found, (0.0, 0.0)) for n, found in enumerate(pages, start=1)])
    words = sorted("".join(s.text for page in pages for s in page).replace(" ", ""))
    assert sorted("".join(laid.text.split())) == words
    last = 0
    for box in laid.boxes:
        assert last <= box.span.start < box.span.end
        last = box.span.end
    assert {b.page for b in laid.boxes} == {n for n, page in enumerate(pages, start=1) if page}


@given(RECT, st.integers(0, 3))
def test_a_turn_can_be_undone(rect: tuple[float, float, float, float], turn: int) -> None:
    assert turned_rect(turned_rect(rect, turn), -turn) == rect
