"""What English time expressions look like: one pattern per rule, on folded text (`numbers.fold`).

Every repetition is bounded and every alternative begins with a word or a figure, so a scan takes
time linear in the text. The first rule that matches at a place wins: specific ones stand first.
"""

from __future__ import annotations

import re

from sayso.text.numbers import CARDINAL
from sayso.text.timex_holidays import HOLIDAY
from sayso.text.timex_words import (
    FISCAL,
    MONTH,
    NIGHT_OF,
    NUM,
    OF_YEAR,
    PART,
    PLURAL,
    SHORT_WEEKDAY,
    SOME,
    TH,
    TIME_OF_DAY,
    TO_YEAR,
    UNIT,
    WEEKDAY,
    YEAR,
    ZONE,
    ZONE_TOLD,
    D,
)

RULES: dict[str, str] = {  # in the order they are tried
    "iso": r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)"
    r"(?:t(?P<time>\d\d:\d\d)(?::\d\d)?(?:\.\d{1,6})?(?:z|[+-]\d\d:?\d\d)?)?",
    "ymd": r"(?P<y>\d{4})[/.](?P<m>\d\d?)[/.](?P<d>\d\d?)(?![\d/])",
    "numeric": r"(?P<a>\d\d?)(?:(?=/\d\d?/)|(?=-\d\d?-))[/-](?P<b>\d\d?)[/-](?P<y>(?:19|20)\d\d)(?![\d/-])"
    r"|(?P<d>\d\d?)\.(?P<m>\d\d?)\.(?P<yy>(?:19|20)\d\d)(?!\d)",
    "ym": r"(?<!-)(?:(?P<m>0[1-9]|1[0-2])/(?P<y>20\d\d)(?![\d/-]))",
    "clock": (
        rf"(?:(?P<h>\d{{1,2}})(?:[:.](?P<min>\d\d))?(?: ?(?P<ap>[ap])\.?m(?![a-z])\.?){ZONE}"
        rf"|(?P<h2>[01]?\d|2[0-3]):(?P<min2>[0-5]\d)(?::[0-5]\d)?(?![\d:])(?: hours| hrs)?{ZONE}"
        rf"|(?P<word>noon|midnight)(?: (?:local time|gmt|utc))?"
        rf"|(?P<h3>[01]\d|2[0-3])(?P<min3>[0-5]\d)"
        rf"(?:(?:(?<=at \d{{4}})|(?<=by \d{{4}})|(?<= 0\d{{3}}))(?: hours| hrs)(?![a-z]){ZONE}|{ZONE_TOLD})"
        rf"|(?:half past (?P<half>{CARDINAL})|(?P<h4>1[0-2]|[1-9]|{CARDINAL}) o'clock)(?: in the {TIME_OF_DAY})?{ZONE})"
        rf"(?:,? (?:on )?(?P<day>{WEEKDAY}(?![a-z])|today|yesterday|tomorrow))?"
    ),
    "mdy": (
        rf"{NIGHT_OF}(?:(?P<wd>{SHORT_WEEKDAY}),? )?(?:(?P<part>early|late)[ -])?(?P<m>{MONTH}) ?(?P<d>{D}){TH}"
        rf"(?:(?P<gap> ?(?:-|to|and|through|until) ?)(?P<d2>{D}){TH}(?![a-z]|[ -](?:{MONTH})|,\d))?"
        rf"(?:(?:, ?| of | )(?P<y>{YEAR})|{OF_YEAR})?"
    ),
    "dmy": (
        rf"{NIGHT_OF}(?:(?P<wd>{SHORT_WEEKDAY}),? )?(?:the )?(?P<d>{D}){TH}"
        rf"(?:(?P<gap> ?(?:-|to|and) ?)(?P<d2>{D}){TH})?[ -](?:of )?(?P<m>{MONTH})"
        rf"(?:(?<=[ -][a-z]{{3}})[ -](?P<yy>\d\d)(?![\d:]|[.,-]\d| (?!(?:and|to|until|at|by)\b)[a-z])"
        rf"|(?! ?\d\d?(?!\d))(?:(?:,? |-)(?P<y>{YEAR})|{OF_YEAR})?)"
    ),
    "dayof": rf"(?:the )?(?P<n>first|fourth|fifth) of (?P<m>{MONTH})(?:,? (?P<y>{YEAR}))?",
    "piece": (
        r"(?:the )?(?P<q>first|second|third|fourth|last|final|opening|closing) (?:few )?"
        rf"(?:(?P<u>days?|weeks?|weekend|half) of "
        rf"(?:(?P<m>{MONTH})(?:,? (?P<y>{YEAR})|{OF_YEAR})?|(?P<mrel>last|this|next|the) month)"
        rf"|(?P<u2>days?|weeks?|weekend|month) of (?:(?P<y2>{YEAR})|(?P<rel>last|this|next|the) year))(?![a-z])"
    ),
    "month": (
        rf"{PART}?(?:(?P<rel>last|this past|this coming|this|next|the following) )?(?P<m>{MONTH})"
        rf"(?:(?:,? of |, | |-)(?P<y>{YEAR})| '(?P<yy>\d\d)(?!\d)"
        rf"|,? (?:of )?(?P<yrel>last|this|next|the same|that|the following|the previous) year)?"
        rf"(?: day(?![a-z]))?"
        rf"(?= ?(?:to|and|or|-|through|until) ?(?:early |late |mid-)?(?:{MONTH}),? (?P<y2>{YEAR})| in (?P<y3>{YEAR}))?"
    ),
    "holiday": rf"(?P<word>{HOLIDAY})(?:,? (?P<y>{YEAR})|{OF_YEAR})?",
    "weekday": (
        rf"(?:(?P<rel>last|this past|this coming|this|next|the following|every|each|early|late) )?"
        rf"(?P<wd>{WEEKDAY})(?:(?P<set>s)|(?: {TIME_OF_DAY}s?)|,? (?:of )?(?P<wrel>last|this|next) week(?!end|'|-))?"
    ),
    "deictic": (
        r"(?P<word>the day before yesterday|the day after tomorrow|today|yesterday|tomorrow|tonight|overnight"
        r"|last night|this (?:morning|afternoon|evening)|earlier today|later today)"
        rf"(?: {TIME_OF_DAY})?"
    ),
    "season": (
        rf"{PART}?(?:(?P<rel>last|this past|this coming|this|next|the|every|each|by|in) )?"
        rf"(?P<s>spring|summer|autumn|fall|winter)"
        rf"(?:(?: of |[ -])(?P<y>{YEAR})(?:{TO_YEAR})?|{OF_YEAR})?"
    ),
    "century": r"(?P<turn>(?:the )?turn of the )(?:(?P<tn>\d\d?)(?:st|nd|rd|th) )?(?P<tu>century|millennium)(?![a-z])"
    r"|(?:(?:the )?(?P<part>early|mid|late|(?:first|second) half of the)[ -])?"
    r"(?:(?P<n>\d\d?)(?:st|nd|rd|th)|(?P<word>eighteenth|nineteenth|twentieth|twenty-first)) century",
    "quarter": (
        rf"(?:the (?![a-z\d]+-(?:quarter|half)))?(?P<fq>{FISCAL} )?"
        rf"(?:(?P<q>first|second|third|fourth|last|1st|2nd|3rd|4th)[ -](?P<kind>quarter|half)(?![a-z])"
        rf"|(?P<k2>[qh])(?P<q2>[1-4])(?![a-z\d])|(?P<q3>[1-4])(?P<k3>[qh])(?![a-z\d]))"
        rf"(?:,?(?: of)? (?:(?:the )?(?P<fy>{FISCAL}(?: year)?|fy) ?(?P<yf>{YEAR})"
        rf"|(?P<y>{YEAR})(?! {FISCAL} year)|(?:the )?(?P<yf2>{YEAR})(?P<fy2> {FISCAL} year)"
        rf"|(?P<yrel>this|last|next|the) (?P<fy3>{FISCAL} )?(?:year|(?P<dec>decade))(?![a-z'])))?"
    ),
    "fiscal": (
        rf"(?:the )?(?:{FISCAL}(?: year)?s?|fy)[ -]?(?P<y>(?:19|20)\d\d)(?!\d)(?:[-/](?P<to>20\d\d|\d\d)(?!\d))?"
        rf"|fy[ -]?'?(?P<yy>\d\d)(?!\d)(?:[-/](?P<to2>\d\d)(?!\d))?"
        rf"|(?:the )?(?P<y3>(?:19|20)\d\d)(?:[-/](?P<to3>20\d\d|\d\d))? {FISCAL} year(?![a-z])"
    ),
    "decade": (
        r"(?:the )?(?:(?P<part>early|mid|late|(?:end|beginning|start|middle|close) of)(?:[ -]to[ -](?:mid|late))?[ -])?"
        r"(?:(?:the )?(?P<y>1[5-9]\d0|20\d0)'?s|(?:the )?'(?P<yy>\d0)'?s|(?<=the )(?P<y2>[2-9]0)s|(?:the )?"
        r"(?P<word>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties))"
    ),
    "years": rf"(?P<y>{YEAR})(?P<gap> ?- ?|/)(?P<y2>{YEAR}|\d\d(?!\d))(?![-/\d])",
    "year": rf"{PART}?(?P<y>{YEAR})(?![-/]\d)(?: (?:calendar )?year(?![a-z]))?",
    "shifted": (
        rf"(?P<n>{NUM}|{SOME}) (?P<u>{UNIT})(?P<dir> earlier| previously| later)(?! than\b)"
        rf"|(?P<u2>{PLURAL})(?P<dir2> earlier| later)(?! than\b)"
        r"|the (?P<u3>day|week|weekend|month|quarter|year)(?P<dir3> before| after| prior)(?= ?[.;:)]|, |\n|$)"
    ),
    "ago": (
        rf"(?:(?P<n>{NUM}|{SOME})[ -](?P<u>{UNIT})|(?P<quarter>a quarter(?: of a|-)[ -]?century)"
        rf"|an? (?P<u3>hour|day|week|month|year|decade|century) and a half)"
        r"(?P<dir> ago| from now|' time|'s time| hence)"
        rf"|(?P<u2>{PLURAL}) ago"
    ),
    "span": (
        r"(?:the |these |this )?"
        r"(?:(?P<rel>last|past|next|coming|following|previous|preceding|recent|upcoming)[ -]|(?P<rel2>first|final) )"
        rf"(?:(?P<n>{NUM}|{SOME})[ -])?(?P<u>{UNIT})(?![a-z])"
    ),
    "unit": (
        rf"{PART}?(?:the )?(?P<rel>last|this past|this coming|this|next|the past|the coming|the current|current"
        r"|the same|the previous|the following|the next|same|that|that same|previous|following)"
        rf"(?: (?P<fiscal>{FISCAL}|calendar|school))? "
        r"(?P<u>day|week|weekend|month|quarter|year|decade|century)(?![a-z])"
    ),
    "ending": (
        r"(?:the )?(?P<part>end|start|beginning|middle|close) of (?:the )?"
        rf"(?P<u>week|month|quarter|year|decade|century)(?![a-z])(?: (?P<y>{YEAR}))?"
        rf"|(?:the )?(?P<part2>year|month)(?:'s)?[ -]?end(?: (?P<y2>{YEAR}))?|(?P<mid>mid-?year)|(?P<we>the weekend)"
        r"|(?P<part3>earlier|later|early|late) in the (?P<u2>week|month|quarter|year|decade|century)(?![a-z])"
    ),
    "long": rf"(?:(?P<n>{NUM}|{SOME})[ -])?(?P<u>{UNIT})-?long(?![a-z])",
    "rate": (
        rf"(?:(?P<k>once|twice|{NUM} times) )?(?:each|every|(?P<per>per)|(?P<an>an?)) (?:(?P<n>{NUM}|other) )?"
        rf"(?P<u>{UNIT}|season|morning|{WEEKDAY})(?![a-z])(?! (?:ago|or))"
    ),
    "adverb": r"(?:twice[ -])?(?P<word>daily|weekly|monthly|quarterly|annually|yearly|hourly|nightly)",
    "duration": (
        r"(?P<det>(?:the|those|these|its|their|his|her|a mere|another|at least|an additional) )?"
        rf"(?:(?P<n>{NUM}|{SOME})(?P<gap>[ -])"
        r"(?:(?:full|whole|calendar|business|working|more|straight|consecutive|long|additional) )?)"
        rf"(?P<u>{UNIT})(?![a-z])(?P<half> and a half)?"
    ),
    "thatday": r"that day|the \d{1,3}(?:st|nd|rd|th) day|the day(?= (?:before|after)\b)",
    "ordinal": r"(?<=on )the (?P<d>3[01]|[12]?\d)(?:st|nd|rd|th)(?: of (?P<mrel>this|last|next) month|(?= ?[.,;]))",
    "plural": rf"(?P<u>{PLURAL})",
    "ref": (
        r"(?P<now>(?:right |just |until |till )?now|currently|at present|at the moment|nowadays|these days|at this time"
        r"|presently|to date)"
        rf"|(?P<past>recently|lately|(?:in )?the past(?! (?:[a-z]+ |[\d,.]+ )?{UNIT}\b)|long ago|some time ago"
        r"|the recent past)"
        r"|(?P<future>(?:the )?(?:near|distant|foreseeable|immediate|not-too-distant) future|the future"
        r"|(?:soon|shortly)(?! (?:after|before|there|as\b)))"
    ),
}


