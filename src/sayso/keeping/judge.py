"""What a reviewer decides, and all that follows from it, in one transaction.

    done = judge(store, Judgement("ana", ACCEPT, (key,), seen=seen), lexicon)

A judgement names what its reviewer saw (`docket.version`). Where somebody else decided on the same in
between, nothing is written and what he decided comes back, so that nobody overrules another unawares.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import msgspec

from sayso.errors import InputError
from sayso.keeping.docket import DECISIONS, docket, overtaken
from sayso.keeping.refresh import refresh
from sayso.keeping.verdicts import (
    ACTIONS,
    BLIND,
    EDIT,
    EDITABLE,
    FROM,
    GRADE,
    MERGE,
    SPLIT,
    Decided,
    decided,
    edited,
    is_blind,
    ref,
)
from sayso.lexicon import Lexicon
from sayso.model import Claim, Told
from sayso.store import Adding, Store, Verdict
from sayso.store.codec import Json
from sayso.store.decisions import UNDO
from sayso.store.rowing import check_characters

SOURCE_GRADES, INFORMATION_GRADES = "ABCDEF", "123456"
"""The NATO Admiralty code (AJP-2.1): reliability of the source, credibility of the information."""
MOST_CLAIMS = 2_000  # of one merge or split
MOST_JSON = 50_000  # characters of an edit
_PLACE = "the verdict"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What somebody decides. A merge joins `claims` with `others`; a split takes `claims` from `others`;
    any other action is on each of `claims`, of which it has one. `after` holds an edit's slots, or a
    grade's "source" and "information". Of a merge or split, `shown` are the claims that `seen` is of,
    all by default. A `blind` one is kept to be compared with the first reviewer's and changes nothing."""

    who: str
    action: str
    claims: tuple[str, ...]
    others: tuple[str, ...] = ()
    after: Mapping[str, Json] = field(default_factory=dict)
    note: str | None = None
    seen: str | None = None
    shown: tuple[str, ...] = ()
    blind: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """The verdict's number, and the deals that were made anew."""

    verdict: int
    deals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Overtaken:
    """Nothing was written: these verdicts were given in between; none, where the text was read anew."""

    by: tuple[Verdict, ...] = ()


def judge(store: Store, one: Judgement, lexicon: Lexicon) -> Done | Overtaken:
    """Writes a verdict and brings the ledger up to date.

    Raises `InputError`, and writes nothing, for claims that are not there, values that do not fit, or a
    merge and a split that contradict each other.
    """
    with store.adding() as t:
        told = {k.key: k for k in t.told(dict.fromkeys((*one.claims, *one.others)))}
        _check(one, told)
        if one.seen is not None:
            by = overtaken(t, one.seen, one.shown or told, () if one.blind else told)
            if by is not None:
                return Overtaken(by)
        before = decided(t)
        target, was, after = _row(t, one, told, before)
        number = t.add_verdict(one.who, one.action, target, before=was, after=after, note=one.note)
        if one.blind or one.action == GRADE:
            return Done(number)
        now = decided(t)
        if one.action == MERGE:
            _check_merge(t, one, now)
        return Done(number, tuple(refresh(t, before, now, lexicon)))


def undo(store: Store, number: int, who: str, lexicon: Lexicon, *, note: str | None = None) -> Done | Overtaken:
    """Takes a verdict back, by a verdict of its own; where that was done before, by whom.

    Raises `InputError` for no such verdict, and for an undoing, which is not undone but decided anew.
    """
    with store.adding() as t:
        found = t.verdict(number)
        if found is None or found.action == UNDO:
            raise InputError(_PLACE, f"no verdict {number} that can be undone", "the number of a verdict in force")
        if found.undone_by is not None:
            first = t.verdict(found.undone_by)
            return Overtaken(() if first is None else (first,))
        before = decided(t)
        undone = t.undo(number, who, note=note)
        return Done(undone, tuple(refresh(t, before, decided(t), lexicon)))


def slots(claim: Claim) -> dict[str, Json]:
    """A claim's values that can be edited, as JSON has them."""
    # Through JSON, so that a list is a list: it is compared with what was sent.
    found: dict[str, Json] = msgspec.json.decode(msgspec.json.encode({n: getattr(claim, n) for n in EDITABLE}))
    return found


