"""Where each telling of a deal comes from over all documents, and how many origins are independent.

A graph of outlets: each passes on to at most one other, by its own documents in the deal, or by what
the rest state of it. A telling is followed to where nothing goes on; there the root is that outlet,
or whom it quotes by name. Reprints without a citation follow their group's; in a ring of outlets that
cite each other the first to have said it is the root. Unknown stays unknown: "".
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sayso.linking import outlets
from sayso.linking.chains import Chain, Stated


@dataclass(frozen=True, slots=True)
class Traced:
    """A telling's root (a key), the names on the way to it in order, the last being the root, and
    the reason in words with the keys of outlets and speakers in braces."""

    root: str
    path: Chain
    why: str
    own: bool = False  # a document of the root's own outlet, that tells it first-hand


@dataclass(frozen=True, slots=True)
class _Graph:
    after: Mapping[str, str]  # outlet -> the outlet it passes on
    first: Mapping[str, Stated]  # outlet -> its own document that speaks for it
    speaks: frozenset[str]  # speakers that some document quotes with no outlet between
    through: Mapping[str, str]  # outlet -> the speaker its telling stands on


def trace(stated: Mapping[str, Stated], groups: Mapping[str, str]) -> dict[str, Traced]:
    """The root of every telling, by document key."""
    folded = {d: _fold(s, _mates(s, stated, groups)) for d, s in stated.items()}
    graph = _graph([s for s, _ in folded.values()])
    found = {d: _follow(s, note, graph) for d, (s, note) in sorted(folded.items())}
    return _unknown(found, stated)


def _unknown(found: Mapping[str, Traced], stated: Mapping[str, Stated]) -> dict[str, Traced]:
    """What tells of no source at all, and what nobody cites, may rest on anything: its root is unknown
    where the deal has another; where it has none, the first to tell it is the root."""
    bare = {
        d
        for d, t in found.items()
        if t.own
        and not t.path
        and not stated[d].sourced
        and not any(e != d and o.root == t.root for e, o in found.items())
    }
    if bare and all(not t.root for d, t in found.items() if d not in bare):
        bare.remove(min(bare, key=lambda d: _age(stated[d])))
    return {d: Traced("", (), "tells it without an origin") if d in bare else t for d, t in found.items()}


def _age(s: Stated) -> tuple[dt.date, str]:
    return s.said or dt.date.max, s.document


def _mates(s: Stated, stated: Mapping[str, Stated], groups: Mapping[str, str]) -> list[Stated]:
    group = groups.get(s.document)
    return sorted((m for d, m in stated.items() if group is not None and groups.get(d) == group), key=_age)


def _fold(s: Stated, mates: Sequence[Stated]) -> tuple[Stated, str]:
    """A reprint without a citation takes the chain of the first of its group that has one; where none
    cites, the later ones come from the first. A document of an outlet that the group cites is that
    outlet's own, and takes nothing."""
    if s.cited or any(outlets.is_own(name, s.own) for m in mates for name in m.chain):
        return s, ""
    citing = [m for m in mates if m.cited]
    older = [] if s.chain or citing else [m for m in mates if _age(m) < _age(s)]
    for m in (citing or older)[:1]:
        chain = m.chain or tuple(filter(None, [m.outlet]))
        through = m.through if m.cited else next(iter(m.speakers), None)
        rests = f", which comes from {_arrows(chain)}" if chain else ""
        note = f"states no origin of its own; same text as {m.document}{rests}"
        if chain:
            return replace(s, carrier=None, cited=chain, speakers=(), through=through), note
    return s, ""


def _arrows(names: Iterable[str]) -> str:
    return " -> ".join(f"{{{n}}}" for n in names)


def _graph(all_stated: Sequence[Stated]) -> _Graph:
    first: dict[str, Stated] = {}
    for s in sorted(all_stated, key=_age):
        for name in sorted(s.own):
            first.setdefault(name, s)
    said = Counter(pair for s in all_stated for pair in itertools.pairwise(s.chain) if pair[0] not in first)
    after: dict[str, str] = {}
    for (here, there), _ in sorted(said.items(), key=lambda p: (-p[1], p[0])):
        after.setdefault(here, there)
    after |= {name: s.chain[0] for name, s in first.items() if s.chain}
    speaks = frozenset(who for s in all_stated if not s.cited for who in s.speakers)
    stands: dict[str, Counter[str]] = {}
    for s in all_stated:
        if s.through and s.cited:
            stands.setdefault(s.cited[-1], Counter())[s.through] += 1
    through = {o: min(c, key=lambda w: (-c[w], w)) for o, c in stands.items()}
    return _Graph(after, first, speaks, through)


def _follow(s: Stated, note: str, graph: _Graph) -> Traced:
    path = list(s.chain)
    followed: list[str] = []
    while path and path[-1] in graph.after:
        followed.append(path[-1])
        there = graph.after[path[-1]]
        if there in followed:
            return _ring(followed[followed.index(there) :], path, s, graph)
        path = path[: path.index(there)] if there in path else path
        path.append(there)
    who = _speaker(s, path[-1] if path else s.outlet, graph)
    if who:
        path.append(who)
    if not path:
        why = note or ("tells it on its own" if s.outlet else "tells it without an origin")
        return Traced(s.outlet, (), why, own=bool(s.outlet))
    if outlets.is_own(path[-1], s.own):
        return Traced(path[-1], tuple(path), f"by way of {{{path[0]}}} from its own outlet")
    return Traced(path[-1], tuple(path), note or _why(s, path, who))


def _speaker(s: Stated, at: str, graph: _Graph) -> str | None:
    """Who is quoted at the end of the chain: by the document itself, or by the outlet it ends at."""
    if not s.cited:
        return s.speakers[0] if s.speakers else None
    if at in graph.first:
        there = graph.first[at]
        return there.speakers[0] if there.speakers and not there.cited else None
    who = graph.through.get(at)
    return who if who in graph.speaks else None


def _why(s: Stated, path: Sequence[str], who: str | None) -> str:
    """What the document states, where that goes on, and whom it ends with."""
    parts = []
    if s.carrier and s.how.endswith(" for"):
        parts.append(f"{s.how} {{{s.cited[0]}}}")
    elif s.carrier:
        parts.append(f"credits {{{s.carrier}}}")
    if s.cited and not s.how.endswith(" for"):
        parts.append(f"{s.how} {_arrows(s.cited)}")
    rest = path[len(s.chain) : len(path) - (who is not None)]
    if rest:
        parts.append(f"which comes from {_arrows(rest)}")
    if who:
        parts.append(f"who quotes {{{who}}}" if s.cited else f"quotes {{{who}}}")
    return ", ".join(parts)


def _ring(ring: Sequence[str], path: Sequence[str], s: Stated, graph: _Graph) -> Traced:
    """The first of a ring of outlets that cite each other."""
    ages = {name: _age(graph.first[name]) if name in graph.first else (dt.date.max, name) for name in ring}
    root = min(ring, key=lambda name: (ages[name], name))
    day = ages[root][0]
    when = f" ({day.isoformat()})" if day < dt.date.max else ""
    named = " and ".join(f"{{{n}}}" for n in sorted(ring))
    why = f"{named} cite each other; {{{root}}} said it first{when}"
    if outlets.is_own(root, s.own):
        return Traced(root, (), why, own=True)
    cut = tuple(path[: path.index(root) + 1]) if root in path else (*path, root)
    return Traced(root, cut, why)


def beside(s: Stated) -> Iterable[str]:
    """The further origins of a document: named speakers of its own beside the one it comes down to."""
    return s.speakers if s.cited else s.speakers[1:]
