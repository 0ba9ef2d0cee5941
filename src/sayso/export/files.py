"""Files of an export: written beside their place and moved there when they are whole."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from sayso.errors import InputError

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None
"""A JSON value."""


@contextmanager
def placing(path: Path) -> Iterator[Path]:
    """A path to write to, which becomes `path` when all went well and is removed when not.

    Raises `InputError` where the place cannot be written to, or a text is not Unicode.
    """
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        try:
            yield part
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise InputError(str(path), error.strerror or "not written", "a place that can be written to") from error
    except UnicodeEncodeError as error:
        found = f"a text with U+{ord(error.object[error.start]):04X}"
        raise InputError(str(path), found, "Unicode text, which UTF-8 can hold") from error


@contextmanager
def writing(path: Path) -> Iterator[TextIO]:
    """A stream to write UTF-8 to, line ends as given; see `placing`."""
    with placing(path) as part, part.open("w", encoding="utf-8", newline="") as stream:
        yield stream


def dumped(value: Json) -> str:
    """JSON on one line. Raises `ValueError` for a number that JSON has not."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
