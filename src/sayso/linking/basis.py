"""What a document says that its telling of a deal stands on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sayso.lexicon import Lexicon
from sayso.linking import outlets
from sayso.linking.chains import Stated, claim_chain
from sayso.linking.speakers import reacting, speaker
from sayso.linking.telling import Telling, undertakings, weight
from sayso.model import Basis, Claim, Polarity, Told

# The stronger the later. "Without citing sources" says more than nothing, so "unstated" has no place.
STRENGTH = (Basis.UNCITED, Basis.ANONYMOUS, Basis.DOCUMENT, Basis.NAMED, Basis.DIRECT)
_OF_OUTLETS = (Basis.UNCITED, Basis.ANONYMOUS, Basis.UNSTATED)


def of_claim(claim: Claim, lexicon: Lexicon) -> Basis:
    """A claim's basis; what is said of a person does not hold of a voice that is an outlet."""
    if not claim.voices:
        return Basis.UNSTATED if claim.basis in (Basis.NAMED, Basis.DIRECT) else claim.basis
    if outlets.as_outlet(claim.voices[0], lexicon) and claim.basis not in _OF_OUTLETS:
        return Basis.UNSTATED
    if claim.basis is Basis.NAMED and claim.voices[0].name.islower():  # "its own sources"
        return Basis.ANONYMOUS
    return claim.basis


def claims_behind(telling: Telling, stated: Stated, lexicon: Lexicon) -> list[Told]:
    """The undertakings that come through the document's chain, or through no outlet where it has none;
    all affirmed claims where no undertaking does."""
    end = stated.cited[-1:]
    against = reacting(telling.reading, lexicon)
    affirmed = [
        t
        for t in telling.claims
        if t.claim.polarity is Polarity.AFFIRMED
        and not (t.claim.voices and speaker(t.claim.voices[0], lexicon) in against)
    ]
    fitting = [t for t in affirmed if claim_chain(t.claim, stated.own, stated.cited, lexicon)[-1:] == end]
    return undertakings(fitting) or fitting or affirmed


def basis(telling: Telling, stated: Stated, lexicon: Lexicon) -> Basis:
    """What the document says of its cited outlet's sources, wherever it says it; else the basis that most
    of its claims have, by weight, unstated only where none has one."""
    if stated.cited:
        said = Counter(b for c in telling.reading.claims if (b := _of_outlet(c, stated, lexicon)) in _OF_OUTLETS[:2])
        if said:
            return most(said)
        if not any(_through(t.claim, stated, lexicon) for t in telling.claims):
            return Basis.UNSTATED  # its claims have other voices, which are not the outlet's
    weights: Counter[Basis] = Counter()
    for told in claims_behind(telling, stated, lexicon):
        weights[of_claim(told.claim, lexicon)] += weight(told.claim)
    return most(weights)


def _through(claim: Claim, stated: Stated, lexicon: Lexicon) -> bool:
    return claim_chain(claim, stated.own, stated.cited, lexicon)[-1:] == stated.cited[-1:]


def _of_outlet(claim: Claim, stated: Stated, lexicon: Lexicon) -> Basis | None:
    """The basis of a claim whose innermost voice is the cited outlet itself."""
    if not claim.voices or not outlets.as_outlet(claim.voices[0], lexicon) or not _through(claim, stated, lexicon):
        return None
    return of_claim(claim, lexicon)


def most(weights: Counter[Basis]) -> Basis:
    said = [b for b in STRENGTH if weights[b]]
    return min(said, key=lambda b: (-weights[b], STRENGTH.index(b)), default=Basis.UNSTATED)


def strongest(telling: Telling, stated: Stated, lexicon: Lexicon) -> tuple[Basis, Told] | None:
    """The strongest basis that the document gives a claim out of its chain, and the claim; a person or
    body counts where it has a name."""
    found = []
    for told in claims_behind(telling, stated, lexicon):
        b = of_claim(told.claim, lexicon)
        if b not in STRENGTH:
            continue
        if b in (Basis.NAMED, Basis.DIRECT) and speaker(told.claim.voices[0], lexicon) is None:
            continue
        found.append((STRENGTH.index(b), weight(told.claim), told))
    if not found:
        return None
    level, _, told = max(found, key=lambda f: f[:2])
    return STRENGTH[level], told


def consensus(bases: Iterable[Basis]) -> Basis:
    """What most say, unstated left out; of two as frequent the weaker."""
    return most(Counter(bases))
