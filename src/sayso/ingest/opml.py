"""OPML: lists of feeds."""

from __future__ import annotations

from dataclasses import dataclass

from lxml.etree import QName

from sayso.errors import InputError
from sayso.ingest.capture import label
from sayso.ingest.fields import show
from sayso.ingest.markup import is_web
from sayso.ingest.safe_xml import parse_xml
from sayso.ingest.source import chunks, system_fault, whole

MAX_FEEDS = 5_000


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed of a list: its name there, and its address."""

    title: str
    url: str


def feeds_of(path: str) -> list[Feed]:
    """The feeds of an OPML file, in its order, each address once.

    Raises `InputError` for what cannot be read, is no OPML, names no feed or too many, or gives an
    address that is not http or https.
    """
    try:
        stream = open(path, "rb")
    except (OSError, ValueError) as error:
        raise system_fault(path, error) from error
    with stream:
        root = parse_xml(whole(chunks(stream, path), path), path)
    if not isinstance(root.tag, str) or QName(root).localname.lower() != "opml":
        raise InputError(path, "XML that is no OPML", "an OPML list of feeds")
    found: dict[str, Feed] = {}
    for outline in root.iter("outline"):
        values = {key.lower(): " ".join(str(value).split()) for key, value in outline.attrib.items()}
        url = values.get("xmlurl")
        if not url:
            continue
        if not is_web(url):
            raise InputError(f"{path}:{outline.sourceline}", f"xmlUrl {show(url)}", "an http or https address")
        found.setdefault(url, Feed(label(values.get("title") or values.get("text") or url), url))
    if not found:
        raise InputError(path, "an OPML list without feeds", "outlines with an xmlUrl")
    if len(found) > MAX_FEEDS:
        raise InputError(path, f"{len(found):,} feeds", f"at most {MAX_FEEDS:,}")
    return list(found.values())
