"""`sayso search` and `sayso deals`: looking something up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.commands import out
from sayso.commands.place import (
    DEFAULT,
    About,
    AsJson,
    AsLines,
    AsOf,
    Categories,
    Ledger,
    Outlet,
    Party,
    Recipient,
    SaidFrom,
    SaidTo,
    Stages,
    Standings,
    Supplier,
    WhenFrom,
    WhenTo,
    opened,
)
from sayso.export import words as wording
from sayso.export.figures import day, interval
from sayso.export.words import plural
from sayso.model import Category, Interval, Kind, Span, Stage, Standing

if TYPE_CHECKING:
    from sayso.commands.choosing import Chosen
    from sayso.store import Hit
    from sayso.store.deal_queries import DealRow

Limit = Annotated[int, typer.Option(min=0, metavar="N", help="At most so many; 0 is all.")]
_FEW = 20


def register(app: typer.Typer) -> None:
    app.command()(search)
    app.command()(deals)


def search(
    words: Annotated[list[str], typer.Argument(help='Words that must all be there; "in this order", begin*.')],
    ledger: Ledger = DEFAULT,
    claims: Annotated[bool, typer.Option("--claims", help="In claims, not in whole articles.")] = False,
    limit: Limit = _FEW,
    as_json: AsJson = False,
    as_lines: AsLines = False,
) -> None:
    """Finds articles, or claims, by their words."""
    # A word that the shell took out of its quotation marks is put back into them.
    query = " ".join(f'"{w}"' if " " in w and '"' not in w else w for w in words)
    with opened(ledger) as store, store.looking() as look:
        hits = look.search(query, within="claim" if claims else "document", limit=limit or 1_000_000)
        homes = look.deals_of(h.claim for h in hits if h.claim)
        ids = {h.key: kept.id for h in hits if (kept := look.kept(h.key))}
    if as_json or as_lines:
        found: list[out.Json] = [_hit(h, ids[h.key], homes.get(h.claim or "")) for h in hits]
        out.emit_lines(found) if as_lines else out.emit(found)
        return
    to = out.console()
    for h in hits:
        where = h.claim or h.key
        deal = homes.get(h.claim or "")
        title = [(h.title, out.BOLD)] if h.title else []
        out.say(
            to,
            *title,
            ("  " if h.title else "") + (h.outlet or "outlet not stated"),
            f", {day(h.said)}" if h.said else "",
        )
        out.say(to, *_marked(h.snippet, h.marks), lead="    ")
        out.say(to, (f"{where}  {ids[h.key]}" + (f"  deal {deal}" if deal else ""), out.DIM), lead="    ")
    out.say(to, plural(len(hits), "place" if claims else "article") if hits else "nothing found")


def deals(
    ledger: Ledger = DEFAULT,
    about: About = None,
    party: Party = None,
    supplier: Supplier = None,
    recipient: Recipient = None,
    category: Categories = None,
    stage: Stages = None,
    standing: Standings = None,
    outlet: Outlet = None,
    said_from: SaidFrom = None,
    said_to: SaidTo = None,
    when_from: WhenFrom = None,
    when_to: WhenTo = None,
    as_of: AsOf = None,
    sort: Annotated[
        str, typer.Option(metavar="COLUMN", help='Such as supplier, documents; "-" before it: the greatest first.')
    ] = "-last_said",
    limit: Limit = _FEW,
    as_json: AsJson = False,
    as_lines: AsLines = False,
) -> None:
    """Lists deals that fit, the latest told first."""
    from sayso.commands.choosing import asked, chosen

    want = asked(**locals())
    with opened(ledger) as store, store.looking() as look:
        found = chosen(look, want, sort=sort, limit=limit or None)
    if as_json or as_lines:
        rows: list[out.Json] = [_row(r, found) for r in found.rows]
        out.emit_lines(rows) if as_lines else out.emit(rows)
    else:
        _list(found)
    if want.as_of is not None and found.undated:
        left = plural(found.undated, "document")
        out.errors.print(f"As it was known on {day(want.as_of)}; left out: {left} of no known day.")


def _list(found: Chosen) -> None:
    to = out.console()
    for r in found.rows:
        sides = f"{r.supplier or 'not stated'} → {r.recipient or 'not stated'}"
        out.say(to, (f"{sides}: {r.item or 'item not stated'}", out.BOLD))
        facts = [wording.KIND[Kind(r.kind)], wording.CATEGORY[Category(r.category)], wording.STAGE[Stage(r.stage)]]
        facts += [", ".join(wording.STANDING[Standing(s)] for s in r.standing)]
        if r.when_start or r.when_end:
            facts.insert(3, f"to happen {interval(Interval(r.when_start, r.when_end), r.first_said)}")
        out.say(to, " · ".join(facts), lead="    ")
        many = ", ".join(
            plural(n, w) for n, w in ((r.documents, "document"), (r.outlets, "outlet"), (r.origins, "origin"))
        )
        out.say(to, (f"{_told(r)} · {many} · {r.id}", out.DIM), lead="    ")
    shown = f"{len(found.rows):,} of " if len(found.rows) < found.total else ""
    out.say(to, f"{shown}{plural(found.total, 'deal')}" if found.total else "no deals")


def _told(r: DealRow) -> str:
    if r.first_said is None or r.last_said is None:
        return "no known day"
    return interval(Interval(r.first_said, r.last_said))


def _row(r: DealRow, found: Chosen) -> dict[str, out.Json]:
    from sayso.export.plain import plain

    whole = plain(r)
    assert isinstance(whole, dict)
    return whole | ({"words": list(found.words[r.id])} if r.id in found.words else {})


def _hit(h: Hit, id: str, deal: str | None) -> dict[str, out.Json]:
    return {
        "document": h.key, "id": id, "claim": h.claim, "deal": deal, "title": h.title, "outlet": h.outlet,
        "said": h.said.isoformat() if h.said else None, "score": h.score, "snippet": h.snippet,
        "marks": [list(m) for m in h.marks],
    }  # fmt: skip


def _marked(snippet: str, marks: Iterable[Span]) -> list[out.Part]:
    """A piece of text with the words found in bold. Parts keep the blanks between them."""
    parts: list[out.Part] = []
    at = 0
    for m in marks:
        parts += [snippet[at : m.start], (snippet[m.start : m.end], "bold yellow")]
        at = m.end
    return [*parts, snippet[at:]]
