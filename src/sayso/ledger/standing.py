"""How a deal stands, by rules that can be read. Never true or false.

| standing | rule |
|---|---|
| single-origin | one independent origin, or none that is known |
| multi-origin | two or more |
| party-confirmed | a party itself says that it is so, with no outlet between |
| denied | a party, its government or somebody for it denies this very thing |
| partly-denied | it denies something wider or narrower, or dismisses the report; and nobody denies this |
| withdrawn | it is said to be cancelled, and on no later day to go on |
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sayso.ledger.answers import Heard
from sayso.ledger.parties import Sides, speaks_itself
from sayso.lexicon import Lexicon
from sayso.linking import outlets
from sayso.linking.chains import Stated
from sayso.linking.levels import ORDER
from sayso.linking.telling import Telling, by_day, sure, undertakings
from sayso.model import ResponseType, Root, Scope, Stage, Stand, Standing, Told, Zone

MOST_NAMED = 4  # documents that a reason names


def standing(
    roots: Sequence[Root],
    telling_of: Mapping[str, Telling],
    stated: Mapping[str, Stated],
    heard: Mapping[str, Sequence[Heard]],
    sides: Sides,
    lexicon: Lexicon,
) -> tuple[Stand, ...]:
    """Every standing that a rule gives, with what it rests on."""
    found = [_origins(roots), _confirmed(telling_of, stated, heard, sides, lexicon), _denied(heard)]
    found.append(_withdrawn([t for telling in telling_of.values() for t in telling.claims]))
    return tuple(s for s in found if s)


def _origins(roots: Sequence[Root]) -> Stand:
    if not roots:
        return Stand(Standing.SINGLE_ORIGIN, "no origin is known")
    if len(roots) == 1:
        return Stand(Standing.SINGLE_ORIGIN, f"one origin: {roots[0].path}")
    return Stand(Standing.MULTI_ORIGIN, f"{len(roots)} origins: " + "; ".join(r.name for r in roots))


def _confirmed(
    telling_of: Mapping[str, Telling],
    stated: Mapping[str, Stated],
    heard: Mapping[str, Sequence[Heard]],
    sides: Sides,
    lexicon: Lexicon,
) -> Stand | None:
    """A party's confirmation of the allegation, or its own word for it where nothing is cited."""
    places: dict[str, str] = {}
    for document, answers in heard.items():
        for h in answers:
            a = h.answer
            if a.type is ResponseType.CONFIRMED and h.party and speaks_itself(a.responder, sides, lexicon):
                places.setdefault(document, a.responder)
    for document, telling in telling_of.items():
        if stated[document].cited:
            continue
        for told in undertakings(telling.claims):
            voices = told.claim.voices
            if voices and not any(outlets.as_outlet(v, lexicon) for v in voices) and _says_so(told, sides, lexicon):
                places.setdefault(document, voices[0].name)
    if not places:
        return None
    who = sorted(set(places.values()))
    return Stand(Standing.PARTY_CONFIRMED, f"{', '.join(who)} {_say(who)} so: {_named(places)}")


def _say(who: Sequence[str]) -> str:
    return "says" if len(who) == 1 else "say"


def _says_so(told: Told, sides: Sides, lexicon: Lexicon) -> bool:
    voice = told.claim.voices[0]
    c = told.claim
    sure_of_it = not c.hedged and sure(c, "polarity") and c.zone is not Zone.HEADLINE
    return sure_of_it and speaks_itself(voice.name, sides, lexicon)


def _denied(heard: Mapping[str, Sequence[Heard]]) -> Stand | None:
    by_party = [h.answer for answers in heard.values() for h in answers if h.party]
    denials = [a for a in by_party if a.type is ResponseType.DENIED]
    specific = [a for a in denials if a.scope is Scope.SPECIFIC]
    if specific:
        who = sorted({a.responder for a in specific})
        return Stand(Standing.DENIED, f"{', '.join(who)} denied it: {_named([a.document for a in specific])}")
    partly = denials + [a for a in by_party if a.type is ResponseType.DISMISSED]
    if not partly:
        return None
    who = sorted({a.responder for a in partly})
    places = _named([a.document for a in partly])
    return Stand(Standing.PARTLY_DENIED, f"{', '.join(who)} denied more or less than this, or dismissed it: {places}")


def _withdrawn(tolds: Sequence[Told]) -> Stand | None:
    said = sorted((t for t in undertakings(tolds) if sure(t.claim, "stage")), key=lambda t: by_day(t.said, t.key))
    cancelled = [t for t in said if t.claim.stage is Stage.CANCELLED and not t.claim.hedged]
    if not cancelled:
        return None
    days = [t.said for t in cancelled if t.said]
    goes_on = [t for t in said if t.claim.stage in ORDER and t.said and days and t.said > max(days)]
    if goes_on:
        return None
    return Stand(Standing.WITHDRAWN, f"said to be cancelled: {_named([t.document for t in cancelled])}")


def _named(documents: Sequence[str] | Mapping[str, str]) -> str:
    """Documents by key, at most a few."""
    found = sorted(set(documents))
    rest = f" and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
    return ", ".join(found[:MOST_NAMED]) + rest
