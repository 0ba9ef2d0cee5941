"""Bytes -> text: what is no text, and in which encoding the rest stands."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from charset_normalizer import from_bytes

from sayso.errors import InputError

TEXT_EXPECTED = "text, HTML or JSON Lines"
_GUESS_BYTES = 1 << 17

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a zip or Office file"),
    (b"PK\x05\x06", "an empty zip file"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"RIFF", "a RIFF (picture, sound or film) file"),
    (b"\x7fELF", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"SQLite format 3", "an SQLite database"),
    (b"{\\rtf", "an RTF file"),
)

# UTF-32's little-endian mark begins with UTF-16's, so it comes first.
_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_CHARSET = re.compile(rb"""<(?:meta|\?xml)[^>]{0,400}?(?:charset|encoding)\s{0,9}=\s{0,9}["']?([\w.:-]{2,30})""", re.I)
_TEXT_CODEC = re.compile(
    r"(?:utf-?8|utf-?16(?:[lb]e)?|(?:us-)?ascii|latin-?1|iso-?8859-?\d+|(?:windows-|cp)\d+|koi8-[ru]|"
    r"gb(?:k|2312|18030)|big5(?:-hkscs)?|euc-(?:jp|kr)|shift[-_]jis|iso-2022-jp|tis-620|mac(?:-?roman)?)",
    re.I,
)
# What the web standard reads these names as.
_WIDER = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
}
# Typographic marks, pound, degree and é in windows-1252: where a text's non-ASCII bytes are
# these alone, a statistical guess is weaker than the plain reading.
_WESTERN = frozenset(b"\x80\x85\x91\x92\x93\x94\x95\x96\x97\x99\xa0\xa3\xa7\xa9\xae\xb0\xb7\xbd\xe9")
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_MAX_CONTROL_SHARE = 0.01


def reject_binary(data: bytes, place: str) -> None:
    """Raises `InputError` for bytes that are no text, by their first bytes or a NUL."""
    for magic, name in _MAGIC:
        if data.startswith(magic):
            raise InputError(place, name, TEXT_EXPECTED)
    if data.startswith(tuple(mark for mark, _ in _BOMS)):
        return
    at = data.find(b"\0")
    if at >= 0:
        raise InputError(place, f"binary data (a NUL at byte {at})", f"{TEXT_EXPECTED} in UTF-8")


def decode(data: bytes, place: str, charset: str | None = None) -> str:
    """Text of `data`: byte-order mark, UTF-8, `charset`, the one HTML declares, then a guess.

    Raises `InputError` where none fits or the result is mostly control characters.
    """
    reject_binary(data, place)
    text = _decoded(data, place, charset)
    if len(_CONTROL.findall(text)) > _MAX_CONTROL_SHARE * len(text):
        raise InputError(place, "binary data (control characters)", f"{TEXT_EXPECTED} in UTF-8")
    return printable(text)


def _decoded(data: bytes, place: str, charset: str | None) -> str:
    for mark, codec in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(codec)
            except UnicodeError as error:
                raise InputError(place, f"bytes that are not {codec}, though marked so", "one encoding") from error
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        fault = error.start
    for codec in _guesses(data, charset):
        try:
            return data.decode(codec)
        except (UnicodeError, LookupError):
            continue
    found = f"byte 0x{data[fault]:02x} at {fault:,}, in no encoding known"
    raise InputError(place, found, "UTF-8 text")


def _guesses(data: bytes, charset: str | None) -> Iterator[str]:
    """Encodings to try, likeliest first."""
    declared = _CHARSET.search(data[:4096])
    for name in (charset, declared[1].decode("ascii", "replace") if declared is not None else None):
        low = name.lower() if name is not None else ""
        if _TEXT_CODEC.fullmatch(low) and not low.startswith(("utf8", "utf-8")):
            yield _WIDER.get(low, low)
    if {b for b in data if b > 0x7F} <= _WESTERN:
        yield "cp1252"
    sample = data[:_GUESS_BYTES]
    best = from_bytes(sample).best()
    if best is not None:
        yield best.encoding


def printable(text: str) -> str:
    """`text` with `\\n` line ends; NUL and lone surrogates, which no output can carry, as U+FFFD."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNWRITABLE.sub("\ufffd", text)


_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")
