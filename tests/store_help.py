"""For the tests of the store: articles with readings to put in."""

from __future__ import annotations

import datetime as dt
from hashlib import sha256

from sayso.model import (
    Attribution,
    Basis,
    Category,
    Claim,
    Document,
    Interval,
    Kind,
    Link,
    Origin,
    Party,
    Quantity,
    Reading,
    Relation,
    Response,
    ResponseType,
    Scope,
    Span,
    Stage,
    Timex,
    Voice,
    VoiceKind,
    Zone,
    ZoneSpan,
)
from sayso.store import Adding

READER = "test 1"
_MAKERS = ("Iran", "China", "Germany", "France", "Türkiye")
_CODES = ("IR", "CN", "DE", "FR", "TR")
_TAKERS = (("Russia", "RU"), ("Ukraine", "UA"), ("Armenia", "AM"))


# ---- articles -----------------------------------------------------------------------------------


def article(n: int = 0, claims: int = 3) -> tuple[Reading, bytes]:
    """The n-th article's reading and bytes: a sentence a claim, and a denial."""
    maker, code = _MAKERS[n % 5], _CODES[n % 5]
    taker, taker_code = _TAKERS[n % 3]
    text, told = f"{maker} arms {taker}, report {n}\n\n", []
    for i in range(claims):
        start = len(text)
        sentence = f"{maker} delivered {10 + i} Storm-{n} rockets to {taker} in lot {i}."
        text += sentence + " "
        at = text.index("Storm", start)
        told.append(
            Claim(
                Span(start, start + len(sentence)),
                Kind.TRANSFER,
                f"Storm-{n} rockets",
                supplier=(Party(maker, (code,), Span(start, start + len(maker))),),
                recipient=(Party(taker, (taker_code,)), Party("a militia")),
                item_span=Span(at, text.index(" to ", at)),
                designations=(f"Storm-{n}",),
                category=Category.ROCKET_ARTILLERY,
                quantity=Quantity(10 + i, 10 + i),
                when=Interval(dt.date(2023, 2, 1 + i % 28), None),
                stage=Stage.DONE,
                hedged=i % 2 == 1,
                voices=(Voice("officials", VoiceKind.ANONYMOUS), Voice("The Courier", VoiceKind.OUTLET)),
                basis=Basis.ANONYMOUS,
                confidence=(("supplier", 0.9), ("item", 0.5 + i / 100)),
            )
        )
    denied = len(text)
    text += f"{maker} denied it."
    raw = text.encode()
    document = Document(
        f"article-{n}",
        text,
        outlet=f"Outlet {n % 7}",
        title=text.split("\n")[0],
        url=f"https://news.example/{n}",
        published=dt.date(2023, 1, 1) + dt.timedelta(days=n % 300),
        zones=(ZoneSpan(Zone.HEADLINE, Span(0, text.index("\n"))),),
        links=(Link(Span(0, 4), "https://news.example/"),),
        sha256=sha256(raw).hexdigest(),
    )
    reading = Reading(
        document,
        attributions=(Attribution((Span(0, 4),), (), (Span(5, 9),)),),
        claims=tuple(told),
        responses=(Response(maker, ResponseType.DENIED, Span(denied, len(text)), Scope.BROADER),),
        origins=(Origin("The Courier", Relation.CITES),),
        timexes=(Timex(Span(0, 4), "DATE", "2023-02", Interval(dt.date(2023, 2, 1), dt.date(2023, 2, 28))),),
        notes=("a note",),
    )
    return reading, raw


def put(t: Adding, n: int = 0, claims: int = 3) -> str:
    """Puts the n-th article in and returns its key."""
    reading, raw = article(n, claims)
    key = t.put_document(reading.document, raw, "text/plain").key
    t.put_reading(key, reading, reader=READER)
    return key
