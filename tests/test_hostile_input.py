"""Input that is broken or means harm: one line of error, in time, and the rest is still read."""

from __future__ import annotations

import gzip
import io
import json
import socket
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.errors import InputError
from sayso.ingest import MAX_BYTES, Metadata, documents
from sayso.model import Document

NOTHING = Metadata()


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("something tried to reach the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def fault(path: Path | str) -> InputError:
    (found,) = documents(str(path), NOTHING)
    assert isinstance(found, InputError), found
    assert "\n" not in str(found)
    assert len(str(found)) < len(str(path)) + 200
    return found


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("a.txt", b"", "an empty file"),
        ("a.txt", b" \n\n", "no text"),
        ("a.jsonl", b"\n", "an empty file"),
        ("a.txt", b"%PDF-1.7 text", "a PDF file"),
        ("a.html", b"PK\x03\x04rest", "a zip or Office file"),
        ("a", b"\x89PNG\r\n", "a PNG picture"),
        ("a.txt", b"some text\0more", "binary data (a NUL at byte 9)"),
        ("a.txt", "half a character \ud800".encode("utf-16-le", "surrogatepass"), "binary data (a NUL at byte 1)"),
        ("a.txt", b"\xff\xfea", "bytes that are not utf-16, though marked so"),
        ("a.txt", b"\x01\x02\x03\x04 x" * 9, "binary data (control characters)"),
        ("a.txt.gz", gzip.compress(b"text" * 999)[:-20], "gzip data that breaks off"),
        ("a.txt.gz", b"\x1f\x8b\x08nonsense", "damaged gzip data"),
        ("a.txt", b"---\noutlet: x\n---\n \n", "no text"),
    ],
)
def test_no_text(tmp_path: Path, name: str, data: bytes, found: str) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    assert fault(file).found == found


def test_what_cannot_be_opened(tmp_path: Path) -> None:
    assert fault(tmp_path / "none.txt").found == "no such file"
    assert fault(tmp_path).found == "a directory"
    assert fault("a\0b").found.startswith("cannot be read")
    assert fault("x" * 5000).found.startswith("cannot be read")
    (found,) = documents("-", NOTHING)
    assert isinstance(found, InputError)


def test_a_file_one_may_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", refuse)
    (found,) = documents(str(tmp_path / "a.txt"), NOTHING)
    assert isinstance(found, InputError)
    assert found.found == "cannot be read (Permission denied)"


class Vanishing(io.BytesIO):
    """A stream that fails in the midst of reading."""

    def read(self, size: int | None = -1) -> bytes:
        if self.tell():
            raise OSError(5, "Input/output error")
        return super().read(100)


@pytest.mark.parametrize("data", [b"some text " * 50, b'{"text": "One."}\n' * 50])
def test_a_file_that_vanishes_while_it_is_read(data: bytes) -> None:
    *_, last = documents("-", NOTHING, stdin=Vanishing(data))
    assert isinstance(last, InputError)
    assert last.found == "cannot be read (Input/output error)"


def test_too_large(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"words " * (MAX_BYTES // 6 + 1))
    assert fault(file).found == f"more than {MAX_BYTES:,} bytes"


def test_a_line_too_long_does_not_hide_the_next(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    with file.open("wb") as out:
        out.write(b'{"text": "' + b"x" * MAX_BYTES + b'"}\n')
        out.write(json.dumps({"id": "2", "text": "Still read."}).encode())
    first, second = documents(str(file), NOTHING)
    assert isinstance(first, InputError)
    assert first.place.endswith("a.jsonl:1")
    assert isinstance(second, Document)
    assert second.text == "Still read."


def test_a_gzip_bomb_is_cut_off() -> None:
    def bomb() -> Iterator[bytes]:
        pack = zlib.compressobj(9, zlib.DEFLATED, 31)
        for _ in range(400):
            yield pack.compress(b" " * 1_000_000)
        yield pack.flush()

    began = time.process_time()
    (found,) = documents("-", NOTHING, stdin=io.BytesIO(b"".join(bomb())))
    assert isinstance(found, InputError)
    assert found.found == f"more than {MAX_BYTES:,} bytes"
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000,
        "<b>" * 100_000 + "text",
        "<ul><li>" * 100_000,
        "<html><body>" + "<table><tr><td>" * 100_000 + "x",
    ],
)
def test_deep_html(tmp_path: Path, html: str) -> None:
    file = tmp_path / "a.html"
    file.write_text(html)
    began = time.process_time()
    assert "deep" in fault(file).found
    assert time.process_time() - began < 3


ODD = ["<!--", "<p>x", "</", "<a href=", "<script>", "<title>", "<", "&#x41;", "<p a='", "<?xml "]


@pytest.mark.parametrize("unit", ODD)
def test_odd_html_ends_in_time(tmp_path: Path, unit: str) -> None:
    file = tmp_path / "a.html"
    file.write_text("<html><body>" + unit * 100_000)
    began = time.process_time()
    assert len(list(documents(str(file), NOTHING))) == 1
    assert time.process_time() - began < 10


def test_entities_fetch_and_expand_nothing(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the hidden words")
    file = tmp_path / "a.html"
    bomb = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 12))
    words = "The minister said on Monday that the order for shells had been signed. " * 8
    file.write_text(
        f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "file://{secret}"><!ENTITY e0 "ha">{bomb}]>'
        f"<html><body><article><p>&x; &e11; {words}</p></article></body></html>"
    )
    for found in documents(str(file), NOTHING):
        assert "hidden words" not in (found.text if isinstance(found, Document) else str(found))
        assert not isinstance(found, Document) or len(found.text) < 2000


@pytest.mark.parametrize(
    "line",
    [
        "[" * 100_000,
        '{"text": ' + "9" * 10_000 + "}",
        '{"text": "x", "published": NaN}',
        '{"text": {"a": 1}}',
        '{"text": "x", "title": ["y"]}',
        '{"text": "x", "language": "klingon language"}',
        "null",
        '"text"',
    ],
)
def test_hostile_json_lines(tmp_path: Path, line: str) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(line + "\n" + '{"id": "next", "text": "Read on."}')
    first, second = documents(str(file), NOTHING)
    assert isinstance(first, InputError)
    assert first.place.startswith(f"{file}:1")
    assert isinstance(second, Document)


def test_what_no_output_can_carry_is_replaced(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text('{"id": "\\ud800", "title": "a\\u0000b", "text": "lone \\udfff and \\u0000 and \\ud83d\\ude00"}')
    (found,) = documents(str(file), NOTHING)
    assert isinstance(found, Document)
    assert found.text == "lone \ufffd and \ufffd and 😀"
    assert (found.id, found.title) == ("\ufffd", "a\ufffdb")
    found.text.encode()


def test_bad_bytes_in_a_line_are_named(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(b'{"text": "caf\xe9"}\n')
    error = fault(file)
    assert error.found == "byte 0xe9 at 13"
    assert error.expected == "UTF-8"
