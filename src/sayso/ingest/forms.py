"""What form some bytes have, by suffix and first bytes."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import PurePath


class Form(StrEnum):
    """A form of input; the value is the media type its documents are kept under."""

    TEXT = "text/plain"
    HTML = "text/html"
    JSONL = "application/json"
    FEED = "application/rss+xml"
    PDF = "application/pdf"
    ZIP = "application/zip"
    WARC = "application/warc"


_SUFFIXES = {
    ".jsonl": Form.JSONL, ".ndjson": Form.JSONL,
    ".html": Form.HTML, ".htm": Form.HTML, ".xhtml": Form.HTML,
    ".txt": Form.TEXT, ".text": Form.TEXT, ".md": Form.TEXT,
    ".pdf": Form.PDF, ".zip": Form.ZIP, ".warc": Form.WARC,
    ".rss": Form.FEED, ".atom": Form.FEED, ".rdf": Form.FEED,
}  # fmt: skip
_MEDIA_TYPES = {
    "text/html": Form.HTML, "application/xhtml+xml": Form.HTML,
    "application/pdf": Form.PDF, "application/x-pdf": Form.PDF,
    "application/rss+xml": Form.FEED, "application/atom+xml": Form.FEED, "application/rdf+xml": Form.FEED,
    "application/json": Form.JSONL, "application/x-ndjson": Form.JSONL, "application/jsonl": Form.JSONL,
    "text/plain": Form.TEXT, "text/markdown": Form.TEXT,
}  # fmt: skip
_MAGIC = ((b"%PDF-", Form.PDF), (b"PK\x03\x04", Form.ZIP), (b"PK\x05\x06", Form.ZIP), (b"WARC/", Form.WARC))
_PROLOG = (
    r"\ufeff?\s{0,200}(?:<\?xml[^>]{0,200}>\s{0,200})?(?:<[?!](?!doctype\s{1,9}html)[^>]{0,500}>\s{0,200}){0,40}"
    r"(?:\]\s{0,9}>\s{0,200})?<"
)
_LOOKS_FEED = re.compile(rf"{_PROLOG}(?:rss|feed|rdf:RDF|opml|(?:atom|a|ns\d):feed)[\s>]", re.I)
_LOOKS_HTML = re.compile(rf"{_PROLOG}(?:!doctype\s{{1,9}}html|html|head|body)\b", re.I)
_HEAD = 4096


def suffix_form(path: str) -> Form | None:
    """The form a file's suffix names, without a `.gz`."""
    suffixes = [s.lower() for s in PurePath(path).suffixes[-2:]]
    if suffixes and suffixes[-1] == ".gz":
        suffixes.pop()
    return _SUFFIXES.get(suffixes[-1]) if suffixes else None


def media_form(media_type: str | None) -> Form | None:
    """The form a media type names ("text/html"; parameters are ignored)."""
    return _MEDIA_TYPES.get(media_type.split(";")[0].strip().lower()) if media_type else None


def form_of(head: bytes, hint: Form | None) -> Form | None:
    """The form of bytes that begin with `head`; None for text or HTML, which the decoded text tells.

    A suffix of text, HTML or JSON Lines is believed, so that a file of another form under it is an
    error; every other hint gives way to the bytes.
    """
    if hint in (Form.TEXT, Form.HTML, Form.JSONL):
        return Form.JSONL if hint is Form.HTML and _looks_json(head) else hint
    return content_form(head) or hint


def content_form(head: bytes) -> Form | None:
    """The form that bytes show themselves, or None."""
    for magic, form in _MAGIC:
        if head.startswith(magic):
            return form
    if _looks_json(head):
        return Form.JSONL
    return Form.FEED if _LOOKS_FEED.match(_peek(head)) else None


def looks_html(text: str) -> bool:
    return _LOOKS_HTML.match(text) is not None


def _peek(head: bytes) -> str:
    """The first characters of text in any of the usual encodings."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[:_HEAD].decode("utf-16", "replace")
    return head[:_HEAD].decode("utf-8", "replace")


def _looks_json(head: bytes) -> bool:
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:40].replace(b" ", b"").startswith(b'{"')
