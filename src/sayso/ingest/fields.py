"""What is known of a document beside its text, and how its values are checked."""

from __future__ import annotations

import calendar
import datetime as dt
import hashlib
import re
from dataclasses import dataclass, fields, replace

from sayso.errors import InputError
from sayso.ingest.language import detect
from sayso.ingest.zones import zones
from sayso.model import Document, Interval, Link

DATE_EXPECTED = "a day such as 2023-02-24, a month or a year"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}[\d:.,]*(?:Z|[+-]\d{2}:?\d{2})?)?")
_MONTH = re.compile(r"(\d{4})(?:-(\d{2}))?")
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9_-]{1,20})?")
_URL = re.compile(r"https?://[^\s<>\"][^\x00-\x1f<>\"]*", re.I)
_MAX_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the command line, front matter, a JSON line or a page says of a document.

    None is "not said". `published` is a day, or the days of the month or year that is all that
    is known; `language` an ISO 639 code.
    """

    outlet: str | None = None
    title: str | None = None
    url: str | None = None
    published: dt.date | Interval | None = None
    author: str | None = None
    language: str | None = None
    id: str | None = None

    def over(self, other: Metadata) -> Metadata:
        """These values where they are said, else those of `other`."""
        said = {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name) is not None}
        return replace(other, **said)


KEYS: tuple[str, ...] = tuple(f.name for f in fields(Metadata))


def show(value: object) -> str:
    """A value as an error shows it: on one line, quoted, cut."""
    text = repr(value)
    return text if len(text) <= _MAX_SHOWN else text[: _MAX_SHOWN - 1] + "…"


def day(value: str, place: str) -> dt.date:
    """The day of an ISO 8601 day or timestamp, as written (no change of time zone)."""
    if _DAY.fullmatch(value):
        try:
            return dt.date.fromisoformat(value[:10])
        except ValueError:
            pass
    raise InputError(place, show(value), DATE_EXPECTED)


def published_when(value: str, place: str) -> dt.date | Interval:
    """A day or timestamp as its day; a month ("2023-02") or a year as the days it has."""
    match = _MONTH.fullmatch(value)
    if match is None:
        return day(value, place)
    try:
        first, last = int(match[2] or 1), int(match[2] or 12)
        start = dt.date(int(match[1]), first, 1)
        return Interval(start, dt.date(start.year, last, calendar.monthrange(start.year, last)[1]))
    except ValueError:
        raise InputError(place, show(value), DATE_EXPECTED) from None


def language_code(value: str, place: str) -> str:
    """The language of a tag: "en-GB" is "en". Raises `InputError` for what is no tag."""
    match = _LANGUAGE.fullmatch(value)
    if match is None:
        raise InputError(place, show(value), "an ISO 639 code such as en")
    return match[1].lower()


def web_address(value: str, place: str) -> str:
    """An http or https address. Raises `InputError` for anything else."""
    if not _URL.fullmatch(value):
        raise InputError(place, show(value), "an address that begins with http:// or https://")
    return value


def checked(raw: dict[str, str], places: dict[str, str]) -> Metadata:
    """`Metadata` from strings; `places` says where each key stands, for errors."""
    url, published, language = raw.get("url"), raw.get("published"), raw.get("language")
    return Metadata(
        outlet=raw.get("outlet"),
        title=raw.get("title"),
        author=raw.get("author"),
        id=raw.get("id"),
        url=web_address(url, places["url"]) if url else None,
        published=published_when(published, places["published"]) if published else None,
        language=language_code(language, places["language"]) if language else None,
    )


def document(text: str, meta: Metadata, path: str, raw: bytes, links: tuple[Link, ...] = ()) -> Document:
    """The frozen record. `raw` are the document's bytes, unpacked; without an id they name it."""
    digest = hashlib.sha256(raw).hexdigest()
    when = meta.published
    return Document(
        id=meta.id or digest[:16],
        text=text,
        outlet=meta.outlet,
        title=meta.title,
        url=meta.url,
        author=meta.author,
        published=when if isinstance(when, dt.date) else None,
        language=meta.language or detect(text),
        zones=zones(text, meta.title),
        links=links,
        path=path,
        sha256=digest,
        published_between=when if isinstance(when, Interval) else None,
    )
