"""Folders, zip archives, and the bytes that come with every document."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import io
import json
import os
import stat
import struct
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from make_pdf import pdf
from sayso.errors import InputError
from sayso.ingest import Capture, Metadata, captures, documents
from sayso.ingest.fields import published_when
from sayso.model import Document, Interval

NOTHING = Metadata()
BODY = "The ministry said on Tuesday that it had ordered twelve howitzers."
PAGE = f"<!doctype html><html><body><article><p>{BODY} {BODY} {BODY} {BODY}</p></article></body></html>"
ITEM = f"<item><title>T</title><description>{BODY}</description></item>"
FEED = f"<rss version='2.0'><channel><title>F</title>{ITEM}</channel></rss>"


def read(path: Path | str, meta: Metadata = NOTHING, stdin: io.BytesIO | None = None) -> list[Capture | InputError]:
    found = list(captures(str(path), meta, stdin=stdin))
    for one in found:
        if isinstance(one, Capture):
            assert hashlib.sha256(one.raw).hexdigest() == one.document.sha256
        else:
            assert "\n" not in str(one)
            assert "\x1b" not in str(one)
    return found


def faults(found: list[Capture | InputError]) -> list[tuple[str, str]]:
    return [(f.place, f.found) for f in found if isinstance(f, InputError)]


def kept(found: list[Capture | InputError]) -> list[Capture]:
    return [f for f in found if isinstance(f, Capture)]


def packed(members: dict[str, bytes | str], path: Path | None = None, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    if path is not None:
        path.write_bytes(out.getvalue())
    return out.getvalue()


FORMS: dict[str, bytes | str] = {
    "a.txt": BODY,
    "b.html": PAGE,
    "c.jsonl": json.dumps({"id": "j1", "text": BODY}) + "\n" + json.dumps({"id": "j2", "text": BODY}),
    "d.pdf": pdf([[(72, 700, 12, BODY)]]),
    "e.xml": FEED,
    "f.txt.gz": gzip.compress(BODY.encode()),
    "g": BODY + " Without a suffix.",
}
MEDIA = ["text/plain", "text/html", "application/json", "application/json", "application/pdf", "application/rss+xml"]


def test_the_bytes_of_every_form(tmp_path: Path) -> None:
    for name, data in FORMS.items():
        (tmp_path / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    found = kept(read(tmp_path))
    assert [f.media_type for f in found] == [*MEDIA, "text/plain", "text/plain"]
    names = "a.txt b.html c.jsonl c.jsonl d.pdf e.xml f.txt.gz g".split()
    assert [f.document.path for f in found] == [str(tmp_path / name) for name in names]
    assert found[3].raw == json.dumps({"id": "j2", "text": BODY}).encode()
    assert found[6].raw == BODY.encode()
    assert list(documents(str(tmp_path), NOTHING)) == [f.document for f in found]


def test_a_folder_in_order_without_hidden_files_and_links(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a.txt", "c.txt", ".git/x.txt", "b/.hidden.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(BODY)
    (tmp_path / "link.txt").symlink_to(tmp_path / "a.txt")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "odd\n\x1b[2Jname.txt").write_text(BODY)
    found = read(tmp_path)
    names = [f.document.path.removeprefix(f"{tmp_path}/") for f in kept(found) if f.document.path]
    assert names == ["a.txt", "b/1.txt", "b/2.txt", "c.txt", "odd\ufffd\ufffd[2Jname.txt"]
    assert faults(found) == [
        (str(tmp_path / "link.txt"), "a symbolic link, skipped"),
        (str(tmp_path / "loop"), "a symbolic link, skipped"),
        (str(tmp_path / "pipe"), "a device, pipe or socket, skipped"),
    ]


def test_an_empty_folder_and_one_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert faults(read(tmp_path)) == [(str(tmp_path), "a directory")]
    for i in range(4):
        (tmp_path / f"{i}.txt").write_text(BODY)
    monkeypatch.setattr("sayso.ingest.folder.MAX_FILES", 3)
    found = read(tmp_path)
    assert len(kept(found)) == 3
    assert faults(found) == [(str(tmp_path), "more than 3 files")]


def test_a_deep_folder_ends(tmp_path: Path) -> None:
    deep = tmp_path
    for _ in range(70):
        deep = deep / "d"
        deep.mkdir()
    (deep / "a.txt").write_text(BODY)
    ((_, found),) = faults(read(tmp_path))
    assert found == "folders more than 60 deep"


@pytest.mark.parametrize("by", ["path", "stdin", "bare"])
def test_a_zip_archive(tmp_path: Path, by: str) -> None:
    path = tmp_path / ("a.zip" if by == "path" else "a")
    data = packed(FORMS, path)
    found = read("-", stdin=io.BytesIO(data)) if by == "stdin" else read(path)
    assert [f.media_type for f in kept(found)] == [*MEDIA, "text/plain", "text/plain"]
    place = "standard input" if by == "stdin" else str(path)
    assert found[0] == Capture(kept(found)[0].document, BODY.encode(), "text/plain")
    assert kept(found)[0].document.path == f"{place}!a.txt"


def test_names_are_labels_and_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    monkeypatch.chdir(inside)
    names = ["../up.txt", "/etc/abs.txt", "a/../../b.txt", "C:\\win.txt", "new\nline\x1b.txt", "ok.txt"]
    packed(dict.fromkeys(names, BODY), tmp_path / "a.zip")
    found = kept(read(tmp_path / "a.zip"))
    assert len(found) == len(names)
    assert found[0].document.path == f"{tmp_path / 'a.zip'}!../up.txt"
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["a.zip", "inside"]


def test_members_that_are_left_out_or_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("folder/", "")
        archive.writestr("__MACOSX/a.txt", BODY)
        archive.writestr("x/.DS_Store", BODY)
        archive.writestr(link, "/etc/passwd")
        archive.writestr("inner.zip", packed({"a.txt": BODY}))
        archive.writestr("inner.bin", packed({"a.txt": BODY}))
        archive.writestr("bz.txt", BODY, zipfile.ZIP_BZIP2)
        archive.writestr("good.txt", BODY)
        archive.writestr("bad.png", b"\x89PNG....")
    path.write_bytes(out.getvalue())
    found = read(path)
    assert [f.document.path for f in kept(found)] == [f"{path}!good.txt"]
    assert [(p.split("!")[1], f) for p, f in faults(found)] == [
        ("link.txt", "a symbolic link, skipped"),
        ("inner.zip", "an archive inside an archive"),
        ("inner.bin", "an archive inside an archive"),
        ("bz.txt", "a member packed by method 12"),
        ("bad.png", "a PNG picture"),
    ]


def test_an_encrypted_member_and_a_wrong_sum(tmp_path: Path) -> None:
    raw = bytearray(packed({"a.txt": BODY}, method=zipfile.ZIP_STORED))
    locked = bytearray(raw)
    locked[raw.index(b"PK\x01\x02") + 8] |= 1
    spoiled = raw.replace(b"Tuesday", b"Wuesday")
    for data, found in ((locked, "an encrypted member"), (spoiled, "a damaged member (Bad CRC-32 for file 'a.txt')")):
        (tmp_path / "a.zip").write_bytes(data)
        assert faults(read(tmp_path / "a.zip")) == [(f"{tmp_path}/a.zip!a.txt", found)]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"PK\x03\x04 and no more", "a zip archive that breaks off"),
        (packed({}), "an archive without files"),
        (packed({"[Content_Types].xml": "x", "word/document.xml": "y"}), "an Office file or e-book"),
        (packed({f"{i}.txt": "x" for i in range(10_001)}), "10,001 members"),
        (b"PK\x05\x06" + struct.pack("<4H2LH", 0, 0, 9, 9, 90_000_000, 0, 0), "a list of members of 90,000,000 bytes"),
        (b"PK\x06\x07" + b"\0" * 16 + b"PK\x05\x06" + struct.pack("<4H2LH", 0, 0, 9, 9, 9, 0, 0), "a zip64 archive"),
    ],
)  # fmt: skip
def test_archives_that_are_refused(tmp_path: Path, data: bytes, found: str) -> None:
    (tmp_path / "a.zip").write_bytes(data)
    assert faults(read(tmp_path / "a.zip")) == [(f"{tmp_path}/a.zip", found)]


def test_bombs_are_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.zip"
    blank = (b" " * 999 + b"\n") * 60_000
    once = gzip.compress(blank)
    packed({"a.jsonl": blank, "b.txt": BODY, "c.jsonl": gzip.compress(once), "d.jsonl": once}, path)
    began = time.process_time()
    found = read(path)
    assert time.process_time() - began < 10
    assert faults(found)[0] == (f"{path}!a.jsonl", "data that unpacks more than 250 times")
    assert faults(found)[-1] == (f"{path}!d.jsonl", "data that unpacks more than 250 times")
    assert [f.document.path for f in kept(found)] == [f"{path}!b.txt"]

    monkeypatch.setattr("sayso.ingest.archive.MAX_TOTAL", 1000)
    packed({f"{i}.txt": f"{i} {BODY}" for i in range(30)}, path)
    found = read(path)
    assert 5 < len(kept(found)) < 20
    assert faults(found)[-1] == (str(path), "more than 1,000 bytes unpacked; cut off")

    monkeypatch.setattr("sayso.ingest.archive.MAX_MEMBER", 500)
    packed({"a.jsonl": "x" * 501}, path)
    assert faults(read(path)) == [(f"{path}!a.jsonl", "more than 500 bytes")]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10_000), st.binary(max_size=6)), max_size=6), st.integers(0, 400))
def test_a_spoiled_archive_never_raises(spoils: list[tuple[int, bytes]], cut: int) -> None:
    raw = bytearray(packed({"a.txt": BODY, "b/c.jsonl": '{"text": "One."}', "d.gz": gzip.compress(b"three words")}))
    for where, put in spoils:
        at = where % len(raw)
        raw[at : at + len(put)] = put
    data = bytes(raw[: len(raw) - cut]) if cut < 200 else bytes(raw)
    assert read("-", stdin=io.BytesIO(b"PK\x03\x04" + data[4:]))


def test_one_id_cannot_name_two_files(tmp_path: Path) -> None:
    packed({"a.txt": BODY, "b.txt": BODY}, tmp_path / "a.zip")
    first, second = read(tmp_path / "a.zip", Metadata(id="x"))
    assert isinstance(first, Capture)
    assert str(second).startswith(f"{tmp_path}/a.zip!b.txt: a second document under the id 'x'")


@pytest.mark.parametrize(
    ("value", "start", "end"),
    [
        ("2023-02", dt.date(2023, 2, 1), dt.date(2023, 2, 28)),
        ("2024-02", dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
        ("2023", dt.date(2023, 1, 1), dt.date(2023, 12, 31)),
    ],
)
def test_a_month_or_year_is_kept_as_its_days(tmp_path: Path, value: str, start: dt.date, end: dt.date) -> None:
    assert published_when(value, "x") == Interval(start, end)
    (tmp_path / "a.txt").write_text(f"---\npublished: {value}\n---\n{BODY}")
    (found,) = documents(str(tmp_path / "a.txt"), NOTHING)
    assert isinstance(found, Document)
    assert (found.published, found.published_between) == (None, Interval(start, end))
    (flagged,) = documents(str(tmp_path / "a.txt"), Metadata(published=dt.date(2023, 2, 3)))
    assert isinstance(flagged, Document)
    assert (flagged.published, flagged.published_between) == (dt.date(2023, 2, 3), None)


@pytest.mark.parametrize("value", ["2023-13", "2023-00", "0000", "0000-01", "23", "2023-2", "02-2023", "2023-02-", ""])
def test_what_is_no_month(value: str) -> None:
    with pytest.raises(InputError):
        published_when(value, "x")
