"""What goes together before any deal is sought: an analyst's merges, and each document's own claims."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from sayso.errors import InputError
from sayso.linking.agglomerate import GRAIN, agglomerate, together
from sayso.linking.traits import traits
from sayso.linking.vague import settled
from sayso.model import Match, Told

Pair = tuple[str, str]
Place = tuple[dt.date, str]  # a claim's in the order of saying: the day, and the document
Links = dict[str, dict[str, int]]  # a claim's matches, with their scores in thousandths of a bit
Splits = dict[str, set[str]]


def place(told: Told) -> Place:
    """Where the claim's document stands in the order of saying; undated ones last."""
    return (told.said or dt.date.max, told.document)


def age(told: Told) -> tuple[Place, str]:
    """What claims are ordered by: their place, then the key."""
    return (place(told), told.key)


def links_of(known: Mapping[str, Told], matches: Iterable[Match]) -> Links:
    """The matches between the known claims, from both sides."""
    links: Links = {key: {} for key in known}
    for m in matches:
        if m.a in links and m.b in links and m.a != m.b:
            links[m.a][m.b] = links[m.b][m.a] = round(m.score * GRAIN)
    return links


def splits_of(pairs: Iterable[Pair]) -> Splits:
    """The claims that each claim is split from."""
    splits: Splits = defaultdict(set)
    for a, b in pairs:
        splits[a].add(b)
        splits[b].add(a)
    return splits


def merged(known: Mapping[str, Told], must_link: Iterable[Pair]) -> list[list[str]]:
    """All claims in groups by an analyst's merges, most of one claim, claims and groups by age."""
    order = sorted(known, key=lambda k: age(known[k]))
    rank = {k: n for n, k in enumerate(order)}
    home = together(len(order), ((rank[a], rank[b]) for a, b in must_link if a in rank and b in rank))
    groups: dict[int, list[str]] = defaultdict(list)
    for key, first in zip(order, home, strict=True):
        groups[first].append(key)
    return [groups[first] for first in sorted(groups)]


def units(known: Mapping[str, Told], groups: Iterable[list[str]], links: Links, splits: Splits) -> list[list[str]]:
    """The groups of several claims as they are, and each document's other claims gathered among
    themselves; the oldest first. Raises `InputError` where a group holds claims that were split."""
    out: list[list[str]] = []
    alone: dict[str, list[str]] = defaultdict(list)
    for group in groups:
        if len(group) == 1:
            alone[known[group[0]].document].append(group[0])
            continue
        for key in group:
            if torn := splits.get(key, set()).intersection(group):
                raise InputError("merges and splits", f"{key} both merged with and split from {min(torn)}", "one")
        out.append(group)
    for keys in alone.values():
        here = list(_within(keys, known, links, splits))
        if not splits.keys() & set(keys):  # where an analyst split any, no rule joins more
            rank = {k: n for n, k in enumerate(keys)}
            here = [
                sorted((t.key for t in g), key=rank.__getitem__) for g in settled([[known[k] for k in g] for g in here])
            ]
        out += here
    return sorted(out, key=lambda unit: age(known[unit[0]]))


def _within(keys: list[str], known: Mapping[str, Told], links: Links, splits: Splits) -> Iterator[list[str]]:
    """One document's claims, in order of age, gathered."""
    number = {k: n for n, k in enumerate(keys)}
    pairs = {(n, number[o]): s for k, n in number.items() for o, s in links[k].items() if number.get(o, -1) > n}
    apart = [(n, number[o]) for k, n in number.items() for o in splits.get(k, ()) if o in number]
    for group in agglomerate([traits(known[k]) for k in keys], pairs, apart):
        yield [keys[n] for n in group]
