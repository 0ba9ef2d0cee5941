"""How the parties answered: the responses of a document that bear on a deal, and to how much of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sayso.ledger.parties import Sides, for_body, is_body, is_side, names_body
from sayso.lexicon import Lexicon, tokens
from sayso.linking.levels import MAKING
from sayso.linking.speakers import plain
from sayso.linking.telling import Telling, main
from sayso.model import Answer, Claim, Kind, Polarity, Response, ResponseType, Scope, Span
from sayso.text.names import countries_of

REFUSING = (ResponseType.DENIED, ResponseType.DISMISSED)


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer with what the ledger's rules ask of it.

    `party` is true where a party, its government or somebody for it answers; `unlimited` where the
    words stand beside the deal's claims and tell no limit of what they deny.
    """

    answer: Answer
    party: bool
    unlimited: bool


@dataclass(frozen=True, slots=True)
class Marks:
    """What words of a deal tell it from all others: type names and figures, as tokens."""

    designations: frozenset[tuple[str, ...]]
    figures: frozenset[str]


def marks(telling_of: Iterable[Telling]) -> Marks:
    claims = [t for telling in telling_of for t in telling.claims]
    bounds = {b for t in main(claims) if (q := t.claim.quantity) for b in (q.min, q.max) if b is not None}
    names = {tokens(d) for t in claims for d in t.claim.designations}
    return Marks(frozenset(names), frozenset(f"{b:.0f}" for b in bounds if b > 1))


def heard(telling: Telling, sides: Sides, deal: Marks, lexicon: Lexicon) -> tuple[Heard, ...]:
    """The answers of a document, in text order, each once: what its responses say, and its denied
    claims between the same parties that no response tells."""
    text = telling.reading.document.text
    found: list[Heard] = []
    speaks_for_party: set[tuple[str, ...]] = set()
    lead = _leads(telling)
    for r in sorted(telling.reading.responses, key=lambda r: (r.evidence, r.type.value, r.responder)):
        body = _is_for_body(r, text, sides) or tokens(r.responder) in speaks_for_party
        if body:
            speaks_for_party.add(tokens(r.responder))
        party = body or is_side(r.responder, sides, lexicon)
        if not party and not _beside(r.evidence, telling, 0) and not (lead and r.scope is Scope.SPECIFIC):
            continue
        scope = _scope(r, telling, body, sides, deal)
        unlimited = r.scope in (Scope.UNKNOWN, Scope.SPECIFIC) and _beside(r.evidence, telling, 0)
        words = r.evidence.of(text)
        _add(
            found,
            Heard(
                Answer(plain(r.responder, lexicon), r.type, scope, telling.document, words, r.evidence),
                party,
                unlimited,
            ),
        )
    unaware = {
        c for h in found if h.answer.type is ResponseType.NOT_AWARE for c in countries_of(h.answer.responder, lexicon)
    }
    for claim in _denials(telling, sides, lexicon):
        if unaware & set(countries_of(claim.voices[0].name, lexicon)):
            continue  # who says that he knows nothing denies nothing
        named = _is_of_deal(claim.evidence.of(text), sides, deal) or _shares(claim, deal)
        scope = Scope.SPECIFIC if named else Scope.BROADER
        who, words = plain(claim.voices[0].name, lexicon), claim.evidence.of(text)
        answer = Answer(who, ResponseType.DENIED, scope, telling.document, words, claim.evidence)
        _add(found, Heard(answer, True, False))
    return tuple(sorted(found, key=lambda h: (h.answer.span, h.answer.type.value)))


def _leads(telling: Telling) -> bool:
    """Whether the document is about this deal: its first claim of an undertaking is the deal's, so that
    who answers what the document is about answers this."""
    claims = [c for c in telling.reading.claims if c.kind in MAKING and c.polarity is Polarity.AFFIRMED]
    first = min(claims, key=lambda c: c.evidence, default=None)
    return first is not None and any(t.claim.evidence.overlaps(first.evidence) for t in telling.claims)


