"""Which way a bare month or weekday points: the tense of the clause it stands in.

The nearest verb group decides, one to the left within the clause before any other; a reporting
verb ("officials said") only where there is nothing else.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from sayso.model import Span
from sayso.text.number_bounds import either, word_set

_GROUP = (
    r"(?: (?:not|also|then|soon|now|only|first|initially|likely|still))?(?: have)?(?: be(?:en)?)?"
    r"(?: [a-z]{2,12}ed| given| sent| made| built| shown| sold| held| put| brought)?"
)
_PLAN = either(
    "due; scheduled; expected; expects?; set; planned; plans?; planning; slated; supposed; going; likely; "
    "ready; poised; hop(?:es?|ed|ing); intend(?:s|ed|ing)?; aim(?:s|ed|ing)?; wants?; wanted; vow(?:s|ed); "
    "pledg(?:es?|ed|ing); promis(?:es?|ed|ing); agree(?:s|d)?; threaten(?:s|ed|ing); committed; invited; "
    "urged; asked; contract(?:ed)?; prepar(?:es?|ed|ing); is; are; was; were; offered; ordered; how; when"
)
_MODALS = either("would; could; may; might; should; can; must; cannot; wouldn't")
_SCHEDULED = either(
    "scheduled; slated; due; planned; set; expected; earmarked; postponed; delayed; rescheduled; "
    "pushed back; deadline; timetable"
)
_COMING = either(
    "upcoming; forthcoming; ahead of; as early as; as soon as; no later than; not before; deadline; starts; "
    "begins; opens; expires?; resumes?; runs?; meet; takes place; kicks off; arrives; ends; meets; "
    "looks? ahead; plans? for; come; votes on; decides; flies; travels; hosts"
)
_WANTED = either(
    "expects?; wants?; awaits?; foresees?; foreseen; envisages?; envisaged; anticipates?; seeks?; hop(?:es?|ing) for; "
    "forecasts?; counts? on"
)
_FORCED = either(
    "forced; failed; began; started; managed; helped; used; refused; continued; had; allowed; led; able; "
    "unable; decided; came; went; went on; met; travell?ed"
)
_PAST = either(
    "was; were; had; (?:did|didn't|does|doesn't|do)(?: not)? [a-z]+; wasn't; has; have; [a-z]{2,14}ed; took; "
    "came; went; began; gave; sent; made; found; held; met; left; got; saw; won; lost; struck; hit; became; "
    "broke; brought; built; bought; sold; fell; flew; fought; grew; kept; knew; led; paid; ran; rose; shot; "
    "spoke; spent; stood; taught; thought; threw; understood; wrote; seen; shown; taken; given; done; gone; "
    "since; last"
)
_CUES = re.compile(
    rf"(?P<begun>\b(?:was|were|had|has|have)(?: been)? (?!{_SCHEDULED})[a-z]{{2,14}} as (?:early|soon) as\b)"
    rf"|(?P<future>\b(?:will|shall|won't)\b{_GROUP}"
    rf"|\b{_MODALS}\b(?! have\b(?! (?:to|the|a|it|them)\b)){_GROUP}"
    rf"|'ll\b{_GROUP}|\b{_PLAN} to\b(?! have)(?: [a-z]+)?{_GROUP}"
    rf"|\b{_SCHEDULED} (?:for|until|till|in|on|by|at|is|of)\b|\b{_COMING}\b|\b{_WANTED} (?!to\b))"
    rf"|(?P<bare>\bto (?:be )?[a-z]{{2,14}}\b)|(?P<forced>\b{_FORCED} to [a-z]+\b)"
    rf"|(?P<say>\b(?:said|says|told|added|reported|announced|according)\b)|(?P<past>\b{_PAST}\b)"
)
_EDGE = re.compile(
    r"[;:\"()]|\.\s|, (?:who|which|when|where|after|but|while|and|as)\b"
    r"|\b(?:because|although|that|who|which|when|after|before|while|but)\b"
)
_MODAL = re.compile(r" (?:will|would|could|should|may|might)\b")
_PAST_PLAN = re.compile(
    r"(?:agreed|vowed|pledged|promised|ordered|asked|urged|wanted|planned|aimed|intended|hoped|threatened|offered|invited"
    r"|contracted)\b"
)
_DETERMINERS = word_set("the a an its his her their our this that these those")
_SAY = -2


class _Cue(NamedTuple):
    sense: int
    end: int


def direction(text: str, raw: str, at: Span, sentence: Span) -> int:
    """+1 where the words at `at` of a folded text point ahead, -1 where back, 0 unknown.

    At most 240 characters of their sentence before and 120 after are looked at. `raw` is the text
    as written: "spoke to Reuters" holds no infinitive.
    """
    start, end = at
    low, high = max(sentence.start, start - 240), min(max(sentence.end, end), end + 120)
    cut = low + max((m.end() for m in _EDGE.finditer(text[low:start])), default=0)
    stop = _EDGE.search(text, end, high)
    edge = stop.start() if stop else high
    left = _cues(text, raw, cut, start)
    if left and left[-1].sense == _SAY and "," not in text[left[-1].end : start] and not _MODAL.match(text, end):
        return -1  # "said on Thursday that it will": the saying, not the thing
    if verb := next((c.sense for c in reversed(left) if c.sense != _SAY), 0):
        return verb
    after, before = _cues(text, raw, end, edge, follows=True), _cues(text, raw, low, cut)[::-1]
    near = (*after, *before, *_cues(text, raw, edge, high, follows=True))
    told = -1 if near else 0
    return next((cue.sense for cue in near if cue.sense != _SAY), told)


def _cues(text: str, raw: str, low: int, high: int, *, follows: bool = False) -> list[_Cue]:
    """The tense cues of a stretch in order: +1, -1 or _SAY. After the date ("on Thursday agreed to
    sell") a plan's verb in the past is past; before it, what is planned lies ahead."""
    out: list[_Cue] = []
    for m in _CUES.finditer(text, low, high):
        kind, words = m.lastgroup, m.group().split()
        if kind == "bare" and (words[-1] in _DETERMINERS or raw[m.end() - len(words[-1])].isupper()):
            continue
        if words[0] in ("may", "march") and raw[m.start()].isupper():
            continue
        if kind == "future" and follows and _PAST_PLAN.match(m.group()):
            kind = "past"
        out.append(_Cue(1 if kind in ("future", "bare") else _SAY if kind == "say" else -1, m.end()))
    return out
