"""The outlets and agencies an article's report rests on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.model import Attribution, Origin, Relation, Span, Voice, VoiceKind, Zone
from sayso.reading.cast import Cast
from sayso.text.marked import Marked
from sayso.text.names import Mention, MentionType

_TOLD = re.compile(
    r"(?i)\b(?:told|telling|tells|according to|citing|quoting|as reported in|interview (?:with|to|on)|"
    r"speaking (?:to|on|with)|spoke (?:to|with)|appear(?:ed|ing) on|"
    r"(?:articles?|reports?|story|stories|material|investigations?) (?:of|by|in|from)|"
    r"(?:seen|obtained|reviewed|posted|published|quoted|cited|carried|interviewed|reported|broadcast|translated)"
    r"(?: \w+)? (?:by|in)|(?:wrote|writes|writing|columns?|op-ed|essay) (?:in|for)|said [^.”\"]{0,40}\bon)"
    r"\s+(?:[\w’'.-]+\s+){0,4}\[?$"
)
_SAYS_IT = re.compile(
    r"[,”\"] ?(?:reported|reports|writes|wrote|says|said) [“\"]?(?:the )?$"
)  # ", reported Meridian Wire"
_REPORTS = re.compile(
    r"(?i)^(?:\]\([^)\s]{1,400}\))?(?:['’]s?)?[\w\s’'.,()\[-]{0,40}?\b(?:report(?:ed|s|ing)?|wrote|writes|says|said|quoted|"
    r"revealed|cited|cites|published|obtained|learned|broke|described|put|noted|indicated|indicates|retold|relay(?:s|ed)|"
    r"pass(?:es|ed) on|carried|quotes|announced|aired|discovered|interview|journalists|reporters|correspondents)\b"
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
# A photo's credit: "Jan Kos/Meridian", "Pool via Meridian", "(Photo by Jan Kos/Meridian".
_PHOTO_BEFORE = re.compile(
    r"(?:\w ?/ ?|\b(?:Pool|USA|Images|Handout|Photo|/\w+(?:\.\w+)?) via |/[\w. ]{1,40} via |\bVIA )$"
)
_PHOTO_AFTER = re.compile(r" ?/ ?[A-Z]|\W{0,3}(?:ATTENTION|Related article|Getty)")
_NO_OUTLET_AFTER = re.compile(r"\s+(?:secretary|conference|briefing|office|service|release|corps|freedom)s?\b")
_NO_OUTLET_BEFORE = re.compile(r"\b(?:aid|relief|refugee|intelligence|space|spy|rights)(?: \w+)? agency,? [“\"]?$")
_STAFF = re.compile(
    r"\b(?:editor|correspondent|analyst|columnist|journalist|reporter|fellow) (?:at|of|for|with) (?:the )?$"
)
_STATE_MEDIA = re.compile(
    r"(?<!\band)(?<!and the)((?:['’]s)?) ([Ss]tate(?:-run|-owned)? (?:media|television|TV|radio|news agency)\b)"
    r"(?! (?:agency|outlets?|channels?|interview)\b)(?!,? [A-Z])"
)
_MANY = re.compile(r"(?:.*\bstate(?:-run)? )(?:media|television|TV|radio|news agency)")
_PLACES = ("country", "demonym", "capital")
_ALONE = re.compile(r"[\W\d_]*")


def origins(found: Sequence[Attribution], voices: Sequence[Voice], cast: Cast) -> list[Origin]:
    """Each cited outlet or agency once, the firmest relation first found winning."""
    marked = cast.marked
    out: dict[str, Origin] = {}
    for m in [*cast.outlets, *_state_media(cast)]:
        name = cast.said(m)
        relation = _relation(m, found, marked)
        if relation and not any(_is_own(n, marked) or _is_party(n, marked) for n in (m.name, name)):
            out.setdefault(_key(m.name), Origin(name, relation, m.span))
    for v in voices:
        if (
            v.kind is VoiceKind.OUTLET
            and _is_name(v.name, cast)
            and not _is_party(v.name, marked)
            and not _is_own(v.name, marked)
        ):
            out.setdefault(_key(v.name), Origin(v.name, Relation.CITES, v.span))
    return list(out.values())


def _state_media(cast: Cast) -> list[Mention]:
    """A state's media where no other name follows, with the country before: "North Korean state media"."""
    marked, out = cast.marked, list[Mention]()
    for m in _STATE_MEDIA.finditer(marked.text):
        place = next((n.span for n in marked.names if n.span.end in (m.start(1), m.end(1)) and n.type in _PLACES), None)
        span = Span(place.start if place else m.start(2), m.end())
        if not any(n.span.overlaps(span) for n in cast.outlets) and (place or not out):
            out.append(Mention(span, span.of(marked.text), MentionType.OUTLET))
    return out


def _is_name(name: str, cast: Cast) -> bool:
    """Whether a voice's words name an outlet: not "the newspaper", "experts", a body or a person."""
    if re.match(r"(?i)(?:the|a|an) ", name) or any(name == person for _, person in cast.people):
        return False
    return name != name.lower() or bool(_MANY.fullmatch(name))


def _is_party(name: str, marked: Marked) -> bool:
    """Whether a name is a body's, a seat's or no more than a nation's press ("Russian media")."""
    lexicon = marked.lexicon
    if any(name == b.name or name in b.aliases for b in lexicon.bodies) or any(
        name == c.name for c in lexicon.countries
    ):
        return True
    place, _, rest = name.rpartition(" ")
    return rest in ("media", "television", "TV") and any(place == c.name for c in lexicon.countries)


def _relation(m: Mention, found: Sequence[Attribution], marked: Marked) -> Relation | None:
    zone = marked.zone_at(m.span.start)
    sentence = marked.sentence_at(m.span.start)
    line = marked.text[sentence.start : m.span.start]
    after = marked.text[m.span.end : sentence.end]
    if zone is Zone.CAPTION or zone is Zone.TEASER:
        return None
    before, behind = _paragraph(m, marked)
    if _PHOTO_BEFORE.search(before[-60:]) or _PHOTO_AFTER.match(behind):
        return None
    if _NO_OUTLET_AFTER.match(behind) or _NO_OUTLET_BEFORE.search(before[-60:]) or _STAFF.search(before[-60:]):
        return None
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
    if _TOLD.search(line[-90:]) or _SAYS_IT.search(line[-30:]) or _REPORTS.match(after[:90]):
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
