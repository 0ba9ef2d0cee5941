"""The words that mark zones, from `data/zones.csv`, as patterns that run in linear time.

Columns: `zone`; `pattern`, how the words stand in a line (`start`, `end`, `any`, `is` the whole,
`heading` the whole and headlines follow, `bracket` right after an opening bracket, `source` a part
of a closing bracket, `agency` the sender in a dateline); `words`, in lower case.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files

from sayso.errors import LexiconError
from sayso.model import Zone

FILE = "zones.csv"
PATTERNS = ("start", "end", "any", "is", "heading", "bracket", "source", "agency")


@cache
def _rows() -> dict[tuple[Zone, str], tuple[str, ...]]:
    found: dict[tuple[Zone, str], list[str]] = {}
    with (files("sayso") / "data" / FILE).open(encoding="utf-8") as stream:
        reader = csv.DictReader(stream)
        for row in reader:
            zone, pattern, words = row["zone"], row["pattern"], row["words"]
            if zone not in set(Zone):
                raise LexiconError(FILE, reader.line_num, f"zone {zone!r}", "one of " + ", ".join(Zone))
            if pattern not in PATTERNS:
                raise LexiconError(FILE, reader.line_num, f"pattern {pattern!r}", "one of " + ", ".join(PATTERNS))
            if not words or words != words.lower():
                raise LexiconError(FILE, reader.line_num, f"words {words!r}", "words in lower case")
            found.setdefault((Zone(zone), pattern), []).append(words)
    return {key: tuple(words) for key, words in found.items()}


def words(zone: Zone, pattern: str) -> tuple[str, ...]:
    """The words of a zone that stand so in a line, in the file's order."""
    return _rows().get((zone, pattern), ())


@cache
def matcher(zone: Zone, pattern: str) -> re.Pattern[str]:
    """Finds a line's cue; for `search` on the line in lower case. Never matches without words."""
    listed = sorted(words(zone, pattern), key=len, reverse=True)
    if not listed:
        return re.compile(r"(?!)")
    either = "(?:" + "|".join(re.escape(w) for w in listed) + ")"
    before, after = r"(?<!\w)", r"(?!\w)"
    shapes = {
        "start": rf"\A\W{{0,3}}{either}(?:(?<=\W)|{after})",
        "end": rf"{before}{either}\W{{0,3}}\Z",
        "any": rf"{before}{either}",
        "is": rf"\A\W{{0,3}}{either}\W{{0,3}}\Z",
        "heading": rf"\A\W{{0,3}}{either}\W{{0,3}}\Z",
        "bracket": rf"\A[(\[]\W{{0,2}}{either}",
        "source": rf"(?:\A|[/,;|]\s?|\s){either}(?:\Z|[/,;|]|\s)",
        "agency": rf"\A(?:the )?{either}\Z",
    }
    return re.compile(shapes[pattern])
