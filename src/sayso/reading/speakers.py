"""Who speaks where nobody is quoted: transcripts with their speakers' names, and statements whose
title says whose they are."""

from __future__ import annotations

import re

from sayso.lexicon.grammar import words_of
from sayso.model import Attribution, Document, Span, Voice, VoiceKind
from sayso.reading.cast import Cast

# A speaker's label at a line's start, in capitals: "MR. KIRBY:", "THE PRESIDENT:", "Q  ".
_LABEL = re.compile(
    r"^(?P<name>[A-Z][A-Z.’' -]{1,40}[A-Z.])(?: \([^()\n]{1,40}\))?:(?=\s)|^(?P<question>Q)[ \t\u00a0]{2,}", re.M
)
_FEWEST = 2  # labels that make a transcript
_TITLE = re.compile(
    r"(?i)\b(?:statement|remarks|speech|address|message|letter|proclamation|op-ed)\b[^:;|]{0,60}?\b(?:by|from|of)\s+"
    r"(?P<who>[^:;|,(]{3,80})"
)
_UNTIL = re.compile(
    r"\s(?:on|at|in|to|for|after|before|about|regarding|and|following|during|celebrating|marking)\s.*$", re.I
)
_LISTED = re.compile(r",| and ")  # several authors, or an office after the name
CONFIDENCE = 0.8  # of a speaker's label


def transcript(cast: Cast) -> list[Attribution]:
    """What each labelled speaker says, up to the next label; nothing where the text is no transcript."""
    text = cast.marked.text
    labels = list(_LABEL.finditer(text))
    if len(labels) < _FEWEST:
        return []
    ends = [m.start() for m in labels[1:]] + [len(text)]
    out = []
    for m, end in zip(labels, ends, strict=True):
        name = Span(*m.span("name" if m.group("name") else "question"))
        said = Span(m.end(), end).stripped(text)
        if said.start < said.end:
            out.append(Attribution((name,), (), (said,), confidence=CONFIDENCE))
    return out


def author(document: Document, cast: Cast) -> Voice | None:
    """Whose statement the whole text is, by its title: "Statement from President Joe Biden on …"."""
    first = document.text[:300].strip().split("\n")[0]
    for title in filter(None, (document.title, first)):
        m = _TITLE.search(title)
        if not m:
            continue
        who = _UNTIL.sub("", m.group("who")).strip()
        if named := _person(who, cast):
            return Voice(named, VoiceKind.NAMED_PERSON)
        if who := _without_titles(who):
            return Voice(who, VoiceKind.ORGANISATION)
    return None


def _person(who: str, cast: Cast) -> str | None:
    """The personal name that an author's words end with, past countries and offices."""
    words = who.split()
    titled = [i for i, w in enumerate(words) if w.lower().rstrip(".,") in words_of("title")]
    if titled and not _LISTED.search(who):
        words = words[titled[-1] + 1 :]
    name = cast.fuller(" ".join(words)) if words else ""
    return name if _is_person(name) or (len(words) == 1 and titled and name[:1].isupper()) else None


def _without_titles(who: str) -> str:
    """ "President Joe Biden" -> "Joe Biden"; "the Leaders of Norway" stays."""
    words = who.split()
    while len(words) > 1 and words[0].lower().rstrip(".,") in words_of("title") | words_of("no name"):
        words = words[1:]
    return " ".join(words)


def _is_person(name: str) -> bool:
    words = name.split()
    return (
        2 <= len(words) <= 4
        and all(w[:1].isupper() for w in words)
        and not re.search(r"(?i)leaders|ministers|house|press", name)
    )
