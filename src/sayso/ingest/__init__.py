"""Bytes -> `Document`. One bad input never stops a run: its error is yielded in its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import PurePath
from typing import BinaryIO

from sayso.errors import InputError
from sayso.ingest.fields import Metadata
from sayso.ingest.jsonl import read_jsonl
from sayso.ingest.plain import read_plain
from sayso.ingest.source import MAX_BYTES, chunks, decode, system_fault, whole
from sayso.model import Document

__all__ = ["MAX_BYTES", "Metadata", "documents"]

STDIN = "-"
_JSONL = frozenset({".jsonl", ".ndjson"})
_HTML = frozenset({".html", ".htm", ".xhtml"})
_TEXT = frozenset({".txt", ".text", ".md"})
_LOOKS_HTML = re.compile(
    r"\ufeff?\s{0,200}(?:<\?xml[^>]{0,200}>\s{0,200})?(?:<!--[^>]{0,500}>\s{0,200})?<(?:!doctype\s+html|html|head|body)\b",
    re.I,
)


def documents(path: str, meta: Metadata, *, stdin: BinaryIO | None = None) -> Iterator[Document | InputError]:
    """The documents of a file, or of `stdin` where `path` is "-"; errors are yielded, not raised.

    By suffix and content: JSON Lines (one document a line), HTML, else plain text; each may be
    gzipped. `meta` wins over what the input says of itself.
    """
    if path == STDIN:
        if stdin is None:
            yield InputError("standard input", "nothing connected", "a stream to read")
            return
        yield from _read(stdin, meta, "standard input", "")
        return
    try:
        stream = open(path, "rb")  # closed below; here only opening may fail
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        yield system_fault(path, error)
        return
    with stream:
        yield from _read(stream, meta, path, _suffix(path))


def _suffix(path: str) -> str:
    suffixes = [s.lower() for s in PurePath(path).suffixes[-2:]]
    if suffixes and suffixes[-1] == ".gz":
        suffixes.pop()
    return suffixes[-1] if suffixes else ""


def _read(stream: BinaryIO, meta: Metadata, place: str, suffix: str) -> Iterator[Document | InputError]:
    try:
        pieces = chunks(stream, place)
        head = next(pieces, b"")
        rest = chain((head,), pieces)
        if suffix in _JSONL or (suffix not in _TEXT and _looks_json(head)):
            yield from read_jsonl(rest, meta, place)
        else:
            yield _read_one(rest, meta, place, suffix)
    except InputError as error:
        yield error


def _looks_json(head: bytes) -> bool:
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:40].replace(b" ", b"").startswith(b'{"')


def _read_one(pieces: Iterable[bytes], meta: Metadata, place: str, suffix: str) -> Document:
    raw = whole(pieces, place)
    text = decode(raw, place)
    if suffix in _HTML or _LOOKS_HTML.match(text):
        from sayso.ingest.html import read_html  # its libraries take 0.2 s to load

        return read_html(text, meta, place, raw)
    return read_plain(text, meta, place, raw)
