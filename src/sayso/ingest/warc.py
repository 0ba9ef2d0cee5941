"""WARC files, framed by FastWARC: the pages, texts, PDFs and feeds that were fetched.

Only the framing is FastWARC's: HTTP heads, codings and digests are read here, from bounded bytes.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from sayso.errors import InputError
from sayso.ingest.capture import Capture, Where, label
from sayso.ingest.fields import Metadata, show
from sayso.ingest.forms import Form, content_form, media_form
from sayso.ingest.http_body import dechunked, media_type, undone
from sayso.ingest.markup import is_web
from sayso.ingest.source import whole

MAX_RECORD = 60_000_000
"""The most bytes of one record."""

Reader = Callable[[Iterator[bytes], Metadata, Where, Form | None], Iterator[Capture | InputError]]

_EXPECTED = "a sound WARC file"
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? (\d{3})\b")
_MAX_HEAD = 100_000
_DIGESTS = {"sha1": 20, "sha256": 32, "sha512": 64, "md5": 16}
_KEPT = (WarcRecordType.response, WarcRecordType.resource)


class _SkippedError(Exception):
    """A record that is not read, and what it is."""


def read_warc(pieces: Iterator[bytes], meta: Metadata, where: Where, read: Reader) -> Iterator[Capture | InputError]:
    """The documents of the response and resource records that `read` can read, in the file's order.

    A record's address and date are its document's; its payload must fit the digest it gives. What
    is left out (revisits, other record types, statuses but 200, pictures and other media types) is
    counted, and one error at the end says so: "records skipped (4): 3 status 404, 1 revisit record".
    """
    skipped: Counter[str] = Counter()
    number = 0
    try:
        for number, record in enumerate(ArchiveIterator(_Stream(pieces), parse_http=False), start=1):
            place = f"{where.place}: record {number}"
            try:
                yield from _record(record, place, meta, read)
            except _SkippedError as skip:
                skipped[str(skip)] += 1
            except InputError as error:
                yield error
    except InputError as error:  # the stream itself broke
        yield error
    except OSError as error:
        found = f"damaged after record {number:,} ({' '.join(str(error).split())[:60]})"
        yield InputError(where.place, found, _EXPECTED)
    if not number:
        yield InputError(where.place, "no records", _EXPECTED)
    del skipped["warcinfo record"], skipped["request record"], skipped["metadata record"]
    if skipped:
        kinds = ", ".join(f"{count:,} {kind}" for kind, count in skipped.most_common())
        found = f"records skipped ({skipped.total():,}): {kinds}"
        yield InputError(where.place, found, "responses of status 200 with HTML, text, PDF or feeds")


def _record(record: WarcRecord, place: str, meta: Metadata, read: Reader) -> Iterator[Capture | InputError]:
    if record.record_type not in _KEPT:
        raise _SkippedError(f"{record.record_type} record")
    for name in ("Truncated", "Segment-Number"):
        if record.headers.get(f"WARC-{name}") is not None:
            raise _SkippedError("truncated or segmented record")
    uri = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
    if record.content_length > MAX_RECORD:
        raise InputError(place, f"a record of {record.content_length:,} bytes", f"at most {MAX_RECORD:,}")
    block = _block(record, place)
    digest = record.headers.get("WARC-Payload-Digest")
    head: dict[str, str] = {}
    declared, is_http = record.headers.get("Content-Type"), False
    payload = block
    if record.record_type == WarcRecordType.response and (is_web(uri) or block.startswith(b"HTTP/")):
        status, head, payload = _response(block, place)
        if status != 200:
            raise _SkippedError(f"status {status}")
        declared, is_http = head.get("content-type"), True
    kind, charset = media_type(declared)
    form = media_form(kind)
    if form is None and kind not in (None, "application/octet-stream", "text/xml", "application/xml"):
        raise _SkippedError(f"media type {label(kind or '')[:40]}")
    body = _decoded(payload, head, digest, place) if is_http else payload
    if not is_http and digest is not None:
        _check(digest, (payload,), place)
    here = Where(
        place, url=uri if is_web(uri) else None, captured=_utc(record.record_date), charset=charset, inside=True
    )
    yield from read(iter((body,)), meta, here, content_form(body) or form)  # servers misname


def _block(record: WarcRecord, place: str) -> bytes:
    held = bytearray()
    while piece := record.reader.read(1 << 16):
        held += piece
    if len(held) < record.content_length:
        raise InputError(place, "a record that breaks off", f"{record.content_length:,} bytes")
    return bytes(held)


def _response(block: bytes, place: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers (by name in lower case; the first of each) and body of an HTTP response."""
    status = _STATUS.match(block)
    end = re.compile(rb"\r?\n\r?\n").search(block, 0, _MAX_HEAD)
    if status is None or end is None:
        raise InputError(place, "a response without an HTTP head", "an HTTP response")
    head: dict[str, str] = {}
    for line in block[: end.start()].decode("utf-8", "replace").splitlines()[1:]:
        name, _, value = line.partition(":")
        head.setdefault(name.strip().lower(), value.strip())
    return int(status[1]), head, block[end.end() :]


def _decoded(payload: bytes, head: dict[str, str], digest: str | None, place: str) -> bytes:
    """The body without its codings, where its digest fits.

    Tools differ in whether the digest is of the body with or without its transfer coding; some
    archives keep decoded bodies under their first headers. Both are taken.
    """
    body = payload
    if "chunked" in head.get("transfer-encoding", "").lower() and re.match(rb"[0-9a-fA-F]{1,8}\s{0,9}[;\r\n]", payload):
        body = dechunked(payload, place)
    if digest is not None:
        _check(digest, (payload, body), place)
    codings = head.get("content-encoding")
    if codings is not None and "gzip" in codings.lower() and not body.startswith(b"\x1f\x8b"):
        codings = None
    return whole(undone(iter((body,)), codings, place), place, MAX_RECORD)


def _check(digest: str, payloads: tuple[bytes, ...], place: str) -> None:
    """Raises `InputError` where a digest ("sha1:BASE32", or in hex) is of none of the payloads."""
    name, _, value = digest.strip().partition(":")
    name = name.lower().replace("-", "")
    size = _DIGESTS.get(name)
    if size is None:
        raise InputError(place, f"payload digest {show(digest)}", "one of " + ", ".join(_DIGESTS))
    for payload in dict.fromkeys(payloads):
        found = hashlib.new(name, payload, usedforsecurity=False).digest()
        if value.upper().rstrip("=") in (found.hex().upper(), base64.b32encode(found).decode().rstrip("=")):
            return
    raise InputError(place, "a payload that does not fit its digest", label(digest.strip()[:160]))


def _utc(date: dt.datetime | None) -> dt.datetime | None:
    return date.astimezone(dt.UTC) if date is not None else None


class _Stream(io.RawIOBase):
    """Pieces as the stream FastWARC wants: it asks where it stands, and never moves."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._held, self._at = pieces, b"", 0

    def read(self, size: int = -1) -> bytes:
        while not self._held:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._held = piece
        out = self._held[:size] if size >= 0 else self._held
        self._held = self._held[len(out) :]
        self._at += len(out)
        return out

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if (offset, whence) not in ((0, io.SEEK_CUR), (self._at, io.SEEK_SET)):
            raise OSError("a stream that cannot go back")
        return self._at

    def tell(self) -> int:
        return self._at
