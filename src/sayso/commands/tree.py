"""The origins of a deal as trees: a root, who passes it on, and whom they pass it on to.

A witness states its chain up to what it rests on; where the ledger follows that further, the witness
stands under the root with what it states between.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sayso.lexicon import Lexicon
from sayso.linking import outlets
from sayso.model import Deal, Witness

NO_OUTLET = "outlet not stated"


@dataclass(slots=True)
class Node:
    """An outlet or a speaker: its own articles in the deal, and those it is passed on to, by key.

    `beside` are articles that come down to another root and name this one too.
    """

    name: str
    own: list[Witness] = field(default_factory=list)
    below: dict[str, Node] = field(default_factory=dict)
    beside: list[Witness] = field(default_factory=list)

    def children(self) -> list[Node]:
        """Those with most documents first."""
        return sorted(self.below.values(), key=lambda n: (-sum(1 for _ in n.witnesses()), n.name))

    def witnesses(self) -> Iterator[Witness]:
        yield from self.own
        for node in self.below.values():
            yield from node.witnesses()


@dataclass(frozen=True, slots=True)
class Forest:
    """A tree for each independent origin, and the witnesses whose origin is not known."""

    trees: tuple[Node, ...]
    unknown: tuple[Witness, ...]


def forest(deal: Deal, lexicon: Lexicon) -> Forest:
    by_key = {w.document: w for w in deal.witnesses}
    trees = []
    for root in deal.roots:
        mine = [w for w in deal.witnesses if w.root == root.name]
        tree = _tree(root.name, mine, set(root.own), lexicon)
        tree.beside = [by_key[d] for d in root.documents if d in by_key and by_key[d].root != root.name]
        trees.append(tree)
    names = {root.name for root in deal.roots}
    return Forest(tuple(trees), tuple(w for w in deal.witnesses if w.root not in names))


def _tree(root: str, witnesses: Sequence[Witness], own: set[str], lexicon: Lexicon) -> Node:
    """The witnesses that state their way to the root first, so that others find its stations there."""
    tree = Node(root)
    at = outlets.key(root, lexicon)
    stations = {at: tree}
    keyed = [(w, [outlets.key(name, lexicon) for name in w.chain]) for w in witnesses]
    for w, keys in sorted(keyed, key=lambda k: (at not in k[1], len(k[1]), k[0].document)):
        mine = outlets.key(w.outlet, lexicon) if w.outlet else ""
        if w.document in own or (mine == at and not keys):
            tree.own.append(w)
            continue
        cut = keys.index(at) if at in keys else len(keys)
        node = tree
        for key, name in reversed([*zip(keys[:cut], w.chain[:cut], strict=True)]):
            if key == mine:
                break
            node = stations[key] if key in stations else _below(node, key, name)
            stations.setdefault(key, node)
        if mine == at:  # it retells what it is itself the root of
            tree.own.append(w)
            continue
        node = _below(node, mine or w.document, w.outlet or NO_OUTLET)
        node.own.append(w)
        stations.setdefault(mine or w.document, node)
    return tree


def _below(node: Node, key: str, name: str) -> Node:
    return node.below.setdefault(key, Node(name))
