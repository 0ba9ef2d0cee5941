"""What an outlet originates and what it retells, from the deals that it stands in. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from sayso.model import Deal, Drift, Witness

Same = Callable[[str], bool]
"""Whether a name is the outlet's, however it is written."""

_DEALS = 20  # originated, shown by name
_DRIFTS = 10  # shown with their places


@dataclass(frozen=True, slots=True)
class Originated:
    """A deal that comes down to the outlet: `documents` of all outlets do, `own` are its own (0: only
    others say so)."""

    id: str
    item: str
    documents: int
    own: int


@dataclass(frozen=True, slots=True)
class Share:
    """Tellings (a document in a deal) that go to or come from another outlet, and how many of them
    changed something on the way."""

    name: str
    tellings: int
    drifted: int


@dataclass(frozen=True, slots=True)
class Drifted:
    """A change on the way, in a telling of the outlet's: `document` tells what `root` told otherwise."""

    deal: str
    document: str
    root: str
    drift: Drift


@dataclass(slots=True)
class _Tally:
    tellings: Counter[str] = field(default_factory=Counter)
    drifted: Counter[str] = field(default_factory=Counter)

    def add(self, name: str, w: Witness) -> None:
        self.tellings[name] += 1
        self.drifted[name] += bool(w.drifts)

    def shares(self) -> tuple[Share, ...]:
        ordered = sorted(self.tellings.items(), key=lambda e: (-e[1], e[0]))
        return tuple(Share(name, n, self.drifted[name]) for name, n in ordered)


@dataclass(frozen=True, slots=True)
class Account:
    """Over `deals` in which the outlet is a witness or an origin. A telling of the outlet's own is
    `first_hand`, retold (`retells`, by the origin it comes down to), or of `unknown` origin. `slots`:
    how often which slot drifted in its tellings. `retold_by`: others' tellings of what it originates."""

    deals: int = 0
    originates: int = 0
    shown: tuple[Originated, ...] = ()
    first_hand: int = 0
    unknown: int = 0
    retells: tuple[Share, ...] = ()
    nearest: tuple[Share, ...] = ()
    retold_by: tuple[Share, ...] = ()
    slots: tuple[tuple[str, int], ...] = ()
    drifts: tuple[Drifted, ...] = ()

    @property
    def retold(self) -> int:
        return sum(s.tellings for s in self.retells)


def account(deals: Iterable[Deal], same: Same) -> Account:
    """The account of one outlet over deals, the latest first."""
    originated: list[Originated] = []
    retells, nearest, retold_by = _Tally(), _Tally(), _Tally()
    slots: Counter[str] = Counter()
    drifts: list[Drifted] = []
    counted = first_hand = unknown = 0
    for deal in deals:
        mine = [w for w in deal.witnesses if w.outlet and same(w.outlet)]
        root = next((r for r in deal.roots if same(r.name)), None)
        if not mine and root is None:
            continue  # found by its words alone
        counted += 1
        if root is not None:
            originated.append(Originated(deal.id, deal.item, len(root.documents), len(root.own)))
            for w in _others(deal, same):
                retold_by.add(w.outlet or "", w)
        for w in mine:
            first_hand += bool(w.root) and same(w.root)
            unknown += not w.root
            if w.root and not same(w.root):
                retells.add(w.root, w)
                nearest.add(w.chain[0] if w.chain else w.root, w)
            slots.update({d.slot for d in w.drifts})
            drifts += [Drifted(deal.id, w.document, w.root, d) for d in w.drifts][: _DRIFTS - len(drifts)]
    originated.sort(key=lambda o: -o.documents)
    return Account(
        counted, len(originated), tuple(originated[:_DEALS]), first_hand, unknown, retells.shares(), nearest.shares(),
        retold_by.shares(), tuple(slots.most_common()), tuple(drifts),
    )  # fmt: skip


def _others(deal: Deal, same: Same) -> Iterator[Witness]:
    """The tellings of other outlets that come down to this one."""
    return (w for w in deal.witnesses if w.root and same(w.root) and w.outlet and not same(w.outlet))
