"""Web archives in and out."""

from __future__ import annotations

import base64
import datetime as dt
import gzip
import hashlib
import io
import json
import random
import zlib
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator
from hypothesis import given, settings
from hypothesis import strategies as st

from make_pdf import pdf
from sayso.errors import InputError
from sayso.export.warc import write_warc
from sayso.ingest import Capture, Metadata, captures

NOTHING = Metadata()
BODY = "The ministry said on Tuesday that it had ordered twelve howitzers."
ARTICLE = f"<article><p>{BODY} {BODY} {BODY} {BODY}</p></article>"
PAGE = f"<!doctype html><html><head><title>Howitzers</title></head><body>{ARTICLE}</body></html>".encode()
ITEM = f"<item><title>T</title><guid>g1</guid><link>https://f.example/1</link><description>{BODY}</description></item>"
FEED = f"<rss version='2.0'><channel><title>F</title>{ITEM}</channel></rss>"
WHEN = dt.datetime(2023, 2, 24, 10, 0, tzinfo=dt.UTC)


def record(block: bytes, kind: str = "response", length: int | None = None, **headers: str) -> bytes:
    fields = {
        "WARC-Type": kind, "WARC-Record-ID": "<urn:uuid:0>", "WARC-Date": "2023-02-24T10:00:00Z",
        "WARC-Target-URI": "https://site.example/a", "Content-Type": "application/http; msgtype=response",
        "Content-Length": str(len(block) if length is None else length),
    } | {name.replace("_", "-"): value for name, value in headers.items()}  # fmt: skip
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return b"WARC/1.0\r\n" + head.encode() + b"\r\n" + block + b"\r\n\r\n"


def http(body: bytes = PAGE, status: str = "200 OK", kind: str = "text/html", **headers: str) -> bytes:
    fields = {"Content-Type": kind} | {name.replace("_", "-"): value for name, value in headers.items()}
    head = f"HTTP/1.1 {status}\r\n" + "".join(f"{n}: {v}\r\n" for n, v in fields.items())
    return head.encode() + b"\r\n" + body


def read(data: bytes, meta: Metadata = NOTHING) -> list[Capture | InputError]:
    found = list(captures("-", meta, stdin=io.BytesIO(data)))
    assert all("\n" not in str(f) for f in found if isinstance(f, InputError))
    return found


def one(data: bytes, meta: Metadata = NOTHING) -> Capture:
    (found,) = read(data, meta)
    assert isinstance(found, Capture), found
    return found


def fault(data: bytes) -> InputError:
    (found,) = read(data)
    assert isinstance(found, InputError), found
    return found


