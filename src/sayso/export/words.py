"""What a reading's values are called in plain English; shared by the terminal and the pages."""

from __future__ import annotations

import re
from typing import NamedTuple

from sayso.export.figures import NOT_STATED, day, interval, money, quantity
from sayso.model import (
    Basis,
    Category,
    Claim,
    Document,
    Kind,
    Origin,
    Party,
    Polarity,
    Reading,
    Relation,
    Response,
    ResponseType,
    Scope,
    Span,
    Stage,
    Standing,
    Voice,
    VoiceKind,
    Zone,
)

NO_OUTLET = "this outlet (name not stated)"

KIND = {
    Kind.TRANSFER: "transfer", Kind.PRODUCTION: "production", Kind.TECHNOLOGY_TRANSFER: "technology transfer",
    Kind.FUNDING: "funding", Kind.RESTRICTION: "restriction", Kind.SPECIFICATION: "specification", Kind.USE: "use",
}  # fmt: skip
# What the supplier and the recipient are called in each kind of claim.
ROLES = {
    Kind.TRANSFER: ("supplier", "recipient"), Kind.PRODUCTION: ("maker", "made for"),
    Kind.TECHNOLOGY_TRANSFER: ("supplier", "recipient"), Kind.FUNDING: ("payer", "recipient"),
    Kind.RESTRICTION: ("imposed by", "imposed on"), Kind.SPECIFICATION: ("maker", "user"),
    Kind.USE: ("arms from", "user"),
}  # fmt: skip
# Slots whose absence is worth saying, by kind; others are shown only where they are known.
MATTERS = {
    Kind.TRANSFER: ("supplier", "recipient", "quantity", "when"),
    Kind.PRODUCTION: ("supplier", "quantity", "when"),
    Kind.TECHNOLOGY_TRANSFER: ("supplier", "recipient", "when"),
    Kind.FUNDING: ("supplier", "recipient", "value", "when"),
    Kind.RESTRICTION: ("supplier", "recipient", "when"),
    Kind.SPECIFICATION: (),
    Kind.USE: ("supplier", "recipient", "when"),
}
STAGE = {
    Stage.CONSIDERED: "considered", Stage.REQUESTED: "requested", Stage.NEGOTIATING: "being negotiated",
    Stage.OFFERED: "offered", Stage.AGREED: "agreed", Stage.APPROVED: "approved", Stage.UNDERWAY: "under way",
    Stage.DONE: "done", Stage.REFUSED: "refused", Stage.SUSPENDED: "suspended", Stage.CANCELLED: "cancelled",
    Stage.UNSPECIFIED: "stage not stated",
}  # fmt: skip
POLARITY = {Polarity.AFFIRMED: "affirmed", Polarity.DENIED: "denied"}
CATEGORY = {c: c.value.replace("_", " ") for c in Category} | {
    Category.ANTI_TANK: "anti-tank weapon", Category.RADAR_SENSOR: "radar or sensor",
    Category.OTHER: "other category", Category.UNSPECIFIED: "category not stated",
}  # fmt: skip
ZONE = {z: z.value for z in Zone}
VOICE = {
    VoiceKind.NAMED_PERSON: "named person", VoiceKind.ORGANISATION: "organisation", VoiceKind.OUTLET: "outlet",
    VoiceKind.ANONYMOUS: "unnamed", VoiceKind.DOCUMENT: "document",
}  # fmt: skip
# What is added to an outlet that is the innermost voice.
OUTLET_BASIS = {
    Basis.DIRECT: "saw it itself", Basis.NAMED: "citing a named source", Basis.ANONYMOUS: "citing unnamed sources",
    Basis.DOCUMENT: "citing a document", Basis.UNCITED: "no source cited", Basis.UNSTATED: "its source not stated",
}  # fmt: skip
RESPONSE = {
    ResponseType.DENIED: "denied", ResponseType.CONFIRMED: "confirmed", ResponseType.DECLINED: "declined to comment",
    ResponseType.SILENT: "did not respond", ResponseType.DISMISSED: "dismissed",
    ResponseType.NOT_AWARE: "not aware of it",
}  # fmt: skip
SCOPE = {
    Scope.SPECIFIC: "on the specific allegation", Scope.BROADER: "broader than the allegation",
    Scope.NARROWER: "narrower than the allegation", Scope.UNKNOWN: "how it bears on the allegation is not clear",
}  # fmt: skip
BASIS = {
    Basis.DIRECT: "first hand", Basis.NAMED: "a named source", Basis.ANONYMOUS: "unnamed sources",
    Basis.DOCUMENT: "a document", Basis.UNCITED: "no source cited", Basis.UNSTATED: "source not stated",
}  # fmt: skip
STANDING = {
    Standing.SINGLE_ORIGIN: "single origin", Standing.MULTI_ORIGIN: "several origins",
    Standing.PARTY_CONFIRMED: "confirmed by a party", Standing.DENIED: "denied",
    Standing.PARTLY_DENIED: "partly denied", Standing.WITHDRAWN: "withdrawn",
}  # fmt: skip
# The rule behind each standing (`sayso.ledger.standing`).
STANDING_RULE = {
    Standing.SINGLE_ORIGIN: "One independent origin, or none that is known.",
    Standing.MULTI_ORIGIN: "Two or more independent origins.",
    Standing.PARTY_CONFIRMED: "A party itself says that it is so, with no outlet between.",
    Standing.DENIED: "A party, its government or somebody for it denies this very thing.",
    Standing.PARTLY_DENIED: "A party denies something wider or narrower, or dismisses the report; nobody denies this.",
    Standing.WITHDRAWN: "It is said to be cancelled, and on no later day to go on.",
}
# Slots of a claim, and what else can change in the retelling.
SLOT = {
    "quantity": "number", "value": "value", "when": "when", "stage": "stage", "hedged": "hedge", "basis": "source",
    "response": "response", "payload": "payload", "item": "item", "supplier": "supplier", "recipient": "recipient",
    "polarity": "affirmed or denied",
}  # fmt: skip
RELATION = {Relation.CITES: "cited", Relation.CREDIT: "credit", Relation.WIRE: "wire"}
LANGUAGE = {
    "ar": "Arabic", "de": "German", "en": "English", "es": "Spanish", "fa": "Persian", "fr": "French", "he": "Hebrew",
    "hi": "Hindi", "it": "Italian", "ja": "Japanese", "ko": "Korean", "nl": "Dutch", "no": "Norwegian", "pl": "Polish",
    "pt": "Portuguese", "ru": "Russian", "sv": "Swedish", "tr": "Turkish", "uk": "Ukrainian", "zh": "Chinese",
}  # fmt: skip

