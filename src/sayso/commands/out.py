"""How commands print: paragraphs at the terminal's width, trees, and JSON that is ASCII.

All text passes `words.visible` here, whoever wrote it, so that nothing in an article commands the
terminal.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence

from rich.console import Console

from sayso.errors import InputError
from sayso.export.files import Json
from sayso.export.terminal import hung
from sayso.export.words import visible

__all__ = [
    "BOLD", "DIM", "WARN", "Console", "Json", "Part", "branches", "console", "emit", "emit_lines", "errors", "failed",
    "say",
]  # fmt: skip

Part = str | tuple[str, str]
"""Words, or words with a style of rich's ("bold")."""

DIM, BOLD, WARN = "dim", "bold", "yellow"
_BRANCHES = ("├─ ", "│  ", "└─ ", "   ")
_PLAIN = ("|- ", "|  ", "`- ", "   ")  # for an encoding that lacks them

errors = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)


def console() -> Console:
    """Standard output, 80 columns wide where it is no terminal."""
    return Console(highlight=False)


def say(to: Console, *parts: Part, lead: str = "", rest: str | None = None) -> None:
    """One paragraph, wrapped; `lead` stands before its first line, `rest` (blanks as wide) before others."""
    hung(to, [_guarded(p) for p in parts], lead, " " * len(lead) if rest is None else rest)


def branches(to: Console) -> tuple[str, str, str, str]:
    """What draws a tree: before a child and below it, before the last child and below that."""
    try:
        "".join(_BRANCHES).encode(to.encoding)
    except UnicodeEncodeError:
        return _PLAIN
    return _BRANCHES


def failed(failures: Sequence[InputError], what: str) -> None:
    """The inputs that failed, a line each, on standard error."""
    if failures:
        errors.print(f"{len(failures):,} {what}:")
        for failure in failures:
            errors.print(f"  {visible(str(failure))}")


def emit(value: Json, *, lines: bool = False) -> None:
    """JSON to standard output: over several lines to be read, or on one."""
    sys.stdout.write(json.dumps(value, indent=None if lines else 1) + "\n")
    sys.stdout.flush()


def emit_lines(values: Iterable[Json]) -> None:
    """JSON Lines to standard output."""
    for value in values:
        emit(value, lines=True)


def _guarded(part: Part) -> tuple[str, str]:
    """Words made safe to print, with the blanks around them, which hold parts apart."""
    text, style = (part, "") if isinstance(part, str) else part
    bare = text.strip(" ")
    start = len(text) - len(text.lstrip(" "))
    return " " * start + visible(bare) + " " * (len(text) - start - len(bare)), style
