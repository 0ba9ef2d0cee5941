"""Writes the archived bytes of documents as WARC/1.1, which web archives read.

Form: ISO 28500:2017. Each document is a `resource` record in a gzip member of its own, with SHA-256
digests of its block and payload (one and the same for a resource). A warcinfo record comes first.
"""

from __future__ import annotations

import base64
import datetime as dt
import gzip
import hashlib
import re
import uuid
from collections.abc import Iterable
from typing import BinaryIO, Protocol
from urllib.parse import quote

from sayso.errors import InputError
from sayso.model import Document

SOFTWARE = "sayso"
_URI = "!#$%&'()*+,/:;=?@[]~"  # what stands for itself in an address
_MEDIA_TYPE = re.compile(r"[\w.+-]{1,60}/[\w.+-]{1,80}(?:; ?[\w-]{1,20}=[\w.-]{1,40})?")
_NAMESPACE = uuid.UUID("6f1d3a52-7c86-5d0e-9a4b-2b8e5f0c7d19")


class Captured(Protocol):
    """A document, the bytes it was made from, their media type, and when they were fetched."""

    @property
    def document(self) -> Document: ...
    @property
    def raw(self) -> bytes: ...
    @property
    def media_type(self) -> str: ...
    @property
    def captured(self) -> dt.datetime | None: ...


def write_warc(captures: Iterable[Captured], stream: BinaryIO, *, when: dt.datetime | None = None) -> int:
    """Writes captures as gzipped WARC/1.1; gives how many.

    `when` dates those that do not know when they were fetched (now, where it is not given). Same
    captures and `when`: same bytes. Raises `InputError` where the bytes are not those whose SHA-256
    the document names, or its media type is none.
    """
    now = when if when is not None else dt.datetime.now(dt.UTC)
    info = f"software: {SOFTWARE}\r\nformat: WARC File Format 1.1\r\n".encode()
    stream.write(_record("warcinfo", None, now, "application/warc-fields", info, 0))
    count = 0
    for count, one in enumerate(captures, start=1):
        stream.write(_resource(one, one.captured if one.captured is not None else now, count))
    return count


def _resource(one: Captured, when: dt.datetime, count: int) -> bytes:
    document = one.document
    place = f"{document.path or 'document'} ({document.id})"
    if hashlib.sha256(one.raw).hexdigest() != document.sha256:
        raise InputError(place, "bytes that do not fit the document's SHA-256", str(document.sha256))
    if not _MEDIA_TYPE.fullmatch(one.media_type):
        raise InputError(place, f"media type {one.media_type[:60]!r}", "one such as text/html")
    # A file has no address of its own: what it holds names it.
    url = quote(document.url, safe=_URI) if document.url else f"urn:sha256:{document.sha256}"
    return _record("resource", url, when, one.media_type, one.raw, count)


def _record(kind: str, uri: str | None, when: dt.datetime, media_type: str, block: bytes, count: int) -> bytes:
    digest = "sha256:" + base64.b32encode(hashlib.sha256(block).digest()).decode("ascii")
    date = when.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    headers = [
        ("WARC-Type", kind),
        ("WARC-Record-ID", f"<urn:uuid:{uuid.uuid5(_NAMESPACE, f'{count} {uri} {date} {digest}')}>"),
        ("WARC-Date", date),
        ("WARC-Target-URI", uri),
        ("WARC-Block-Digest", digest),
        ("WARC-Payload-Digest", digest if kind == "resource" else None),
        ("Content-Type", media_type),
        ("Content-Length", str(len(block))),
    ]
    head = "".join(f"{name}: {value}\r\n" for name, value in headers if value is not None)
    data = b"WARC/1.1\r\n" + head.encode("ascii") + b"\r\n" + block + b"\r\n\r\n"
    return gzip.compress(data, mtime=0)
