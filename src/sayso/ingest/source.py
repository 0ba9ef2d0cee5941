"""Bytes in: opening, gunzipping and size limits.

Everything here streams; nothing reads more than its limit into memory. Every fault is an
`InputError` that names the input, what stood there and what was expected.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import BinaryIO

from sayso.errors import InputError

MAX_BYTES = 20_000_000
"""The most bytes one document may have, unpacked."""
MAX_RATIO = 250
"""How many times packed data may unpack, once it has given `RATIO_FROM` bytes."""
RATIO_FROM = 30_000_000

_CHUNK = 1 << 16
_GZIP = b"\x1f\x8b\x08"


def system_fault(place: str, error: OSError | ValueError) -> InputError:
    """What the operating system had against a path, as one line."""
    if isinstance(error, FileNotFoundError):
        return InputError(place, "no such file", "a file that can be read")
    if isinstance(error, IsADirectoryError):
        return InputError(place, "a directory", "a file")
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return InputError(place, f"cannot be read ({reason})", "a file that can be read")


def chunks(stream: BinaryIO, place: str) -> Iterator[bytes]:
    """The stream's bytes in pieces, gunzipped where they are gzip. Raises `InputError`."""
    try:
        yield from gunzipped(iter(lambda: stream.read(_CHUNK), b""), place)
    except OSError as error:
        raise system_fault(place, error) from error


def gunzipped(pieces: Iterator[bytes], place: str) -> Iterator[bytes]:
    """The pieces, unpacked where the first begins like gzip. Raises `InputError`."""
    head = next(pieces, b"")
    raw = chain((head,), pieces)
    yield from (_gunzip(raw, place) if head.startswith(_GZIP) else raw)


def _gunzip(raw: Iterable[bytes], place: str) -> Iterator[bytes]:
    """Gzip members one after another; each step gives a bounded piece, so a bomb stays small."""
    unpack = zlib.decompressobj(31)
    taken = given = 0
    try:
        for piece in raw:
            taken += len(piece)
            left = piece
            while left:
                if unpack.eof:
                    if not left.startswith(b"\x1f"):
                        return
                    unpack = zlib.decompressobj(31)
                out = unpack.decompress(left, _CHUNK)
                given += len(out)
                check_ratio(taken, given, place)
                if out:
                    yield out
                left = unpack.unused_data if unpack.eof else unpack.unconsumed_tail
    except zlib.error as error:
        raise InputError(place, "damaged gzip data", "a whole gzip file") from error
    if not unpack.eof:
        raise InputError(place, "gzip data that breaks off", "a whole gzip file")


def check_ratio(taken: int, given: int, place: str) -> None:
    """Raises `InputError` where packed bytes unpack to so many that they mean harm."""
    if given > RATIO_FROM and given > MAX_RATIO * taken:
        raise InputError(place, f"data that unpacks more than {MAX_RATIO} times", "an honest archive")


def limited(pieces: Iterable[bytes], place: str, limit: int) -> Iterator[bytes]:
    """The pieces. Raises `InputError` beyond `limit` bytes."""
    total = 0
    for piece in pieces:
        total += len(piece)
        if total > limit:
            raise InputError(place, f"more than {limit:,} bytes", f"at most {limit:,} bytes unpacked")
        yield piece


def whole(pieces: Iterable[bytes], place: str, limit: int = MAX_BYTES) -> bytes:
    """All the bytes. Raises `InputError` beyond `limit` bytes."""
    held = bytearray()
    for piece in pieces:
        held += piece
        if len(held) > limit:
            raise InputError(place, f"more than {limit:,} bytes", f"at most {limit:,} bytes a document")
    return bytes(held)


def lines(pieces: Iterable[bytes], limit: int = MAX_BYTES) -> Iterator[bytes | None]:
    """The lines, without their ends; None stands for a line longer than `limit` bytes."""
    held = bytearray()
    over = False
    for piece in pieces:
        parts = piece.split(b"\n")
        for part in parts[:-1]:
            fits = not over and len(held) + len(part) <= limit
            yield bytes(held + part) if fits else None
            held.clear()
            over = False
        over = over or len(held) + len(parts[-1]) > limit
        if over:
            held.clear()
        else:
            held += parts[-1]
    if over:
        yield None
    elif held:
        yield bytes(held)
