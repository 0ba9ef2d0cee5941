"""The coding of HTTP bodies: content codings undone within bounds, and what a Content-Type says."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from sayso.errors import InputError
from sayso.ingest.source import check_ratio

_CHUNK = 1 << 16
_CHARSET = re.compile(r";\s{0,9}charset\s{0,3}=\s{0,3}[\"']?([\w.:-]{1,30})", re.I)
_GZIP = frozenset({"gzip", "x-gzip"})
_DEFLATE = frozenset({"deflate"})


def media_type(content_type: str | None) -> tuple[str | None, str | None]:
    """Media type and charset of a Content-Type header, in lower case."""
    if not content_type:
        return None, None
    charset = _CHARSET.search(content_type)
    return content_type.split(";")[0].strip().lower() or None, charset[1].lower() if charset is not None else None


def undone(pieces: Iterator[bytes], codings: str | None, place: str) -> Iterator[bytes]:
    """A body without the codings of its Content-Encoding header. Raises `InputError` for one that is
    not gzip or deflate, for a damaged body and for a bomb."""
    for coding in reversed([c.strip().lower() for c in (codings or "").split(",")]):
        if coding in _GZIP or coding in _DEFLATE:
            pieces = _inflated(pieces, gzip=coding in _GZIP, place=place)
        elif coding not in ("", "identity"):
            raise InputError(place, f"content coding {coding[:20]!r}", "gzip, deflate or none")
    return pieces


def _inflated(pieces: Iterator[bytes], *, gzip: bool, place: str) -> Iterator[bytes]:
    unpack = None
    taken = given = 0
    try:
        for piece in pieces:
            if unpack is None:  # deflate comes with zlib's frame, as it should, and without
                framed = len(piece) > 1 and piece[0] & 0x0F == 8 and (piece[0] * 256 + piece[1]) % 31 == 0
                unpack = zlib.decompressobj(31 if gzip else 15 if framed else -15)
            taken += len(piece)
            left = piece
            while left and not unpack.eof:
                out = unpack.decompress(left, _CHUNK)
                given += len(out)
                check_ratio(taken, given, place)
                if out:
                    yield out
                left = unpack.unconsumed_tail
    except zlib.error as error:
        raise InputError(place, "a damaged compressed body", "a whole body") from error
    if unpack is not None and not unpack.eof:
        raise InputError(place, "a compressed body that breaks off", "a whole body")


def dechunked(body: bytes, place: str) -> bytes:
    """A body without the chunked transfer coding. Raises `InputError` where a chunk breaks off."""
    out = bytearray()
    at = 0
    while True:
        end = body.find(b"\n", at, at + 200)
        size = body[at:end].split(b";")[0].strip() if end >= 0 else b""
        if not re.fullmatch(rb"[0-9a-fA-F]{1,8}", size):
            raise InputError(place, f"a damaged chunk at byte {at:,}", "a whole body")
        length = int(size, 16)
        if not length:
            return bytes(out)
        out += body[end + 1 : end + 1 + length]
        at = end + 1 + length
        if at > len(body):
            raise InputError(place, "a chunked body that breaks off", "a whole body")
        at += 2 if body[at : at + 2] == b"\r\n" else 1
