"""Documents in languages that are not read: whether one tells of a deal, by names and numbers.

Type names, firms, outlets and figures keep their form from language to language, or nearly: Cyrillic
letters are written in Latin ones first. The test is strict, for nothing else of the text is known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sayso.lexicon import Lexicon, tokens
from sayso.linking import outlets
from sayso.linking.chains import Chain, Stated
from sayso.linking.speakers import STATE, identity
from sayso.linking.telling import main
from sayso.model import Document, Told

LEAST_AGREEMENTS = 2
LEAST_FIGURE = 10  # smaller numbers stand in any text
LEAST_LETTERS = 5  # of a firm's name in one word
LONGEST = 200_000  # characters of a text that are looked at
_LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "e", "є": "e", "ж": "zh", "з": "z",
    "и": "i", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sch", "ъ": "",
    "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya", "ў": "u",
}  # fmt: skip
_TABLE = str.maketrans(_LATIN)

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Telltales:
    """What gives a deal away in any language: tokens of type names and of firms' names, figures."""

    designations: tuple[Words, ...]
    firms: tuple[Words, ...]
    figures: tuple[str, ...]


def telltales(tolds: Iterable[Told], lexicon: Lexicon) -> Telltales:
    """The telltale words of a deal's claims."""
    every = list(tolds)
    designations = {spelt(d) for t in every for d in t.claim.designations}
    names = {p.name for t in every for p in (*t.claim.supplier, *t.claim.recipient)}
    firms = {spelt(n) for n in names if (who := identity(n, lexicon)) and not who.startswith(STATE)}
    bounds = {b for t in main(every) if (q := t.claim.quantity) and q.per is None for b in (q.min, q.max)}
    figures = {f"{b:.0f}" for b in bounds if b is not None and b >= LEAST_FIGURE}
    numbered = {d for d in designations if any(w.isdigit() for w in d) and len(d) > 1}
    return Telltales(tuple(sorted(numbered)), tuple(sorted(firms)), tuple(sorted(figures)))


def agreements(text: str, words: Telltales) -> list[str]:
    """What a text shares with a deal, in words; `tells` says whether that is enough."""
    found = spelt(text[:LONGEST])
    runs = {n: {found[i : i + n] for i in range(len(found) - n + 1)} for n in _lengths(words)}
    out = [f"type {' '.join(d)}" for d in words.designations if d in runs[len(d)]]
    out += [f"firm {' '.join(f)}" for f in words.firms if _firm(f, runs)]
    out += [f"figure {n}" for n in words.figures if (n,) in runs[1]]
    return out


def tells(text: str, words: Telltales) -> bool:
    """Two or more agreements of different sorts, one of them a type name or a firm's."""
    sorts = {a.split(" ", 1)[0] for a in agreements(text, words)}
    return len(sorts) >= LEAST_AGREEMENTS and bool(sorts & {"type", "firm"})


def _lengths(words: Telltales) -> set[int]:
    return {1, 2} | {len(d) for d in words.designations}


def _firm(name: Words, runs: Mapping[int, set[Words]]) -> bool:
    """Whether two words of a firm's name stand together, or its one long word stands there."""
    if len(name) == 1:
        return len(name[0]) >= LEAST_LETTERS and name in runs[1]
    pairs = (name[i : i + 2] for i in range(len(name) - 1))
    return any(p in runs[2] and len("".join(p)) >= LEAST_LETTERS for p in pairs)


def spelt(text: str) -> Words:
    return tokens(text.lower().translate(_TABLE))


def unread(document_key: str, document: Document, chains: Sequence[Chain], lexicon: Lexicon) -> Stated:
    """What a document that is not read states: the outlets named in it that the deal's read documents
    come through. The furthest source is the one that most chains end with; before it stands the
    first-named of those that pass it on."""
    own = outlets.own_keys(document, lexicon)
    text = spelt(document.text[:LONGEST])
    place: dict[str, int] = {}
    for name in sorted({n for c in chains for n in c}):
        found = [at for form in _forms(name, lexicon) if (at := _find(form, text)) is not None]
        if found and not outlets.is_own(name, own):
            place[name] = min(found)
    ends = Counter(c[-1] for c in chains if c[-1] in place)
    outlet = outlets.key(document.outlet, lexicon) if document.outlet else min(own, default="")
    bare = Stated(document_key, own, outlet, document.published)
    if not ends:
        return bare
    end = min(ends, key=lambda e: (-ends[e], place[e], e))
    before = {c[-2] for c in chains if len(c) > 1 and c[-1] == end and c[-2] in place and c[-2] != end}
    nearest = sorted(before, key=lambda n: (place[n], n))[:1]
    return Stated(document_key, own, outlet, document.published, None, (*nearest, end), how="names")


def _forms(name: str, lexicon: Lexicon) -> set[Words]:
    outlet = outlets.known(name, lexicon)
    return {spelt(f) for f in ((outlet.name, *outlet.aliases) if outlet else (name,))} - {()}


def _find(form: Words, text: Words) -> int | None:
    return next((i for i in range(len(text) - len(form) + 1) if text[i : i + len(form)] == form), None)
