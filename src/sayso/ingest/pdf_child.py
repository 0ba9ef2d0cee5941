"""Reads one PDF in a process of its own: bytes on standard input, JSON on standard output.

PDFium unpacks what a PDF tells it to: 200 kB can ask for 16 GB and a minute. In its own process that
is bounded, and a fault in its native code ends that process only.
"""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from sayso.ingest.pdf_glyphs import stretches
from sayso.ingest.pdf_text import Page, laid_out

MAX_PAGES = 1_000
MAX_CHARACTERS = 2_000_000
MAX_MEMORY = 2_000_000_000
MAX_SECONDS = 60
"""Pages and characters of one PDF; bytes of memory and seconds of computing to read it."""


class RefusedError(Exception):
    """A PDF over a limit: what was found, what was expected."""


def main() -> None:
    """The PDF's text, its boxes, its heads and feet, and its metadata; or "found" and "expected"."""
    _bound()
    try:
        with pdfium.PdfDocument(sys.stdin.buffer.read()) as pdf:
            said = {key: str(pdf.get_metadata_value(key)) for key in ("Title", "Author", "CreationDate")}
            laid = laid_out(list(pages_of(pdf)))
            answer = {"text": laid.text, "boxes": laid.boxes_as_rows(), "furniture": laid.furniture, "said": said}
    except pdfium.PdfiumError as error:
        locked = error.err_code in (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY)
        answer = {"found": "an encrypted PDF", "expected": "one without a password"} if locked else {}
    except RefusedError as error:
        answer = dict(zip(("found", "expected"), error.args, strict=True))
    json.dump(answer, sys.stdout)


def _bound() -> None:
    """Limits what the process may take, where the system can."""
    with contextlib.suppress(ImportError):  # Windows has none
        import resource

        for what, most in (
            (resource.RLIMIT_AS, MAX_MEMORY), (resource.RLIMIT_CPU, MAX_SECONDS), (resource.RLIMIT_CORE, 0)
        ):  # fmt: skip
            _, hard = resource.getrlimit(what)
            resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def pages_of(pdf: pdfium.PdfDocument) -> Iterator[Page]:
    if len(pdf) > MAX_PAGES:
        raise RefusedError(f"a PDF of {len(pdf):,} pages", f"at most {MAX_PAGES:,}")
    left = MAX_CHARACTERS
    for number in range(1, len(pdf) + 1):
        page = pdf[number - 1]
        try:
            found, count = stretches(page, left)
            left -= count
            if left < 0:
                raise RefusedError(f"a PDF of more than {MAX_CHARACTERS:,} characters", "a shorter one")
            corner = page.get_cropbox()
        finally:
            page.close()
        yield Page(number, found, (corner[0], corner[1]))


if __name__ == "__main__":
    main()
