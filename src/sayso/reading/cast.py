"""The people and outlets an article names, for finding out who "he" or "the weekly" is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from sayso.lexicon.grammar import words_of
from sayso.model import Span, Voice
from sayso.reading.firms import firms
from sayso.text.marked import Marked
from sayso.text.names import Mention, countries_of

_PARTICLES = "al|bin|da|de|del|den|der|di|van|von|el|ibn|la|le|ben|bint"
_WORD = r"[A-Z][\w’'-]*"
_NAME = re.compile(rf"(?:{_WORD}|[A-Z]\.)(?: (?:(?:{_PARTICLES})[ -])?(?:{_WORD}|[A-Z]\.))*")
_SUBJECT_BY = 60  # characters into its sentence by which a subject stands
_VERB_FOLLOWS = re.compile(r",|\s+\w+(?:ed|s|id)\b")
# "Spain's Defence Minister Margarita Robles", "US national security adviser Jake Sullivan"
_TITLE_BETWEEN = re.compile(r"(?:[’']s?)?(?: (?!(?:to|in|on|and|that|by|with|from)\b)[\w’'.-]+){0,5} ")
_STATES = frozenset(["country", "demonym", "capital", "seat", "body"])
REACH = 900  # characters that a pronoun looks back


@dataclass(frozen=True)
class Cast:
    """Looks names up in one marked text."""

    marked: Marked

    @cached_property
    def names(self) -> list[tuple[Span, str]]:
        """Runs of capitalised words that are no country, body or outlet: people, mostly."""
        return _capitalised(self.marked)

    @cached_property
    def people(self) -> list[tuple[Span, str]]:
        """Personal names in text order, each with its fullest form."""
        full: dict[str, str] = {}
        for _, name in self.names:
            parts = name.split()
            if len(parts) > 1:
                full.setdefault(parts[-1], name)
        return [(s, full.get(n, n)) for s, n in self.names if len(n.split()) > 1 or n in full]

    @cached_property
    def full(self) -> dict[str, str]:
        """Full names by last name; the first that the article gives."""
        return {n.split()[-1]: n for _, n in reversed(self.people)}

    def fuller(self, name: str) -> str:
        """The full name that the article gives a person, by the last name; capitals do not matter."""
        last = name.rsplit(maxsplit=1)[-1]
        return self.full.get(last) or self.full.get(last.capitalize()) or name

    @cached_property
    def outlets(self) -> list[Mention]:
        return [m for m in self.marked.names if m.type == "outlet"]

    def said(self, mention: Mention) -> str:
        """A mention as the article writes it."""
        return self.marked.text[mention.span.start : mention.span.end]

    def person_before(self, offset: int) -> str | None:
        """The last person named before an offset, a subject being likelier than an object."""
        near = [(s, n) for s, n in self.people if offset - REACH <= s.start < offset]
        text = self.marked.text
        for s, name in reversed(near):
            into = s.start - self.marked.sentence_at(s.start).start
            if into < _SUBJECT_BY or _VERB_FOLLOWS.match(text[s.end : s.end + 30]):
                return name
        return near[-1][1] if near else None

    def holder(self, countries: tuple[str, ...], offset: int) -> str | None:
        """The person of these countries' governments that the article names nearest to an offset:
        who "the Ukrainian president" is."""
        known = [m for m in self.marked.names if m.type == "person" and set(m.countries) & set(countries)]
        return min(known, key=lambda m: abs(m.span.start - offset)).name if known else None

    def home(self, voice: Voice) -> tuple[str, ...]:
        """The countries that a speaker speaks for: known by name, or by the title that the text gives
        with the name ("Spanish Prime Minister Pedro Sánchez"), or by the body whose text it is."""
        known = countries_of(voice.name, self.marked.lexicon)
        if known:
            return known
        states = [m for m in self.marked.names if m.countries and m.type in _STATES]
        for s in (s for s, name in self.people if name == voice.name):
            for m in states:
                if m.span.end < s.start and _TITLE_BETWEEN.fullmatch(self.marked.text, m.span.end, s.start):
                    return m.countries
        return self.own_countries

    @cached_property
    def own_countries(self) -> tuple[str, ...]:
        """The countries of a document by a government or another body itself."""
        return countries_of(self.marked.document.outlet or "", self.marked.lexicon)

    @cached_property
    def firms(self) -> list[tuple[Span, str]]:
        return firms(self.marked)

    def outlet_before(self, offset: int) -> str | None:
        """The last outlet named before an offset, as the article writes it."""
        near = [m for m in self.outlets if m.span.start < offset]
        return self.said(near[-1]) if near else None


def _capitalised(marked: Marked) -> list[tuple[Span, str]]:
    """Runs of capitalised words that no vocabulary claims, without titles and sentence openers."""
    taken = [m.span for m in marked.names if m.type not in ("item", "designation", "person")]
    out: list[tuple[Span, str]] = []
    at = 0
    for m in _NAME.finditer(marked.text):
        span = Span(*m.span())
        while at < len(taken) and taken[at].end <= span.start:
            at += 1
        inside = [t for t in taken[at : at + 4] if t.overlaps(span)]
        if inside:
            span = Span(max(t.end for t in inside), span.end)
        name, start = _without_titles(marked.text[span.start : span.end], span.start)
        if name[:1].isupper() and not re.search(r"[’'](?:ll|m|ve|re|d|t)$", name):
            out.append((Span(start, start + len(name)), re.sub(r"[’']s$", "", name)))
    return out


def _without_titles(words: str, start: int) -> tuple[str, int]:
    """Drops leading titles and sentence openers: "President Joe Biden" -> "Joe Biden"."""
    lead = len(words) - len(words.lstrip())
    words, start = words.strip(), start + lead
    inner = [m for m in re.finditer(r"[\w.]+ ", words) if m.group().rstrip(". ").lower() in words_of("title")]
    if inner and words[inner[-1].end() :].strip():  # "Harbour Minister Kofi Ansah-Brew"
        words, start = words[inner[-1].end() :], start + inner[-1].end()
    while words:
        first, _, rest = words.partition(" ")
        if first.rstrip(".,").lower() not in words_of("title") | words_of("no name"):
            break
        start += len(words) - len(rest) if rest else len(words)
        words = rest
    return words, start
