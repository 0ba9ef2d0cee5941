"""Errors an analyst can act on: each names the place, the value and what was expected."""

from __future__ import annotations


class SaysoError(Exception):
    """The root of every error sayso raises on purpose."""


class PlacedError(SaysoError):
    """An error with a place. Its text is one line: place, value, expectation.

    `place` names the file and, where known, the line or key; `found` what stood there;
    `expected` what should have.
    """

    def __init__(self, place: str, found: str, expected: str) -> None:
        self.place, self.found, self.expected = place, found, expected
        super().__init__(f"{place}: {self.reason}")

    @property
    def reason(self) -> str:
        """What is wrong, without where."""
        return f"{self.found}; expected {self.expected}"


class InputError(PlacedError):
    """An input that cannot be read; a run goes on with the next one."""


class StoreError(PlacedError):
    """A ledger's file or database that cannot be opened, read or written; a run stops."""


class LexiconError(SaysoError):
    """A row of a data file that breaks the file's rules."""

    def __init__(self, file: str, line: int, found: str, expected: str) -> None:
        super().__init__(f"{file}, line {line}: {found}; expected {expected}")


class SpanError(SaysoError):
    """A span that does not fit its text: a fault of sayso's own, never mended silently."""

    def __init__(self, start: int, end: int, length: int) -> None:
        super().__init__(f"span [{start}, {end}) does not fit a text of {length} characters")
