"""XML from strangers -> a tree. No entity but XML's own five is ever expanded, nothing is fetched."""

from __future__ import annotations

import re
from html.entities import html5

from lxml.etree import XMLParser, XMLSyntaxError, _Element, fromstring

from sayso.errors import InputError
from sayso.ingest.encoding import decode
from sayso.ingest.markup import CONTROL

MAX_TAGS = 500_000
_ENTITY = re.compile(r"&(?:(#[0-9]{1,7}|#x[0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos);|([A-Za-z][A-Za-z0-9]{1,30};)?)")
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,300}\?>")
_WHY = re.compile(r", line \d+, column \d+.*", re.S)


def parse_xml(raw: bytes, place: str, charset: str | None = None, *, mend: bool = False) -> _Element:
    """The root of an XML text. With `mend`, HTML's entities, bare ampersands, control characters
    and tags that do not match are forgiven.

    Raises `InputError` for what is no XML, for a DTD with declarations, and for too many tags.
    """
    text = decode(raw, place, charset).removeprefix("\ufeff")
    if text.count("<") > 2 * MAX_TAGS:
        raise InputError(place, f"XML of more than {MAX_TAGS:,} elements", f"at most {MAX_TAGS:,}")
    text = _DECLARATION.sub("", text, count=1) if text.lstrip().startswith("<?xml") else text
    text = _without_doctype(text, place)
    try:
        return fromstring(text.encode("utf-8"), _parser())
    except XMLSyntaxError as error:
        fault = error
    # Recovery would accept a document type in places where `_without_doctype` does not look.
    may_mend = mend and text.strip() and "<!ENTITY" not in text
    root = fromstring(_mended(text).encode("utf-8"), _parser(recover=True)) if may_mend else None
    if root is None:
        line, column = fault.position
        reason = _WHY.sub("", fault.msg or "no XML")
        raise InputError(f"{place}:{line}", f"not XML ({reason}, column {column})", "well-formed XML") from fault
    return root


def _parser(*, recover: bool = False) -> XMLParser:
    return XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=recover,
        encoding="utf-8",
    )


def _without_doctype(text: str, place: str) -> str:
    """The text without its document type. Raises `InputError` where that declares anything itself,
    as only there entities that grow or that read files can be made."""
    at = 0
    while True:
        while at < len(text) and text[at].isspace():
            at += 1
        if text.startswith("<!--", at) or text.startswith("<?", at):
            end = "-->" if text.startswith("<!--", at) else "?>"
            found = text.find(end, at + 2)
            if found < 0:
                return text
            at = found + len(end)
        elif text[at : at + 9].upper() == "<!DOCTYPE":
            end_at = text.find(">", at)
            inside = text.find("[", at)
            if end_at < 0 or 0 <= inside < end_at:
                raise InputError(place, "a document type with declarations (entities)", "XML without them")
            return text[:at] + text[end_at + 1 :]
        else:
            return text


def _mended(text: str) -> str:
    return _ENTITY.sub(_entity, CONTROL.sub(" ", text))


def _entity(match: re.Match[str]) -> str:
    if match[1] is not None:
        return match[0]
    name = match[2]
    if name is None or name not in html5:
        return "&amp;" + (name or "")
    return html5[name]
