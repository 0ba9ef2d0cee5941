"""For the tests of exports: an invented story of two deals, told by invented outlets."""

from __future__ import annotations

import datetime as dt
from hashlib import sha256

from sayso.model import (
    Answer,
    Basis,
    Category,
    Claim,
    Deal,
    Document,
    Drift,
    Interval,
    Kind,
    Link,
    Measure,
    Money,
    Party,
    Polarity,
    Quantity,
    ResponseType,
    Root,
    Scope,
    Span,
    Stage,
    Stand,
    Standing,
    Stated,
    Step,
    Told,
    Voice,
    VoiceKind,
    Witness,
    Zone,
    ZoneSpan,
)

HAFENBOTE = (
    "Norway to sell 60 Tern-4 drones to Portugal\n\nHalden Dynamics of Norway has agreed to sell 60 Tern-4 drones 🛩 "
    "to Portugal, people close to the talks told Der Hafenbote. Each may carry 8 to 12 kg. "
    "The Portuguese defence ministry said it buys no arms from Norway."
)
WIRE = (
    "Lisbon set to get drones\n\nPortugal will receive between 60 and 80 Norwegian Tern-4 drones in May 2031 for "
    "40 million euros, Meridian Wire reported, citing Der Hafenbote. Lisbon did not answer questions."
)
KESTREL = (
    "=Chile hands over armoured cars\n\n+Chile delivered 40 “Puma” armoured cars to Kenya in 2030, the defence "
    "minister, Ana Soto, said. -A rebel group got some of them; @the army denied that."
)


def words(text: str, quote: str) -> Span:
    at = text.index(quote)
    return Span(at, at + len(quote))


def _document(key: str, text: str, outlet: str, day: int) -> Document:
    return Document(
        id=f"{key}.txt",
        text=text,
        outlet=outlet,
        title=text.split("\n", maxsplit=1)[0],
        url=f"https://{outlet.lower().replace(' ', '-')}.example/{key}?a=1&b=ü",
        published=dt.date(2031, 2, day),
        zones=(ZoneSpan(Zone.HEADLINE, Span(0, text.index("\n"))),),
        links=(Link(Span(0, 4), "https://kestrel.example/"),),
        sha256=sha256(text.encode()).hexdigest(),
    )


DOCUMENTS = {
    "aaaaaaaaaaaa": _document("aaaaaaaaaaaa", HAFENBOTE, "Der Hafenbote", 3),
    "bbbbbbbbbbbb": _document("bbbbbbbbbbbb", WIRE, "Meridian Wire", 4),
    "cccccccccccc": _document("cccccccccccc", KESTREL, "Kestrel Daily", 9),
}
A, B, C = DOCUMENTS
UNREAD = "dddddddddddd"
"""A witness whose document is not among those given."""


def _told(n: int, key: str, quote: str, claim: Claim) -> Told:
    document = DOCUMENTS[key]
    assert claim.evidence.of(document.text) == quote
    return Told(f"{key}.{n}", key, document.outlet, document.published, claim, quote)


_NORWAY = (Party("Halden Dynamics", ("NO",), words(HAFENBOTE, "Halden Dynamics")), Party("Norway", ("NO",)))
_PORTUGAL = (Party("Portugal", ("PT",), words(HAFENBOTE, "Portugal")),)
_SOLD = "Halden Dynamics of Norway has agreed to sell 60 Tern-4 drones 🛩 to Portugal"
_CARRY = "Each may carry 8 to 12 kg"
_RECEIVE = "Portugal will receive between 60 and 80 Norwegian Tern-4 drones in May 2031 for 40 million euros"
_DELIVERED = "+Chile delivered 40 “Puma” armoured cars to Kenya in 2030"
_REBELS = "-A rebel group got some of them"

TOLDS = {
    told.key: told
    for told in (
        _told(
            0,
            A,
            _SOLD,
            Claim(
                words(HAFENBOTE, _SOLD),
                Kind.TRANSFER,
                "60 Tern-4 drones",
                supplier=_NORWAY,
                recipient=_PORTUGAL,
                item_span=words(HAFENBOTE, "60 Tern-4 drones"),
                designations=("Tern-4",),
                category=Category.UNCREWED_AIRCRAFT,
                quantity=Quantity(60.0, 60.0, span=words(HAFENBOTE, "60")),
                stage=Stage.AGREED,
                voices=(
                    Voice("people close to the talks", VoiceKind.ANONYMOUS, words(HAFENBOTE, "people close")),
                    Voice("Der Hafenbote", VoiceKind.OUTLET),
                ),
                basis=Basis.ANONYMOUS,
                confidence=(("supplier", 0.9), ("item", 0.75)),
            ),
        ),
        _told(
            1,
            A,
            _CARRY,
            Claim(
                words(HAFENBOTE, _CARRY),
                Kind.SPECIFICATION,
                "Each",
                measure=Measure(8.0, 12.0, "kg", words(HAFENBOTE, "8 to 12 kg")),
                hedged=True,
            ),
        ),
        _told(
            0,
            B,
            _RECEIVE,
            Claim(
                words(WIRE, _RECEIVE),
                Kind.TRANSFER,
                "Norwegian Tern-4 drones",
                supplier=(Party("Norway", ("NO",)),),
                recipient=(Party("Portugal", ("PT",)),),
                designations=("Tern-4",),
                category=Category.UNCREWED_AIRCRAFT,
                quantity=Quantity(60.0, 80.0),
                value=Money(40e6, 40e6, "EUR"),
                when=Interval(dt.date(2031, 5, 1), dt.date(2031, 5, 31), words(WIRE, "in May 2031")),
                stage=Stage.AGREED,
                voices=(Voice("Der Hafenbote", VoiceKind.OUTLET), Voice("Meridian Wire", VoiceKind.OUTLET)),
                basis=Basis.UNSTATED,
            ),
        ),
        _told(
            0,
            C,
            _DELIVERED,
            Claim(
                words(KESTREL, _DELIVERED),
                Kind.TRANSFER,
                "“Puma” armoured cars",
                supplier=(Party("+Chile; the army\\navy", ("CL",)),),
                recipient=(Party("Kenya", ("KE",)), Party("", ())),
                designations=("=Puma",),
                category=Category.ARMOURED_VEHICLE,
                quantity=Quantity(40.0, 40.0),
                when=Interval(dt.date(2030, 1, 1), dt.date(2030, 12, 31)),
                stage=Stage.DONE,
                voices=(Voice("Ana Soto", VoiceKind.NAMED_PERSON),),
                basis=Basis.DIRECT,
            ),
        ),
        _told(
            1,
            C,
            _REBELS,
            Claim(
                words(KESTREL, _REBELS),
                Kind.USE,
                "some of them",
                polarity=Polarity.DENIED,
                when=Interval(None, dt.date(2030, 6, 30)),
                voices=(Voice("the army", VoiceKind.ORGANISATION),),
                basis=Basis.NAMED,
            ),
        ),
    )
}

