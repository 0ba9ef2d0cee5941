"""The words of saying: cues, kinds of source, responses, hedges, and what a report stands on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sayso.lexicon.match import Matcher, Phrase, plural
from sayso.lexicon.rows import DATA, Row, rows
from sayso.model import Basis, ResponseType, VoiceKind

FORCES = ("say", "report", "announce", "claim", "believe", "deny", "confirm", "urge")


@dataclass(frozen=True, slots=True)
class SourceNoun:
    """What a source called by this noun is; `refers_back` says whom it may stand for: an outlet
    named before ("the weekly"), or a person named anywhere ("the Ukrainian president")."""

    words: str
    kind: VoiceKind
    refers_back: str


@dataclass(frozen=True, slots=True)
class Speech:
    """Matchers over the words of saying."""

    cues: Matcher[str]
    sources: Matcher[SourceNoun]
    responses: Matcher[ResponseType]
    hedges: Matcher[str]
    bases: Matcher[Basis]


def _member(row: Row, column: str, allowed: tuple[str, ...]) -> str:
    return row.one_of(column, allowed)


def _source(row: Row) -> Phrase[SourceNoun]:
    words = row.need("words")
    kind = VoiceKind(_member(row, "kind", tuple(VoiceKind)))
    back = _member(row, "refers_back", ("", "outlet", "person"))
    return Phrase(words, SourceNoun(words, kind, back), plurals=(plural(words),))


@cache
def speech() -> Speech:
    """The packaged vocabulary of saying. Raises `LexiconError` on a wrong row."""
    return Speech(
        cues=Matcher.of(
            Phrase(r.need("cue"), _member(r, "force", FORCES)) for r in rows(DATA / "cues.csv", ["cue", "force"])
        ),
        sources=Matcher.of(_source(r) for r in rows(DATA / "sources.csv", ["words", "kind", "refers_back"])),
        responses=Matcher.of(
            Phrase(r.need("words"), ResponseType(_member(r, "type", tuple(ResponseType))))
            for r in rows(DATA / "responses.csv", ["words", "type"])
        ),
        hedges=Matcher.of(Phrase(r.need("words"), r["words"]) for r in rows(DATA / "hedges.csv", ["words"])),
        bases=Matcher.of(
            Phrase(r.need("words"), Basis(_member(r, "basis", tuple(Basis))))
            for r in rows(DATA / "basis.csv", ["words", "basis"])
        ),
    )
