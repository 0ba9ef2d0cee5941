"""Whether a number counts things, judged by the words around it, and the rate it is told at."""

from __future__ import annotations

import re
from functools import cache

from sayso.lexicon import DATA, rows
from sayso.text.number_bounds import either, word_set
from sayso.text.numbers import Numeral

_TIME = either(
    r"seconds?; minutes?; hours?; days?; nights?; weeks?; weekends?; months?; quarters?; years?; decades?; "
    r"centur(?:y|ies); yrs?; hrs?; mins?; o'clock; a\.?m\b; p\.?m\b; gmt; utc"
)
_MONTH = either(
    "jan(?:uary)?; feb(?:ruary)?; march; april; may; june?; july?; aug(?:ust)?; sept?(?:ember)?; "
    "oct(?:ober)?; nov(?:ember)?; dec(?:ember)?"
)
_SHARE = either(
    "percent; per ?cent; pct; pc; percentage; times; fold; points?; sides; degrees?; thirds?; "
    "fourths?; fifths?; quarters?; tenths?; half; halves; th; x; years'; votes?; "
    r"out of (?:10|100|ten|five|four|three)\b"
)
_NOT_AFTER = re.compile(
    rf"[ -](?:of )?(?:(?:full |more |long |straight |consecutive |calendar |business |working )?{_TIME}(?![a-z])"
    rf"|{_MONTH}\b|{_SHARE}\b|to \d|[-–] ?\d)"
    r"|%|[:/@_=&]\w|\.\d|[a-z0-9]|°|-(?:and|to|or)-"
)
_LABEL = either(
    "numbers?; articles?; sections?; resolutions?; paragraphs?; chapters?; pages?; figures?; tables?; "
    "phases?; tranches?; levels?; tiers?; categor(?:y|ies); versions?; channels?; routes?; highways?; item; "
    "marks?; mk; type; block; lot; annex; act; grade; class; step; day; ages?; aged; order; decree; "
    "decision; law; bill; title; flight; room; gate; unit; task; group of; group; rule; points? of; "
    "score of; nr; protocol; ticker; footnote; note; hangar; dock; pier; apartment; suite; floor; sector; "
    "zone; grid; area; district; part; book; episode; season; round; top; model; variant"
)
_NOT_BEFORE = re.compile(rf"(?:\b(?:no|nos|art|sec|fig|ch|vol|pp?|para)\. ?|\b{_LABEL} ?|\b{_MONTH}\.? |\bon the )$")
_STUCK = re.compile(r"(?:[#§№&=?_/@:\\]|(?<! )-|\d[.,:])$")
_GIVES = re.compile(
    r"\b(?:giv(?:es?|en|ing)|gave|sends?|sent|sending|suppl(?:y|ies|ied|ying)|sells?|selling|sold|offer(?:s|ed|ing)?"
    r"|deliver(?:s|ed|ing)?|ship(?:s|ped|ping)?|grant(?:s|ed|ing)?|provid(?:es?|ed|ing)|lends?|lent|lending|loan(?:s|ed)?"
    r"|donat(?:es?|ed)|ow(?:es?|ed)|promis(?:es?|ed)|pledg(?:es?|ed)|export(?:s|ed)?) (?:the )?$"
)
_LEADING = word_set(
    """the a an all some about around another its his her their our these those only just and or but nor with of for
    in at to from by on over under nearly almost approximately roughly more than least most up any each every
    both last next first final other additional extra he she it they we you i who which that this also then
    now including plus between among after before while as when since until against had has have were was are
    is be been being got get gets see saw"""
)
_SWARM = re.compile(
    r"-[a-z]+ (?:order|deal|fleet|batch|contract|purchase|buy|swarm|convoy|formation|squadron|delivery"
    r"|shipment|programme"
    r"|program|salvo)\b"
)
_WORD_BEFORE = re.compile(r"(?<![\w.'&-])([\w.'&-]{1,30}) $")


@cache
def _countries() -> frozenset[str]:
    """Words that stand for a country, in lower case."""
    return frozenset(r["name"].lower() for r in rows(DATA / "countries.csv", ("name", "code", "role", "only_if")))


def counts(text: str, folded: str, first: Numeral, last: Numeral, *, hedged: bool) -> bool:
    """Whether the number (or range) from `first` to `last` counts things. `hedged`: words such as
    "about" stand before it, which no name or date has."""
    before, after = folded[max(0, first.start - 24) : first.start], folded[last.end : last.end + 40]
    swarm = bool(_SWARM.match(after))
    plus = after.startswith("-plus ")
    other = not (swarm or plus) and (_NOT_AFTER.match(after) or (after[:1] == "-" and after[1:2].isalnum()))
    if other or not _is_whole(first) or after[:1].isalnum():
        return False
    if first.form != "loose" and not hedged and _is_labelled(before):
        return False
    if first.form != "digits":
        return _word_counts(text, folded, first, before, after)
    if not first.scaled and _ADDRESS.match(text, last.end):
        return False
    if hedged or first.scaled:
        return not _is_year(first, before, after, hedged=hedged)
    aside = not swarm and first.low < 1000 and not _GOES_ON.match(after)  # "the minister, 45, said"
    if (
        aside
        and not _TOTAL.search(folded, max(0, first.start - 44), first.start)
        and not _wrapped(folded, first.start, after)
    ) or _is_year(first, before, after, hedged=False):
        return False
    return "," in folded[first.start : first.end] or not _in_a_name(text, first.start)


