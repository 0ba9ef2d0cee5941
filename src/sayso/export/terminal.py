"""One reading as a ledger for a terminal, readable at 80 columns and in a pipe.

Everything goes out as `Text`, which rich never parses for markup, and text from the article
passes `visible` first, so that no escape sequence in it reaches the terminal.
"""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from sayso.export import words
from sayso.export.figures import NOT_STATED
from sayso.model import Claim, Document, Kind, Polarity, Reading, Span

_LABEL = 9  # columns, of the widest label and the gap after it


def show(reading: Reading, console: Console) -> None:
    """Prints the ledger of one article. Raises `SpanError` where a span does not fit its text."""
    d = reading.document
    _print(console, (words.visible(d.title or "") or f"title {NOT_STATED}", "bold"))
    outlet = words.visible(d.outlet or "") or f"outlet {NOT_STATED}"
    language = words.LANGUAGE.get(d.language, words.visible(d.language) or f"language {NOT_STATED}")
    _print(console, (" · ".join((outlet, words.published(d), language)), ""))
    if d.url:
        _print(console, (words.visible(d.url), "dim"))
    rests = ", ".join(words.origin(o) for o in reading.origins)
    _print(console, ("rests on: ", "dim"), (rests or "no other outlet or agency named", ""))
    for number, claim in enumerate(reading.claims, start=1):
        _claim(console, number, claim, d)
    if reading.responses:
        _print(console)
        _print(console, ("Responses", "bold"))
    for r in reading.responses:
        _print(console, (words.response(r), ""), indent=2)
        _print(console, *_evidence(r.evidence, d), indent=4)
    _print(console)
    for note in reading.notes:
        _print(console, ("note: ", "dim"), (words.visible(note), ""))
    _print(console, (" · ".join(words.counts(reading)), "dim"))
    _print(console)


def _claim(console: Console, number: int, c: Claim, d: Document) -> None:
    denied = c.polarity is Polarity.DENIED
    parts = [(f"{number:>2}  ", "bold"), (words.KIND[c.kind], "bold cyan"), (" · ", "dim")]
    parts.append((words.POLARITY[c.polarity], "bold red" if denied else ""))
    if c.hedged:
        parts += [(" · ", "dim"), ("hedged", "yellow")]
    if c.kind is not Kind.SPECIFICATION:
        parts += [(" · ", "dim"), (words.STAGE[c.stage], "")]
    _print(console)
    _print(console, *parts)
    left, right = words.who(c)
    if left or right:
        arrow = [(" → ", "bold")] if right else []
        sides = (
            [(left.value, _known(left)) if left else ("", "")]
            + arrow
            + ([(right.value, _known(right))] if right else [])
        )
        _print(console, *sides, indent=4)
    for label, value in _rows(c, d):
        _print(console, *value, indent=4 + _LABEL, label=label)


def _known(fact: words.Fact) -> str:
    return "bold" if fact.known else "dim italic"


def _rows(c: Claim, d: Document) -> list[tuple[str, list[tuple[str, str]]]]:
    rows = [("what", [(words.what(c), ""), (f" · {words.CATEGORY[c.category]}", "dim")])]
    facts = words.facts(c, d)
    for fact in facts:
        if fact.known:
            quoted = f" “{fact.quote}”" if fact.quote else ""
            rows.append((fact.label, [(fact.value, ""), (quoted, "dim")]))
    if unknown := [f.label for f in facts if not f.known]:
        rows.append(("unknown", [(", ".join(unknown), "dim italic")]))
    rows.append(("says", [(words.chain(words.steps(c, d)), "")]))
    rows.append(("text", _evidence(c.evidence, d)))
    return rows


def _evidence(span: Span, d: Document) -> list[tuple[str, str]]:
    place = f"{words.ZONE[d.zone_at(span.start)]} {span.start}–{span.end}"
    return [(f"“{words.quote(span, d.text)}”", "italic"), (f"  {place}", "dim")]


def _print(console: Console, *parts: tuple[str, str], indent: int = 0, label: str = "") -> None:
    """One paragraph, wrapped with a hanging indent that may hold a label, without trailing blanks."""
    indent = min(indent, console.width // 3)
    hung(console, parts, f"    {label}".ljust(indent)[:indent] if label else " " * indent, " " * indent)


def hung(console: Console, parts: Iterable[tuple[str, str]], lead: str = "", rest: str = "") -> None:
    """Words with their styles as one paragraph, wrapped, without trailing blanks: `lead` stands before
    its first line and `rest`, as wide, before the others."""
    text = Text(overflow="fold")
    for part, style in parts:
        text.append(_carried(part, console), style)
    before = Text(_carried(lead, console), "dim")
    for line in text.wrap(console, console.width - before.cell_len) or [Text()]:
        line.rstrip()
        console.print(before + line if line else line, soft_wrap=True)
        before = Text(_carried(rest, console), "dim")


def _carried(text: str, console: Console) -> str:
    """`text` without what the console's encoding cannot carry."""
    return text.encode(console.encoding, "replace").decode(console.encoding)
