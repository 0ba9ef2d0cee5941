"""What each document states that its telling of a deal rests on.

A chain runs from the nearest source to the furthest: first an agency that the document credits as a
whole, then the outlets among the voices of its claims in the deal. A citation that belongs to other
claims does not enter.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from sayso.lexicon import Lexicon
from sayso.linking import outlets
from sayso.linking.levels import MAKING
from sayso.linking.speakers import reacting, speaker
from sayso.linking.telling import Telling, undertakings, weight
from sayso.model import Claim, Origin, Polarity, Reading, Relation, Zone

Chain = tuple[str, ...]
COMMON, COMMON_SHARE = 3, 0.3  # documents, and share of the deal's, that cite an outlet common to them
LEAST_SHARE = 0.25  # of the weight behind an outlet, for a fuller chain to it to count
_PARAGRAPH = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Stated:
    """What one document states. Names are keys (`outlets.key`, `speakers.identity`).

    `carrier` is the agency or outlet that it credits as a whole; `cited` the outlets that its claims
    come through, nearest first; `speakers` whom it quotes itself, the most telling first; `through`
    the speaker that the cited outlet's telling stands on. `how` says where the chain was found.
    """

    document: str
    own: frozenset[str]
    outlet: str
    said: dt.date | None
    carrier: str | None = None
    cited: Chain = ()
    speakers: tuple[str, ...] = ()
    through: str | None = None
    how: str = ""
    sourced: bool = False  # it tells of sources of its own, named or not

    @property
    def chain(self) -> Chain:
        return ((self.carrier,) if self.carrier else ()) + self.cited


@dataclass(frozen=True, slots=True)
class _Votes:
    """The weight behind each chain, behind the document's own sources, and behind no voice at all;
    `own_first`: the first claim with a voice has one of the document's own sources."""

    cited: Counter[Chain] = field(default_factory=Counter)
    own: int = 0
    voiceless: int = 0
    own_first: bool = False

    @property
    def reports(self) -> bool:
        """Whether the document reports by itself, and cites others beside: its own sources come first
        and carry more."""
        return self.own_first and self.own > sum(self.cited.values())


def stated(telling_of: Mapping[str, Telling], lexicon: Lexicon) -> dict[str, Stated]:
    """The chains of the documents that were read, by document key."""
    hosts = {d: outlets.own_keys(t.reading.document, lexicon) for d, t in telling_of.items()}
    votes = {d: _votes(t, hosts[d], lexicon) for d, t in telling_of.items()}
    first = {d: _likeliest(v.cited) for d, v in votes.items()}
    found = {}
    for d, telling in telling_of.items():
        others = {c[-1] for e, c in first.items() if e != d and c} | {k for e in hosts if e != d for k in hosts[e]}
        found[d] = _document(telling, votes[d], others, hosts[d], lexicon)
    found = _with_common(found, telling_of, lexicon)
    pairs = {pair for s in found.values() for pair in itertools.pairwise(s.chain)}
    ends = {s.cited[-1] for s in found.values() if s.cited}
    found = {d: _with_end(s, telling_of[d], pairs, ends, lexicon) for d, s in found.items()}
    return {d: _with_agency(s, telling_of[d], pairs, lexicon) for d, s in found.items()}


def _with_common(found: Mapping[str, Stated], telling_of: Mapping[str, Telling], lexicon: Lexicon) -> dict[str, Stated]:
    """A document whose claims come through no outlet, or through one that nobody else names, but which
    cites the outlet that most documents of the deal cite, has its telling from there: whose words a claim
    is may have been misread."""
    cited = {d: {outlets.key(o.name, lexicon) for o in t.reading.origins} for d, t in telling_of.items()}
    counts = Counter(n for d, names in cited.items() for n in names | set(found[d].cited))
    least = max(COMMON, COMMON_SHARE * len(found))
    common = [n for n, count in counts.items() if count >= least]
    common.sort(key=lambda n: (outlets.is_agency(n, lexicon), -counts[n], n))
    out = dict(found)
    for d, s in found.items():
        near = [n for n in common if n in cited[d] and not outlets.is_own(n, s.own)]
        alone = bool(s.cited) and counts[s.cited[-1]] == 1  # nobody else has it from there
        if (not s.cited or alone) and near and near[0] != s.carrier:
            out[d] = replace(s, cited=(near[0],), how="cites", through=None)
    return out


def claim_chain(claim: Claim, own: frozenset[str], known: Iterable[str], lexicon: Lexicon) -> Chain:
    """The outlets a claim comes through, nearest first, without the document's own. A description
    ("a German weekly") is the one known outlet that it fits, or is left out."""
    found: list[str] = []
    for voice in reversed(claim.voices):
        if not outlets.as_outlet(voice, lexicon):
            continue
        name: str | None = outlets.key(voice.name, lexicon)
        if outlets.is_description(voice.name, lexicon):
            name = outlets.described(voice.name, known, lexicon)
        if name and name not in found and not outlets.is_own(name, own):
            found.append(name)
    return tuple(found)


