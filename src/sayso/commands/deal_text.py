"""A deal as text: what it is, how it stands, where it comes from, and how it changed on the way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rich.console import Console

from sayso.commands import out
from sayso.commands.tree import NO_OUTLET, Forest, Node
from sayso.export import words
from sayso.export.figures import day, interval
from sayso.model import Answer, Deal, Drift, Interval, Span, Told, Witness

_KEY = re.compile(r"\b[0-9a-f]{12}\b")
_QUOTE = 180  # characters of a quotation; the rest is cut
_NAMES = 6  # outlets named where they are folded into one line
_ARROW = " → "
_WORDS: dict[str, dict[str, str]] = {
    "stage": {stage.value: name for stage, name in words.STAGE.items()},
    "basis": {basis.value: name for basis, name in words.BASIS.items()},
}


@dataclass(frozen=True, slots=True)
class Sources:
    """What a deal's quotations are taken from: its claims, and the texts of some documents, by key."""

    tolds: Mapping[str, Told]
    texts: Mapping[str, str]


def show_deal(to: Console, deal: Deal, trees: Forest, sources: Sources) -> None:
    """All of a deal but its claims, in parts."""
    head(to, deal)
    names = outlet_names(deal)
    _part(to, "Standing")
    for s in deal.standing:
        out.say(to, (words.STANDING[s.standing], out.BOLD), f": {_named(s.why, names)}", lead="  ", rest="    ")
    _part(to, "Origins")
    folded(to, trees)
    _values(to, deal)
    _steps(to, deal, names, sources)
    _drifts(to, deal, names, sources)
    _answers(to, deal, names)


def head(to: Console, deal: Deal) -> None:
    sides = [_party(deal.supplier, deal.supplier_countries), _party(deal.recipient, deal.recipient_countries)]
    out.say(to, (f"{sides[0]}{_ARROW}{sides[1]}: {deal.item or 'item not stated'}", out.BOLD))
    parts = [words.KIND[deal.kind], words.CATEGORY[deal.category], words.STAGE[deal.stage]]
    parts += [f"to happen {interval(deal.when, deal.first_said)}"] if deal.when else []
    parts += [", ".join(deal.designations)] if deal.designations else []
    out.say(to, " · ".join(parts))
    outlets = len({w.outlet for w in deal.witnesses} - {None})
    documents = words.plural(len(deal.witnesses), "document")
    told = f"told {said(deal)} in {documents} of {words.plural(outlets, 'outlet')} · deal {deal.id}"
    out.say(to, (told, out.DIM))


def said(deal: Deal) -> str:
    if deal.first_said is None or deal.last_said is None:
        return "on no known day"
    if deal.first_said == deal.last_said:
        return f"on {day(deal.first_said)}"
    return interval(Interval(deal.first_said, deal.last_said))


def outlet_names(deal: Deal) -> dict[str, str]:
    """The outlet of each of a deal's documents, by key."""
    return {w.document: w.outlet or NO_OUTLET for w in deal.witnesses}


def folded(to: Console, trees: Forest) -> None:
    """The origins as trees, with outlets that pass nothing on folded into a line."""
    for tree in trees.trees:
        out.say(to, *_own(tree), lead="  ")
        _branches(to, tree, "  ")
    if trees.unknown:
        out.say(to, "origin not known: ", _names(trees.unknown), lead="  ", rest="    ")
    if not trees.trees and not trees.unknown:
        out.say(to, "none", lead="  ")


def _branches(to: Console, node: Node, lead: str) -> None:
    between, below, last, after = out.branches(to)
    children = node.children()
    lone = [n for n in children if not n.below]
    lines = [n for n in children if n.below or len(lone) == 1]
    fold = [w for n in lone for w in n.own] if len(lone) > 1 else []
    count = len(lines) + bool(fold) + bool(node.beside)
    for n, child in enumerate(lines, start=1):
        ends = n == count
        out.say(to, *_own(child), lead=lead + (last if ends else between), rest=lead + (after if ends else below))
        _branches(to, child, lead + (after if ends else below))
    if fold:
        ends = not node.beside
        leads = (lead + (last if ends else between), lead + (after if ends else below))
        out.say(to, words.plural(len(lone), "outlet"), (f": {_names(fold)}", out.DIM), lead=leads[0], rest=leads[1])
    if node.beside:
        out.say(to, "named too by ", _names(node.beside), lead=lead + last, rest=lead + after)


def _own(node: Node) -> tuple[out.Part, ...]:
    """A name, with the day of its first article and what that stands on."""
    if not node.own:
        return (node.name, out.BOLD), ("  (no article of its own here)", out.DIM)
    first = min(node.own, key=lambda w: (w.said is None, w.said, w.document))
    many = f" and {len(node.own) - 1} more" if len(node.own) > 1 else ""
    when = day(first.said) if first.said else "no known day"
    basis = "not read" if first.unread else words.BASIS[first.basis]
    return (node.name, out.BOLD), (f"  {when}{many} · {basis}", out.DIM)