def _is_labelled(before: str) -> bool:
    """Whether the words before a number make it a name's or a paper's, or a sign holds on to it."""
    last = before[-1:]
    if _STUCK.search(before[-2:]):
        return True
    return (last in " ." or last.isalpha()) and bool(_NOT_BEFORE.search(before))


_GOES_ON = re.compile(r" ?[\w\"'(\[]")
_ADDRESS = re.compile(
    r" (?:[A-Z][\w'.]{1,20} ){1,2}(?:Street|Avenue|Road|Boulevard|Lane|Drive|Square|Place|St|Ave|Rd|Blvd)\b"
)
_TOTAL = re.compile(
    r"\b(?:production|output|total|capacity|fleet|stockpile|order|number|batch|purchase|delivery|shipment|inventory|force"
    r"|rate|squadron|count|tally) (?:to|of|at) (?:about |around |some |roughly )?$"
)


def _wrapped(folded: str, start: int, after: str) -> bool:
    """Whether a number ends a line of running text that goes on in the next one with a capital."""
    line = folded.rfind("\n", max(0, start - 200), start)
    long = start - line > 30 and re.search(r"[a-z] $", folded[max(0, start - 2) : start])
    return bool(long) and bool(re.match(r"\n\w", after))


def _is_whole(n: Numeral) -> bool:
    """Whether a number is a count's: at least one, and no fraction without a scale."""
    fraction = n.form == "digits" and not n.letter and n.low != int(n.low)
    return n.low >= 1 and n.letter in ("", "k") and not fraction


def _word_counts(text: str, folded: str, n: Numeral, before: str, after: str) -> bool:
    """Number words, and vague ones: not "one", and not in a name (Group of Seven)."""
    words = folded[n.start : n.end]
    if n.form == "loose":
        return True
    if words in ("one", "zero") or (words.startswith("a ") and after[:1] == "-"):
        return False
    return not (text[n.start].isupper() and re.search(r"[a-z,] $", before))


_DATE_BEFORE = re.compile(
    r"\b(?:in|since|the|by|of|from|until|to|during|and|before|after|late|early|between|[a-z]{1,20}'s) $"
)


def _is_year(n: Numeral, before: str, after: str, *, hedged: bool) -> bool:
    """A bare figure from 1400 to 2099 is a year, unless hedged or before a plural that is counted."""
    if n.scaled or not 1400 <= n.low <= 2099 or n.end - n.start != 4:
        return False
    plural = re.match(r" (?:[a-z-]+ )?[a-z-]+s\b", after)
    if hedged:
        return not plural and bool(re.search(r"\b(?:from|between|about|around|over) $", before))
    return not plural or bool(_DATE_BEFORE.search(before))


def _in_a_name(text: str, start: int) -> bool:
    """Whether digits belong to a name before them: a capitalised word that is no small word at the
    head of its sentence, no country, and nobody being given things ("sent Kyiv 14 tanks")."""
    m = _WORD_BEFORE.search(text, max(0, start - 32), start)
    if m is None:
        return False
    word = m[1]
    if not any(c.isupper() for c in word) or word.lower() in _LEADING or word.lower() in _countries():
        return False
    return not _GIVES.search(text[max(0, m.start() - 24) : m.start()].lower())


_PER = re.compile(
    r"(?:\b(?:an?|per|each|every) (?P<unit>minute|hour|day|week|month|quarter|year)\b"
    r"(?! (?:ago|later|earlier|before|after|and a half|or))"
    r"|\b(?P<adverb>daily|weekly|monthly|quarterly|annually|yearly)\b)"
)
_NO_RATE = re.compile(
    r"\b(?:in|for|within|after|about|than|of|once|over|least|nearly|almost|lasted|during|before|until|half) $"
)
_RATE_BEFORE = re.compile(
    r"\b(?:(?P<adjective>daily|weekly|monthly|quarterly|annual|yearly) (?:[a-z]+ ){1,2}(?:of|to|at)"
    r"|(?:each|every) (?P<unit>day|week|month|year)) (?:[a-z]+ ){0,2}$"
)
_ADVERBS = {
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
    "quarterly": "quarter",
    "annually": "year",
    "annual": "year",
    "yearly": "year",
}


def rate(folded: str, start: int, end: int, following: int) -> str | None:
    """The unit of time of a rate ("100 drones a month", "a monthly output of 100"), or None."""
    stop = re.search(r"[.;:,()\n]", folded[end : min(end + 80, following)])
    limit = end + stop.start() if stop else min(end + 80, following)
    m = _PER.search(folded, end, limit)
    if m and not _NO_RATE.search(folded[max(end, m.start() - 9) : m.start()]):
        return m["unit"] or _ADVERBS[m["adverb"]]
    m = _RATE_BEFORE.search(folded[max(0, start - 60) : start])
    return (m["unit"] or _ADVERBS[m["adjective"]]) if m else None
