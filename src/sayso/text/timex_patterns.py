"""What English time expressions look like: one pattern per rule, on folded text (`numbers.fold`).

Every repetition is bounded and every alternative begins with a word or a figure, so a scan takes
time linear in the text. The first rule that matches at a place wins: specific ones stand first.
"""

from __future__ import annotations

import re

from sayso.text.numbers import CARDINAL

_MONTHS = "january february march april may june july august september october november december"
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday"
MONTHS = {m[:3]: i for i, m in enumerate(_MONTHS.split(), 1)}
WEEKDAYS = {w[:3]: i for i, w in enumerate(_WEEKDAYS.split(), 1)}
UNIT_CODES = {
    "second": "TS", "minute": "TM", "hour": "TH", "day": "D", "night": "D", "week": "W", "fortnight": "FN",
    "weekend": "WE", "month": "M", "quarter": "Q", "season": "SE", "year": "Y", "decade": "DE", "century": "CE",
    "centurie": "CE",
}  # fmt: skip
SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}

_MONTH = (
    r"(?:january|jan\.?|february|feb\.?|march|mar\.?|april|apr\.?|may|june|jun\.?|july|jul\.?|august|aug\.?"
    r"|september|sept?\.?|october|oct\.?|november|nov\.?|december|dec\.?)(?![a-z])"
)
_WEEKDAY = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_SHORT_WEEKDAY = rf"(?:{_WEEKDAY}|(?:mon|tues?|wed|thurs?|thu|fri|sat|sun)(?![a-z])\.?)"
_YEAR = r"(?:1[4-9]\d\d|20\d\d)(?!\d|[.,]\d|%)"
_D = r"(?:3[01]|[12]\d|0?[1-9])(?!\d|[.,:]\d)"
_TH = r"(?:st|nd|rd|th)?"
_PLURAL = r"(?:seconds|minutes|hours|days|nights|weeks|months|quarters|years|decades|centuries)"
_UNIT = rf"(?:{_PLURAL}|fortnights?|second|minute|hour|day|night|week|month|quarter|year|decade|century)"
_NUM = (
    rf"(?:\d{{1,3}},\d{{3}}|\d{{1,5}}(?:\.\d{{1,2}})?(?: 1/[234])?|(?:a |one )?(?:hundred|dozen)|"
    rf"{CARDINAL}(?: and a half)?(?: hundred)?|an?|half an?)"
)
_SOME = r"(?:several|a few|few|a couple(?: of)?|some|many|dozens of|hundreds of|a number of)"
_ZONE = (
    r"(?: ?\(?(?:gmt|utc|est|edt|et|cet|cest|bst|pst|pdt|ist|kst|jst|local time|moscow time"
    r"|(?:eastern|pacific)(?: time)?)"
    r"(?![a-z])\)?)?"
)
_PART = (
    r"(?:(?P<part>early|late|mid|middle|earlier|later"
    r"|(?:the )?(?:very )?(?:end|beginning|start|middle) of)(?:[ -](?:in )?))"
)
_OF_YEAR = r",? (?:of )?(?P<yrel>last|this|next) year"
_TOD = r"(?P<tod>morning|afternoon|evening|night)"

