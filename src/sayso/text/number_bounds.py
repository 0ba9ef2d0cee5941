"""The bounds of numbers: "at least 50", "up to 100", "35 to 50", "between 2 and 3 billion"."""

from __future__ import annotations

import re
from typing import NamedTuple

from sayso.text.numbers import SCALES, Numeral


def either(phrases: str) -> str:
    """A pattern for any of the phrases, parted by semicolons."""
    return "(?:" + "|".join(p.strip() for p in phrases.split(";")) + ")"


def word_set(words: str) -> frozenset[str]:
    """The words parted by white space."""
    return frozenset(words.split())


_LEAST = either(
    r"at least; no (?:fewer|less) than; not (?:fewer|less) than; more than; over; upwards of; in excess of; "
    r"greater than; exceed(?:s|ed|ing)?; above; a minimum of; surpass(?:es|ed|ing)?; north of; well over; "
    r"topp(?:ed|ing); min\.?; >"
)
_MOST = either(
    r"up to; as many as; as much as; at most; a maximum of; maximum; no more than; not more than; fewer than; "
    r"less than; under; below; not exceed(?:ing)?; not to exceed; a ceiling of; capped at; max\.?; <"
)
_ABOUT = either(
    r"about; around; nearly; almost; some; roughly; approximately; approx\.; an estimated; estimated; "
    r"close to; circa; ca\.; ~; between; from"
)
_BRIDGE = r"(?:a total of |the |another |an additional |an extra |about |around |roughly |a whopping )?"
_LEFT = re.compile(rf"(?:(?P<least>{_LEAST})|(?P<most>{_MOST})|(?P<about>{_ABOUT})) ?{_BRIDGE}$")
_RIGHT = re.compile(
    r"(?P<plus>\+| ?-?plus\b(?! (?:an?|another|the|one|two|three|four|five|six|seven|eight|nine|ten|\d))| or more\b"
    r"| and (?:up|more)\b)|(?P<less> or (?:fewer|less)\b| at (?:the )?most\b)"
    r"|(?P<so> or so\b)"
)
_THINGS_OR = re.compile(r" [a-z-]{2,20}(?: [a-z-]{2,20})? or (?P<which>more|fewer)\b(?! than)")
_NO_OVER = re.compile(
    r"(?:takes?|took|taken|hand(?:s|ed|ing)?|turn(?:s|ed)?|dispute|row|control|concerns?|worries|fears|all|debate"
    r"|argu\w{1,9}|clash\w{0,9}) $"
)


class Bounded(NamedTuple):
    """A number with its bounds, from its first hedging word to its last character."""

    start: int
    end: int
    low: float | None
    high: float | None
    hedged: bool


_HEDGE_ENDS = frozenset("abcdefghijklmnopqrstuvwxyz.~<>")


def _hedge(folded: str, start: int, *, ranged: bool) -> re.Match[str] | None:
    """The hedging words right before `start`, matched in the 34 characters before it."""
    if start == 0 or not (
        folded[start - 1] in "~<>" or (folded[start - 1] == " " and folded[start - 2] in _HEDGE_ENDS)
    ):
        return None
    window = folded[max(0, start - 34) : start]
    m = _LEFT.search(window)
    if m is None or (m["least"] == "over" and _NO_OVER.search(window[: m.start()])):
        return None
    if m["about"] in ("between", "from") and not ranged:
        return None
    at = start - len(window) + m.start()
    return None if at and folded[at].isalpha() and folded[at - 1].isalpha() else m


def bounded(folded: str, start: int, end: int, low: float, high: float | None) -> Bounded:
    """The number at [start, end), as "at least", "up to" … around it shape its bounds."""
    m = _hedge(folded, start, ranged=low != high)
    begin = start - (len(m.group()) if m else 0)
    after = _RIGHT.match(folded, end)
    if after and (not m or m["about"]):
        if after["so"]:
            return Bounded(begin, after.end(), low, high, True)
        least, most = (low, None) if after["plus"] else (None, high)
        return Bounded(begin, after.end(), least, most, True)
    if not m and low == high and (later := _THINGS_OR.match(folded, end)):  # "200 tanks or more"
        return (
            Bounded(begin, end, low, None, True) if later["which"] == "more" else Bounded(begin, end, None, high, True)
        )
    if m and m["most"]:
        return Bounded(begin, end, None, low if high is None else high, True)
    if m and m["least"]:
        return Bounded(begin, end, low, None, True)
    return Bounded(begin, end, low, high, bool(m))


_JOIN = re.compile(r" ?(?P<dash>-) ?| (?P<word>to|and|or|up to) ")
_BETWEEN = re.compile(r"\bbetween [^ 0-9]{0,5} ?$")
_CHANGE = re.compile(
    r"\b(?:rose|fell|rise|grew|cut|increased|raised|doubled|voted|vote|reduced|dropped) (?:by |from )?$"
)
_FROM = re.compile(r"\bfrom [^ 0-9]{0,5} ?$")
_WORD = re.compile(r"[a-z]+")


def joined(folded: str, a: Numeral, b: Numeral, gap_from: int, gap_to: int) -> tuple[float, float] | None:
    """The range two neighbouring numbers make ("35 to 50", "between 2 and 3", "3-4 billion"), given
    where the first's words end and the second's begin; None where they make none."""
    m = _JOIN.fullmatch(folded, gap_from, gap_to)
    if m is None or a.high is None or b.high is None:
        return None
    before = folded[max(0, a.start - 18) : a.start]
    if m["word"] == "and" and not _BETWEEN.search(before):
        return None
    if m["word"] == "to" and _CHANGE.search(before):
        return None
    if m["word"] == "up to" and not _FROM.search(before):
        return None
    low = a.low
    if b.scaled and not a.scaled:
        scale = next((SCALES[w] for w in _WORD.findall(folded[b.start : b.end])[::-1] if w in SCALES), _letter(b))
        low *= scale if low * scale < b.low else 1  # "3-4 billion": both in billions
    return (low, b.high) if low < b.high else None


def _letter(b: Numeral) -> float:
    """The scale of a number that has it as a letter ("4m"), which its value holds already."""
    return next((s for s in (1e12, 1e9, 1e6, 1e3) if b.low >= s), 1)
