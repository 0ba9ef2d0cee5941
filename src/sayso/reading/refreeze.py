"""Takes a reading's spans from the repaired text back to the frozen one."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

from sayso.model import Document, Reading, Span
from sayso.text.repair import Repaired


def refrozen(reading: Reading, fixed: Repaired) -> Reading:
    """The same reading in offsets of the document's own text, every span checked against it."""
    text = reading.document.text

    def back(value: Any) -> Any:
        if isinstance(value, Span):
            span = fixed.to_frozen(value)
            span.of(text)
            return span
        if isinstance(value, tuple):
            return tuple(back(v) for v in value)
        if is_dataclass(value) and not isinstance(value, type):
            if isinstance(value, Document):
                return value
            return replace(value, **{f.name: back(getattr(value, f.name)) for f in fields(value)})
        return value

    out: Reading = back(reading)
    return out
