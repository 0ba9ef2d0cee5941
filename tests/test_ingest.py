"""Files, streams and formats in; documents and errors out."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import InputError
from sayso.ingest import Metadata, documents
from sayso.ingest.encoding import decode
from sayso.ingest.language import detect
from sayso.ingest.plain import front_matter
from sayso.ingest.source import lines
from sayso.model import Document, Interval

NOTHING = Metadata()
BODY = "The ministry said on Tuesday that it had ordered twelve howitzers.\n\nIt gave no price.\n"


def read(path: Path, meta: Metadata = NOTHING) -> list[Document | InputError]:
    return list(documents(str(path), meta))


def one(path: Path, meta: Metadata = NOTHING) -> Document:
    (found,) = read(path, meta)
    assert isinstance(found, Document), found
    return found


def test_plain_text_is_frozen_as_it_stands(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(("\ufeff  Two  spaces\r\nand a\ttab\r" + BODY).encode())
    found = one(file)
    assert found.text == "  Two  spaces\nand a\ttab\n" + BODY
    assert (found.path, found.language, found.title, found.published) == (str(file), "en", None, None)
    assert found.sha256 is not None
    assert found.id == found.sha256[:16]


def test_front_matter_gives_metadata_and_flags_win(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(
        "---\noutlet: The Example\ntitle: 'Guns: a list'\npublished: 2023-02-24\nauthor:\nlanguage: en-GB\n---\n" + BODY
    )
    found = one(file, Metadata(outlet="Flag Post", id="x1"))
    assert found.text == BODY
    assert (found.outlet, found.title, found.published) == ("Flag Post", "Guns: a list", dt.date(2023, 2, 24))
    assert (found.author, found.language, found.id) == (None, "en", "x1")


@pytest.mark.parametrize(
    ("text", "place", "found"),
    [
        ("---\noutlet: A\nputlet: B\n---\nx", ":3", "unknown key 'putlet'"),
        ("---\noutlet: A\noutlet: B\n---\nx", ":3", "outlet for the second time"),
        ("---\npublished: 2023-02-30\n---\nx", ":2: published", "'2023-02-30'"),
        ("---\npublished: 24 Feb\n---\nx", ":2: published", "'24 Feb'"),
        ("---\nurl: javascript:alert(1)\n---\nx", ":2: url", "'javascript:alert(1)'"),
        ("---\nlanguage: English\n---\nx", ":2: language", "'English'"),
        ("---\noutlet: A\ntitle: B", ":1", "front matter without an end"),
        ("---\noutlet: A\n\nThe text begins.", ":3", "an empty line in front matter"),
        ("---\noutlet: A\nThe text begins.\n---\n", ":3", "'The text begins.' in front matter"),
    ],
)
def test_broken_front_matter_names_line_value_and_expectation(text: str, place: str, found: str) -> None:
    with pytest.raises(InputError) as error:
        front_matter(text, "f.txt")
    assert error.value.place == "f.txt" + place
    assert error.value.found == found
    assert error.value.expected


@pytest.mark.parametrize(
    "text",
    [
        "Headline\n---\noutlet: no\n",
        "---\nSome words after a rule\n",
        "---",
        "--- \n\nkey: value\n",
        "----\noutlet: A\n",
    ],
)
def test_rules_and_underlines_are_no_front_matter(text: str) -> None:
    assert front_matter(text, "f.txt") == (NOTHING, text)


def test_jsonl_reads_gold_form_and_aliases_and_goes_on_after_bad_lines(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    rows: list[object] = [
        {"id": "1", "outlet": "A", "title": "T", "published": "2023-02-24", "language": "en", "text": BODY},
        {"id": 2, "publisher": "B", "lang": "ko", "published": "2023-02-24T09:12:00+09:00", "text": BODY, "x": [1]},
        {"id": "3", "published": "2023-02", "text": BODY},
        {"id": "4", "published": 20230224, "text": BODY},
        {"id": "5", "text": None},
        {"id": "6", "published": None, "url": "", "text": BODY},
        [1],
    ]
    file.write_text("\ufeff" + "\n".join(map(json.dumps, rows)) + "\n\n{broken\n")
    found = read(file)
    kinds = [type(f).__name__ for f in found]
    assert kinds == ["Document", "Document", "Document", "InputError", "InputError", "Document"] + ["InputError"] * 2
    second = found[1]
    assert isinstance(second, Document)
    assert (second.id, second.outlet, second.language, second.published) == ("2", "B", "ko", dt.date(2023, 2, 24))
    third = found[2]
    assert isinstance(third, Document)
    assert third.published is None
    assert third.published_between == Interval(dt.date(2023, 2, 1), dt.date(2023, 2, 28))
    assert str(found[3]).startswith(f"{file}:4: published: 20230224; expected")
    assert str(found[4]).startswith(f"{file}:5: no text; expected")
    assert str(found[7]).startswith(f"{file}:9: not JSON")


def test_one_id_cannot_name_two_lines(tmp_path: Path) -> None:
    file = tmp_path / "a.ndjson"
    file.write_text(json.dumps({"text": BODY}) + "\n" + json.dumps({"text": BODY}))
    first, second = read(file, Metadata(id="x"))
    assert isinstance(first, Document)
    assert first.id == "x"
    assert isinstance(second, InputError)


def test_standard_input_by_content() -> None:
    def kind(data: bytes) -> str:
        (found,) = documents("-", NOTHING, stdin=io.BytesIO(data))
        assert isinstance(found, Document), found
        return found.text

    page = b"<!DOCTYPE html><html><body><article><p>" + BODY.encode() * 5 + b"</p></article></body></html>"
    assert kind(BODY.encode()) == BODY
    assert kind(b' {"text": "One line of JSON here."}\n') == "One line of JSON here."
    assert "twelve howitzers" in kind(page)
    assert "<" not in kind(gzip.compress(page))


def test_gzip_of_any_form(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl.gz"
    rows = [gzip.compress(json.dumps({"id": str(i), "text": BODY}).encode() + b"\n") for i in range(3)]
    file.write_bytes(b"".join(rows))
    assert [f.id for f in read(file) if isinstance(f, Document)] == ["0", "1", "2"]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_encodings(codec: str) -> None:
    text = "“It’s €5,” the café said – twice. " * 4
    assert decode(text.encode(codec), "f") == text


def test_declared_charset_wins_over_guess() -> None:
    text = '<meta charset="windows-1251"><p>Министерство сообщило'
    assert decode(text.encode("cp1251"), "f") == text


@given(st.text())
def test_utf8_comes_back(text: str) -> None:
    plain = "".join(c for c in text if c >= " ")
    assert decode(("x" + plain).encode(), "f") == "x" + plain


@given(st.lists(st.binary(max_size=12)), st.integers(1, 7))
def test_lines_do_not_depend_on_the_pieces(parts: list[bytes], limit: int) -> None:
    data = b"".join(parts)
    expected = [p if len(p) <= limit else None for p in data.split(b"\n")]
    if expected[-1] == b"":
        expected.pop()
    assert list(lines(parts, limit)) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Министерство обороны сообщило о поставке ракет.", "ru"),
        ("Das Ministerium hat die Lieferung der Panzer bestätigt.", "de"),
        ("The ministry confirmed the delivery of the tanks.", "en"),
        ("OK", "en"),
        ("", "en"),
        ("12 – 14", "en"),
    ],
)
def test_language(text: str, code: str) -> None:
    assert detect(text) == code
