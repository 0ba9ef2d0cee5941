"""Zip archives. Members are read in memory and never extracted, so their names are labels only."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO

from sayso.errors import InputError
from sayso.ingest.capture import Capture, Where
from sayso.ingest.fields import Metadata
from sayso.ingest.forms import Form, suffix_form
from sayso.ingest.source import check_ratio, gunzipped, limited

MAX_ARCHIVE = 200_000_000
MAX_MEMBER = 200_000_000
MAX_TOTAL = 1_000_000_000
MAX_MEMBERS = 10_000
"""Bytes of an archive, of a member and of all members unpacked, and how many members."""

Reader = Callable[[Iterator[bytes], Metadata, Where, Form | None], Iterator[Capture | InputError]]

_CHUNK = 1 << 16
_MAX_DIRECTORY = MAX_MEMBERS * 400  # bytes; an entry has 46 and its name
_END, _END_SIZE = b"PK\x05\x06", 22
_LOCATOR, _LOCATOR_SIZE = b"PK\x06\x07", 20
_EXPECTED = "a sound zip archive"
_OFFICE = frozenset({"[Content_Types].xml", "mimetype", "META-INF/container.xml"})
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the others give no bounded pieces
_FAULTS = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error,
    EOFError, NotImplementedError, RuntimeError, ValueError, OSError,
)  # fmt: skip


def read_zip(raw: bytes, meta: Metadata, where: Where, read: Reader) -> Iterator[Capture | InputError]:
    """The documents of an archive's members, in the archive's order; `read` reads a member.

    Folders and hidden members are left out; links and encrypted members are errors. Raises
    `InputError` for an archive that is damaged or over a limit.
    """
    _check_directory(raw, where.place)
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
    except _FAULTS as error:
        raise InputError(where.place, f"a damaged zip archive ({_why(error)})", _EXPECTED) from error
    members = [m for m in archive.infolist() if not m.is_dir() and not _hidden(m.filename)]
    if len(members) > MAX_MEMBERS:
        raise InputError(where.place, f"{len(members):,} members", f"at most {MAX_MEMBERS:,}")
    if any(m.filename in _OFFICE for m in members):
        raise InputError(where.place, "an Office file or e-book", "its text, or a PDF of it")
    if not members:
        raise InputError(where.place, "an archive without files", "at least one file in it")
    budget = [MAX_TOTAL]
    for member in members:
        here = where.member(member.filename)
        try:
            yield from read(_unpacked(archive, member, here.place, budget), meta, here, suffix_form(member.filename))
        except InputError as error:
            yield error
        if budget[0] < 0:
            yield InputError(where.place, f"more than {MAX_TOTAL:,} bytes unpacked; cut off", "a smaller archive")
            return


def _check_directory(raw: bytes, place: str) -> None:
    """Raises `InputError` for a list of members so long that merely to read it would do harm."""
    at = raw.rfind(_END, max(0, len(raw) - _END_SIZE - 0xFFFF))
    if at < 0 or len(raw) < at + _END_SIZE:
        raise InputError(place, "a zip archive that breaks off", _EXPECTED)
    if raw[max(0, at - _LOCATOR_SIZE) :].startswith(_LOCATOR):
        raise InputError(place, "a zip64 archive", f"one of at most {MAX_ARCHIVE:,} bytes and 65,535 members")
    size = int.from_bytes(raw[at + 12 : at + 16], "little")
    if size > _MAX_DIRECTORY:
        raise InputError(place, f"a list of members of {size:,} bytes", f"at most {MAX_MEMBERS:,} members")


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, place: str, budget: list[int]) -> Iterator[bytes]:
    """A member's bytes in pieces, gunzipped too; what it really unpacks to counts, not what it says."""
    if stat.S_ISLNK(member.external_attr >> 16):
        raise InputError(place, "a symbolic link, skipped", "the file itself")
    if member.flag_bits & 1:
        raise InputError(place, "an encrypted member", "an archive without a password")
    if member.compress_type not in _PACKED:
        raise InputError(place, f"a member packed by method {member.compress_type}", "stored or deflated members")
    try:
        with archive.open(member) as stream:
            for piece in limited(gunzipped(_pieces(stream, member, place), place), place, MAX_MEMBER):
                budget[0] -= len(piece)
                if budget[0] < 0:
                    return
                yield piece
    except _FAULTS as error:
        raise InputError(place, f"a damaged member ({_why(error)})", _EXPECTED) from error


def _pieces(stream: IO[bytes], member: zipfile.ZipInfo, place: str) -> Iterator[bytes]:
    given = 0
    while piece := stream.read(_CHUNK):
        given += len(piece)
        check_ratio(max(1, member.compress_size), given, place)
        yield piece


def _hidden(name: str) -> bool:
    return any(part.startswith(".") and part.strip(".") for part in name.split("/")) or name.startswith("__MACOSX/")


def _why(error: BaseException) -> str:
    return " ".join(str(error).split())[:80] or type(error).__name__
