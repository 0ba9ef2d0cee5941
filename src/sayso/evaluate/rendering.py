"""Templates of the report, over those of the pages: one look, and the same care for what is shown."""

from __future__ import annotations

from functools import cache

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined, select_autoescape

from sayso.export import page_text, words


@cache
def environment() -> Environment:
    """Every value is escaped, in pages and in drawings; an unknown name is a fault."""
    made = Environment(
        loader=ChoiceLoader([PackageLoader("sayso.evaluate"), PackageLoader("sayso.export")]),
        autoescape=select_autoescape(("html", "svg"), default=True), undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    made.filters |= {"visible": _line, "visible_piece": _piece}
    return made


def _line(text: object) -> str:
    """Text on one line, what HTML cannot carry or what could reorder the line shown as its code."""
    return page_text.writable(words.visible(str(text)))


def _piece(text: str) -> str:
    """The same of a piece of a line, whose outer blanks part it from the next."""
    before, after = text[:1].isspace(), text[-1:].isspace()
    return " " * before + _line(text) + " " * (after and bool(text.strip()))


def asset(name: str) -> str:
    """A template's source as it is: style and script, which are not rendered."""
    loader = environment().loader
    assert loader
    return loader.get_source(environment(), name)[0]
