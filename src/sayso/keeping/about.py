"""Deals that some words tell of, the best first.

A word counts by how rare it is among the deals (its inverse document frequency, Spärck Jones 1972), once
for being found, once more for standing in the deal's own names, and by the share of all claims with the
word that are the deal's: the deal that most of what is said with the word is about comes first. A deal
that more documents tell of counts for more.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sayso.lexicon import Lexicon
from sayso.store import Look
from sayso.store.find_deals import breadths, deals_named
from sayso.store.text_search import Term, words_of
from sayso.text.names import countries_of

MOST_CLAIMS = 2_000  # looked at for each word
BREADTH = 0.3  # of a score, by which twice the documents count for more
_STEM = 4  # letters: a shorter word is taken as it is


@dataclass(frozen=True, slots=True)
class Match:
    """A deal that words tell of: those that were found, and how well it fits."""

    deal: str
    words: tuple[str, ...]
    score: float


def about(look: Look, query: str, lexicon: Lexicon) -> list[Match]:
    """The deals with any of the words, the best first."""
    deals = max(look.counts()["deals"], 1)
    scores: defaultdict[str, float] = defaultdict(float)
    found: dict[str, list[str]] = {}
    for word in dict.fromkeys(words_of(query)):
        named, told = _named(look, word, lexicon), _told(look, word)
        with_it = named | told.keys()
        if not with_it:
            continue
        rarity = math.log(1 + deals / len(with_it))
        claims = sum(told.values())
        for deal in with_it:
            share = told[deal] / claims if deal in told else 0.0
            scores[deal] += rarity * (1 + (deal in named) + share)
            found.setdefault(deal, []).append(word)
    for id, documents in breadths(look, scores).items():
        scores[id] *= 1 + BREADTH * math.log2(max(documents, 1))
    ranked = sorted(scores, key=lambda d: (-scores[d], d))
    return [Match(deal, tuple(found[deal]), round(scores[deal], 4)) for deal in ranked]


def _named(look: Look, word: str, lexicon: Lexicon) -> set[str]:
    """The deals with the word, or the country that it stands for, among their names."""
    asked = [_forms(word), *(Term((code.lower(),)) for code in countries_of(word, lexicon))]
    return {deal for term in asked for deal in deals_named(look, term)}


def _told(look: Look, word: str) -> Mapping[str, int]:
    """How many claims of each deal have the word in their words."""
    term = _forms(word)
    hits = look.search(term.words[0] + "*" * term.prefix, within="claim", limit=MOST_CLAIMS)
    homes = look.deals_of(hit.claim for hit in hits if hit.claim)
    return Counter(deal for deal in homes.values() if deal is not None)


def _forms(word: str) -> Term:
    """A word with its endings: "drones" finds "drone"."""
    stemmed = len(word) > _STEM and word.isalpha()
    return Term((word.removesuffix("s") if stemmed else word,), prefix=stemmed)
