"""Full text over documents and claims: the same words found on both databases.

A word is a run of letters and digits without its case (and Latin letters without accents), so
"Shahed-136" is the two words "shahed 136" in this order. SQLite's FTS5 cuts so itself (unicode61,
`remove_diacritics 2`);
for PostgreSQL the words are folded here, since its own parser reads "-136" as a number.

A query is words that must all stand, "quoted words" that must stand in this order, and word* for
words that begin so; every other character only parts words, so no input is an error.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa

from sayso.model import Span
from sayso.store.handle import Handle
from sayso.store.rows import Hit

_WORD = re.compile(r"[^\W_]+")
_TERM = re.compile(r'"([^"]{0,1000})"(\*?)|([^\s"]{1,200})')
_MAX_QUERY = 1_000  # characters
_MAX_TERMS = 32
_MAX_INDEXED = 400_000  # bytes: PostgreSQL's tsvector ends at 1 MiB with its positions
_SNIPPET = 240  # characters
_LEAD = 60  # of them before the first word found
_MAX_SHOWN = 100_000  # characters looked through for one


@dataclass(frozen=True, slots=True)
class Term:
    """Words that must follow each other; the last may be the beginning of one."""

    words: tuple[str, ...]
    prefix: bool = False


class _Folds(dict[int, str]):
    """What FTS5's unicode61 makes of a character: small, and a Latin letter without its accents."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        base = unicodedata.normalize("NFD", char)[0]
        accent = 0x300 <= code <= 0x331
        self[code] = "" if accent else base.lower() if base.isascii() else _FINAL.get(char, char.lower())
        return self[code]


_FINAL = {"ς": "σ"}
_FOLDS = _Folds()


def fold(text: str) -> str:
    """Without case, and Latin letters without accents."""
    return text.lower() if text.isascii() else text.translate(_FOLDS)


def words_of(text: str) -> list[str]:
    """The words of a text, folded."""
    return _WORD.findall(fold(text))


def terms(query: str) -> list[Term]:
    """What a query asks for; empty where it has no letter or digit."""
    found = []
    for quoted, star, bare in _TERM.findall(query[:_MAX_QUERY]):
        words = tuple(_WORD.findall(fold(quoted or bare)))
        if words:
            found.append(Term(words, prefix=bool(star) or bare.endswith("*")))
    return found[:_MAX_TERMS]


Within = Literal["document", "claim"]


def asked_for(wanted: Sequence[Term], *, sqlite: bool) -> str:
    """The terms as SQLite's FTS5 or as PostgreSQL asks for them."""
    if sqlite:
        return " AND ".join('"' + " ".join(t.words) + '"' + ("*" if t.prefix else "") for t in wanted)
    return " & ".join("(" + " <-> ".join(f"'{w}'" for w in t.words) + (":*" if t.prefix else "") + ")" for t in wanted)


def scored(within: Within, *, sqlite: bool) -> str:
    """A query for the rows that fit `:asked`, each with a score that is larger for the better."""
    if sqlite:
        weights = "4.0, 1.0" if within == "document" else "1.0, 1.0"
        return (
            f"SELECT rowid AS row, -bm25({within}_text, {weights}) AS score FROM {within}_text "
            f"WHERE {within}_text MATCH :asked"
        )
    return (
        f"SELECT row, ts_rank_cd(words, q) AS score FROM {within}_text, "
        "to_tsquery('simple', :asked) AS q WHERE words @@ q"
    )


_COLUMNS = {
    "document": "d.key, NULL AS claim, d.title, d.outlet, d.published AS said, d.text AS body",
    "claim": "d.document AS key, d.key AS claim, NULL AS title, d.outlet, d.said, d.quote AS body",
}


class TextSearch(Handle):
    """Searching."""

    __slots__ = ()

    def search(self, query: str, *, within: Within = "document", limit: int = 20, offset: int = 0) -> list[Hit]:
        """The documents (title and text) or claims (quote and item) that fit, the best first."""
        wanted = terms(query)
        if not wanted:
            return []
        found, asked = scored(within, sqlite=self.sqlite), asked_for(wanted, sqlite=self.sqlite)
        statement = sa.text(
            f"SELECT {_COLUMNS[within]}, f.score FROM ({found} ORDER BY score DESC, row LIMIT :limit OFFSET :offset) "
            f"AS f JOIN {within} AS d ON d.row = f.row ORDER BY f.score DESC, f.row"
        ).columns(said=sa.Date)
        rows = self.connection.execute(statement, {"asked": asked, "limit": limit, "offset": offset})
        return [Hit(r.key, r.claim, r.title, r.outlet, r.said, float(r.score), *snippet(r.body, wanted)) for r in rows]


class PutText(Handle):
    """Indexing on PostgreSQL; on SQLite triggers do it."""

    __slots__ = ()

    def index_document(self, key: str, title: str | None, text: str) -> None:
        self._index("document", [(key, title or "", text)])

    def index_claims(self, claims: Iterable[tuple[str, str, str]]) -> None:
        """Key, quote and item of each."""
        self._index("claim", claims)

    def _index(self, table: str, rows: Iterable[tuple[str, str, str]]) -> None:
        if self.sqlite:
            return
        query = f"INSERT INTO {table}_text (row, words) SELECT row, {VECTOR} FROM {table} WHERE key = :key"
        folded = [{"key": key, "first": indexed(first), "second": indexed(second)} for key, first, second in rows]
        self.connection.execute(sa.text(query), folded)


VECTOR = "setweight(to_tsvector('simple', CAST(:first AS text)), 'A') || to_tsvector('simple', CAST(:second AS text))"
"""PostgreSQL's index entry of two texts that `indexed` has folded."""


def indexed(text: str) -> str:
    """The words PostgreSQL is given."""
    return " ".join(_WORD.findall(fold(text))).encode()[:_MAX_INDEXED].decode(errors="ignore")


def snippet(text: str, wanted: Sequence[Term]) -> tuple[str, tuple[Span, ...]]:
    """A piece of the text around the first words found, with their places in the piece."""
    sought = [(w, t.prefix and w == t.words[-1]) for t in wanted for w in t.words]
    whole = {w for w, prefix in sought if not prefix}
    begun = tuple(w for w, prefix in sought if prefix)
    places: list[Span] = []
    for match in _WORD.finditer(text, 0, _MAX_SHOWN):
        if places and match.start() > places[0].start + _SNIPPET:
            break
        word = fold(match[0])
        if word in whole or (begun and word.startswith(begun)):
            places.append(Span(*match.span()))
    start = max(0, places[0].start - _LEAD) if places else 0
    start = text.find(" ", start) + 1 if start and " " in text[start : start + _LEAD] else start
    end = min(len(text), start + _SNIPPET)
    marks = tuple(p.shift(-start) for p in places if start <= p.start and p.end <= end)
    return text[start:end], marks
