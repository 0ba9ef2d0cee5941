"""`sayso copies` and `sayso diff`: articles that carry the same text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sayso.commands import out
from sayso.commands.place import DEFAULT, AsJson, AsLines, Ledger, opened
from sayso.errors import InputError
from sayso.export.figures import day
from sayso.export.words import plural

if TYPE_CHECKING:
    from sayso.store import Kept, Look

_ALL = 1_000_000


def register(app: typer.Typer) -> None:
    app.command()(copies)
    app.command()(diff)


def copies(
    ledger: Ledger = DEFAULT,
    about: Annotated[str | None, typer.Option(metavar="WORDS", help="Only articles that have all these words.")] = None,
    as_json: AsJson = False,
    as_lines: Annotated[
        bool, typer.Option("--jsonl", help='One line for every document: its "id" and "group", null where alone.')
    ] = False,
) -> None:
    """Lists groups of articles that carry the same text, wholly or in large part."""
    with opened(ledger) as store, store.looking() as look:
        wanted = None if about is None else {h.key for h in look.search(about, limit=_ALL)}
        found = [k for k in look.documents() if wanted is None or k.key in wanted]
        groups: dict[str, list[Kept]] = {}
        for group in dict.fromkeys(k.group_id for k in found if k.group_id):
            groups[group] = list(look.documents(group_id=group))
    if as_lines:
        out.emit_lines({"id": k.id, "group": k.group_id, "document": k.key} for k in found)
    elif as_json:
        out.emit([{"group": group, "documents": [_kept(k) for k in many]} for group, many in groups.items()])
    else:
        _show(groups, len(found))


def _show(groups: dict[str, list[Kept]], documents: int) -> None:
    to = out.console()
    for many in groups.values():
        many.sort(key=lambda k: (k.published is None, k.published, k.key))
        out.say(to, (f"{len(many)} copies", out.BOLD))
        for k in many:
            said = day(k.published) if k.published else "no known day"
            out.say(
                to, f"{k.outlet or 'outlet not stated'}, {said}", (f"  {k.id} {k.key}", out.DIM), lead="  ", rest="    "
            )
            out.say(to, k.title or "title not stated", lead="    ")
    alone = documents - sum(map(len, groups.values()))
    out.say(to, f"{plural(len(groups), 'group')} · {plural(max(alone, 0), 'document')} alone")


def _kept(k: Kept) -> dict[str, out.Json]:
    return {
        "id": k.id, "document": k.key, "outlet": k.outlet, "title": k.title, "url": k.url,
        "published": k.published.isoformat() if k.published else None,
    }  # fmt: skip


def diff(
    a: Annotated[str, typer.Argument(metavar="A", help="A document: its key, its beginning, or its id.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Another.")],
    ledger: Ledger = DEFAULT,
    full: Annotated[bool, typer.Option("--full", help="All of the texts, also where they are the same.")] = False,
    as_json: AsJson = False,
    as_lines: AsLines = False,
) -> None:
    """Shows two articles word by word: [-what went-] and {+what came+}."""
    from sayso.commands.diff_text import marked, stays, step_json
    from sayso.linking.worddiff import word_diff

    with opened(ledger) as store, store.looking() as look:
        one, two = found_document(look, a), found_document(look, b)
        texts = look.document(one.key).text, look.document(two.key).text
    steps = word_diff(*texts)
    if as_json or as_lines:
        rows: list[out.Json] = [step_json(s, *texts) for s in steps]
        if as_lines:
            out.emit_lines(rows)
        else:
            out.emit({"a": _kept(one), "b": _kept(two), "pieces": rows})
        return
    to = out.console()
    for mark, k in (("-", one), ("+", two)):
        said = f", {day(k.published)}" if k.published else ""
        out.say(to, (k.title or k.id, out.BOLD), f"  {k.outlet or 'outlet not stated'}{said}", lead=f"{mark} ")
    words, kept = (sum(len(x.a.of(texts[0]).split()) for x in some) for some in (steps, [x for x in steps if stays(x)]))
    out.say(to, (f"{kept:,} of {plural(words, 'word')} stay", out.DIM), lead="  ")
    out.say(to)
    out.say(to, *marked(steps, *texts, full=full, plain=not to.is_terminal))


def found_document(look: Look, name: str) -> Kept:
    """The document of a key, of a beginning that fits no other, or of an external id.

    Raises `InputError` where there is none, or more than one.
    """
    from sayso.store.overview import documents_beginning

    keys = [name] if look.kept(name) else look.keys(id=name) or documents_beginning(look, name, most=6)
    if len(keys) > 1:
        raise InputError(look.place, f"{name!r} fits several documents: {', '.join(keys[:6])}", "one of these keys")
    kept = look.kept(keys[0]) if keys and name else None
    if kept is None:
        raise InputError(look.place, f"no document {name!r}", "a key that `sayso search` shows, or an id")
    return kept
