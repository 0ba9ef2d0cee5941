"""Who reviews here: his name, what is hidden from him, and who has what open."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock
from typing import Annotated

from fastapi import Depends, Request

from sayso.keeping.docket import Docket, docket
from sayso.store import Verdict
from sayso.web.people.roles import Role, user_of
from sayso.web.state import Reader

COOKIE = "sayso_blind"
OPEN_SECONDS = 10 * 60  # how long an opened item is left to who opened it
_MOST_OPEN = 10_000


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who sent the request. `blind`: he reviews without sight of others' verdicts."""

    name: str
    may: bool
    blind: bool

    def hides(self, claim: str, found: Docket) -> bool:
        """Whether others' verdicts on a claim are hidden from him: they decided, and he has not yet."""
        standing = found.standing(claim) if self.blind else []
        return bool(standing) and all(v.who != self.name for v in standing)

    def sees(self, number: int, found: Docket) -> bool:
        """Whether a verdict is shown to him: his own, or of claims none of which hides it."""
        mine = found.verdicts[number].who == self.name
        return mine or not any(self.hides(c, found) for c in found.claims.get(number, ()))

    def shown(self, claim: str, found: Docket) -> list[Verdict]:
        """The verdicts on a claim that he may see, in order."""
        return [v for v in found.of(claim) if v.who == self.name or not self.hides(claim, found)]


def reviewer(request: Request) -> Reviewer:
    user = user_of(request)
    return Reviewer(user.name, user.role.may(Role.ANALYST), request.cookies.get(COOKIE) == "1")


Who = Annotated[Reviewer, Depends(reviewer)]
"""A route's parameter: who reviews."""


def docket_of(reader: Reader) -> Docket:
    """All verdicts, read once for each state of the ledger."""
    return reader.cached("docket", lambda: docket(reader.look))


class Desk:
    """Which items are open before whom, so that two reviewers get different ones. It knows this process
    alone and forgets: nothing but the choice of the next item hangs on it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._open: dict[str, tuple[str, float]] = {}

    def take(self, item: str, who: str) -> None:
        """Notes that somebody has an item open now, and no other one."""
        with self._lock:
            now = time.monotonic()
            kept = {k: v for k, v in self._open.items() if v[0] != who and now - v[1] < OPEN_SECONDS}
            self._open = dict(list(kept.items())[-_MOST_OPEN:])
            self._open[item] = (who, now)

    def with_others(self, who: str) -> dict[str, str]:
        """The items open before others, with whom."""
        with self._lock:
            now = time.monotonic()
            return {k: w for k, (w, at) in self._open.items() if w != who and now - at < OPEN_SECONDS}

    def first_free(self, items: Iterable[str], who: str) -> str | None:
        """The first item open before nobody else; the first of all where there is none."""
        every = list(items)
        taken = self.with_others(who)
        return next((i for i in every if i not in taken), every[0] if every else None)


_MAKING = Lock()


def desk_of(request: Request) -> Desk:
    """The application's desk."""
    state = request.app.state
    with _MAKING:
        if not hasattr(state, "desk"):
            state.desk = Desk()
        found: Desk = state.desk
    return found
