"""Writes small PDFs for tests, byte by byte."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Placed = tuple[float, float, float, str]
"""left and baseline in points from the lower left corner, size, words"""


def pdf(pages: Sequence[Sequence[Placed]], info: Mapping[str, str] | None = None, extra: bytes = b"") -> bytes:
    """A PDF of US letter pages with lines of Helvetica. `extra` goes into the trailer."""
    streams = [b"\n".join(_drawn(f"1 0 0 1 {x:g} {y:g}", size, words) for x, y, size, words in page) for page in pages]
    return pdf_of(streams, info, extra)


def turned(lines: Sequence[tuple[str, str]]) -> bytes:
    """A PDF of one page; each line with its own matrix ("0 1 -1 0 300 100")."""
    return pdf_of([b"\n".join(_drawn(matrix, 10, words) for matrix, words in lines)])


def pdf_of(
    streams: Sequence[bytes], info: Mapping[str, str] | None = None, extra: bytes = b"", filters: bytes = b""
) -> bytes:
    """A PDF of pages with these contents."""
    count = len(streams)
    kids = b" ".join(b"%d 0 R" % (5 + 2 * i) for i in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (count, kids),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< " + b" ".join(b"/%s (%s)" % (k.encode(), _escaped(v)) for k, v in (info or {}).items()) + b" >>",
    ]
    for i, stream in enumerate(streams):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % (6 + 2 * i)
        )
        objects.append(b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(stream), filters, stream))
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % at for at in offsets)
    out += b"trailer << /Size %d /Root 1 0 R /Info 4 0 R %s >>\n" % (len(objects) + 1, extra)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def _drawn(matrix: str, size: float, words: str) -> bytes:
    return b"BT /F1 %g Tf %s Tm (%s) Tj ET" % (size, matrix.encode(), _escaped(words))


def _escaped(words: str) -> bytes:
    return words.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