def named_outlets(reading: Reading, lexicon: Lexicon) -> set[str]:
    """The keys of the outlets that a document names as origins or voices."""
    names = [o.name for o in reading.origins]
    names += [v.name for c in reading.claims for v in c.voices if outlets.as_outlet(v, lexicon)]
    return {outlets.key(n, lexicon) for n in names if not outlets.is_description(n, lexicon)}


def _votes(telling: Telling, own: frozenset[str], lexicon: Lexicon) -> _Votes:
    around = named_outlets(telling.reading, lexicon)
    cited: Counter[Chain] = Counter()
    quoted = voiceless = 0
    first: bool | None = None
    for told in sorted(telling.claims, key=lambda t: t.claim.evidence):
        claim = told.claim
        if claim.polarity is Polarity.DENIED:
            continue
        chain = claim_chain(claim, own, around, lexicon)
        if chain:
            cited[chain] += weight(claim)
            first = False if first is None else first
        elif claim.kind in MAKING:
            named = [v for v in claim.voices if not outlets.as_outlet(v, lexicon)]
            theirs = bool(named) and claim.zone is not Zone.HEADLINE
            quoted += weight(claim) if theirs else 0
            voiceless += 0 if theirs else weight(claim)
            first = True if theirs and first is None else first
    return _Votes(cited, quoted, voiceless, bool(first))


def _likeliest(cited: Counter[Chain], among: set[str] | None = None) -> Chain:
    """The fullest chain of some weight to the outlet that most of the weight comes down to."""
    ends: Counter[str] = Counter()
    for chain, w in cited.items():
        if among is None or chain[-1] in among:
            ends[chain[-1]] += w
    if not ends:
        return ()
    end = min(ends, key=lambda e: (-ends[e], e))
    fitting = [c for c, w in cited.items() if c[-1] == end and w >= LEAST_SHARE * ends[end]]
    fitting = fitting or [c for c in cited if c[-1] == end]
    return min(fitting, key=lambda c: (-len(c), -cited[c], c))


def _document(telling: Telling, votes: _Votes, others: set[str], own: frozenset[str], lexicon: Lexicon) -> Stated:
    """The chain of one document. An outlet that other documents of the deal come down to counts before
    one that only this document names, which must outweigh what is told without it."""
    chain, how = _likeliest(votes.cited, others), "cites"
    if not chain and sum(votes.cited.values()) > votes.own + votes.voiceless:
        chain = _likeliest(votes.cited)
    if votes.reports:
        chain = ()
    carrier = _carrier(telling.reading, chain, own, lexicon)
    if not chain and not votes.own:
        chain, how = _elsewhere(telling, others - {carrier or ""}, own, lexicon)
    if carrier and (carrier in chain or any(outlets.is_agency(c, lexicon) for c in chain)):
        carrier = None
    told_by = min(own, default="")
    d = telling.reading.document
    outlet = outlets.key(d.outlet, lexicon) if d.outlet else told_by
    how = how if chain else ""
    found = Stated(telling.document, own, outlet, telling.said, carrier, chain, how=how, sourced=votes.own > 0)
    return replace(
        found, speakers=_speakers(telling, bool(chain), own, lexicon), through=_through(telling, chain, own, lexicon)
    )


def _carrier(reading: Reading, chain: Chain, own: frozenset[str], lexicon: Lexicon) -> str | None:
    """Whom the document credits as a whole: by its dateline, else in a credit; agencies first."""
    rank = {Relation.WIRE: 0, Relation.CREDIT: 1}
    found = [
        (rank[o.relation], not outlets.is_agency(name, lexicon), o.span or (0, 0), name)
        for o in reading.origins
        if o.relation in rank
        and not outlets.is_description(o.name, lexicon)
        and not outlets.is_own(name := outlets.key(o.name, lexicon), own)
        and name not in chain[-1:]
    ]
    return min(found)[-1] if found else None


def _elsewhere(telling: Telling, others: set[str], own: frozenset[str], lexicon: Lexicon) -> tuple[Chain, str]:
    """Where no claim has a voice: the one outlet cited in the document that others come down to;
    else the one that the claims' own paragraphs link to."""
    named = {outlets.key(o.name, lexicon) for o in telling.reading.origins}
    cited = {name for name in named & others if not outlets.is_own(name, own)}
    if len(cited) == 1:
        return tuple(cited), "cites"
    document = telling.reading.document
    near = [_paragraph(document.text, t.claim.evidence.start) for t in telling.claims]
    links = [k for k in document.links if any(a <= k.span.start < b for a, b in near)]
    targets = filter(None, (outlets.at_address(k.target, lexicon) for k in links))
    linked = {name for name in targets if not outlets.is_own(name, own)}
    return (tuple(linked), "links to") if len(linked) == 1 else ((), "")