def _row(t: Adding, one: Judgement, told: Mapping[str, Told], before: Decided) -> tuple[Json, Json, Json]:
    """The verdict's target, what stood before, and what is to stand after."""
    places = [msgspec.to_builtins(ref(told[key])) for key in dict.fromkeys(one.claims)]
    beside = [msgspec.to_builtins(ref(told[key])) for key in dict.fromkeys(one.others)]
    if one.action in (MERGE, SPLIT):
        target: dict[str, Json] = {"claims": places + (beside if one.action == MERGE else [])}
        target |= {FROM: beside} if one.action == SPLIT else {}
        return target, {"deals": dict(sorted(t.deals_of(told).items()))}, None
    key = one.claims[0]
    earlier = {} if one.blind else before.edits.get(key)
    was = slots(edited(told[key].claim, earlier, key) if earlier else told[key].claim)
    target = {"claim": places[0]}
    if one.blind:
        first = [v for v in docket(t).standing(key) if v.who != one.who and not is_blind(v)]
        target |= {BLIND: True, "beside": first[-1].id if first else None}
    if one.action == GRADE:
        return target, None, dict(one.after)
    # An edit holds all that persons set, so that the latest one alone says what the claim is.
    kept = {**earlier, **one.after} if isinstance(earlier, dict) else dict(one.after)
    return target, was, kept if one.action == EDIT else None


def _check(one: Judgement, told: Mapping[str, Told]) -> None:
    missing = [key for key in (*one.claims, *one.others) if key not in told]
    if missing or not one.claims:
        raise InputError(_PLACE, f"no claim {missing[0]!r}" if missing else "no claim", "a claim's key")
    if one.action not in ACTIONS:
        raise InputError(_PLACE, f"an action {one.action!r}", ", ".join(ACTIONS))
    if one.action in (MERGE, SPLIT):
        if not one.others or set(one.claims) & set(one.others):
            raise InputError(_PLACE, f"a {one.action} of one side", "claims of two sides, none on both")
        if len(told) > MOST_CLAIMS:
            raise InputError(_PLACE, f"a {one.action} of {len(told):,} claims", f"at most {MOST_CLAIMS:,}")
    elif len(one.claims) != 1 or one.others:
        raise InputError(_PLACE, f"a verdict to {one.action} {len(told)} claims", "one claim")
    if one.blind and one.action not in DECISIONS:
        raise InputError(_PLACE, f"a blind verdict to {one.action}", ", ".join(DECISIONS))
    check_characters([one.who, one.note], _PLACE)
    if one.action == EDIT:
        packed = msgspec.json.encode(dict(one.after))
        if not one.after or len(packed) > MOST_JSON or b"\\u0000" in packed:
            raise InputError(_PLACE, f"an edit of {len(packed):,} characters", f"slots; at most {MOST_JSON:,}, no NUL")
        edited(told[one.claims[0]].claim, dict(one.after), one.claims[0])
    if one.action == GRADE:
        _check_grade(one.after)


def _check_grade(after: Mapping[str, Json]) -> None:
    source, information = str(after.get("source", "")), str(after.get("information", ""))
    fits = source in SOURCE_GRADES and information in INFORMATION_GRADES and len(source) == len(information) == 1
    if not fits or set(after) != {"source", "information"}:
        raise InputError(_PLACE, f"a grade {source}{information}", "source A to F and information 1 to 6")


def _check_merge(t: Adding, one: Judgement, now: Decided) -> None:
    """Raises `InputError` where an earlier split keeps apart what is merged: it holds until it is undone."""
    claims = {*one.claims, *one.others} - now.rejected
    sides = (claims.intersection(side) for side in (one.claims, one.others))
    if not all(sides):
        raise InputError(_PLACE, "a merge of claims that were rejected", "claims that stand: accept one first")
    if claims <= now.together.get(min(claims), frozenset()):
        return
    earlier = _bearing(t, claims, SPLIT)
    said = "; ".join(f"verdict {v.id} of {v.who} to split" for v in earlier[-3:])
    raise InputError(_PLACE, f"a merge against {said}", "that one undone first")


def _bearing(t: Adding, claims: Iterable[str], action: str) -> list[Verdict]:
    found = docket(t)
    named = {v.id: v for key in claims for v in found.standing(key, (action,))}
    return [named[n] for n in sorted(named)]
