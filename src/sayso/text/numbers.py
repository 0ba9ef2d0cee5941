"""Numbers in English news text: digits with separators, number words and words of scale.

Everything here works on *folded* text: lower case, plain spaces, hyphens and quotes, one code
point for each of the original's, so that offsets stay valid.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t"
_TABLE = {
    **{ord(c): "-" for c in _DASHES},
    **{ord(c): " " for c in _SPACES},
    **{ord(c): "'" for c in "\u2018\u2019\u02bc\u2032"},
    **{ord(c): '"' for c in "\u201c\u201d"},
}
_UNITS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
UNITS: dict[str, int] = {w: i for i, w in enumerate(_UNITS.split())}
TENS: dict[str, int] = {w: 10 * i for i, w in enumerate(_TENS.split(), start=2)}
SCALES: dict[str, float] = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "mln": 1e6,
    "mn": 1e6,
    "bln": 1e9,
    "bn": 1e9,
    "tn": 1e12,
    "trn": 1e12,
    "tln": 1e12,
    "dozen": 12,
    "score": 20,
    "lakh": 1e5,
    "crore": 1e7,
}
# One letter for a scale is read only where the caller knows that the figure is money.
LETTER_SCALES: dict[str, float] = {"k": 1e3, "m": 1e6, "b": 1e9, "t": 1e12}
_VAGUE: dict[str, float] = {
    "dozens": 24,
    "scores": 40,
    "hundreds": 200,
    "thousands": 2000,
    "millions": 2e6,
    "billions": 2e9,
    "trillions": 2e12,
    "tens": 20,
    "multimillion": 2e6,
    "multibillion": 2e9,
    "multitrillion": 2e12,
    "handful": 3,
}
_SMALL = rf"(?:(?:{'|'.join(TENS)})(?:[- ](?:{'|'.join(list(UNITS)[1:10])}))?|{'|'.join(reversed(UNITS))})"
_BIG = r"(?:hundred|thousand|million|billion|trillion|mln|mn|bln|bn|trn|tln|tn|lakh|crore|dozen)"
CARDINAL = _SMALL
"""Pattern: a number below 100 in words."""
_DIGITS = (
    r"(?:\d{1,3}(?:,\d{2,3}){1,6}(?!\d)(?:\.\d{1,4})?"
    r"|\d{1,3}(?: \d{3}){1,4}(?![\d,.-]{0,9}\d|[ -]?(?:mm|millimet|calib|cal\b|[a-z]-\d))"
    r"|\d{1,3}(?:\.\d{3}){2,3}(?!\d|\.\d)|\d{1,3},\d(?!\d)(?= ?(?:million|billion|trillion|mln|bln|mn|bn)\b)"
    r"|\d{1,15}(?:\.\d{1,6})?(?: 1/[234])?)"
)
_WORDS = (
    rf"(?:a couple(?: of)? {_BIG}|(?:an?|one|three)[ -]quarters? of a {_BIG}|three-quarters of a {_BIG}"
    rf"|(?:{_SMALL}(?: and a half)?|an?|half an?|one and a half)[ -]{_BIG}"
    rf"(?:(?: and | |-){_SMALL}(?:[ -]{_BIG})?){{0,4}}(?:[ -]{_BIG})?"
    rf"|{_SMALL}(?: and a half)?|(?:a )?(?:pair|couple)(?= of ))"
)
_LOOSE = (
    r"(?:(?:dozens|scores|hundreds|tens|thousands|millions|billions|trillions)"
    r"(?: of (?:dozens|hundreds|thousands|millions|billions|trillions)){0,2}"
    rf"|multi-?(?:million|billion|trillion)|(?:several|a few|few|many)[ -]{_BIG}(?: {_BIG})?|a handful(?= of ))"
)
_NUMERAL = re.compile(
    rf"(?:(?<![a-z0-9_])|(?<=usd)|(?<=eur)|(?<=gbp))"
    rf"(?:(?P<loose>{_LOOSE})(?![a-z0-9])|(?P<words>{_WORDS})(?![a-z0-9])"
    rf"|(?P<digits>{_DIGITS})(?:(?P<scale>[ -]?{_BIG}(?: {_BIG})?)(?![a-z0-9])|(?P<letter>[kmbt])(?![a-z0-9])|(?!\d)))"
)
_WRAP = re.compile(r"(?<=[\w,;])\n(?=[a-z\d])")  # a line broken within a sentence


def fold(text: str) -> str:
    """The text in lower case with plain spaces (for a line break within a sentence too), hyphens and
    quotes; same length, same offsets."""
    if "\n" in text:
        text = _WRAP.sub(" ", text)
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return low if low.isascii() and "\t" not in low else low.translate(_TABLE)


_PIECE = re.compile(r"\d[\d,]*(?:\.\d+)?|[a-z]+|/")
_PLAIN = re.compile(r"\d[\d,]*(?:\.\d+)?")


def number(words: str) -> float | None:
    """The value of one number in folded words or digits ("2,000 million", "two and a half"), or None."""
    if _PLAIN.fullmatch(words):
        return float(words.replace(",", ""))
    total, part, seen, scaled = 0.0, 0.0, False, False
    text = words.replace("1/2", "half").replace("1/4", "quarter")
    for word in _PIECE.findall(text):
        if word[0].isdigit():
            part, seen = part + float(word.replace(",", "")), True
        elif word in UNITS or word in TENS:
            part, seen = part + (UNITS.get(word) or TENS.get(word) or 0), True
        elif word in ("a", "an"):
            pass
        elif word in ("half", "quarter"):
            part, seen = part + (0.5 if word == "half" else 0.25), True
        elif word == "quarters":
            part /= 4
        elif word in SCALES or word in ("pair", "couple"):
            scale = SCALES.get(word, 2)
            if scale >= 1000 and scaled:  # two thousand million
                total *= scale
                continue
            part, seen = (part if seen and part else 1) * scale, True
            if scale >= 1000:
                total, part, scaled = total + part, 0.0, True
            continue
        elif word not in ("and", "of"):
            return None
        scaled = False
    if not seen and words.strip() in ("a", "an"):
        return 1
    return total + part if seen else None


class Numeral(NamedTuple):
    """A number at [start, end) of a folded text. `high` is None for "dozens" (at least 24). `form`
    is digits, words or loose; `scaled` tells a word or letter of scale ("2bn")."""

    start: int
    end: int
    low: float
    high: float | None
    form: str
    scaled: bool
    letter: str = ""


@lru_cache(maxsize=4)
def numerals(folded: str) -> tuple[Numeral, ...]:
    """Every number of a folded text, in order: digits and words, not ordinals."""
    return tuple(n for m in _NUMERAL.finditer(folded) if (n := _numeral(m)))


_COMMA_DECIMAL = re.compile(r"\d{1,3},\d")


def _numeral(m: re.Match[str]) -> Numeral | None:
    if loose := m["loose"]:
        return Numeral(m.start(), m.end(), _loose(loose), None, "loose", True)
    if words := m["words"]:
        value = number(words)
        big = any(w in SCALES for w in re.split(r"[ -]", words))
        return None if value is None else Numeral(m.start(), m.end(), value, value, "words", big)
    digits = m["digits"]
    if digits.count(".") > 1:  # 1.200.000
        digits = digits.replace(".", "")
    elif _COMMA_DECIMAL.fullmatch(digits):  # 1,5 billion
        digits = digits.replace(",", ".")
    value = number(digits if "/" in digits else digits.replace(" ", ""))
    if value is None:
        return None
    for word in re.findall(r"[a-z]+", m["scale"]) if m["scale"] else ():
        value *= SCALES[word]
    return Numeral(m.start(), m.end(), value, value, "digits", bool(m["scale"]), m["letter"] or "")


def _loose(words: str) -> float:
    """The least that vague words stand for: dozens 24, several hundred 200, tens of thousands 20,000."""
    value = 0.0
    for word in re.findall(r"[a-z]+", words.replace("multi-", "multi")):
        if word in _VAGUE:
            value = _VAGUE[word] if not value else value * SCALES.get(word.removesuffix("s"), 1)
        elif word in SCALES:
            value = (value or 2) * SCALES[word]
    return value