RULES: dict[str, str] = {  # in the order they are tried
    "iso": r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)"
    r"(?:t(?P<time>\d\d:\d\d)(?::\d\d)?(?:\.\d{1,6})?(?:z|[+-]\d\d:?\d\d)?)?",
    "ymd": r"(?P<y>\d{4})/(?P<m>\d\d?)/(?P<d>\d\d?)(?![\d/])",
    "numeric": r"(?P<a>\d\d?)/(?P<b>\d\d?)/(?P<y>(?:19|20)\d\d)(?![\d/])"
    r"|(?P<d>\d\d?)\.(?P<m>\d\d?)\.(?P<yy>(?:19|20)\d\d)(?!\d)",
    "clock": (
        rf"(?:(?P<h>\d{{1,2}})(?:[:.](?P<min>\d\d))?(?: ?(?P<ap>[ap])\.?m(?![a-z])\.?){_ZONE}"
        rf"|(?P<h2>[01]?\d|2[0-3]):(?P<min2>[0-5]\d)(?::[0-5]\d)?(?![\d:]){_ZONE}|(?P<word>noon|midnight))"
        rf"(?:,? (?:on )?(?P<day>{_WEEKDAY}(?![a-z])|today|yesterday|tomorrow))?"
    ),
    "mdy": (
        rf"(?:(?P<wd>{_SHORT_WEEKDAY}),? )?(?:(?P<part>early|late)[ -])?(?P<m>{_MONTH}) ?(?P<d>{_D}){_TH}"
        rf"(?:(?P<gap> ?(?:-|to|and|through|until) ?)(?P<d2>{_D}){_TH}(?![a-z]|[ -](?:{_MONTH})|,\d))?"
        rf"(?:(?:, ?| of | )(?P<y>{_YEAR})|{_OF_YEAR})?"
    ),
    "dmy": (
        rf"(?:(?P<wd>{_SHORT_WEEKDAY}),? )?(?:the )?(?P<d>{_D}){_TH}"
        rf"(?:(?P<gap> ?(?:-|to|and) ?)(?P<d2>{_D}){_TH})?[ -](?:of )?(?P<m>{_MONTH})(?! ?\d\d?(?!\d))"
        rf"(?:(?:,? |-)(?P<y>{_YEAR})|{_OF_YEAR})?"
    ),
    "month": (
        rf"{_PART}?(?:(?P<rel>last|this past|this coming|this|next|the following) )?(?P<m>{_MONTH})"
        rf"(?:(?:,? of |, | |-)(?P<y>{_YEAR})"
        rf"|,? (?:of )?(?P<yrel>last|this|next|the same|that|the following|the previous) year)?"
        rf"(?: day(?![a-z]))?"
        rf"(?= ?(?:to|and|or|-|through|until) ?(?:{_MONTH}),? (?P<y2>{_YEAR})| in (?P<y3>{_YEAR}))?"
    ),
    "weekday": (
        rf"(?:(?P<rel>last|this past|this coming|this|next|the following|every|each|early|late) )?"
        rf"(?P<wd>{_WEEKDAY})(?:(?P<set>s)|(?: {_TOD}s?))?"
    ),
    "deictic": (
        r"(?P<word>the day before yesterday|the day after tomorrow|today|yesterday|tomorrow|tonight|overnight"
        r"|last night|this (?:morning|afternoon|evening)|earlier today|later today)"
        rf"(?: {_TOD})?"
    ),
    "season": (
        rf"{_PART}?(?:(?P<rel>last|this past|this coming|this|next|the|every|each|by|in) )?"
        rf"(?P<s>spring|summer|autumn|fall|winter)"
        rf"(?:(?: of | )(?P<y>{_YEAR})|{_OF_YEAR})?"
    ),
    "quarter": (
        rf"(?:the )?(?:(?P<q>first|second|third|fourth|last|1st|2nd|3rd|4th)[ -](?P<kind>quarter|half)(?![a-z])"
        rf"|(?P<k2>[qh])(?P<q2>[1-4])(?![a-z\d]))"
        rf"(?:,?(?: of)? (?:(?P<y>{_YEAR})|(?P<yrel>this|last|next|the) (?:fiscal )?(?:year|(?P<dec>decade))))?"
    ),
    "fiscal": (
        r"(?:the )?(?:fiscal(?: year)?s?|fy)[ -]?(?P<y>(?:19|20)\d\d)(?!\d)|fy[ -]?'?(?P<yy>\d\d)(?!\d)"
        r"|(?:the )?(?P<y3>(?:19|20)\d\d) (?:fiscal|financial) year"
    ),
    "decade": (
        r"(?:the )?(?:(?P<part>early|mid|late)(?:[ -]to[ -](?:mid|late))?[ -])?"
        r"(?:(?P<y>1[5-9]\d0|20\d0)'?s|'(?P<yy>\d0)'?s|"
        r"(?P<word>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties))"
    ),
    "century": r"(?:(?P<part>early|mid|late)[ -])?"
    r"(?:(?P<n>\d\d?)(?:st|nd|rd|th)|(?P<word>nineteenth|twentieth|twenty-first)) century",
    "years": rf"(?P<y>{_YEAR})(?P<gap> ?- ?)(?P<y2>{_YEAR}|\d\d(?!\d))(?![-\d])",
    "year": rf"{_PART}?(?P<y>{_YEAR})(?![-/]\d)(?: (?:calendar )?year(?![a-z]))?",
    "shifted": (rf"(?P<n>{_NUM}|{_SOME}) (?P<u>{_UNIT})(?P<dir> earlier| previously| later)(?! than\b)"),
    "ago": (
        rf"(?P<n>{_NUM}|{_SOME})[ -](?P<u>{_UNIT})(?P<dir> ago| from now|' time|'s time| hence)"
        rf"|(?P<u2>{_PLURAL}) ago"
    ),
    "span": (
        r"(?:the |these |this )?"
        r"(?:(?P<rel>last|past|next|coming|following|previous|preceding|recent|upcoming)[ -]|(?P<rel2>first|final) )"
        rf"(?:(?P<n>{_NUM}|{_SOME})[ -])?(?P<u>{_UNIT})(?![a-z])"
    ),
    "unit": (
        rf"{_PART}?(?:the )?(?P<rel>last|this past|this coming|this|next|the past|the coming|the current|current"
        r"|the same|the previous|the following|the next|same|that|that same|previous|following)"
        r"(?: (?P<fiscal>fiscal|financial|calendar|school))? "
        r"(?P<u>day|week|weekend|month|quarter|year|decade|century)(?![a-z])"
    ),
    "ending": (
        r"(?:the )?(?P<part>end|start|beginning|middle|close) of (?:the )?"
        r"(?P<u>week|month|quarter|year|decade|century)(?![a-z])|(?P<part2>year|month)-?end|(?P<we>the weekend)"
    ),
    "rate": (
        rf"(?:(?P<k>once|twice|{_NUM} times) )?(?:each|every|(?P<per>per)|(?P<an>an?)) (?:(?P<n>{_NUM}|other) )?"
        rf"(?P<u>{_UNIT}|season|morning|{_WEEKDAY})(?![a-z])(?! (?:ago|or))"
    ),
    "adverb": r"(?:twice[ -])?(?P<word>daily|weekly|monthly|quarterly|annually|yearly|hourly|nightly)",
    "duration": (
        r"(?P<det>(?:the|those|these|its|their|his|her|a mere|another|at least|an additional) )?"
        rf"(?:(?P<n>{_NUM}|{_SOME})[ -]"
        r"(?:(?:full|whole|calendar|business|working|more|straight|consecutive|long|additional) )?)"
        rf"(?P<u>{_UNIT})(?![a-z])(?P<half> and a half)?"
    ),
    "thatday": r"that day|the \d{1,3}(?:st|nd|rd|th) day|the day(?= (?:before|after)\b)",
    "plural": rf"(?P<u>{_PLURAL})",
    "ref": (
        r"(?P<now>(?:right |just |until |till )?now|currently|at present|at the moment|nowadays|these days|at this time"
        r"|presently|to date)"
        rf"|(?P<past>recently|lately|(?:in )?the past(?! (?:[a-z]+ |[\d,.]+ )?{_UNIT}\b)|long ago|some time ago"
        r"|the recent past)"
        r"|(?P<future>(?:the )?(?:near|distant|foreseeable|immediate) future|the future"
        r"|(?:soon|shortly)(?! (?:after|before|there|as\b)))"
    ),
    "holiday": rf"(?P<word>christmas(?: (?:day|eve))?|new year's (?:day|eve))(?: (?P<y>{_YEAR}))?",
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