def chunked(body: bytes, size: int = 100) -> bytes:
    parts = (body[i : i + size] for i in range(0, len(body), size))
    return b"".join(b"%x;x=y\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def sha1(data: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode()


def test_a_page_with_its_address_and_date() -> None:
    found = one(record(http()))
    assert found.raw == PAGE
    assert found.captured == WHEN
    d = found.document
    assert (d.url, d.title, d.sha256) == ("https://site.example/a", "Howitzers", hashlib.sha256(PAGE).hexdigest())
    assert d.path == "standard input: record 1"
    assert d.published is None
    assert one(record(http()), Metadata(url="https://flag.example/")).document.url == "https://flag.example/"


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "a.bin"])
def test_files(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    text = http(BODY.encode(), kind="text/plain; charset=utf-8")
    data = [record(b"software: x", "warcinfo"), record(http()), record(text)]
    path.write_bytes(b"".join(map(gzip.compress, data)) if name.endswith("gz") else b"".join(data))
    found = list(captures(str(path), NOTHING))
    assert [f.media_type for f in found if isinstance(f, Capture)] == ["text/html", "text/plain"]
    assert len(found) == 2


@pytest.mark.parametrize(
    ("block", "payload"),
    [
        (http(chunked(PAGE), Transfer_Encoding="chunked"), chunked(PAGE)),
        (http(chunked(PAGE), Transfer_Encoding="chunked"), PAGE),
        (http(gzip.compress(PAGE), Content_Encoding="gzip"), gzip.compress(PAGE)),
        (http(zlib.compress(PAGE), Content_Encoding="deflate"), None),
        (http(zlib.compress(PAGE)[2:-4], Content_Encoding="deflate"), None),
        (http(chunked(gzip.compress(PAGE)), Transfer_Encoding="chunked", Content_Encoding="gzip"), None),
        (http(PAGE, Transfer_Encoding="chunked", Content_Encoding="gzip"), PAGE),
    ],
)
def test_codings_are_undone_and_the_digest_may_be_of_either_form(block: bytes, payload: bytes | None) -> None:
    data = record(block) if payload is None else record(block, WARC_Payload_Digest=sha1(payload))
    assert one(data).raw == PAGE


@pytest.mark.parametrize(
    "digest",
    [
        sha1(PAGE), sha1(PAGE).lower(), "sha1:" + hashlib.sha1(PAGE, usedforsecurity=False).hexdigest(),
        "sha256:" + hashlib.sha256(PAGE).hexdigest().upper(), "SHA-256:" + hashlib.sha256(PAGE).hexdigest(),
        "md5:" + hashlib.md5(PAGE, usedforsecurity=False).hexdigest(),
    ],
)  # fmt: skip
def test_digests_that_fit(digest: str) -> None:
    assert one(record(http(), WARC_Payload_Digest=digest)).raw == PAGE


@pytest.mark.parametrize(
    ("digest", "found"),
    [
        (sha1(b"other"), "a payload that does not fit its digest"),
        ("sha1:", "a payload that does not fit its digest"),
        ("crc32:abc", "payload digest 'crc32:abc'"),
        ("nonsense", "payload digest 'nonsense'"),
    ],
)
def test_a_digest_that_does_not_fit_is_an_error_of_that_record(digest: str, found: str) -> None:
    bad, good = read(record(http(), WARC_Payload_Digest=digest) + record(http()))
    assert isinstance(bad, InputError)
    assert (bad.place, bad.found) == ("standard input: record 1", found)
    assert isinstance(good, Capture)


def test_what_is_left_out_is_counted_once() -> None:
    data = [
        record(b"x", "warcinfo"), record(b"GET / HTTP/1.1\r\n\r\n", "request"), record(http(b"gone", "404 Not Found")),
        record(http(b"", "301 Moved")), record(http(b"gone", "404 Not Found")), record(b"", "revisit"),
        record(http(b"\x89PNG", kind="image/png")), record(http()), record(http(), WARC_Truncated="length"),
        record(b"m: n", "metadata"),
    ]  # fmt: skip
    found, note = read(b"".join(data))
    assert isinstance(found, Capture)
    assert isinstance(note, InputError)
    assert note.found == (
        "records skipped (6): 2 status 404, 1 status 301, 1 revisit record, 1 media type image/png, "
        "1 truncated or segmented record"
    )


BOMB = gzip.compress(b"\n" * 90_000_000)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (record(b"no head"), "a response without an HTTP head"),
        (record(http(b"5\r\nab", Transfer_Encoding="chunked")), "a chunked body that breaks off"),
        (record(http(b"5\r\nabcde\r\nxyz\r\n", Transfer_Encoding="chunked")), "a damaged chunk at byte 10"),
        (record(http(gzip.compress(PAGE)[:-9], Content_Encoding="gzip")), "a compressed body that breaks off"),
        (record(http(b"\x1f\x8bnonsense", Content_Encoding="gzip")), "a damaged compressed body"),
        (record(http(Content_Encoding="br")), "content coding 'br'"),
        (record(http(BOMB, Content_Encoding="gzip")), "data that unpacks more than 250 times"),
        (record(http(b"PK\x03\x04", kind="application/octet-stream")), "an archive inside an archive"),
        (record(http(record(http()), kind="application/octet-stream")), "an archive inside an archive"),
        (record(http(), length=99_999_999), "a record of 99,999,999 bytes"),
        (record(http(), length=99_999), "a record that breaks off"),
        (b"WARC/1.0\r\n", "records skipped (1): 1 unknown record"),
        (b"WARC/1.0\r\nno colon\r\n\r\n", "records skipped (1): 1 unknown record"),
        (b"WARC/1.0\r\nWARC-Type: response\r\nX: " + b"a" * 99_999, "damaged after record 0"),
    ],
)  # fmt: skip
def test_broken_records(data: bytes, found: str) -> None:
    first = read(data)[0]
    assert isinstance(first, InputError)
    assert first.found.startswith(found)


def test_a_charset_that_only_the_server_tells() -> None:
    text = "Министерство обороны сообщило о поставке двенадцати гаубиц на этой неделе."
    found = one(record(http(text.encode("koi8-r"), kind="text/plain; charset=KOI8-R")))
    assert found.document.text == text