def _unnamed(pattern: str) -> str:
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)


MATCHERS: dict[str, re.Pattern[str]] = {name: re.compile(f"(?:{p})(?!\\w)") for name, p in RULES.items()}
SCAN = re.compile(
    r"(?<![\w$€£/])(?:" + "|".join(f"(?P<{name}>{_unnamed(p)})(?!\\w)" for name, p in RULES.items()) + ")"
)
"""Any rule, its name in `lastgroup`."""

_NAMED = ("m", "wd")
_DATE_LEAD = re.compile(
    r"\b(?:in|by|since|until|till|to|from|through|of|for|between|and|or|during|before|after|around|on|this|next|last|the|an?"
    r"|early|late|mid|every|each|starting|beginning)[ -]$"
)


def is_capital_word(text: str, folded: str, m: re.Match[str], rule: str) -> bool:
    """Whether a month or weekday is written as one: with a capital, and for "may", "march" and
    "mar" alone after a word that dates take."""
    groups = m.groupdict()
    name = next((n for n in _NAMED if groups.get(n) and groups[n][:1].isalpha()), None)
    if name is None:
        return True
    at = m.start(name)
    if not text[at].isupper():
        return False
    alone = rule == "month" and m.start() == at and m.end() == m.end(name)
    if alone and groups[name] in ("may", "march", "mar", "jan", "dec", "sep"):
        before = folded[max(0, at - 14) : at]
        return bool(_DATE_LEAD.search(before)) and not (groups[name] == "march" and before.endswith((" the ", " a ")))
    return True
