"""The small words of English time expressions, as pieces of patterns on folded text."""

from __future__ import annotations

from sayso.text.numbers import CARDINAL

_MONTH_NAMES = "january february march april may june july august september october november december"
_WEEKDAY_NAMES = "monday tuesday wednesday thursday friday saturday sunday"
MONTHS = {m[:3]: i for i, m in enumerate(_MONTH_NAMES.split(), 1)}
WEEKDAYS = {w[:3]: i for i, w in enumerate(_WEEKDAY_NAMES.split(), 1)}
UNIT_CODES = {
    "second": "TS", "minute": "TM", "hour": "TH", "day": "D", "night": "D", "week": "W", "fortnight": "FN",
    "weekend": "WE", "month": "M", "quarter": "Q", "season": "SE", "year": "Y", "decade": "DE", "century": "CE",
    "centurie": "CE",
}  # fmt: skip
SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}

MONTH = (
    r"(?:january|jan\.?|february|feb\.?|march|mar\.?|april|apr\.?|may|june|jun\.?|july|jul\.?|august|aug\.?"
    r"|september|sept?\.?|october|oct\.?|november|nov\.?|december|dec\.?)(?![a-z])"
)
WEEKDAY = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
SHORT_WEEKDAY = rf"(?:{WEEKDAY}|(?:mon|tues?|wed|thurs?|thu|fri|sat|sun)(?![a-z])\.?)"
YEAR = r"(?:1[4-9]\d\d|20\d\d)(?!\d|[.,]\d|%)"
D = r"(?:3[01]|[12]\d|0?[1-9])(?!\d|[.,:]\d)"
TH = r"(?:st|nd|rd|th)?"
PLURAL = r"(?:seconds|minutes|hours|days|nights|weeks|months|quarters|years|decades|centuries)"
UNIT = rf"(?:{PLURAL}|fortnights?|second|minute|hour|day|night|week|month|quarter|year|decade|century)"
NUM = (
    rf"(?:\d{{1,3}},\d{{3}}|\d{{1,5}}(?:\.\d{{1,2}})?(?: 1/[234])?|(?:a |one )?(?:hundred|dozen)|"
    rf"{CARDINAL}(?: and a half)?(?: hundred)?|an?|half an?)"
)
SOME = r"(?:several|a few|few|a couple(?: of)?|some|many|dozens of|hundreds of|a number of)"
ZONE_TOLD = (
    r"(?: ?\(?(?:gmt|utc|est|edt|et|cet|cest|eet|eest|bst|pst|pdt|cst|mst|ist|kst|jst|msk|local time"
    r"|(?:moscow|kyiv|kiev|beijing|london|israel|tehran) time|(?:eastern|pacific)(?: time)?)(?![a-z])\)?)"
)
ZONE = f"{ZONE_TOLD}?"
PART = (
    r"(?:(?P<part>early|late|mid|middle|earlier|later"
    r"|(?:the )?(?:very )?(?:end|beginning|start|middle|close) of)(?:[ -](?:in )?))"
)
OF_YEAR = r",? (?:of )?(?P<yrel>last|this|next) year"
TIME_OF_DAY = r"(?P<tod>morning|afternoon|evening|night)"
NIGHT_OF = rf"(?:the {TIME_OF_DAY} of )?"
FISCAL = r"(?:fiscal|financial|budget)"
TO_YEAR = r"[-/](?P<to>20\d\d|\d\d)(?!\d)"