def test_a_file_that_breaks_off_in_its_gzip() -> None:
    first, second = read(gzip.compress(record(http())) + gzip.compress(record(http()))[:-30])
    assert isinstance(first, Capture)
    assert isinstance(second, InputError)


LINE = {"id": "j1", "url": "https://j.example/ä b", "text": BODY, "published": "2023-02"}


def everything(tmp_path: Path) -> list[Capture]:
    files = {
        "a.txt": BODY.encode(), "b.html": PAGE, "d.pdf": pdf([[(72, 700, 12, BODY)]]), "e.xml": FEED.encode(),
        "c.jsonl": json.dumps(LINE).encode(),
    }  # fmt: skip
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    found = [f for f in captures(str(tmp_path), NOTHING) if isinstance(f, Capture)]
    assert len(found) == len(files)
    return found


def test_what_is_written_is_read_again_the_same(tmp_path: Path) -> None:
    before = everything(tmp_path)
    out = io.BytesIO()
    assert write_warc(before, out, when=WHEN) == len(before)
    after = read(out.getvalue())
    for old, new in zip(before, after, strict=True):
        assert isinstance(new, Capture), new
        assert (new.raw, new.media_type, new.captured) == (old.raw, old.media_type, WHEN)
        a, b = old.document, new.document
        assert (b.id, b.text, b.title, b.url, b.boxes, b.links) == (a.id, a.text, a.title, a.url, a.boxes, a.links)
        assert (b.published, b.published_between, b.sha256) == (a.published, a.published_between, a.sha256)
    again = io.BytesIO()
    write_warc(before, again, when=WHEN)
    assert again.getvalue() == out.getvalue()


def test_the_form_is_that_of_the_standard(tmp_path: Path) -> None:
    out = io.BytesIO()
    write_warc(everything(tmp_path), out, when=WHEN)
    records = list(ArchiveIterator(io.BytesIO(out.getvalue()), parse_http=False, verify_digests=True))
    assert [str(r.record_type) for r in records] == ["warcinfo"] + ["resource"] * 5
    assert len({r.record_id for r in records}) == 6
    ids = []
    for r in ArchiveIterator(io.BytesIO(out.getvalue()), parse_http=False):
        body = r.reader.read()
        digest = "sha256:" + base64.b32encode(hashlib.sha256(body).digest()).decode()
        assert r.headers["WARC-Block-Digest"] == digest
        ids.append(r.headers.get("WARC-Target-URI"))
    assert ids[1:4] == [
        f"urn:sha256:{hashlib.sha256(BODY.encode()).hexdigest()}",
        ids[2],
        "https://j.example/%C3%A4%20b",
    ]
    members = 0
    data = out.getvalue()
    while data:
        member = zlib.decompressobj(31)
        assert member.decompress(data).startswith(b"WARC/1.1\r\nWARC-Type: ")
        data = member.unused_data
        members += 1
    assert members == 6


def test_bytes_that_are_not_the_documents_are_not_written() -> None:
    good = one(record(http()))
    for bad in (Capture(good.document, b"other", "text/html"), Capture(good.document, PAGE, "text/html\r\nX: y")):
        with pytest.raises(InputError):
            write_warc([bad], io.BytesIO(), when=WHEN)


@given(st.lists(st.binary(min_size=1, max_size=200), max_size=5))
def test_any_text_comes_back(texts: list[bytes]) -> None:
    found = [f for t in texts for f in captures("-", NOTHING, stdin=io.BytesIO(b"Words " + t))]
    before = [f for f in found if isinstance(f, Capture)]
    out = io.BytesIO()
    write_warc(before, out, when=WHEN)
    again = read(out.getvalue())
    assert [f.raw for f in again if isinstance(f, Capture)] == [f.raw for f in before]


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32))
def test_a_spoiled_warc_never_raises(seed: int) -> None:
    chance = random.Random(seed)
    plain = http(BODY.encode(), kind="text/plain", Transfer_Encoding="identity")
    parts = http(chunked(BODY.encode()), kind="text/plain", Transfer_Encoding="chunked")
    last = record(parts, WARC_Payload_Digest=sha1(BODY.encode()))
    data = bytearray(record(plain) + record(b"", "revisit") + last)
    for _ in range(chance.randint(1, 5)):
        at = chance.randrange(5, len(data))
        if chance.random() < 0.5:
            data[at] = chance.choice(b"\r\n\0: 0129-\xffWAR")
        else:
            del data[at : at + chance.randint(1, 30)]
    assert read(bytes(data))