def _paragraph(text: str, at: int) -> tuple[int, int]:
    start = max((m.end() for m in _PARAGRAPH.finditer(text, 0, at)), default=0)
    after = _PARAGRAPH.search(text, at)
    return start, after.start() if after else len(text)


def _speakers(telling: Telling, cites: bool, own: frozenset[str], lexicon: Lexicon) -> tuple[str, ...]:
    """Whom the document quotes by name with no outlet between, the most telling first; a headline
    alone quotes nobody, and who denies the report or knows nothing of it is no source of it. Beside a
    cited report only those who tell of the type or the number itself and are no party to the deal: the
    words of a party there are more likely the report's."""
    weights: Counter[str] = Counter()
    against = reacting(telling.reading, lexicon)
    for told in undertakings(telling.claims):
        c = told.claim
        if not c.voices or c.zone is Zone.HEADLINE or any(outlets.as_outlet(v, lexicon) for v in c.voices):
            continue
        who = speaker(c.voices[0], lexicon)
        if who is None or who in against or outlets.is_own(who, own):
            continue
        if cites and (not (c.designations or c.quantity) or _is_party(who, c, lexicon)):
            continue
        weights[who] += weight(c)
    return tuple(sorted(weights, key=lambda w: (-weights[w], w)))


def _is_party(who: str, claim: Claim, lexicon: Lexicon) -> bool:
    codes = {f"government of {c}" for p in (*claim.supplier, *claim.recipient) for c in p.countries}
    names = [set(p.name.lower().split()) for p in (*claim.supplier, *claim.recipient)]
    return who in codes or any(set(who.lower().split()) & n for n in names)


def _through(telling: Telling, chain: Chain, own: frozenset[str], lexicon: Lexicon) -> str | None:
    """The one speaker on whom most of what comes through the chain stands."""
    if not chain:
        return None
    weights: Counter[str | None] = Counter()
    for told in undertakings(telling.claims):
        if claim_chain(told.claim, own, chain, lexicon)[-1:] == chain[-1:]:
            weights[speaker(told.claim.voices[0], lexicon)] += weight(told.claim)
    top = min(weights, key=lambda w: (-weights[w], w or ""), default=None)
    return top if top and weights[top] * 2 > sum(weights.values()) else None


def _with_end(s: Stated, telling: Telling, pairs: set[tuple[str, str]], ends: set[str], lexicon: Lexicon) -> Stated:
    """A chain that stops at an agency goes on to an outlet that the document cites too, where other
    documents of the deal say that the agency has it from there."""
    if not s.chain or not outlets.is_agency(s.chain[-1], lexicon):
        return s
    cited = {outlets.key(o.name, lexicon) for o in telling.reading.origins if o.relation is Relation.CITES}
    on = sorted(n for n in cited & ends if (s.chain[-1], n) in pairs and not outlets.is_own(n, s.own))
    return replace(s, cited=(*s.cited, on[0]), how=s.how or "cites") if on and on[0] not in s.chain else s


def _with_agency(s: Stated, telling: Telling, pairs: set[tuple[str, str]], lexicon: Lexicon) -> Stated:
    """An agency that the document cites goes before the chain where it is said to retell it: here, or
    in other documents of the deal."""
    if s.carrier or not s.cited or any(outlets.is_agency(c, lexicon) for c in s.cited):
        return s
    for o in sorted(telling.reading.origins, key=lambda o: (o.span or (0, 0), o.name)):
        name = outlets.key(o.name, lexicon)
        if not outlets.is_agency(name, lexicon) or outlets.is_own(name, s.own):
            continue
        if _retells(o, s.cited[0], telling.reading, lexicon) or (
            (name, s.cited[0]) in pairs and not _for_another_claim(name, telling, lexicon)
        ):
            return replace(s, carrier=name, how=f"cites {{{name}}} for")
    return s


def _retells(agency: Origin, outlet: str, reading: Reading, lexicon: Lexicon) -> bool:
    """Whether what the agency is cited for holds the outlet's name."""
    if agency.span is None:
        return False
    named = [o.span for o in reading.origins if o.span and outlets.key(o.name, lexicon) == outlet]
    said = [a.content for a in reading.attributions if any(s.overlaps(agency.span) for s in a.source)]
    return any(c.covers(n) for content in said for c in content for n in named)


def _for_another_claim(agency: str, telling: Telling, lexicon: Lexicon) -> bool:
    """Whether the agency speaks only for claims between other parties than the deal's."""
    ours = {p for t in telling.claims for p in _parties(t.claim)}
    theirs = [
        c for c in telling.reading.claims
        if any(outlets.as_outlet(v, lexicon) and outlets.key(v.name, lexicon) == agency for v in c.voices)
    ]  # fmt: skip
    return bool(theirs) and not any(_parties(c) & ours for c in theirs)


def _parties(claim: Claim) -> set[str]:
    return {code for p in (*claim.supplier, *claim.recipient) for code in p.countries}
