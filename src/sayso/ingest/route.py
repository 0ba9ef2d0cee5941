"""Bytes of any form -> captures: each form goes to its reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from sayso.errors import InputError
from sayso.ingest.capture import Capture, Where
from sayso.ingest.encoding import decode
from sayso.ingest.fields import Metadata
from sayso.ingest.forms import Form, form_of, looks_html
from sayso.ingest.jsonl import read_jsonl
from sayso.ingest.plain import read_plain
from sayso.ingest.source import whole


def read_pieces(
    pieces: Iterator[bytes], meta: Metadata, where: Where, hint: Form | None
) -> Iterator[Capture | InputError]:
    """The captures of some bytes; `hint` is the form their name or server tells. Nothing is raised."""
    try:
        head = next(pieces, b"")
        yield from _read(form_of(head, hint), chain((head,), pieces), meta, where)
    except InputError as error:
        yield error


def _read(form: Form | None, pieces: Iterator[bytes], meta: Metadata, where: Where) -> Iterator[Capture | InputError]:
    if form in (Form.ZIP, Form.WARC) and where.inside:
        raise InputError(where.place, "an archive inside an archive", "archives that hold no others")
    # What few inputs need is loaded when one does.
    if form is Form.JSONL:
        yield from read_jsonl(pieces, meta, where)
    elif form is Form.ZIP:
        from sayso.ingest.archive import MAX_ARCHIVE, read_zip

        yield from read_zip(whole(pieces, where.place, MAX_ARCHIVE), meta, where, read_pieces)
    elif form is Form.WARC:
        from sayso.ingest.warc import read_warc

        yield from read_warc(pieces, meta, where, read_pieces)
    elif form is Form.FEED:
        from sayso.ingest.feed import read_feed

        yield from read_feed(whole(pieces, where.place), meta, where)
    elif form is Form.PDF:
        from sayso.ingest.pdf import MAX_PDF, read_pdf

        raw = whole(pieces, where.place, MAX_PDF)
        yield Capture(read_pdf(raw, where.addressed(meta), where.place), raw, form, where.captured)
    else:
        yield _read_text(form, pieces, where.addressed(meta), where)


def _read_text(form: Form | None, pieces: Iterable[bytes], meta: Metadata, where: Where) -> Capture:
    raw = whole(pieces, where.place)
    text = decode(raw, where.place, where.charset)
    if form is Form.HTML or looks_html(text):
        from sayso.ingest.html import read_html  # its libraries take 0.2 s to load

        return Capture(read_html(text, meta, where.place, raw), raw, Form.HTML, where.captured)
    return Capture(read_plain(text, meta, where.place, raw), raw, Form.TEXT, where.captured)
