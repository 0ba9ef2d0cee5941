"""Mends scraped text for reading, so that every offset still leads back to the frozen text.

Odd spaces become spaces; zero-width characters and soft hyphens go; mojibake ("â€™") is decoded;
words glued together get their space back (`glue`). The frozen text itself is never changed.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from sayso.model import Span
from sayso.text.glue import gaps
from sayso.text.wrap import unwrapped

# One character for one, so offsets stay.
_SPACES = dict.fromkeys((*map(ord, "\xa0\u1680\u202f\u205f\u3000\t\x0b\x0c\x1f"), *range(0x2000, 0x200B)), " ")
_INVISIBLE = "\u200b\u200e\u200f\u2060\ufeff\xad\u202a-\u202e\u2066-\u2069"
# Joiners mean something after letters of Arabic, Indic and other scripts, and inside emoji.
_JOINERS = "(?<![\u0590-\u1fff\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])[\u200c\u200d]"

# UTF-8 read as windows-1252 (bytes it leaves undefined stay as C1 controls) and back.
_TO_BYTE = {chr(b): b for b in range(0x80, 0x100)} | {
    bytes([b]).decode("cp1252"): b for b in range(0x80, 0x100) if b not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
_TAIL = "[" + "".join(re.escape(c) for c, b in _TO_BYTE.items() if 0x80 <= b < 0xC0) + "]"
# A capital before Â or Ã, and quotes after é, occur in sound text of other languages: only
# sequences that do not are taken.
_UNIT = (
    rf"(?:(?<![A-ZÀ-Þ])(?:Â{_TAIL}|Ã(?![\xa0\x81\x8d]){_TAIL})"
    rf"|â[€\x80‚\x82„\x84]{_TAIL}|ðŸ{_TAIL}{{2}}|ï»¿|[ÐÑ]{_TAIL}(?=[ÐÑ]{_TAIL})|(?<={_TAIL})[ÐÑ]{_TAIL})"
)
_MOJIBAKE = re.compile(rf"{_UNIT}{{1,400}}|â€(?=[\s.,;:!?)]|\Z)")
_AGAIN = 3
_ODD = re.compile(rf"[{_INVISIBLE}]+|{_JOINERS}+|{_MOJIBAKE.pattern}")


@dataclass(frozen=True, slots=True)
class Repaired:
    """A text to read, and the way back.

    `_new` and `_old` are the offsets, in the repaired and in the frozen text, at which a stretch
    begins; stretches alternate between copied (even) and changed (odd), and both end with the
    lengths of the two texts.
    """

    text: str
    _new: tuple[int, ...]
    _old: tuple[int, ...]

    def to_frozen(self, span: Span) -> Span:
        """The smallest span of the frozen text that the characters of `span` came from."""
        start = self._start(span.start)
        return Span(start, max(start, self._end(span.end)) if span.end > span.start else start)

    def to_repaired(self, span: Span) -> Span:
        """Where the characters of a frozen span stand in the repaired text."""
        return Span(self._moved(span.start), self._moved(span.end))

    def _moved(self, offset: int) -> int:
        at = max(0, bisect_right(self._old, offset) - 1)
        at = min(at, len(self._old) - 1)
        if at % 2 == 0:
            return min(self._new[at] + offset - self._old[at], len(self.text))
        return self._new[at]

    def _start(self, offset: int) -> int:
        at = max(0, bisect_right(self._new, offset) - 1)
        return self._old[at] + (offset - self._new[at] if at % 2 == 0 else 0)

    def _end(self, offset: int) -> int:
        at = max(1, bisect_left(self._new, offset))
        if at % 2:  # the end of a copied stretch, or inside it
            return self._old[at - 1] + offset - self._new[at - 1]
        return self._old[at]


def repair(text: str) -> Repaired:
    """The mended text. Linear in the length of `text` (code points)."""
    level = unwrapped(text if text.isascii() and "\t" not in text else text.translate(_SPACES))
    edits = [] if level.isascii() else _replacements(text)
    edits = _merged(edits, [(g, g, " ") for g in gaps(level)])
    new, old = [0], [0]
    out: list[str] = []
    length = last = 0
    for start, end, put in edits:
        out.append(level[last:start])
        length += start - last
        new.append(length)
        old.append(start)
        out.append(put)
        length += len(put)
        new.append(length)
        old.append(end)
        last = end
    out.append(level[last:])
    new.append(length + len(level) - last)
    old.append(len(level))
    return Repaired("".join(out), tuple(new), tuple(old))


def _replacements(text: str) -> list[tuple[int, int, str]]:
    """Stretches of `text` to put something else for: (start, end, what)."""
    found: list[tuple[int, int, str]] = []
    for match in _ODD.finditer(text):
        put = _read_again(match[0]) if _MOJIBAKE.fullmatch(match[0]) else ""
        if put is not None:
            found.append((match.start(), match.end(), put))
    return found


def _read_again(run: str) -> str | None:
    """Mojibake as it was meant, decoded up to three times; None where it is no UTF-8."""
    if run == "â€":  # the last byte of a closing quote, lost
        return "”"
    for turn in range(_AGAIN):
        try:
            run = bytes(_TO_BYTE[c] for c in run).decode("utf-8")
        except (KeyError, UnicodeDecodeError):
            return run if turn else None
        if not _MOJIBAKE.fullmatch(run):
            break
    return "".join(" " if c == "\xa0" else c for c in run if c not in "\ufeff\xad")


def _merged(edits: list[tuple[int, int, str]], more: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Both lists in order; of those that touch the earlier is kept."""
    if not edits or not more:
        return edits or more
    kept: list[tuple[int, int, str]] = []
    for edit in sorted(edits + more):
        if not kept or edit[0] > kept[-1][1]:
            kept.append(edit)
    return kept
