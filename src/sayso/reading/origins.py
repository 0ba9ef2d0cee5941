"""The outlets and agencies an article's report rests on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.model import Attribution, Origin, Relation, Voice, VoiceKind, Zone
from sayso.reading.cast import Cast
from sayso.text.marked import Marked
from sayso.text.names import Mention

_TOLD = re.compile(
    r"(?i)\b(?:told|telling|tells|according to|citing|quoting|as reported in|interview (?:with|to|on)|"
    r"speaking (?:to|on|with)|spoke (?:to|with)|appear(?:ed|ing) on|"
    r"(?:articles?|reports?|story|stories|material|investigations?) (?:of|by|in|from)|"
    r"(?:seen|obtained|reviewed|posted|published|quoted|cited|carried|interviewed|reported|broadcast|translated)"
    r"(?: \w+)? (?:by|in))\s+(?:[\w’'.-]+\s+){0,4}\[?$"
)
_REPORTS = re.compile(
    r"(?i)^(?:\]\([^)\s]{1,400}\))?(?:['’]s?)?[\w\s’'.,()\[-]{0,40}?\b(?:report(?:ed|s|ing)?|wrote|writes|says|said|quoted|"
    r"revealed|cited|cites|published|obtained|learned|broke|described|put|noted|indicated|indicates|retold|relay(?:s|ed)|"
    r"pass(?:es|ed) on|carried)\b"
)
_PLACE_BEFORE = re.compile(r"(?:^|[^\w])[A-Z][A-Z .’'/-]{2,30}(?:, [^()]{1,25})?\s?\(\s*$")  # "SEOUL, Dec. 29 ("
_CREDIT = re.compile(
    r"(?i)\b(?:with (?:information|material|input|inputs|reporting|files|additional reporting) (?:from|by)|"
    r"contributed to this report|— with|via)\b|^\W{0,3}(?:source|sources|fonte|fuente|quelle|źródło)\s?:"
)
_BYLINE = re.compile(r"(?i)(?:^|[-–—|]\s?)by (?:[\w.’' -]{2,40},\s)?(?:the )?$")
_BYLINE_WITHIN = 400  # characters from the beginning
_RIGHTS = re.compile(r"(?i)(?:©|\(c\)|\bcopyright)\s*(?:\d{4}\s*)?(?:the )?$")
# A paragraph that opens "(Agency / Paper):", and "the German press (Paper)".
_OPENS = re.compile(r"^\W{0,2}\((?:[^()\n]{1,40}[/,] ?)?$")
_OPENED = re.compile(r"^(?: ?[/,][^()\n]{1,40})?\)\s*[:–—-]")
_PRESS = re.compile(r"(?i)\b(?:press|media|papers?|magazines?|dail(?:y|ies)|weekl(?:y|ies)) \($")
_ALONE = re.compile(r"[\W\d_]*")


def origins(found: Sequence[Attribution], voices: Sequence[Voice], cast: Cast) -> list[Origin]:
    """Each cited outlet or agency once, the firmest relation first found winning."""
    marked = cast.marked
    out: dict[str, Origin] = {}
    for m in cast.outlets:
        relation = _relation(m, found, marked)
        if relation and not _is_own(m.name, marked) and not _is_own(cast.said(m), marked):
            out.setdefault(_key(m.name), Origin(cast.said(m), relation, m.span))
    for v in voices:
        if v.kind is VoiceKind.OUTLET and not _is_own(v.name, marked) and not _pronounish(v.name):
            out.setdefault(_key(v.name), Origin(v.name, Relation.CITES, v.span))
    return list(out.values())


def _relation(m: Mention, found: Sequence[Attribution], marked: Marked) -> Relation | None:
    zone = marked.zone_at(m.span.start)
    sentence = marked.sentence_at(m.span.start)
    line = marked.text[sentence.start : m.span.start]
    after = marked.text[m.span.end : sentence.end]
    if zone is Zone.CAPTION or zone is Zone.TEASER:
        return None
    before, behind = _paragraph(m, marked)
    if _PLACE_BEFORE.search(line) and re.match(r"\s*\)\s*[-–—:]", after):
        return Relation.WIRE
    if _OPENS.search(before) and _OPENED.match(behind):
        return Relation.WIRE
    if m.span.start < _BYLINE_WITHIN and _BYLINE.search(before):
        return Relation.WIRE
    alone = _ALONE.fullmatch(before) and _ALONE.fullmatch(behind) and m.span.start > 0
    if zone is Zone.CREDIT or alone or _RIGHTS.search(before) or _CREDIT.search(before[-120:]):
        return Relation.CREDIT
    if _PRESS.search(before[-40:]) and behind.startswith(")"):
        return Relation.CITES
    if any(s.overlaps(m.span) for a in found for s in a.source):
        return Relation.CITES
    if _TOLD.search(line[-90:]) or _REPORTS.match(after[:90]):
        return Relation.CITES
    return None


def _paragraph(m: Mention, marked: Marked) -> tuple[str, str]:
    """What stands before and behind a mention on its line."""
    text = marked.text
    low = text.rfind("\n", 0, m.span.start) + 1
    high = text.find("\n", m.span.end)
    return text[low : m.span.start], text[m.span.end : high if high >= 0 else len(text)]


def _key(name: str) -> str:
    return " ".join(w for w in re.findall(r"\w+", name.lower()) if w not in ("the", "news", "agency"))


def _is_own(name: str, marked: Marked) -> bool:
    # "Daily Herald (Meridian wires)": what stands in brackets is whom it has its copy from.
    outlet = re.sub(r"\([^()]*\)", "", marked.document.outlet or "").strip()
    if not outlet:
        return False
    a, b = set(_key(name).split()), set(_key(outlet).split())
    return bool(a and b) and (a <= b or b <= a)


def _pronounish(name: str) -> bool:
    return bool(re.match(r"(?i)^(?:the|a|an)\s", name)) or name.lower() in ("media", "press", "it", "they")