def _names(witnesses: Iterable[Witness]) -> str:
    found = sorted({w.outlet or NO_OUTLET for w in witnesses})
    more = f" and {len(found) - _NAMES} more" if len(found) > _NAMES else ""
    return ", ".join(found[:_NAMES]) + more


def _part(to: Console, title: str) -> None:
    out.say(to)
    out.say(to, (title, out.BOLD))


def _values(to: Console, deal: Deal) -> None:
    if deal.values:
        _part(to, "Values by origin")
    for v in deal.values:
        claims = words.plural(len(v.claims), "claim")
        parts = (_value(v.slot, v.value), f"  {', '.join(v.roots)}", (f" ({claims})", out.DIM))
        out.say(to, *parts, lead=f"  {words.SLOT.get(v.slot, v.slot):<9}")
    for line in deal.conflicts:
        out.say(to, (line, out.WARN), lead="  conflict ")


def _value(slot: str, value: str) -> str:
    """A slot's value in words, where it is one of a list."""
    return _WORDS.get(slot, {}).get(value, value)


def _steps(to: Console, deal: Deal, names: Mapping[str, str], sources: Sources) -> None:
    if deal.steps:
        _part(to, "How far it is said to have come")
    for step in deal.steps:
        when = day(step.said) if step.said else "no known day"
        out.say(to, f"{when}: ", (words.STAGE[step.stage], out.BOLD), lead="  ")
        _quote(to, step.claim, None, names, sources)


def _drifts(to: Console, deal: Deal, names: Mapping[str, str], sources: Sources) -> None:
    """Each change once, with how many retellings have it and the words of the first."""
    same: dict[tuple[str, str, str], list[tuple[Witness, Drift]]] = {}
    for w in deal.witnesses:
        for d in w.drifts:
            same.setdefault((d.slot, d.root_value, d.value), []).append((w, d))
    if same:
        _part(to, "Changed in the retelling")
    for (slot, old, new), found in sorted(same.items(), key=lambda s: (s[0][0], -len(s[1]), s[0])):
        outlets = _names(w for w, _ in found)
        label = f"  {words.SLOT.get(slot, slot)}  "
        was, now = _value(slot, old), _value(slot, new)
        parts: tuple[out.Part, ...] = (was, (_ARROW, out.BOLD), (now, out.BOLD), (f"  {outlets}", out.DIM))
        out.say(to, *parts, lead=label, rest="    ")
        _, d = min(found, key=lambda f: (f[0].said is None, f[0].said, f[0].document))
        _quote(to, d.root, d.root_span, names, sources)
        _quote(to, d.told, d.span, names, sources)


def _answers(to: Console, deal: Deal, names: Mapping[str, str]) -> None:
    same: dict[tuple[str, str, str], list[Answer]] = {}
    for w in deal.witnesses:
        for a in w.answers:
            same.setdefault((a.responder, words.RESPONSE[a.type], words.SCOPE[a.scope]), []).append(a)
    if same:
        _part(to, "Responses")
    for (who, what, scope), found in sorted(same.items(), key=lambda s: (-len(s[1]), s[0])):
        more = f" and {len(found) - 1} more" if len(found) > 1 else ""
        out.say(to, (who, out.BOLD), f": {what} — {scope}", lead="  ", rest="    ")
        source = f"  {names.get(found[0].document, NO_OUTLET)}{more}"
        out.say(to, (f"“{cut(found[0].quote)}”", "italic"), (source, out.DIM), lead="    ")


def _quote(to: Console, key: str, span: Span | None, names: Mapping[str, str], sources: Sources) -> None:
    """The words of a claim, or of a document at a place, with the outlet."""
    document = key.partition(".")[0]
    told = sources.tolds.get(key)
    quote = told.quote if told else span.of(sources.texts[document]) if span and document in sources.texts else ""
    source = names.get(document, document)
    if quote:
        out.say(to, (f"“{cut(quote)}”", "italic"), (f"  {source}", out.DIM), lead="    ")


def cut(quote: str) -> str:
    """A quotation, at most `_QUOTE` characters of it."""
    quote = words.visible(quote)
    return quote if len(quote) <= _QUOTE else quote[: _QUOTE - 1].rsplit(" ", 1)[0] + " …"


def _party(name: str, countries: tuple[str, ...]) -> str:
    if not name:
        return "not stated" + (f" ({', '.join(countries)})" if countries else "")
    return f"{name} ({', '.join(countries)})" if countries else name


def _named(why: str, names: Mapping[str, str]) -> str:
    """A reason with the outlets beside the keys of their documents."""
    return _KEY.sub(lambda m: f"{names[m[0]]} ({m[0]})" if m[0] in names else m[0], why)


def named(why: str, deal: Deal) -> str:
    return _named(why, outlet_names(deal))
