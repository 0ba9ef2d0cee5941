"""What gives a deal away in a document that is not read: keys that the two are looked up by.

The keys only find candidates; `linking.mentions` decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sayso.lexicon import Lexicon
from sayso.linking.mentions import LEAST_LETTERS, LONGEST, spelt, telltales
from sayso.model import Document, Told

_WORD = re.compile(r"[^\W_]+")
_MOST = 4000  # keys of one document


def document_keys(document: Document) -> list[str]:
    """Its type names and the names that two words make, in Latin letters."""
    words = list(_words(document.text[:LONGEST]))
    found: dict[str, None] = {}
    for i, (word, telling) in enumerate(words):
        if telling and len(word) >= LEAST_LETTERS:
            found[word] = None
        for n in (2, 3):
            run = words[i : i + n]
            if len(run) == n and all(telling for _, telling in run):
                found[" ".join(w for w, _ in run)] = None
    return list(found)[:_MOST]


def deal_keys(tolds: Iterable[Told], lexicon: Lexicon) -> set[str]:
    """The keys of a deal: its type names, and its firms' names two words at a time."""
    words = telltales(tolds, lexicon)
    found = {" ".join(d) for d in words.designations if len(d) <= 3}
    for firm in words.firms:
        if len(firm) == 1:
            found.add(firm[0])
        found |= {" ".join(firm[i : i + 2]) for i in range(len(firm) - 1)}
    return found


def _words(text: str) -> Iterator[tuple[str, bool]]:
    """Each token with whether it may be part of a name: a capital, a figure, or no case at all."""
    for m in _WORD.finditer(text):
        word = m.group()
        telling = not word[0].islower() or any(c.isdigit() for c in word)
        yield from ((token, telling) for token in spelt(word))
