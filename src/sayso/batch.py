"""Many inputs in a row: what could be read, and what could not and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from sayso.errors import InputError
from sayso.ingest import Metadata, documents
from sayso.lexicon import Lexicon, load
from sayso.model import Document, Reading
from sayso.pipeline import read
from sayso.text.tagger import Encoder, encoder

LANGUAGES = ("en",)  # that the reading stages know
MOST_CHARACTERS = 300_000  # of one article: what the encoder's output fits in 400 MB for


def read_all(paths: Iterable[str], meta: Metadata, *, stdin: BinaryIO | None = None) -> Iterator[Reading | InputError]:
    """Reads every document of every path in order; an input that fails is yielded as its error."""
    lexicon, model = load(), encoder()
    for path in paths:
        for found in documents(path, meta, stdin=stdin):
            yield found if isinstance(found, InputError) else read_one(found, lexicon, model)


def read_one(document: Document, lexicon: Lexicon, model: Encoder) -> Reading | InputError:
    """One document's reading, or why it is not read."""
    place = f"{document.path or 'document'} ({document.id})"
    if document.language not in LANGUAGES:
        return InputError(place, f"language {document.language!r}", "one that is read so far: " + ", ".join(LANGUAGES))
    if len(document.text) > MOST_CHARACTERS:
        return InputError(place, f"{len(document.text):,} characters", f"an article of at most {MOST_CHARACTERS:,}")
    return read(document, lexicon, model)
