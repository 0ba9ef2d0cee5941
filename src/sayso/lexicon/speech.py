"""The words of saying: cues, kinds of source, responses, what a report stands on, how far a thing has come."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sayso.lexicon.match import Matcher, Phrase, plural
from sayso.lexicon.rows import DATA, Row, rows
from sayso.model import Basis, ResponseType, Stage, VoiceKind

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
    bases: Matcher[Basis]
    stages: Matcher[Stage]


def _source(row: Row) -> Phrase[SourceNoun]:
    words = row.need("words")
    kind = VoiceKind(row.one_of("kind", tuple(VoiceKind)))
    back = row.one_of("refers_back", ("", "outlet", "person"))
    return Phrase(words, SourceNoun(words, kind, back), plurals=(plural(words),))


@cache
def speech() -> Speech:
    """The packaged vocabulary of saying. Raises `LexiconError` on a wrong row."""
    return Speech(
        cues=Matcher.of(
            Phrase(r.need("cue"), r.one_of("force", FORCES)) for r in rows(DATA / "cues.csv", ["cue", "force"])
        ),
        sources=Matcher.of(_source(r) for r in rows(DATA / "sources.csv", ["words", "kind", "refers_back"])),
        responses=Matcher.of(
            Phrase(r.need("words"), ResponseType(r.one_of("type", tuple(ResponseType))))
            for r in rows(DATA / "responses.csv", ["words", "type"])
        ),
        bases=Matcher.of(
            Phrase(r.need("words"), Basis(r.one_of("basis", tuple(Basis))))
            for r in rows(DATA / "basis.csv", ["words", "basis"])
        ),
        stages=Matcher.of(
            Phrase(r.need("words"), Stage(r.one_of("stage", tuple(Stage))))
            for r in rows(DATA / "stages.csv", ["words", "stage"])
        ),
    )
