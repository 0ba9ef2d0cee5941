"""JSON Lines: one document a line, read as a stream, so that a file may be of any length."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from sayso.errors import InputError
from sayso.ingest.capture import Capture, Where
from sayso.ingest.encoding import printable, reject_binary
from sayso.ingest.fields import DATE_EXPECTED, Metadata, checked, document, show
from sayso.ingest.forms import Form
from sayso.ingest.source import MAX_BYTES, lines

_BOM = b"\xef\xbb\xbf"
# Other names under which the same value comes.
_ALIASES = {"publisher": "outlet", "lang": "language"}
_STRINGS = ("id", "outlet", "title", "url", "published", "author", "language")


def read_jsonl(pieces: Iterable[bytes], meta: Metadata, where: Where) -> Iterator[Capture | InputError]:
    """The documents of a JSONL stream, each with its line's bytes; a bad line gives an error.

    A given id names one document: a second line under it is an error.
    """
    seen = 0
    try:
        for number, line in enumerate(lines(pieces), start=1):
            raw = line.removeprefix(_BOM) if line is not None and number == 1 else line
            if raw is not None and not raw.strip():
                continue
            seen += 1
            try:
                yield _read_line(raw, meta, where, number, seen)
            except InputError as error:
                yield error
    except InputError as error:  # the stream itself broke
        yield error
        return
    if not seen:
        yield InputError(where.place, "an empty file", "one JSON object a line")


def _read_line(raw: bytes | None, meta: Metadata, where: Where, number: int, seen: int) -> Capture:
    place = f"{where.place}:{number}"
    if raw is None:
        raise InputError(place, f"a line of more than {MAX_BYTES:,} bytes", f"at most {MAX_BYTES:,} bytes a document")
    if meta.id is not None and seen > 1:
        raise InputError(place, f"a second document under the id {show(meta.id)}", "an id a document")
    value = _parse(raw, place)
    text = value.get("text")
    if not isinstance(text, str) or not text.strip():
        found = "no text" if text is None else f"text is {show(text)}"
        raise InputError(place, found, "the article's text as a string")
    said = checked(*_strings(value, place))
    return Capture(document(printable(text), meta.over(said), where.place, raw), raw, Form.JSONL, where.captured)


def _parse(raw: bytes, place: str) -> dict[str, object]:
    reject_binary(raw, place)
    try:
        value: object = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise InputError(place, f"byte 0x{raw[error.start]:02x} at {error.start:,}", "UTF-8") from error
    except RecursionError as error:
        raise InputError(place, "JSON nested too deep", "one JSON object of strings") from error
    except ValueError as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else "a number too long"
        raise InputError(place, f"not JSON ({reason})", "one JSON object a line") from error
    if not isinstance(value, dict):
        raise InputError(place, f"JSON that is {show(value)}", "one JSON object a line")
    return value


def _strings(value: dict[str, object], place: str) -> tuple[dict[str, str], dict[str, str]]:
    """The string values by key, and the place of each key; null and "" are "not said"."""
    found: dict[str, str] = {}
    places = {key: f"{place}: {key}" for key in _STRINGS}
    for name in (*_STRINGS, *_ALIASES):
        key = _ALIASES.get(name, name)
        entry = value.get(name)
        if key == "id" and isinstance(entry, int) and not isinstance(entry, bool):
            entry = str(entry)
        if entry is None or entry == "" or key in found:
            continue
        if not isinstance(entry, str):
            expected = DATE_EXPECTED if key == "published" else "a string or null"
            raise InputError(f"{place}: {name}", show(entry), expected)
        found[key] = printable(entry).strip()
    return found, places
