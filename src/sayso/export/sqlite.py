"""A SQLite file that Datasette opens (`ledger.db`), and its `metadata.json`.

datasette ledger.db --metadata metadata.json
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from sayso.errors import InputError
from sayso.export.files import dumped, placing, writing
from sayso.export.plain import plain, summary
from sayso.export.sqlite_schema import TABLES, columns, metadata, search_sql, sql
from sayso.export.walk import Documents, Notes, Part, note_articles
from sayso.model import Claim, Deal, Document, Span, Told

NAME = "ledger"
_MOST = 2**63 - 1  # that SQLite holds as a whole number
Row = tuple[object, ...]
_INSERT = {t.name: f'INSERT INTO "{t.name}" VALUES ({", ".join("?" * len(columns(t)))})' for t in TABLES}


def write(parts: Iterable[Part], documents: Documents, out: Path, notes: Notes) -> None:
    """Writes the two files into the folder `out`. Raises `InputError`."""
    path = out / f"{NAME}.db"
    with placing(path) as part_of_path:
        try:
            with closing(sqlite3.connect(part_of_path)) as db:
                _fill(db, parts, notes)
        except sqlite3.Error as error:
            raise InputError(str(path), str(error), "a database that can be written, SQLite with FTS5") from error
    with writing(out / "metadata.json") as stream:
        stream.write(dumped(metadata(NAME)) + "\n")


def _fill(db: sqlite3.Connection, parts: Iterable[Part], notes: Notes) -> None:
    # Nobody else sees the file before it is whole: no journal, and the disk may take its time.
    db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = ON; BEGIN")
    for table in TABLES:
        for statement in sql(table):
            db.execute(statement)
    for part in parts:
        for name, rows in _rows(part).items():
            db.executemany(_INSERT[name], (tuple(map(_value, row)) for row in rows))
        note_articles(part, notes)
    for table in TABLES:
        for statement in search_sql(table):
            db.execute(statement)
    db.execute("COMMIT")
    db.execute("ANALYZE")


def _rows(part: Part) -> dict[str, list[Row]]:
    """The rows of a part by table, those that are referred to first."""
    found: dict[str, list[Row]] = {t.name: [] for t in TABLES}
    found["documents"] = [_document(key, document, part.carriers[key]) for key, document in part.documents]
    if part.deal:
        found["deals"] = [_deal(part.deal)]
        for name, row in _of_deal(part.deal, {t.key for t in part.claims}):
            found[name].append(row)
    for told in part.claims:
        found["claims"].append(_claim(told, part.deal))
        found["claim_parties"] += _parties(told)
        found["claim_voices"] += [
            (told.key, n, v.name, v.kind, *_ends(v.span)) for n, v in enumerate(told.claim.voices)
        ]
    return found


def _value(value: object) -> object:
    """A value as SQLite holds it: a list or object as JSON, a day as text."""
    found = plain(value)
    if isinstance(found, int) and abs(found) > _MOST:
        return float(found)
    return dumped(found) if isinstance(found, (list, dict)) else found


def _ends(span: Span | None) -> tuple[int | None, int | None]:
    return (None, None) if span is None else (span.start, span.end)


def _document(key: str, d: Document | None, outlet: str | None) -> Row:
    if d is None:
        return (key, None, outlet, *[None] * 9)
    first, last = (d.published_between.start, d.published_between.end) if d.published_between else (None, None)
    return (
        key, d.id, d.outlet, d.title, d.url, d.author, d.published, int(d.published_inferred), first, last,
        d.language, d.sha256,
    )  # fmt: skip


def _deal(d: Deal) -> Row:
    start, end = (d.when.start, d.when.end) if d.when else (None, None)
    return (
        d.id, summary(d), d.kind, d.stage, [s.standing for s in d.standing], d.supplier, d.supplier_countries,
        d.recipient, d.recipient_countries, d.item, d.designations, d.category, start, end, d.first_said, d.last_said,
        len(d.roots), len(d.witnesses), len(d.claims), d.conflicts,
    )  # fmt: skip


def _of_deal(d: Deal, given: set[str]) -> Iterator[tuple[str, Row]]:
    """The rows of what hangs on a deal. A claim that was not given is referred to by nothing."""
    for n, s in enumerate(d.standing):
        yield "standings", (d.id, n, s.standing, s.why)
    for n, step in enumerate(d.steps):
        yield "steps", (d.id, n, step.stage, step.said, step.claim if step.claim in given else None)
    for n, v in enumerate(d.values):
        yield "stated", (d.id, n, v.slot, v.value, v.roots, v.claims)
    for n, r in enumerate(d.roots):
        yield "roots", (d.id, n, r.name, r.path, len(r.documents))
        for document in dict.fromkeys((*r.documents, *r.own)):
            yield "root_documents", (d.id, n, document, int(document in r.own))
    for w in d.witnesses:
        yield (
            "witnesses",
            (d.id, w.document, w.outlet, w.said, w.basis, w.root, w.why, w.chain, w.group, int(w.unread), w.claims),
        )
        for n, a in enumerate(w.answers):
            yield "responses", (d.id, w.document, n, a.responder, a.type, a.scope, a.quote, *a.span)
        for n, f in enumerate(w.drifts):
            ends = (*_ends(f.root_span), *_ends(f.span))
            yield "drifts", (d.id, w.document, n, f.slot, f.root, f.root_value, f.told, f.value, *ends)


def _claim(told: Told, deal: Deal | None) -> Row:
    c = told.claim
    number, money, size, when = c.quantity, c.value, c.measure, c.when
    return (
        told.key, deal and deal.id, told.document, told.outlet, told.said, told.quote, c.evidence.start,
        c.evidence.end, c.kind, c.stage, c.polarity, int(c.hedged),
        [p.name for p in c.supplier], list(dict.fromkeys(k for p in c.supplier for k in p.countries)),
        [p.name for p in c.recipient], list(dict.fromkeys(k for p in c.recipient for k in p.countries)),
        c.item, c.designations, c.category, number and number.min, number and number.max, number and number.per,
        money and money.min, money and money.max, money and money.currency,
        size and size.min, size and size.max, size and size.unit, when and when.start, when and when.end,
        [v.name for v in c.voices], c.basis, c.zone, min((sure for _, sure in c.confidence), default=None),
        dict(c.confidence), _spans(c),
    )  # fmt: skip


def _spans(c: Claim) -> dict[str, object]:
    spans = {"item": c.item_span}
    spans |= {n: v.span for n in ("quantity", "value", "measure", "when") if (v := getattr(c, n)) is not None}
    return {name: span for name, span in spans.items() if span is not None}


def _parties(told: Told) -> list[Row]:
    sides = {"supplier": told.claim.supplier, "recipient": told.claim.recipient}
    return [
        (told.key, role, n, p.name, p.countries, *_ends(p.span))
        for role, parties in sides.items()
        for n, p in enumerate(parties)
    ]
