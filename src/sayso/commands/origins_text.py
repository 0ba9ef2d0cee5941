"""Where a deal's tellings come from, document by document, with the reasons."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Console

from sayso.commands import out
from sayso.commands.deal_text import head, named
from sayso.commands.tree import NO_OUTLET, Forest, Node
from sayso.export import words
from sayso.export.figures import day
from sayso.model import Deal, Witness


def show_origins(to: Console, deal: Deal, trees: Forest, ids: Mapping[str, str]) -> None:
    """The trees in full; `ids` are the documents' external ids."""
    head(to, deal)
    for n, tree in enumerate(trees.trees, start=1):
        out.say(to)
        out.say(to, (f"Origin {n} of {len(trees.trees)}", out.BOLD), f": {deal.roots[n - 1].path}", rest="  ")
        _node(to, tree, deal, ids, ("", ""))
    if trees.unknown:
        out.say(to)
        out.say(to, ("Origin not known", out.BOLD))
        for w in trees.unknown:
            _witness(to, w, deal, ids, "  ", outlet=True)


def _node(to: Console, node: Node, deal: Deal, ids: Mapping[str, str], leads: tuple[str, str]) -> None:
    between, below, last, after = out.branches(to)
    none = () if node.own else (("  (no article of its own here)", out.DIM),)
    out.say(to, (node.name, out.BOLD), *none, lead=leads[0], rest=leads[1])
    stem = leads[1] + (below if node.below or node.beside else after)
    for w in node.own:
        _witness(to, w, deal, ids, stem)
    children = node.children()
    for n, child in enumerate(children, start=1):
        ends = n == len(children) and not node.beside
        _node(to, child, deal, ids, (leads[1] + (last if ends else between), leads[1] + (after if ends else below)))
    if node.beside:
        out.say(to, "named too by", lead=leads[1] + last)
        for w in node.beside:
            _witness(to, w, deal, ids, leads[1] + after, outlet=True)


def _witness(to: Console, w: Witness, deal: Deal, ids: Mapping[str, str], lead: str, *, outlet: bool = False) -> None:
    parts = [w.outlet or NO_OUTLET] if outlet else []
    parts += [day(w.said) if w.said else "no known day"]
    parts += ["not read: told by its names and numbers" if w.unread else words.BASIS[w.basis]]
    parts += ["one of several copies"] if w.group else []
    out.say(to, " · ".join(parts), (f"  {ids.get(w.document, '')} {w.document}", out.DIM), lead=lead, rest=lead)
    if w.why:
        out.say(to, (named(w.why, deal), out.DIM), lead=lead + "  ", rest=lead + "  ")