_BUYS_NONE = "The Portuguese defence ministry said it buys no arms from Norway."
_SILENT = "Lisbon did not answer questions."

DRONES = Deal(
    f"{A}.0",
    "Halden Dynamics",
    ("NO",),
    "Portugal",
    ("PT",),
    "60 Tern-4 drones",
    ("Tern-4",),
    Category.UNCREWED_AIRCRAFT,
    Kind.TRANSFER,
    Stage.AGREED,
    dt.date(2031, 2, 3),
    dt.date(2031, 2, 4),
    when=Interval(dt.date(2031, 5, 1), dt.date(2031, 5, 31), words(WIRE, "in May 2031")),
    claims=(f"{A}.0", f"{A}.1", f"{B}.0"),
    steps=(Step(Stage.AGREED, dt.date(2031, 2, 3), f"{A}.0"),),
    values=(
        Stated("quantity", "60", ("Der Hafenbote",), (f"{A}.0",)),
        Stated("value", "40,000,000 EUR", ("Der Hafenbote",), (f"{B}.0",)),
    ),
    roots=(Root("Der Hafenbote", "Meridian Wire -> Der Hafenbote", (A, B, UNREAD), (A,)),),
    witnesses=(
        Witness(
            A,
            "Der Hafenbote",
            dt.date(2031, 2, 3),
            (f"{A}.0", f"{A}.1"),
            basis=Basis.ANONYMOUS,
            root="Der Hafenbote",
            why="it reports on its own",
            answers=(
                Answer(
                    "The Portuguese defence ministry",
                    ResponseType.DENIED,
                    Scope.BROADER,
                    A,
                    _BUYS_NONE,
                    words(HAFENBOTE, _BUYS_NONE),
                ),
            ),
        ),
        Witness(
            B,
            "Meridian Wire",
            dt.date(2031, 2, 4),
            (f"{B}.0",),
            ("Der Hafenbote",),
            root="Der Hafenbote",
            why="it cites Der Hafenbote",
            answers=(Answer("Lisbon", ResponseType.SILENT, Scope.SPECIFIC, B, _SILENT, words(WIRE, _SILENT)),),
            drifts=(
                Drift(
                    "quantity",
                    f"{A}.0",
                    f"{B}.0",
                    "60",
                    "60 to 80",
                    words(HAFENBOTE, "60"),
                    words(WIRE, "60 and 80"),
                ),
                Drift("basis", A, B, "anonymous", "unstated"),
            ),
        ),
        Witness(UNREAD, "Zeitblick Ost", None, why="its text has the names and numbers", group="g1", unread=True),
    ),
    standing=(
        Stand(Standing.SINGLE_ORIGIN, "one origin: Meridian Wire -> Der Hafenbote"),
        Stand(Standing.PARTLY_DENIED, f"The Portuguese defence ministry denied more than this: {A}"),
    ),
)

CARS = Deal(
    f"{C}.0",
    "+Chile; the army\\navy",
    ("CL",),
    "Kenya",
    ("KE",),
    "“Puma” armoured cars",
    ("=Puma",),
    Category.ARMOURED_VEHICLE,
    Kind.TRANSFER,
    Stage.DONE,
    dt.date(2031, 2, 9),
    dt.date(2031, 2, 9),
    claims=(f"{C}.0", f"{C}.7"),
    steps=(Step(Stage.DONE, dt.date(2031, 2, 9), f"{C}.0"),),
    values=(
        Stated("quantity", "40", ("Ana Soto",), (f"{C}.0",)),
        Stated("quantity", "60", ("the ’gate",), (f"{C}.7",)),
    ),
    conflicts=("quantity: Ana Soto 40, the ’gate 60",),
    roots=(Root("Ana Soto", "Ana Soto", (C,), (C,)), Root("the army", "the army", (C,))),
    witnesses=(Witness(C, "Kestrel Daily", dt.date(2031, 2, 9), (f"{C}.0",), basis=Basis.DIRECT, root="Ana Soto"),),
    standing=(Stand(Standing.MULTI_ORIGIN, "2 origins: Ana Soto; the army"),),
)

DEALS = (DRONES, CARS)
"""The claim "<C>.1" is in neither; "<C>.7", of the second, is not among `TOLDS`."""
