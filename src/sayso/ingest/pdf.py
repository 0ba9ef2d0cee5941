"""PDF -> `Document`: the text its pages carry (no pictures are read), by PDFium, in a process apart."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sayso.errors import InputError
from sayso.ingest.encoding import printable
from sayso.ingest.fields import Metadata, day, document
from sayso.model import Box, Document, Span, Zone, ZoneSpan

MAX_PDF = 60_000_000
"""Bytes of one PDF; its other limits are in `pdf_child`."""
MAX_WAIT = 120
"""Seconds to wait for it."""

_CHILD = "sayso.ingest.pdf_child"
_EXPECTED = "a sound PDF with text"
_DATE = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
_NO_TITLE = re.compile(r"untitled\b.*|.*\.(?:docx?|indd|qxp|qxd|rtf|odt|tex|dvi|pptx?|pdf|ai|p65)", re.I)
_MADE_BY = re.compile(r"microsoft (?:word|powerpoint) - ", re.I)
_MAX_FIELD = 300


def read_pdf(raw: bytes, meta: Metadata, path: str) -> Document:
    """The document of a PDF; title, author and day (when it was made) come from its own metadata.

    Raises `InputError` for one that is damaged, locked by a password, without text, or over a limit.
    """
    if len(raw) > MAX_PDF:
        raise InputError(path, f"a PDF of {len(raw):,} bytes", f"at most {MAX_PDF:,}")
    answer = _asked(raw, path)
    if "found" in answer:
        raise InputError(path, str(answer["found"]), str(answer["expected"]))
    if "text" not in answer:
        raise InputError(path, "a damaged PDF", _EXPECTED)
    text = str(answer["text"])
    if not any(c.isalpha() for c in text):
        raise InputError(path, "a PDF without text (scanned pages?)", "one whose text can be copied")
    found = document(text, meta.over(_metadata(answer["said"])), path, raw)
    boxes = tuple(Box(Span(row[0], row[1]), *row[2:]) for row in answer["boxes"])
    return replace(found, zones=_zones(found.zones, [Span(*f) for f in answer["furniture"]]), boxes=boxes)


def _asked(raw: bytes, path: str) -> dict[str, Any]:
    """What the child says of a PDF, in the form `pdf_child.main` writes."""
    command = [sys.executable, "-P", "-m", _CHILD]  # -P: nothing is imported from the working folder
    try:
        done = subprocess.run(command, input=raw, capture_output=True, timeout=MAX_WAIT, check=False)
    except subprocess.TimeoutExpired as error:
        raise InputError(path, f"a PDF that takes more than {MAX_WAIT} seconds", _EXPECTED) from error
    except OSError as error:
        raise InputError(path, f"the PDF reader does not start ({error.strerror})", "a working Python") from error
    if done.returncode != 0:
        found = "a PDF that takes too much memory or time, or breaks the reader"
        raise InputError(path, found, _EXPECTED)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _metadata(said: Mapping[str, str]) -> Metadata:
    line = {key: " ".join(printable(value).split())[:_MAX_FIELD] for key, value in said.items()}
    title = _MADE_BY.sub("", line["Title"])
    made = _DATE.match(line["CreationDate"])
    try:
        published = day("-".join(made.groups()), "CreationDate") if made is not None else None
    except InputError:
        published = None
    known = title if title and not _NO_TITLE.fullmatch(title) else None
    return Metadata(title=known, author=line["Author"] or None, published=published)


def _zones(found: tuple[ZoneSpan, ...], furniture: list[Span]) -> tuple[ZoneSpan, ...]:
    """The zones of the text, those of heads and feet put over them."""
    kept = [z for z in found if not any(z.span.overlaps(span) for span in furniture)]
    return tuple(sorted([*kept, *(ZoneSpan(Zone.BOILERPLATE, s) for s in furniture)], key=lambda z: z.span))
