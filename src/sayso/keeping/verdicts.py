"""What analysts decided, as linking and the entries take it.

A verdict names a claim by its place: document, evidence and kind. A document that is read anew keeps
its verdicts wherever a claim of that kind stands on the same words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import product

import msgspec

from sayso.errors import InputError
from sayso.keeping.places import Ref, ref, refs, resolved
from sayso.model import Claim, Told
from sayso.store import Look, Verdict
from sayso.store.codec import Json

MERGE, SPLIT, REJECT, ACCEPT, EDIT, GRADE = "merge", "split", "reject", "accept", "edit", "grade"
ACTIONS = (ACCEPT, EDIT, REJECT, MERGE, SPLIT, GRADE)
EDITABLE = (
    "kind", "item", "supplier", "recipient", "designations", "category", "quantity", "value", "measure", "when",
    "stage", "polarity", "hedged", "voices", "basis",
)  # fmt: skip
FROM, BLIND = "from", "blind"
"""Parts of a verdict's target: the other side of a split; that it was given unseen by the first."""
_ON_LEDGER = frozenset((MERGE, SPLIT, REJECT, ACCEPT, EDIT))

__all__ = [
    "ACCEPT", "ACTIONS", "EDIT", "EDITABLE", "GRADE", "MERGE", "REJECT", "SPLIT", "Decided", "Ref", "decided", "edited",
    "is_blind", "ref",
]  # fmt: skip

Pair = tuple[str, str]
Together = dict[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Decided:
    """The verdicts in force. `together` and `apart` hold, by claim, the claims it was merged with or
    kept from; `edits` the values set by slot, of the latest edit."""

    must_link: tuple[Pair, ...] = ()
    cannot_link: tuple[Pair, ...] = ()
    together: Mapping[str, frozenset[str]] = field(default_factory=dict)
    apart: Mapping[str, frozenset[str]] = field(default_factory=dict)
    rejected: frozenset[str] = frozenset()
    edits: Mapping[str, Json] = field(default_factory=dict)

    def applied(self, told: Told) -> Told | None:
        """The claim as decided; None where it was rejected."""
        if told.key in self.rejected:
            return None
        edit = self.edits.get(told.key)
        return replace(told, claim=edited(told.claim, edit, told.key)) if edit else told

    def told(self, look: Look, keys: Iterable[str]) -> dict[str, Told]:
        """The claims of these keys as decided, without those rejected."""
        found = (self.applied(one) for one in look.told(sorted(set(keys))))
        return {one.key: one for one in found if one is not None}


def edited(claim: Claim, edit: Json, place: str) -> Claim:
    """The claim with an edit's values. Raises `InputError` for a slot or a value that does not fit."""
    if not isinstance(edit, dict) or set(edit) - set(EDITABLE):
        raise InputError(place, f"an edit of {sorted(edit) if isinstance(edit, dict) else edit!r}", ", ".join(EDITABLE))
    try:
        return msgspec.convert(msgspec.to_builtins(claim) | edit, Claim)
    except msgspec.ValidationError as error:
        raise InputError(place, f"an edit that does not fit ({error})", "values of the claim's own form") from error


def decided(look: Look) -> Decided:
    """All verdicts in force, on the claims as they are now.

    A rejected claim is neither merged nor split. A split holds whatever was merged: what merges join
    is then joined without it.
    """
    found = [v for v in look.verdicts(undone=False) if v.action in _ON_LEDGER and not is_blind(v)]
    named = {v.id: (refs(v), refs(v, part=FROM)) for v in found}
    now = resolved(look, {r for sides in named.values() for side in sides for r in side})
    rejected: set[str] = set()
    edits: dict[str, Json] = {}
    merges: list[list[str]] = []
    splits: set[Pair] = set()
    for v in found:
        keys, others = ([now[r] for r in side if r in now] for side in named[v.id])
        if v.action == MERGE:
            merges.append(keys)
        elif v.action == SPLIT:
            splits.update(_pairs(keys, others))
        else:
            for key in keys:
                (rejected.add if v.action == REJECT else rejected.discard)(key)
                if v.action == EDIT:
                    edits[key] = v.after
    splits = {pair for pair in splits if rejected.isdisjoint(pair)}
    apart = _sides(splits)
    must, together = _groups(([k for k in keys if k not in rejected] for keys in merges), apart)
    return Decided(
        must_link=tuple(sorted(must)), cannot_link=tuple(sorted(splits)),
        together=together, apart=apart, rejected=frozenset(rejected), edits=edits,
    )  # fmt: skip


def is_blind(v: Verdict) -> bool:
    """Whether it was given as a second opinion, unseen: it is kept and compared, and decides nothing."""
    return isinstance(v.target, dict) and v.target.get(BLIND) is True


def _pairs(keys: list[str], others: list[str]) -> Iterator[Pair]:
    """The first of `keys` with each other one; or, where there are others, each of one side with each
    of the other."""
    for a, b in product(keys, others) if others else product(keys[:1], keys[1:]):
        if a != b:
            yield min(a, b), max(a, b)


def _groups(merges: Iterable[list[str]], apart: Mapping[str, frozenset[str]]) -> tuple[set[Pair], Together]:
    """Pairs that join all claims of each merge but those kept apart; and each claim with all that a
    chain of pairs joins it to, itself included."""
    home: dict[str, set[str]] = {}
    must: set[Pair] = set()
    for keys in merges:
        for n, key in enumerate(keys):
            one = home.setdefault(key, {key})
            for other in keys[:n]:
                two = home[other]
                if one is two or any(not two.isdisjoint(apart.get(k, ())) for k in one):
                    continue
                must.add((min(key, other), max(key, other)))
                one |= two
                home.update(dict.fromkeys(two, one))
                break
    return must, {key: frozenset(group) for key, group in home.items() if len(group) > 1}


def _sides(pairs: Iterable[Pair]) -> dict[str, frozenset[str]]:
    out: dict[str, set[str]] = defaultdict(set)
    for a, b in pairs:
        out[a].add(b)
        out[b].add(a)
    return {key: frozenset(others) for key, others in out.items()}
