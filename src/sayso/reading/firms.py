"""The firms that an article names, for finding out who "the company" or "a Chinese maker" is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from sayso.lexicon import Lexicon
from sayso.lexicon.grammar import words_of
from sayso.lexicon.match import Matcher, Phrase
from sayso.model import Party, Span
from sayso.text.marked import Marked
from sayso.text.names import countries_of

_RUN = r"[^\W\d_a-z][\w’'&-]*(?: (?:(?:of|and|&|de|für) )?[^\W\d_a-z][\w’'&-]*)*"
_PLAIN = r"(?!(?:of|in|at|for|with|by|and|to)\b)[\w’'-]+"
# What one firm may be called; other nouns of the vocabulary's kind "firm" are people or whole industries.
_ONE_FIRM = re.compile(
    r"(?:company|firm|maker|manufacturer|producer|builder|contractor|shipyard|developer|group|corporation|"
    r"conglomerate|start-?up|giant|enterprise|subsidiary|exporter)$"
)
# "A contractor who works for Bingo", "the group" may be anybody.
_NOT_ALONE = re.compile(r"(?:contractor|group|giant)$")
# "manufacturer Xi'an Bingo", "a firm called Bingo", "the company, Bingo Aviation,"
_NAME_AFTER = re.compile(rf"(?:(?:,? (?:called|named|known as))? [“\"‘']?({_RUN})|, ({_RUN})(?=[,;)]))")
# "Xi'an Bingo, the Chinese drone maker"
_NAME_BEFORE = re.compile(rf"({_RUN})[”\"’']?(?:,| is) (?:a|an|the) (?:{_PLAIN} ){{0,4}}$")
_PROPER = re.compile(r"[^\W\d_a-z][\w’'-]*")
_WHOSE = ("country", "demonym", "body")
# Not "Kestrel-9, the company said"
_APPOSED = re.compile(r"[,;.)]|\s(?:from|of|in|based|behind|that|which|who|whose)\b")
_BEFORE = 120  # characters before a noun in which its name stands
MENTIONS = 5  # of a firm, by which its country is looked for
ADJECTIVES = 25  # characters before a firm's noun in which its country stands


@lru_cache(maxsize=8)
def _nouns(lexicon: Lexicon) -> Matcher[str]:
    words = (n.words for n in lexicon.institutions if n.kind == "firm")
    return Matcher.of(Phrase(w, w) for w in words if _ONE_FIRM.search(w))


def firms(marked: Marked) -> list[tuple[Span, str]]:
    """Where the text says of a name that it is a firm's: the words that say it, with the name. A name may
    say so itself ("Alfa Shipbuilding")."""
    out = []
    for hit in _nouns(marked.lexicon).find(marked.text):
        name = _named_at(hit.span, marked)
        if name:
            out.append((hit.span, name))
    for m in _of_firms().finditer(marked.text):
        if _is_name(Span(*m.span()), marked):
            out.append((Span(*m.span()), m.group()))
    return sorted(out)


@cache
def _of_firms() -> re.Pattern[str]:
    """Two capitalised words or more of which the last is a firm's ("Alfa Shipbuilding")."""
    last = "|".join(sorted(w.capitalize() for w in words_of("of firms")))
    word = r"[^\W\d_a-z][\w’'&-]{0,40}"
    return re.compile(rf"(?<![\w’'&-]){word}(?: {word}){{0,5}} (?:{last})\b(?!’s? [A-Z])")


def _named_at(noun: Span, marked: Marked) -> str | None:
    sentence = marked.sentence_at(noun.start)
    low = max(sentence.start, noun.start - _BEFORE)
    after = _NAME_AFTER.match(marked.text, noun.end, sentence.end)
    before = _NAME_BEFORE.search(marked.text[low : noun.start])
    found = [Span(*after.span(after.lastindex or 0))] if after else []
    closed = _APPOSED.match(marked.text, noun.end)
    found += [Span(low + before.start(1), low + before.end(1))] if before and closed else []
    return next((re.sub(r"[’']s$", "", n.of(marked.text)) for n in found if _is_name(n, marked)), None)


def _is_name(span: Span, marked: Marked) -> bool:
    """Whether the words are a proper name and no country's, person's or outlet's. A sentence's first
    word and a line in capitals are none."""
    name = span.of(marked.text)
    taken = any(m.span.covers(span) and m.type not in ("body", "item") for m in marked.names_over(span))
    opener = name.endswith("ly") or name.lower() in words_of("no name")
    return not taken and not opener and not (name.isupper() and name.count(" ") > 1)


def firm_at(words: str, at: Span, marked: Marked, known: Sequence[tuple[Span, str]]) -> str | None:
    """The name of the firm that "the company", "a Chinese maker" at a place stands for: the one that
    the text gives right there, or the last before; None where the words name somebody, or no firm."""
    hits = _nouns(marked.lexicon).find(words)
    listed = {b.name for b in marked.lexicon.bodies}
    whose = [m.span.of(marked.text) for m in marked.names_over(at) if m.countries and m.type in _WHOSE
             and m.name not in listed]  # fmt: skip
    if (
        not hits
        or hits[-1].span.end != len(words)
        or not all(any(w in p for p in whose) for w in _PROPER.findall(words))
    ):
        return None
    here = [name for span, name in known if span.overlaps(at)]
    before = [] if _NOT_ALONE.search(words) else [name for span, name in known if span.end <= at.start]
    return next(iter(here or before[-1:]), None)


def named(party: Party, marked: Marked, known: Sequence[tuple[Span, str]]) -> Party:
    """A party that is called "the company", or by part of its name, by the firm's name."""
    name = (firm_at(party.name, party.span, marked, known) if party.span else None) or _whole(party, known)
    if not name:
        return party
    return Party(name, party.countries or _home(name, marked, known), party.span)


def _whole(party: Party, known: Sequence[tuple[Span, str]]) -> str | None:
    """The firm's name of which a party's is a part: "Bingo" of "Xi'an Bingo Aviation"."""
    words = party.name.split()
    longer = [n.split() for _, n in known if len(n) > len(party.name)]
    return next((" ".join(n) for n in longer if words == n[: len(words)] or words == n[1 : 1 + len(words)]), None)


def _home(name: str, marked: Marked, known: Sequence[tuple[Span, str]]) -> tuple[str, ...]:
    """The countries of a firm: by its name, by the noun that names it ("Chinese drone maker Bingo")."""
    phrases = [_phrase_before(span) for span, n in known if n == name][:MENTIONS]
    whose = (m for phrase in phrases for m in marked.names_over(phrase) if m.countries and m.type in _WHOSE)
    return countries_of(name, marked.lexicon) or next((m.countries for m in whose), ())


def _phrase_before(noun: Span) -> Span:
    return Span(max(0, noun.start - ADJECTIVES), noun.end)