# Characters that reorder, hide or command where they are printed: controls, bidi embeddings, overrides
# and isolates (UAX #9), marks, line separators, byte order marks, tags, lone surrogates, noncharacters.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f"
    + "".join(f"{chr(p << 16 | 0xFFFE)}{chr(p << 16 | 0xFFFF)}" for p in range(1, 17))
    + "]"
)


def visible(text: str) -> str:
    """`text` on one line, with every character that could act on a terminal or reorder a line shown
    as its code: a soft hyphen or zero-width space is dropped, white space becomes one space."""
    return _UNSEEN.sub(_shown, re.sub(r"[ \t\n\r\f\v\u2028\u2029\x85]+", " ", text)).strip()


def _shown(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code in (0xAD, 0x200B, 0x2060):
        return ""
    return chr(0x2400 + code) if code < 0x20 else f"⟨U+{code:04X}⟩"


class Fact(NamedTuple):
    """One slot of a claim in words. `known` is False where the article does not say; `quote` holds
    the article's own words where the value does not hold them."""

    slot: str
    label: str
    value: str
    known: bool = True
    quote: str = ""


class Step(NamedTuple):
    """One voice of a chain: `note` is what a reader should know of it ("unnamed")."""

    name: str
    kind: VoiceKind
    note: str = ""


def published(document: Document) -> str:
    """The publication day; where it was inferred, from which words."""
    if document.published is None:
        return f"date {NOT_STATED}"
    if not document.published_inferred:
        return day(document.published)
    words = f" from “{quote(document.published_span, document.text)}”" if document.published_span else ""
    return f"{day(document.published)}, inferred{words}"


def quote(span: Span, text: str) -> str:
    """The article's words, safe to show on one line. Raises `SpanError`."""
    return visible(span.of(text))


def parties(found: tuple[Party, ...]) -> str:
    """Names, each with its countries' codes."""
    return ", ".join(visible(p.name + (f" ({', '.join(p.countries)})" if p.countries else "")) for p in found)


def who(c: Claim) -> tuple[Fact | None, Fact | None]:
    """Supplier and recipient; None for one that is unknown and does not matter for this kind."""
    left, right = ROLES[c.kind]
    return _party(c, "supplier", left, c.supplier), _party(c, "recipient", right, c.recipient)


def _party(c: Claim, slot: str, label: str, found: tuple[Party, ...]) -> Fact | None:
    if found:
        return Fact(slot, label, parties(found))
    return Fact(slot, label, f"{label}: {NOT_STATED}", known=False) if slot in MATTERS[c.kind] else None


def what(c: Claim) -> str:
    """The item's words, and the designations that are not among them."""
    item = visible(c.item) or f"item {NOT_STATED}"
    rest = [visible(d) for d in c.designations if visible(d).casefold() not in item.casefold()]
    return item + (f" ({', '.join(rest)})" if rest else "")


def facts(c: Claim, d: Document) -> list[Fact]:
    """Quantity, value and time, with the article's own words; unknown ones where they matter."""
    out = []
    for slot, label, value, span in (
        ("quantity", "number", c.quantity and visible(quantity(c.quantity)), c.quantity and c.quantity.span),
        ("value", "value", c.value and visible(money(c.value)), c.value and c.value.span),
        ("when", "when", c.when and interval(c.when, d.published), c.when and c.when.span),
    ):
        if value:
            said = quote(span, d.text) if span else ""
            out.append(Fact(slot, label, value, quote="" if said.casefold() in value.casefold() else said))
        elif slot in MATTERS[c.kind]:
            out.append(Fact(slot, label, NOT_STATED, known=False))
    return out


def steps(c: Claim, document: Document) -> list[Step]:
    """The chain of voices, innermost first, ending at the outlet that carries the article."""
    carrier = visible(document.outlet or "") or NO_OUTLET
    if not c.voices:
        return [Step(carrier, VoiceKind.OUTLET, "in its own name")]
    notes = [_note(v) for v in c.voices]
    outlets = [n for n, v in enumerate(c.voices) if v.kind is VoiceKind.OUTLET]
    if c.basis is Basis.UNCITED:
        notes[outlets[0] if outlets else 0] = OUTLET_BASIS[c.basis]
    elif outlets and outlets[0] == 0:
        notes[0] = OUTLET_BASIS[c.basis]
    elif c.basis is Basis.DIRECT:
        notes[0] = "first hand" if not notes[0] else f"{notes[0]}, first hand"
    found = [Step(visible(v.name), v.kind, note) for v, note in zip(c.voices, notes, strict=True)]
    return [*found, Step(carrier, VoiceKind.OUTLET)]


def _note(v: Voice) -> str:
    return VOICE[v.kind] if v.kind in (VoiceKind.ANONYMOUS, VoiceKind.DOCUMENT) else ""


def chain(found: list[Step]) -> str:
    """The chain on one line: "experts (unnamed) → Der Spiegel, no source cited → Infobae"."""
    return " → ".join(s.name + _aside(s) for s in found)


def _aside(s: Step) -> str:
    if not s.note:
        return ""
    return f", {s.note}" if s.kind is VoiceKind.OUTLET else f" ({s.note})"


def response(r: Response) -> str:
    return f"{visible(r.responder) or NOT_STATED}: {RESPONSE[r.type]} — {SCOPE[r.scope]}"


def origin(o: Origin) -> str:
    return f"{visible(o.name)} ({RELATION[o.relation]})"


def counts(reading: Reading) -> list[str]:
    """How much was read: "5 claims (1 denied, 2 hedged)", "1 response", …"""
    denied = sum(c.polarity is Polarity.DENIED for c in reading.claims)
    hedged = sum(c.hedged for c in reading.claims)
    some = [f"{n} {word}" for n, word in ((denied, "denied"), (hedged, "hedged")) if n]
    claims = plural(len(reading.claims), "claim") + (f" ({', '.join(some)})" if some else "")
    return [
        claims,
        plural(len(reading.responses), "response"),
        plural(len(reading.origins), "origin"),
        plural(len(reading.attributions), "attribution"),
    ]


def plural(n: int, word: str) -> str:
    return f"{n:,} {word}{'' if n == 1 else 's'}"
