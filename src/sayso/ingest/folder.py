"""The files of a folder, in sorted order."""

from __future__ import annotations

import os
from collections.abc import Iterator

from sayso.errors import InputError
from sayso.ingest.capture import label
from sayso.ingest.source import system_fault

MAX_DEPTH = 60
MAX_FILES = 100_000


def files_in(folder: str) -> Iterator[str | InputError]:
    """Paths of the files below `folder`, depth first, each level sorted by name.

    Hidden names are left out. A symbolic link is never followed and, like a device or a pipe, told
    as an error; so is a folder that cannot be listed, one nested too deep, and one file too many.
    """
    count = 0
    waiting = [(folder, 0)]
    while waiting:
        path, depth = waiting.pop()
        if depth < 0:  # a file, put back to keep the order
            count += 1
            if count > MAX_FILES:
                yield InputError(label(folder), f"more than {MAX_FILES:,} files", f"at most {MAX_FILES:,}")
                return
            yield path
        elif depth > MAX_DEPTH:
            yield InputError(label(path), f"folders more than {MAX_DEPTH} deep", "a shallower folder")
        else:
            try:
                inside, faults = _listed(path)
            except OSError as error:
                yield system_fault(label(path), error)
                continue
            yield from faults
            waiting.extend((name, depth + 1 if is_folder else -1) for name, is_folder in reversed(inside))


def _listed(folder: str) -> tuple[list[tuple[str, bool]], list[InputError]]:
    """What is in a folder: (path, whether a folder), sorted, and what is skipped and said."""
    inside: list[tuple[str, bool]] = []
    faults: list[InputError] = []
    with os.scandir(folder) as listing:
        entries = sorted(listing, key=lambda e: e.name)
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_symlink():
            faults.append(InputError(label(entry.path), "a symbolic link, skipped", "the file or folder itself"))
        elif entry.is_dir(follow_symlinks=False):
            inside.append((entry.path, True))
        elif entry.is_file(follow_symlinks=False):
            inside.append((entry.path, False))
        else:
            faults.append(InputError(label(entry.path), "a device, pipe or socket, skipped", "a file"))
    return inside, faults
