"""Plain text, with optional front matter: `key: value` lines between two `---` lines."""

from __future__ import annotations

import re

from sayso.errors import InputError
from sayso.ingest.fields import KEYS, Metadata, checked, document, show
from sayso.model import Document

_FENCE = "---"
_PAIR = re.compile(r"([A-Za-z][\w-]*)[ \t]*:(?:[ \t]+(.*)|[ \t]*)")


def read_plain(text: str, meta: Metadata, path: str, raw: bytes) -> Document:
    """The document of a decoded text (`\\n` line ends). Raises `InputError`."""
    front, body = front_matter(text, path)
    if not body.strip():
        raise InputError(path, "no text" if text else "an empty file", "the text of an article")
    return document(body, meta.over(front), path, raw)


def front_matter(text: str, path: str) -> tuple[Metadata, str]:
    """Front matter and body. Without front matter: nothing said, and the whole text.

    It is front matter when the first line is exactly `---` and the second is `key: value`, so
    that a rule or a heading's underline in the body is never taken for it. Raises `InputError`
    with the line for a key unknown or repeated, a bad value, and a block that does not end.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != _FENCE or len(lines) < 2 or not _PAIR.fullmatch(lines[1].rstrip()):
        return Metadata(), text
    values: dict[str, str] = {}
    places: dict[str, str] = {}
    at = len(lines[0]) + 1
    for number, line in enumerate(lines[1:], start=2):
        at += len(line) + 1
        place = f"{path}:{number}"
        if line.rstrip() == _FENCE:
            return checked(values, places), text[at:]
        key, value = _pair(line.rstrip(), place)
        if key in places:
            raise InputError(place, f"{key} for the second time", "each key once")
        places[key] = f"{place}: {key}"
        if value:
            values[key] = value
    raise InputError(f"{path}:1", "front matter without an end", "a closing --- line")


def _pair(line: str, place: str) -> tuple[str, str]:
    match = _PAIR.fullmatch(line)
    if match is None:
        found = show(line) if line else "an empty line"
        raise InputError(place, f"{found} in front matter", "key: value, or the closing --- line")
    key, value = match[1].lower(), (match[2] or "").strip()
    if key not in KEYS:
        raise InputError(place, f"unknown key {show(match[1])}", "one of " + ", ".join(KEYS))
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        value = value[1:-1]
    return key, value
