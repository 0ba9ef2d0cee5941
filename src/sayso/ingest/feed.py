"""RSS and Atom, by feedparser: one document an entry.

A feed is cut into feeds of one entry each, which are parsed by themselves: so every entry has bytes of
its own, which stay the same while entries around it come and go. feedparser gets only XML that was
parsed and written out again here, without a document type: it would keep harmless entities of one.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from email.utils import parsedate
from typing import Any

import feedparser
from lxml.etree import Element, QName, SubElement, _Element, cleanup_namespaces, tostring

from sayso.errors import InputError
from sayso.ingest.capture import Capture, Where, label
from sayso.ingest.fields import Metadata, day, document
from sayso.ingest.forms import Form
from sayso.ingest.fragment import read_fragment
from sayso.ingest.markup import absolute, is_web
from sayso.ingest.safe_xml import parse_xml
from sayso.model import Link

MAX_ENTRIES = 2_000
_ROOTS = {"rss": "item", "RDF": "item", "feed": "entry"}
_FRAME = ("title", "link", "author")  # what of a feed an entry needs
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_EXPECTED = "an RSS or Atom feed"
_ISO_DAY = re.compile(r"\s*(\d{4}-\d{2}-\d{2})")


def read_feed(raw: bytes, meta: Metadata, where: Where) -> Iterator[Capture | InputError]:
    """The entries of a feed, in its order. Raises `InputError` for what is no feed or has no entry.

    An entry's text is its title and its content, or its summary where it has no content; its outlet
    is the source it names, else the feed. `meta.url` is the feed's own address, not an entry's.
    """
    root = parse_xml(raw, where.place, where.charset, mend=True)
    kind = _name(root)
    if kind not in _ROOTS:
        raise InputError(where.place, f"XML of the kind {label(kind)[:40]!r}", _EXPECTED)
    frame, entries = _split(root, _ROOTS[kind])
    if not entries:
        raise InputError(where.place, "a feed without entries", "at least one entry")
    base = meta.url or where.url
    meta = replace(meta, url=None)
    for number, entry in enumerate(entries, start=1):
        place = f"{where.place}: entry {number}"
        if number > MAX_ENTRIES:
            yield InputError(where.place, f"{len(entries):,} entries", f"at most {MAX_ENTRIES:,}; the rest is not read")
            return
        try:
            known = meta if meta.id is not None else replace(meta, id=_id(entry))
            yield _capture(_alone(frame, entry), base, known, where, place)
        except InputError as error:
            yield error


def _name(element: _Element) -> str:
    return QName(element).localname if isinstance(element.tag, str) else ""


def _split(root: _Element, entry_name: str) -> tuple[_Element, list[_Element]]:
    """A feed's frame without entries, and its entries."""
    frame = Element(root.tag, dict(root.attrib), nsmap=root.nsmap)
    channel = next((c for c in root if _name(c) == "channel"), None)
    inner = frame if channel is None else SubElement(frame, channel.tag, dict(channel.attrib), nsmap=channel.nsmap)
    for child in root if channel is None else channel:
        if _name(child) in _FRAME and child.get("rel", "alternate") == "alternate":
            kept = deepcopy(child)
            kept.tail = None
            inner.append(kept)
    entries = [e for e in root.iter() if _name(e) == entry_name and e is not root]
    for entry in reversed(entries):  # a tag left open in one puts the next ones inside it
        parent = entry.getparent()
        if parent is not None:
            parent.remove(entry)
    return frame, entries


def _id(entry: _Element) -> str | None:
    """The id as the feed writes it. feedparser would make an address of it, by where the feed was read."""
    written = [child.text for child in entry if _name(child) in ("guid", "id")]
    return next((line for text in (*written, entry.get(_ABOUT)) if (line := _line(text))), None)


def _alone(frame: _Element, entry: _Element) -> bytes:
    """A feed of one entry, as bytes."""
    root = deepcopy(frame)
    entry.tail = None
    # RSS 1.0 has its entries beside the channel, RSS 2.0 inside it.
    inside = _name(root) == "rss" and len(root) > 0 and _name(root[0]) == "channel"
    (root[0] if inside else root).append(entry)
    cleanup_namespaces(root)
    return bytes(tostring(root, encoding="utf-8"))


def _capture(raw: bytes, base: str | None, meta: Metadata, where: Where, place: str) -> Capture:
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": base or ""}
    parsed = feedparser.parse(io.BytesIO(raw), response_headers=headers, resolve_relative_uris=True, sanitize_html=True)
    if not parsed.entries:
        raise InputError(place, "an entry that cannot be parsed", _EXPECTED)
    entry = parsed.entries[0]
    said = meta.over(_metadata(entry, parsed.feed, place))
    text, links = _text(entry, said.title, place)
    if not text.strip():
        raise InputError(place, "an entry without title and text", "one with either")
    found = document(text, said, where.place, raw, absolute(links, said.url or base))
    return Capture(found, raw, Form.FEED, where.captured)


def _metadata(entry: Any, feed: Any, place: str) -> Metadata:
    link = _line(entry.get("link"))
    source = entry.get("source") or {}
    authors = [(holder.get("author_detail") or {}).get("name") or holder.get("author") for holder in (entry, feed)]
    return Metadata(
        outlet=_plain(source, "title", place) or _plain(feed, "title", place),
        title=_plain(entry, "title", place),
        url=link if link is not None and is_web(link) else None,
        author=next((author for author in map(_line, authors) if author), None),
        published=_published(entry),
        id=link,
    )


def _line(value: object) -> str | None:
    return label(" ".join(value.split())) or None if isinstance(value, str) else None


def _plain(holder: Any, key: str, place: str) -> str | None:
    """A title, which feeds write as text or as HTML, as one line."""
    value = holder.get(key)
    if not isinstance(value, str):
        return None
    is_html = (holder.get(f"{key}_detail") or {}).get("type") != "text/plain"
    return _line(read_fragment(value, place)[0] if is_html else value)


def _published(entry: Any) -> dt.date | None:
    """The day as the feed writes it, in its own time zone; of the last change where no other is given."""
    for key in ("published", "created", "updated"):
        if key not in entry:
            continue
        written = str(entry[key])
        iso = _ISO_DAY.match(written)
        parts = parsedate(written) if iso is None else None
        try:
            return day(iso[1], key) if iso is not None else dt.date(*parts[:3]) if parts is not None else None
        except (InputError, ValueError):
            continue
    return None


def _text(entry: Any, title: str | None, place: str) -> tuple[str, list[Link]]:
    """Title and content, with the content's links."""
    contents = [c for c in entry.get("content") or [] if isinstance(c.get("value"), str)]
    best = max(contents, key=lambda c: len(c["value"]), default=None) or entry.get("summary_detail") or {}
    value = best.get("value") or ""
    body, links = (value.strip(), []) if best.get("type") == "text/plain" else read_fragment(value, place)
    if title is None or body.split("\n", 1)[0].strip() == title:
        return body, links
    if not body:
        return title, []
    by = len(title) + 2
    return f"{title}\n\n{body}", [Link(link.span.shift(by), link.target) for link in links]
