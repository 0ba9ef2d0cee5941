"""A document with the bytes it was made from, and where those bytes stood."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

from sayso.ingest.fields import Metadata
from sayso.model import Document

_ODD = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Capture:
    """`raw` are exactly the bytes whose SHA-256 is `document.sha256`, unpacked of any gzip or
    transfer coding. `captured` is when they were fetched, in UTC, where that is known.

    Of a JSON Lines file they are the line's bytes; of a feed, a feed of that one entry.
    """

    document: Document
    raw: bytes
    media_type: str
    captured: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Where:
    """Where bytes stand: `place` for people, `url` and `captured` of a fetched copy, `charset` as
    the server said it, and whether they are inside an archive."""

    place: str
    url: str | None = None
    captured: dt.datetime | None = None
    charset: str | None = None
    inside: bool = False

    def addressed(self, meta: Metadata) -> Metadata:
        """`meta`, with the address of the bytes where it has none."""
        return meta if self.url is None or meta.url is not None else replace(meta, url=self.url)

    def member(self, name: str) -> Where:
        """A member of the archive that stands here."""
        return Where(f"{self.place}!{label(name)}", inside=True)


def label(name: str) -> str:
    """A file's or member's name on one line that any output can carry."""
    return _ODD.sub("\ufffd", name)
