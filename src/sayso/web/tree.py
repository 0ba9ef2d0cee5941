"""Where a deal's tellings come from: each root with what was retold from it, step by step.

A witness states what it rests on ("AFP", "Der Spiegel"); read backwards this is a way from the root,
and the ways of all witnesses make a tree. Copies of one text fold into one node, and so do the many
plain retellings of one source.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from sayso.export import words
from sayso.model import Basis, Claim, Deal, Polarity, ResponseType, Root, Told, Witness
from sayso.web import links

MOST_PLAIN = 10  # plain retellings of one source that are shown one by one
NO_ORIGIN = "origin not known"


@dataclass(frozen=True, slots=True)
class Source:
    """A document of a node. `why` says how its root was found."""

    document: str
    outlet: str
    address: str
    said: str
    basis: str
    why: str
    denied: bool
    drifts: int
    unread: bool


@dataclass(frozen=True, slots=True)
class Node:
    """A step of the tree. `kind`: "root"; "cited", a source of which the ledger has no document;
    "document"; "copies" of one text; "rest", several plain retellings; "unknown", no root at all.
    `outlets` counts those of the node and all below it."""

    kind: str
    name: str
    outlets: int
    denied: bool
    sources: tuple[Source, ...] = ()
    children: tuple[Node, ...] = ()


@dataclass
class _Step:
    """A node while the tree grows."""

    witnesses: list[Witness] = field(default_factory=list)
    below: dict[str, _Step] = field(default_factory=dict)

    def down(self, name: str) -> _Step:
        return self.below.setdefault(name, _Step())


def tree(deal: Deal, tolds: Mapping[str, Told]) -> tuple[Node, ...]:
    """The roots with what hangs on them; last, the documents whose root is not known."""
    witnesses = {w.document: w for w in deal.witnesses}
    found = [_root(r, [witnesses[d] for d in r.documents if d in witnesses], tolds) for r in deal.roots]
    placed = {d for r in deal.roots for d in r.documents}
    lost = [w for w in deal.witnesses if w.document not in placed]
    if lost:
        top = _Step()
        for w in lost:
            _grow(top, w, "")
        found.append(_node("unknown", NO_ORIGIN, top, tolds))
    return tuple(found)


def _root(root: Root, witnesses: Iterable[Witness], tolds: Mapping[str, Told]) -> Node:
    top = _Step()
    for w in witnesses:
        if w.document in root.own:
            top.witnesses.append(w)
        else:
            _grow(top, w, root.name)
    return _node("root", words.visible(root.name), top, tolds)


def _grow(top: _Step, w: Witness, root: str) -> None:
    """Hangs a witness at the end of its way from the root; one that has this root beside another of
    its own hangs on the root itself."""
    way = list(reversed(w.chain)) if w.root == root or not root else []
    if way and way[0].casefold() == root.casefold():
        way = way[1:]
    step = top
    for name in way:
        step = step.down(words.visible(name))
    outlet = words.visible(w.outlet or "") or words.NO_OUTLET
    if step is top or not way or way[-1].casefold() != outlet.casefold():
        step = step.down(outlet)
    step.witnesses.append(w)


def _node(kind: str, name: str, step: _Step, tolds: Mapping[str, Told]) -> Node:
    children = _folded([_child(n, s, tolds) for n, s in step.below.items()], _groups(step))
    sources = tuple(_source(w, tolds) for w in sorted(step.witnesses, key=_by_day))
    outlets = bool(sources) + sum(c.outlets for c in children)
    return Node(kind, name, outlets, any(s.denied for s in sources), sources, children)


def _child(name: str, step: _Step, tolds: Mapping[str, Told]) -> Node:
    return _node("document" if step.witnesses else "cited", name, step, tolds)


def _groups(step: _Step) -> dict[str, str]:
    """The reprint group of each step below that is a single copy of it."""
    return {
        name: w.group
        for name, s in step.below.items()
        if not s.below and len(s.witnesses) == 1 and (w := s.witnesses[0]).group
    }


def _folded(children: list[Node], groups: Mapping[str, str]) -> tuple[Node, ...]:
    """The children, the largest first, with copies of one text as one and a crowd of leaves as one."""
    grouped = sorted((c for c in children if c.name in groups), key=lambda c: groups[c.name])
    found = [c for c in children if c.name not in groups]
    for _, members in groupby(grouped, key=lambda c: groups[c.name]):
        same = list(members)
        found.append(same[0] if len(same) == 1 else _together("copies", same))
    plain = [c for c in found if c.kind == "document" and not c.children and not c.denied]
    if len(plain) > MOST_PLAIN:
        crowd = sorted(plain, key=lambda c: (-sum(s.drifts for s in c.sources), c.sources[0].said, c.name))[MOST_PLAIN:]
        names = {c.name for c in crowd}
        found = [c for c in found if c.name not in names or c.kind != "document"] + [_together("rest", crowd)]
    return tuple(sorted(found, key=lambda c: (c.kind == "rest", -c.outlets, c.name)))


def _together(kind: str, nodes: list[Node]) -> Node:
    sources = tuple(sorted((s for n in nodes for s in n.sources), key=lambda s: (s.said or "9", s.outlet)))
    name = f"{len(nodes)} outlets, one text" if kind == "copies" else f"{len(nodes)} more outlets"
    return Node(kind, name, len({s.outlet for s in sources}), any(s.denied for s in sources), sources)


def _source(w: Witness, tolds: Mapping[str, Told]) -> Source:
    claims: list[Claim] = [tolds[key].claim for key in w.claims if key in tolds]
    denied = any(a.type is ResponseType.DENIED for a in w.answers)
    return Source(
        document=w.document,
        outlet=words.visible(w.outlet or "") or words.NO_OUTLET,
        address=links.claim(w.claims[0]) if w.claims else links.article(w.document),
        said=w.said.isoformat() if w.said else "",
        basis="" if w.basis is Basis.UNSTATED else words.BASIS[w.basis],
        why=words.visible(w.why),
        denied=denied or any(c.polarity is Polarity.DENIED for c in claims),
        drifts=len(w.drifts),
        unread=w.unread,
    )


def _by_day(w: Witness) -> tuple[str, str]:
    return w.said.isoformat() if w.said else "9", w.document
