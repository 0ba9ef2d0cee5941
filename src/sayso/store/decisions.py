"""What persons decided, appended and never changed; and the feeds they follow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import asdict, fields

import sqlalchemy as sa

from sayso.errors import InputError
from sayso.store import codec
from sayso.store.codec import Json
from sayso.store.handle import Handle, Row
from sayso.store.rows import Feed, Verdict
from sayso.store.schema import feed, verdict

_VERDICT = [verdict.c[f.name] for f in fields(Verdict)]
_FEED = [feed.c[f.name] for f in fields(Feed)]
UNDO = "undo"


class Decisions(Handle):
    """Looking them up."""

    __slots__ = ()

    def verdicts(self, *, action: str | None = None, undone: bool | None = None, after: int = 0) -> Iterator[Verdict]:
        """The verdicts in their order, of those numbered beyond `after`; `undone` False: in force."""
        query = sa.select(*_VERDICT).where(verdict.c.id > after).order_by(verdict.c.id)
        if action is not None:
            query = query.where(verdict.c.action == action)
        if undone is not None:
            query = query.where(verdict.c.undone_by.is_not(None) if undone else verdict.c.undone_by.is_(None))
        return (_verdict(row) for row in self.stream(query))

    def verdict(self, id: int) -> Verdict | None:
        row = self.first(sa.select(*_VERDICT).where(verdict.c.id == id))
        return None if row is None else _verdict(row)

    def feeds(self, *, due: dt.datetime | None = None) -> list[Feed]:
        """The feeds, or those to be polled by a moment (one never polled always is)."""
        query = sa.select(*_FEED).order_by(feed.c.next_due.nulls_first(), feed.c.url)
        if due is not None:
            query = query.where((feed.c.next_due <= due) | feed.c.next_due.is_(None))
        return [Feed(*row) for row in self.connection.execute(query)]


class PutDecisions(Handle):
    """Adding to them."""

    __slots__ = ()

    def add_verdict(
        self,
        who: str,
        action: str,
        target: Json,
        *,
        before: Json = None,
        after: Json = None,
        note: str | None = None,
        at: dt.datetime | None = None,
    ) -> int:
        """Appends a verdict, dated now where `at` is not given, and returns its number."""
        row = {
            "at": at or dt.datetime.now(dt.UTC), "who": who, "action": action, "target": codec.to_json(target),
            "before": codec.to_json(before), "after": codec.to_json(after), "note": note,
        }  # fmt: skip
        number: int = self.connection.execute(sa.insert(verdict).returning(verdict.c.id), row).scalar_one()
        return number

    def undo(self, id: int, who: str, *, note: str | None = None, at: dt.datetime | None = None) -> int:
        """Takes a verdict back by a verdict of its own, whose number it returns.

        Raises `InputError` where there is none of that number, or it was taken back before.
        """
        undone = self.connection.execute(sa.select(verdict.c.undone_by).where(verdict.c.id == id)).first()
        if undone is None or undone[0] is not None:
            found = f"no verdict {id}" if undone is None else f"verdict {id}, undone by {undone[0]}"
            raise InputError(self.place, found, "the number of a verdict in force")
        number = self.add_verdict(who, UNDO, {"verdict": id}, note=note, at=at)
        self.connection.execute(sa.update(verdict).where(verdict.c.id == id).values(undone_by=number))
        return number

    def put_feed(self, one: Feed) -> None:
        """A feed's state, in place of what was known of its address."""
        self.replace(feed, feed.c.url == one.url, [asdict(one)])

    def drop_feed(self, url: str) -> None:
        self.connection.execute(sa.delete(feed).where(feed.c.url == url))


def _verdict(row: Row) -> Verdict:
    values = dict(zip((f.name for f in fields(Verdict)), row, strict=True))
    for name in ("target", "before", "after"):
        values[name] = codec.of_json(values[name])
    return Verdict(**values)
