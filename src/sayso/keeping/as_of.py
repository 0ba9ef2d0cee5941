"""What was known of a deal on a day: its entry from what was said on or before it.

The deal is the one of today, so that its claims are found by all that is known now; what it says of
origins, standing, drift and the rest is derived anew from the claims and documents of that time.
Verdicts hold as they stand today.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from sayso.keeping.mentions import deal_keys
from sayso.keeping.verdicts import Decided
from sayso.ledger import entry
from sayso.lexicon import Lexicon
from sayso.model import Deal, Told
from sayso.store import Look


@dataclass(frozen=True, slots=True)
class Known:
    """`deal` is None where nothing was said by the day. `later` and `undated` count the documents that
    were left out: said after it, and of no known day."""

    deal: Deal | None
    later: int = 0
    undated: int = 0


def as_of(look: Look, deal: Deal, day: dt.date, lexicon: Lexicon, verdicts: Decided) -> Known:
    """The deal as it was known at the end of a day, under its id of today."""
    tolds = verdicts.told(look, deal.claims)
    known = {key: told for key, told in tolds.items() if _said_by(told, day)}
    documents = {told.document for told in known.values()}
    if not known:
        return _counted(None, deal, day)
    mentioned = {key: look.document(key) for key in sorted(look.mentioning(deal_keys(known.values(), lexicon)))}
    other = {key: d for key, d in mentioned.items() if d.published is not None and d.published <= day}
    groups = {key: group for key, group in look.groups([*documents, *other]).items() if group is not None}
    found = entry(known.values(), dict(look.readings(sorted(documents))), groups, other, lexicon)
    return _counted(replace(found, id=deal.id), deal, day)


def _said_by(told: Told, day: dt.date) -> bool:
    """Whether it was surely said by the end of a day; of a month or a year alone, its last day."""
    last = told.said or (told.said_between.end if told.said_between else None)
    return last is not None and last <= day


def _counted(found: Deal | None, deal: Deal, day: dt.date) -> Known:
    """With the witnesses of today that were left out."""
    later = sum(w.said is not None and w.said > day for w in deal.witnesses)
    kept = {w.document for w in found.witnesses} if found else set()
    return Known(found, later, sum(w.said is None and w.document not in kept for w in deal.witnesses))
