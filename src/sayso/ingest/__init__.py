"""Bytes -> `Document`. One bad input never stops a run: its error is yielded in its place."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import BinaryIO

from sayso.errors import InputError
from sayso.ingest.capture import Capture, Where, label
from sayso.ingest.fields import Metadata, show
from sayso.ingest.folder import files_in
from sayso.ingest.forms import suffix_form
from sayso.ingest.route import read_pieces
from sayso.ingest.source import MAX_BYTES, chunks, system_fault
from sayso.model import Document

__all__ = ["MAX_BYTES", "Capture", "Metadata", "captures", "documents"]

STDIN = "-"
_WEB = ("http://", "https://")


def documents(path: str, meta: Metadata, *, stdin: BinaryIO | None = None) -> Iterator[Document | InputError]:
    """The documents of an input, as `captures` gives them."""
    for found in captures(path, meta, stdin=stdin):
        yield found.document if isinstance(found, Capture) else found


def captures(path: str, meta: Metadata, *, stdin: BinaryIO | None = None) -> Iterator[Capture | InputError]:
    """The documents of an input, each with its bytes; errors are yielded, not raised.

    `path` is a file, a folder, an http or https address, or "-" for `stdin`. By suffix and content
    a file is JSON Lines (one document a line), a feed (one an entry), a WARC (one a page), a zip
    archive (its members), a PDF, HTML, else plain text; each may be gzipped. `meta` wins over what
    the input says of itself; an id in it names one document, and a second one is an error.
    """
    named = False
    for found in _captures(path, meta, stdin):
        if meta.id is not None and named and isinstance(found, Capture):
            place = found.document.path or path
            yield InputError(place, f"a second document under the id {show(meta.id)}", "an id a document")
            continue
        named = named or isinstance(found, Capture)
        yield found


def _captures(path: str, meta: Metadata, stdin: BinaryIO | None) -> Iterator[Capture | InputError]:
    if path == STDIN:
        if stdin is None:
            yield InputError("standard input", "nothing connected", "a stream to read")
            return
        yield from read_pieces(chunks(stdin, "standard input"), meta, Where("standard input"), None)
    elif path.lower().startswith(_WEB):
        from sayso.ingest.web import read_address

        yield from read_address(path, meta)
    elif os.path.isdir(path):
        yield from _folder(path, meta)
    else:
        yield from _file(path, meta, path)


def _file(path: str, meta: Metadata, place: str) -> Iterator[Capture | InputError]:
    try:
        stream = open(path, "rb")  # closed below; here only opening may fail
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        yield system_fault(place, error)
        return
    with stream:
        yield from read_pieces(chunks(stream, place), meta, Where(place), suffix_form(path))


def _folder(path: str, meta: Metadata) -> Iterator[Capture | InputError]:
    empty = True
    for found in files_in(path):
        empty = False
        if isinstance(found, InputError):
            yield found
        else:
            yield from _file(found, meta, label(found))
    if empty:
        yield InputError(path, "a directory", "a file, or a directory with files in it")
