"""`sayso init`, `status`, `rebuild`, `reread` and `check`: a ledger as a whole."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import track

from sayso.commands import out
from sayso.commands.place import DEFAULT, AsJson, Ledger, opened
from sayso.export.words import LANGUAGE, plural

if TYPE_CHECKING:
    from sayso.commands.changes import Changes
    from sayso.store.overview import Overview

_SHOWN = 20  # deals that a rebuild names


def register(app: typer.Typer) -> None:
    for command in (init, status, rebuild, reread, check):
        app.command()(command)


def init(ledger: Ledger = DEFAULT) -> None:
    """Makes a new, empty ledger."""
    from sayso.errors import StoreError
    from sayso.store import open_store

    try:
        open_store(ledger).close()
        there = True
    except StoreError:
        there = False  # or it is none: then making it says why not
    with open_store(ledger, create=True) as store, store.looking() as look:
        many = plural(look.counts()["documents"], "document")
        out.say(out.console(), f"{store.place}: there already, with {many}" if there else f"made {store.place}")


def status(ledger: Ledger = DEFAULT, as_json: AsJson = False) -> None:
    """Says what is in the ledger."""
    from sayso.export.plain import plain
    from sayso.store.overview import overview

    with opened(ledger) as store, store.looking() as look:
        found = overview(look)
        last = look.kept(found.last_key) if found.last_key else None
        feeds = look.feeds()
    if as_json:
        counts = {**found.counts, "reprint_groups": found.groups, "feeds": len(feeds)}
        out.emit({
            "ledger": store.place, "database": found.database, "form": found.form, "bytes": found.size, **counts,
            "unread_languages": dict(found.languages), "unread_reasons": dict(found.reasons),
            "last_added": plain(last and last.added_at), "last_key": found.last_key,
        })  # fmt: skip
        return
    to = out.console()
    out.say(to, (store.place, out.BOLD), f"  {found.database}, form {found.form}, {size(found.size)}")
    for label, value in _rows(found, len(feeds)):
        out.say(to, value, lead=f"  {label:<12}")
    if last:
        outlet = last.outlet or "outlet not stated"
        out.say(to, f"{moment(last.added_at)}: {last.title or last.id} ({outlet})", lead=f"  {'last added':<12}")


def _rows(found: Overview, feeds: int) -> list[tuple[str, str]]:
    n = found.counts
    kinds = ", ".join(f"{n[k]:,} {k}" for k in ("read", "unread", "awaiting") if n[k])
    rows = [("documents", f"{n['documents']:,}" + (f" ({kinds})" if kinds else ""))]
    rows += [("copies", plural(found.groups, "group") + " of the same text")] if found.groups else []
    rows += [(name, f"{n[name]:,}") for name in ("claims", "deals", "verdicts")]
    rows += [("feeds", f"{feeds:,}")] if feeds else []
    if found.languages:
        rows.append(("not read", ", ".join(f"{LANGUAGE.get(c, c)} {many:,}" for c, many in found.languages)))
    return rows


def rebuild(
    ledger: Ledger = DEFAULT,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Derives all deals and groups of copies anew, and says what changed."""
    from sayso.commands.changes import rebuilt
    from sayso.lexicon import load

    with opened(ledger) as store:
        with store.looking() as look:
            total = look.counts()["documents"]
        steps, changes = rebuilt(store, load(), keep=not dry_run)
        bar = track(steps, "rebuilding", total, console=out.errors, transient=True, disable=not out.errors.is_terminal)
        for _ in bar:
            pass
    _tell(changes(), as_json=as_json, dry_run=dry_run)


def _tell(found: Changes, *, as_json: bool, dry_run: bool) -> None:
    if as_json:
        deals: dict[str, out.Json] = {k: list(v) for k, v in found.deals.items()}
        out.emit({"dry_run": dry_run, "documents": found.documents, "deals": deals, "regrouped": list(found.regrouped)})
        return
    to = out.console()
    would = "would be " if dry_run else ""
    if not any(found.deals.values()) and not found.regrouped:
        out.say(to, f"{plural(found.documents, 'document')}: nothing {'would change' if dry_run else 'changed'}")
        return
    counted = ", ".join(f"{len(ids):,} {would}{word}" for word, ids in found.deals.items())
    out.say(to, f"{plural(found.documents, 'document')} · deals: {counted}")
    if found.regrouped:
        out.say(to, f"documents whose group of copies {'would change' if dry_run else 'changed'}: "
                    f"{len(found.regrouped):,}")  # fmt: skip
    for word, ids in found.deals.items():
        for id in ids[:_SHOWN]:
            out.say(to, f"{id}  {found.summaries.get(id, '')}", lead=f"  {word:<8}")
        if len(ids) > _SHOWN:
            out.say(to, f"and {len(ids) - _SHOWN:,} more", lead=f"  {word:<8}")


def reread(
    ledger: Ledger = DEFAULT,
    every: Annotated[bool, typer.Option("--all", help="Also what this version of sayso read.")] = False,
) -> None:
    """Reads anew what an older version read; what was decided stays with its words."""
    from sayso.batch import read_one
    from sayso.errors import InputError
    from sayso.keeping import READER
    from sayso.keeping.reread import reread as read_anew
    from sayso.lexicon import load
    from sayso.text.tagger import encoder

    lexicon, model = load(), encoder()
    with opened(ledger) as store:
        with store.looking() as look:
            old = [d.key for d in look.documents() if every or d.reader != READER]
        changed: set[str] = set()
        shown = track(old, "reading", console=out.errors, transient=True, disable=not out.errors.is_terminal)
        for key in shown:
            with store.looking() as look:
                document = look.document(key)
            read = read_one(document, lexicon, model)
            changed.update(read_anew(store, key, read.reason if isinstance(read, InputError) else read, lexicon))
    out.say(out.console(), f"{plural(len(old), 'document')} read anew · deals made anew: {len(changed):,}")


def check(ledger: Ledger = DEFAULT, as_json: AsJson = False) -> None:
    """Looks through the whole ledger for damage; what is wrong is listed, with exit code 1."""
    from sayso.store import check as look_through

    with opened(ledger) as store:
        found = look_through(store)
        with store.looking() as look:
            many = look.counts()["documents"]
    if as_json:
        out.emit({"documents": many, "faults": list(found)})
    else:
        to = out.console()
        for line in found:
            out.say(to, line)
        out.say(to, f"{plural(many, 'document')}: {plural(len(found), 'fault') if found else 'sound'}")
    if found:
        raise typer.Exit(1)


def moment(at: dt.datetime) -> str:
    """ "24 November 2026, 12:03 UTC" """
    return f"{at.day} {at:%B %Y, %H:%M} UTC"


def size(number: int) -> str:
    """Bytes as people write them."""
    for unit, name in ((1 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "kB")):
        if number >= unit:
            return f"{number / unit:.1f} {name}"
    return f"{number} bytes"