def _add(found: list[Heard], new: Heard) -> None:
    """Adds an answer that the document has not given yet."""
    a = new.answer
    for h in found:
        b = h.answer
        words, other = set(tokens(a.responder)), set(tokens(b.responder))
        same = words <= other or other <= words or a.span.overlaps(b.span)
        if same and a.type is b.type and (a.scope is b.scope or a.span.overlaps(b.span)):
            return
    found.append(new)


def _is_for_body(r: Response, text: str, sides: Sides) -> bool:
    """Whether a firm that is a party answers, or somebody for it."""
    if is_body(r.responder, sides) or for_body(r.responder, sides):
        return True
    if r.responder_span is None:
        return False
    after = text[r.responder_span.end : r.responder_span.end + 100]
    return for_body(r.responder_span.of(text), sides) or for_body(after, sides)


def _scope(r: Response, telling: Telling, body: bool, sides: Sides, deal: Marks) -> Scope:
    """How the answer meets the deal. What the reading found stands. Else: whoever keeps silent or
    knows nothing does so on what he was asked; a firm that denies does so of its own deal; others
    deny the deal where they name its firm, type or number, and otherwise something wider. A denial
    of "the charge" is one of the charge before it, which may be another than the deal."""
    if r.type in REFUSING and r.scope is Scope.SPECIFIC and not body and _to_another(r, telling):
        return Scope.BROADER
    if r.scope is not Scope.UNKNOWN:
        return r.scope
    if r.type not in REFUSING or body:
        return Scope.SPECIFIC
    text = telling.reading.document.text
    denied = [c for c in telling.reading.claims if _denied(c) and c.evidence.overlaps(r.evidence)]
    words = r.evidence.of(text)
    if r.responder_span and r.evidence.covers(r.responder_span):
        words = text[r.responder_span.end : r.evidence.end]
    named = _is_of_deal(words, sides, deal) or any(_shares(c, deal) for c in denied)
    return Scope.SPECIFIC if named else Scope.BROADER


def _to_another(r: Response, telling: Telling) -> bool:
    """Whether the last claim before a response is none of the deal's."""
    ours = [t.claim.evidence for t in telling.claims]
    before = [c.evidence for c in telling.reading.claims if c.evidence.end <= r.evidence.start and not _denied(c)]
    if not before or any(r.evidence.overlaps(e) for e in ours):
        return False
    last = max(before, key=lambda e: e.end)
    return not any(last.overlaps(e) for e in ours)


def _is_of_deal(words: str, sides: Sides, deal: Marks) -> bool:
    """Whether words name the deal's firm, type or number."""
    said = tokens(words)
    runs = {said[i : i + n] for n in {len(d) for d in deal.designations} for i in range(len(said) - n + 1)}
    return names_body(words, sides) or bool(runs & deal.designations) or bool(set(said) & deal.figures)


def _shares(claim: Claim, deal: Marks) -> bool:
    return any(tokens(d) in deal.designations for d in claim.designations)


def _denied(claim: Claim) -> bool:
    return claim.polarity is Polarity.DENIED and (claim.kind in MAKING or claim.kind is Kind.USE)


def _denials(telling: Telling, sides: Sides, lexicon: Lexicon) -> list[Claim]:
    """The denied claims that a side of the deal makes about dealings between its sides."""
    theirs, ours = set(sides.supplier.countries), set(sides.recipient.countries)
    found = []
    for claim in telling.reading.claims:
        if not _denied(claim) or not claim.voices or not is_side(claim.voices[0].name, sides, lexicon):
            continue
        supplier = {c for p in claim.supplier for c in (p.countries or countries_of(p.name, lexicon))}
        recipient = {c for p in claim.recipient for c in p.countries}
        if (not supplier or supplier & theirs) and (not recipient or recipient & ours):
            found.append(claim)
    return found


def _beside(span: Span, telling: Telling, paragraphs: int) -> bool:
    """Whether a span stands within so many paragraphs of a claim of the deal."""
    text = telling.reading.document.text
    return any(_between(span, t.claim.evidence, text) <= paragraphs for t in telling.claims)


def _between(a: Span, b: Span, text: str) -> int:
    start, end = min(a.end, b.end), max(a.start, b.start)
    return text[start:end].count("\n\n") if start < end else 0
