"""How far reviewers agree, as a page."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.export import words
from sayso.keeping.agreement import ACTION, Opinions, agreements, by_reviewers, final, opinions
from sayso.keeping.verdicts import EDITABLE, REJECT
from sayso.web.review.desk import Reviewer, docket_of
from sayso.web.review.queue import claim_address, told
from sayso.web.state import Reader

_MOST = 200  # disagreements listed


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """A question; `kappa` is None where no disagreement was to be expected."""

    what: str
    claims: int
    same: int
    percent: float
    kappa: float | None


@dataclass(frozen=True, slots=True)
class AgreementOf:
    """Two reviewers over the claims that both decided on unseen by each other."""

    a: str
    b: str
    claims: int
    rows: tuple[AgreementRow, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    claim: str
    address: str
    a: str
    b: str
    slots: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AgreementPage:
    """`waiting`: claims that somebody has decided on and this reviewer has not."""

    between: tuple[AgreementOf, ...]
    differing: tuple[Disagreement, ...]
    waiting: int
    blind: bool
    may: bool


def agreement_page(reader: Reader, me: Reviewer) -> AgreementPage:
    found = docket_of(reader)
    pairs = [p for p in opinions(found) if not me.hides(p.claim, found)]
    between = tuple(_of(a, b, some) for (a, b), some in by_reviewers(pairs).items())
    differing = [d for d in map(_differing, pairs) if d is not None][:_MOST]
    waiting = sum(all(v.who != me.name for v in found.standing(c)) for c in found.reviewed())
    return AgreementPage(between, tuple(differing), waiting, me.blind, me.may)


def _of(a: str, b: str, pairs: list[Opinions]) -> AgreementOf:
    rows = tuple(
        AgreementRow(words.SLOT.get(r.what, r.what), r.claims, r.same, r.percent, r.kappa) for r in agreements(pairs)
    )
    return AgreementOf(a, b, len(pairs), rows)


def _differing(one: Opinions) -> Disagreement | None:
    a, b = one.first, one.second
    if REJECT in (a.action, b.action):
        slots = [ACTION] if a.action != b.action else []
    else:
        left, right = final(a), final(b)
        slots = [words.SLOT.get(s, s) for s in EDITABLE if left[s] != right[s]]
        slots += [ACTION] if not slots and a.action != b.action else []
    one_said, other_said = (f"{told(v.action)} by {v.who}" for v in (a, b))
    found = Disagreement(one.claim, claim_address(one.claim), one_said, other_said, tuple(slots))
    return found if slots else None
