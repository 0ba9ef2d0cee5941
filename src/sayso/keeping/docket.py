"""All verdicts by the claims they bear on: what a reviewer is shown of a claim, and what may overtake him."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from sayso.keeping.places import refs, resolved
from sayso.keeping.verdicts import ACCEPT, EDIT, FROM, GRADE, REJECT, is_blind
from sayso.store import Look, Verdict
from sayso.store.decisions import UNDO
from sayso.store.review_queries import last_verdict, records

DECISIONS = (ACCEPT, EDIT, REJECT)
"""What settles a claim itself: it is reviewed then."""


@dataclass(frozen=True, slots=True)
class Docket:
    """Every verdict by number, and by claim as it stands now the numbers of those that bear on it; an
    undoing bears on what the verdict it takes back bore on."""

    verdicts: Mapping[int, Verdict]
    by_claim: Mapping[str, tuple[int, ...]]
    claims: Mapping[int, tuple[str, ...]]

    def of(self, claim: str) -> list[Verdict]:
        """What was decided on a claim, in order."""
        return [self.verdicts[n] for n in self.by_claim.get(claim, ())]

    def standing(self, claim: str, action: Iterable[str] = DECISIONS) -> list[Verdict]:
        """The verdicts of these actions in force on a claim, blind ones included, in order."""
        return [v for v in self.of(claim) if v.action in action and v.undone_by is None]

    def reviewed(self) -> dict[str, Verdict]:
        """Every claim that was settled, with the verdict that holds."""
        found = {}
        for claim in self.by_claim:
            holding = [v for v in self.standing(claim) if not is_blind(v)]
            if holding:
                found[claim] = holding[-1]
        return found

    def grade(self, claim: str) -> Verdict | None:
        """The grade in force, the latest given."""
        return next(reversed(self.standing(claim, (GRADE,))), None)


def docket(look: Look, *, after: int = 0) -> Docket:
    """All verdicts, or those numbered beyond `after` alone."""
    verdicts = {v.id: v for v in look.verdicts(after=after)}
    bearing = dict(_bearing(look, verdicts.values()))
    named = {n: [*refs(v), *refs(v, part=FROM)] for n, v in bearing.items()}
    now = resolved(look, {r for many in named.values() for r in many})
    claims = {n: tuple(dict.fromkeys(now[r] for r in many if r in now)) for n, many in named.items()}
    by_claim: dict[str, list[int]] = defaultdict(list)
    for n, keys in claims.items():
        for key in keys:
            by_claim[key].append(n)
    return Docket(verdicts, {key: tuple(numbers) for key, numbers in by_claim.items()}, claims)


def _bearing(look: Look, verdicts: Iterable[Verdict]) -> Iterator[tuple[int, Verdict]]:
    """The number of each verdict with the verdict whose target it bears on."""
    known: dict[int, Verdict] = {}
    for v in verdicts:
        known[v.id] = v
        if v.action != UNDO:
            yield v.id, v
            continue
        target = v.target.get("verdict") if isinstance(v.target, dict) else None
        taken_back = known.get(target) or look.verdict(target) if isinstance(target, int) else None
        if taken_back is not None:
            yield v.id, taken_back


def version(look: Look, claims: Iterable[str]) -> str:
    """What a reviewer saw: the newest verdict then, and the claims as they were read."""
    return f"{last_verdict(look)}-{_digest(look, claims)}"


def overtaken(look: Look, seen: str, claims: Iterable[str], bearing_on: Iterable[str]) -> tuple[Verdict, ...] | None:
    """The verdicts given on any claim of `bearing_on` since `seen`, a `version` of `claims`; empty where
    the claims were read anew instead, and None where all is as it was."""
    number, _, digest = seen.partition("-")
    if not number.isdecimal() or len(number) > 18:
        return ()
    since = docket(look, after=int(number))
    found = sorted({n for key in set(bearing_on) for n in since.by_claim.get(key, ())})
    told = tuple(v for v in map(since.verdicts.__getitem__, found) if not is_blind(v))
    if told:
        return told
    return None if digest == _digest(look, claims) else ()


def _digest(look: Look, claims: Iterable[str]) -> str:
    keys = sorted(set(claims))
    read = records(look, keys)
    return sha256("\n".join(f"{key} {read.get(key, '')}" for key in keys).encode()).hexdigest()[:16]
