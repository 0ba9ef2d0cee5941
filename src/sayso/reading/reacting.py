"""Whether words that could tell a reaction ("denied", "admitted", "fake") do."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.model import Claim, ResponseType, Span
from sayso.text.marked import Marked

_CALLED = re.compile(
    r"(?i)\b(?:as|call(?:s|ed|ing)|is|are|was|were|being|it|them|him|her)(?: \w+)?(?: [\"“‘'])?\s*[\"“‘']?$"
)
_ALLEGED = (
    r"(?:claims?|allegations?|accusations?|charges?|reports?|suggestions?|assertions?|stor(?:y|ies)|rumou?rs?|notion|"
    r"idea|criticisms?|speculation|talk|comments|remarks|findings|concerns|it|this)\b"
)
_OF_ALLEGED = re.compile(rf"[”\"’']? (?:[\w’'-]+ ){{0,4}}?{_ALLEGED}")
_AFTER_ALLEGED = re.compile(rf"\b(?:which|{_ALLEGED})(?: that)? (?:[\w’'-]+ ){{0,4}}$")
_NEEDS_ALLEGED = ("dismiss", "reject", "rebut", "disput")
_PASSIVE = re.compile(r"\b(?:was|were|been|being|be)\s+$")  # "licences were denied"
_POSSESSIVE = re.compile(r"(?:['’]s?|\b(?:his|her|its|their|a|flat|repeated))\s+$", re.IGNORECASE)
_NEGATED = re.compile(r"(?:\b(?:not|no|nor|or|never|cannot|without)|n['’]t)\s+(?:\w+ly\s+)?$")
_BARE_FORM = re.compile(
    r"\b(?:can|could|will|would|may|might|must|should|(?<!continues )(?<!continue )to)\s+(?:\w+ly\s+)?$"
)
_WITHHELD = re.compile(
    r"\s+(?:[\w’'-]+\s+){0,3}?(?:appeals?|requests?|visas?|licen[cs]es?|permission|access|entry|passage|applications?|"
    r"transfers?|exports?|bail|(?:him|them|us|anyone|itself) (?:the|an?|any|access|of)) ?\b"
)
_ASKED = re.compile(r"\b(?:request|ask|plea|appeal|application|permission)s?\b[^;]{0,110}$")
_CLAUSE_FOLLOWS = re.compile(
    r"[\)”\"]?\s+(?!(?:was|were|is|are|had|has|have|would|will|did|does|could|and|or|in|on)\b)\w"
)
_THERE_IS = re.compile(r"\b(?:[Tt]here(?:['’]s| (?:is|was|are|were|has been))|being|for being)\s+$")


def is_reaction(kind: ResponseType, cue: Span, claims: Sequence[Claim], marked: Marked) -> bool:
    """Whether the words are a reaction and not just words that could be.

    Confirming (admitting, acknowledging) is a common verb: it counts where the sentence makes a
    claim about arms. "Denial" needs its owner before it, "disinformation" must be what something
    is called, and who is dismissed or rejected must be a saying, not a minister.
    """
    sentence = marked.sentence_at(cue.start)
    before, behind = marked.text[sentence.start : cue.start], marked.text[cue.end : sentence.end]
    words = marked.text[cue.start : cue.end].lower()
    if words.startswith(_NEEDS_ALLEGED) and " " not in words:
        alleged = _OF_ALLEGED.match(behind) or _AFTER_ALLEGED.search(before)
        return bool(alleged) and not _PASSIVE.search(before) and not _NEGATED.search(before)
    if kind is ResponseType.DISMISSED:
        return bool(_CALLED.search(before))
    if kind is ResponseType.CONFIRMED:
        told = not _PASSIVE.search(before) and not _NEGATED.search(before)
        return told and any(c.evidence.overlaps(sentence) for c in claims)
    if kind is ResponseType.NOT_AWARE:
        return not _THERE_IS.search(before)
    if words.startswith(("deny", "denie", "denia")):
        return _is_denial(words, cue, before, behind, marked)
    return True


def _is_denial(words: str, cue: Span, before: str, behind: str, marked: Marked) -> bool:
    """Whether a form of "deny" is no withholding ("deny Russia control") and not itself negated."""
    if words == "denial":
        return bool(_POSSESSIVE.search(before))
    if _NEGATED.search(before) or _WITHHELD.match(behind) or (words == "deny" and _BARE_FORM.search(before)):
        return False
    if words == "denied" and (_ASKED.search(before) or (_PASSIVE.search(before) and not behind.startswith(" by "))):
        return False
    receiver = next(
        (
            m.span
            for m in marked.names
            if 0 < m.span.start - cue.end < 4 and m.type in ("country", "capital", "body", "person")
        ),
        None,
    )
    return receiver is None or not _CLAUSE_FOLLOWS.match(marked.text, receiver.end)
