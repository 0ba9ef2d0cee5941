"""Who a deal is between, as most of its claims have it, and who speaks for them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sayso.lexicon import Lexicon, tokens
from sayso.linking.speakers import identity, state_of
from sayso.linking.telling import sure, undertakings, weight
from sayso.model import Party, Told
from sayso.text.names import countries_of

LEAST_SHARE = 1 / 3  # of the weight of what is said most, for another value to count beside it
SHORTEST = 3  # letters of a name's word that tells
LEAST_LETTERS = 5  # of the words by which a text names a firm
_FOR = re.compile(r"^\W{0,3}(?:[\w’'-]{1,20}\W{1,2}){0,5}?(?:for|of|at|with)\s(.{1,60})", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Side:
    """The suppliers or the recipients of a deal: a name to show, ISO country codes, the words of
    firms and other bodies, the runs of words by which a text names these, and the states that are
    parties themselves."""

    name: str
    countries: tuple[str, ...]
    bodies: frozenset[frozenset[str]]
    forms: frozenset[tuple[str, ...]]
    states: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sides:
    supplier: Side
    recipient: Side

    @property
    def countries(self) -> frozenset[str]:
        return frozenset((*self.supplier.countries, *self.recipient.countries))


def sides(tolds: Iterable[Told], lexicon: Lexicon) -> Sides:
    """The two sides of a deal. Values that the extraction doubts, or that few claims have, are left out."""
    every = list(tolds)
    used = undertakings(every) or every
    supplier = [(p, weight(t.claim)) for t in used if sure(t.claim, "supplier") for p in t.claim.supplier]
    recipient = [(p, weight(t.claim)) for t in used if sure(t.claim, "recipient") for p in t.claim.recipient]
    theirs, ours = _countries(supplier), _countries(recipient)
    # a country on both sides stays on the one where it alone is
    both = set(frequent(theirs)) & set(frequent(ours))
    gives = [c for c in frequent(theirs) if c not in both or theirs[c] > ours[c]] or frequent(theirs)
    gets = [c for c in frequent(ours) if c not in both or ours[c] >= theirs[c]] or frequent(ours)
    return Sides(_side(supplier, gives, lexicon), _side(recipient, gets, lexicon))


def _countries(parties: list[tuple[Party, int]]) -> Counter[str]:
    weights: Counter[str] = Counter()
    for party, w in parties:
        for code in party.countries:
            weights[code] += w
    return weights


def frequent(weights: Counter[str]) -> list[str]:
    """What has at least a third of the weight of the first, the weightiest first."""
    top = max(weights.values(), default=0)
    return sorted((k for k, w in weights.items() if w >= LEAST_SHARE * top), key=lambda k: (-weights[k], k))


def _side(parties: list[tuple[Party, int]], countries: list[str], lexicon: Lexicon) -> Side:
    names: Counter[str] = Counter()
    states: Counter[str] = Counter()
    for party, w in parties:
        if party.countries and not set(party.countries) & set(countries):
            continue
        who = identity(party.name, lexicon)
        # "a Chinese company" tells less than its name, or than "China" where nobody has a name
        names[party.name] += w if who is None else 2 * w
        state = state_of(who)
        if state:
            states[state] += w
    merged = _merged(names, lexicon)
    near = Counter({n: w for n, w in merged.items() if (who := identity(n, lexicon)) and state_of(who) is None})
    bodies = frozenset(frozenset(tokens(n)) for n in frequent(near))
    shown = min(merged, key=lambda n: (-merged[n], -len(n), n), default="")
    forms = {run for n in frequent(near) for run in _runs(n)}
    forms |= {tokens(n) for n in names if any(set(tokens(n)) <= b for b in bodies)}
    return Side(
        shown, tuple(countries), bodies, frozenset(f for f in forms if len("".join(f)) >= LEAST_LETTERS),
        frozenset(frequent(states)) & frozenset(countries),
    )  # fmt: skip


def _runs(name: str) -> list[tuple[str, ...]]:
    """A name's words two by two, or its only one."""
    words = tokens(name)
    return [words[i : i + 2] for i in range(len(words) - 1)] or [words]


def _merged(names: Counter[str], lexicon: Lexicon) -> Counter[str]:
    """Each name with the weight of the shorter forms of it ("Bingo", "Xi'an Bingo"). A state is no short
    form of its ministry."""
    words = {n: frozenset(tokens(n)) for n in names}
    out: Counter[str] = Counter()
    for name, w in names.items():
        longer = [n for n in names if words[name] and words[name] <= words[n]]
        if state_of(identity(name, lexicon)):
            longer = []
        longest = min(longer, key=lambda n: (-len(words[n]), -names[n], n), default=name)
        out[longest] += w
    return out


def is_body(name: str, sides: Sides) -> bool:
    """Whether a name is that of a firm or body that is a party, or a part of it."""
    words = {w for w in tokens(name) if len(w) >= SHORTEST}
    return (
        name[:1].isupper() and bool(words) and any(words <= b for b in sides.supplier.bodies | sides.recipient.bodies)
    )


def is_side(name: str, sides: Sides, lexicon: Lexicon) -> bool:
    """Whether a name is a party's or its government's."""
    return is_body(name, sides) or bool(set(countries_of(name, lexicon)) & sides.countries)


def speaks_itself(name: str, sides: Sides, lexicon: Lexicon) -> bool:
    """Whether a name is a party's own: the firm itself, or a government that is the party."""
    state = state_of(identity(name, lexicon))
    return is_body(name, sides) or (state is not None and state in sides.supplier.states | sides.recipient.states)


def for_body(words_after: str, sides: Sides) -> bool:
    """Whether the words after a speaker's put him at a party: "… who works for Xi'an Bingo"."""
    m = _FOR.match(words_after)
    if not m:
        return False
    return names_body(m.group(1), sides)


def names_body(words: str, sides: Sides) -> bool:
    """Whether words name a firm or body that is a party, in a form that the deal's claims use."""
    said = tokens(words)
    forms = sides.supplier.forms | sides.recipient.forms
    return any(f == said[i : i + len(f)] for f in forms for i in range(len(said) - len(f) + 1))
