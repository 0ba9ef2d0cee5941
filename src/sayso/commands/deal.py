"""`sayso deal` and `sayso origins`: one deal, who says what of it, on whose say-so."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.commands import out
from sayso.commands.place import DEFAULT, About, AsJson, AsLines, AsOf, Ledger, opened
from sayso.errors import InputError
from sayso.export.figures import day as day_words
from sayso.export.words import plural

if TYPE_CHECKING:
    from sayso.commands.deal_text import Sources
    from sayso.model import Deal
    from sayso.store import Look

Id = Annotated[str | None, typer.Argument(metavar="ID", help="A claim's key, or its beginning.", show_default=False)]


def register(app: typer.Typer) -> None:
    app.command()(deal)
    app.command()(origins)


def deal(
    id: Id = None,
    ledger: Ledger = DEFAULT,
    about: About = None,
    as_of: AsOf = None,
    documents: Annotated[bool, typer.Option("--documents", help="One line a document.")] = False,
    as_json: AsJson = False,
    as_lines: AsLines = False,
) -> None:
    """Shows one deal: its standing, origins, values, changes on the way, and responses."""
    from sayso.commands.deal_text import head, show_deal
    from sayso.commands.tree import forest
    from sayso.export.jsonl import deal_json
    from sayso.lexicon import load

    with opened(ledger) as store, store.looking() as look:
        found, note = _found(look, id, about, as_of)
        to = out.console()
        if documents:
            rows = _documents(look, found)
            if as_json or as_lines:
                _rows(rows, lines=as_lines)
                return
            head(to, found)
            _document_lines(to, found, rows)
        elif as_json or as_lines:
            out.emit(deal_json(found, {t.key: t for t in look.told(found.claims)}), lines=as_lines)
            return
        else:
            show_deal(to, found, forest(found, load()), _sources(look, found))
    if note:
        out.say(to)
        out.say(to, (note, out.WARN))


def origins(
    id: Id = None,
    ledger: Ledger = DEFAULT,
    about: About = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
    as_lines: AsLines = False,
) -> None:
    """Shows where each telling of a deal comes from, and why."""
    from sayso.commands.origins_text import show_origins
    from sayso.commands.tree import forest
    from sayso.export.plain import plain
    from sayso.lexicon import load

    with opened(ledger) as store, store.looking() as look:
        found, note = _found(look, id, about, as_of)
        rows = _documents(look, found)
    if as_lines:
        out.emit_lines(rows)
        return
    if as_json:
        out.emit({"deal": found.id, "roots": plain(found.roots), "documents": list(rows)})
        return
    to = out.console()
    ids = {str(row["document"]): str(row["id"]) for row in rows}
    show_origins(to, found, forest(found, load()), ids)
    if note:
        out.say(to)
        out.say(to, (note, out.WARN))


def _found(look: Look, id: str | None, about: str | None, as_of: dt.date | None) -> tuple[Deal, str]:
    """The deal that was asked for, and what was left out of it. Raises `InputError`."""
    from sayso.commands.choosing import found_deal, known_on
    from sayso.keeping.about import about as find
    from sayso.lexicon import load

    if id is None:
        matches = find(look, about, load()) if about else []
        if not matches:
            raise InputError("deal", f"no deal about {about!r}" if about else "no ID", 'an ID, or --about "words"')
        id = matches[0].deal
    deal = found_deal(look, id)
    if as_of is None:
        return deal, ""
    known = known_on(look, deal, as_of)
    if known.deal is None:
        raise InputError(look.place, f"nothing said of {deal.id} by {as_of}", f"a day from {deal.first_said} on")
    left = [
        plural(n, "document") + what
        for n, what in ((known.later, " of later days"), (known.undated, " of no known day"))
        if n
    ]
    return known.deal, f"As it was known on {day_words(as_of)}" + (f"; left out: {', '.join(left)}." if left else ".")


def _documents(look: Look, deal: Deal) -> list[dict[str, out.Json]]:
    """A deal's witnesses as objects, with the external ids of their documents."""
    from sayso.ledger import witness_json

    kept = {w.document: look.kept(w.document) for w in deal.witnesses}
    return [{"id": k.id if (k := kept[row["document"]]) else None, **row} for row in witness_json(deal)]


def _rows(rows: list[dict[str, out.Json]], *, lines: bool) -> None:
    if lines:
        out.emit_lines(rows)
    else:
        out.emit(list(rows))


def _document_lines(to: out.Console, deal: Deal, rows: list[dict[str, out.Json]]) -> None:
    from sayso.commands.tree import NO_OUTLET
    from sayso.export.words import BASIS

    ids = {row["document"]: row["id"] for row in rows}
    out.say(to)
    for w in sorted(deal.witnesses, key=lambda w: (w.said is None, w.said, w.document)):
        when = day_words(w.said) if w.said else "no known day"
        chain = " → ".join([w.outlet or NO_OUTLET, *w.chain])
        out.say(to, (f"{when}  ", out.DIM), (chain, out.BOLD), (f"  {ids[w.document]} {w.document}", out.DIM))
        parts = ["not read" if w.unread else BASIS[w.basis], f"root: {w.root or 'not known'}"]
        parts += [plural(len(w.drifts), "drift")] if w.drifts else []
        parts += [plural(len(w.answers), "response")] if w.answers else []
        out.say(to, " · ".join(parts), lead="    ")


def _sources(look: Look, deal: Deal) -> Sources:
    """The claims of a deal and the texts that its drifts quote."""
    from sayso.commands.deal_text import Sources

    places = {key for w in deal.witnesses for d in w.drifts for key in (d.root, d.told) if "." not in key}
    return Sources({t.key: t for t in look.told(deal.claims)}, {key: look.document(key).text for key in places})
