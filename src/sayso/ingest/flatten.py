"""An extracted tree -> frozen text, with the place of every link kept.

Blocks are parted by an empty line, rows and items by a line end; other white space runs become
one space. Extraction trims white space at some tag boundaries and so glues words together; where
a glued word does not stand in the page itself, the space is put back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import _Element, iterwalk

from sayso.model import Link, Span

_BLOCKS = frozenset({"body", "p", "head", "list", "quote", "table", "code", "div", "ab"})
_LINES = frozenset({"item", "row", "lb", "cell"})
# Marks inside the text while it is built; such characters were removed from the page.
_EDGE, _OPEN, _CLOSE, _BLOCK, _LINE = "\x00", "\x01", "\x02", "\x03", "\x04"
_MARKS = re.compile(f"[{_EDGE}{_OPEN}{_CLOSE}]")
_WORD = re.compile(f"[^\\s{_BLOCK}{_LINE}]+")
_PIECE = re.compile(f"[{_OPEN}{_CLOSE}]|[\\s{_BLOCK}{_LINE}]+|[^\\s{_OPEN}{_CLOSE}{_BLOCK}{_LINE}]+")
_ENDS_WORD = re.compile(r"[\w,;:.!?)\]%”’]")
_BEGINS_WORD = re.compile(r"[\w(“‘\[$€£]")


def flatten(body: _Element, page: _Element) -> tuple[str, list[Link]]:
    """The text of `body` and its links, targets as written. `page` is the tree it came from."""
    targets: list[str] = []
    marked = "".join(_marked(body, targets))
    known: set[str] = set()

    def mend(match: re.Match[str]) -> str:
        token = match[0]
        if not _MARKS.search(token):
            return token
        if not known:
            known.update("".join(t for t in page.itertext() if isinstance(t, str)).split())
        return token.replace(_EDGE, "") if _MARKS.sub("", token) in known else _spaced(token)

    return _laid_out(_WORD.sub(mend, marked), targets)


def _marked(body: _Element, targets: list[str]) -> Iterator[str]:
    for event, element in iterwalk(body, events=("start", "end")):
        tag = element.tag
        edge = _EDGE
        if tag in _BLOCKS:
            edge = _BLOCK
        elif tag in _LINES:
            edge = _LINE
        elif tag == "ref":
            edge = _OPEN if event == "start" else _CLOSE
        yield edge
        if event == "start":
            if tag == "ref":
                targets.append(element.get("target") or "")
            if tag != "graphic" and element.text:
                yield element.text
        elif element is not body and element.tail:
            yield element.tail


def _spaced(token: str) -> str:
    """A token with a space at each mark that stands between two words."""
    out: list[str] = []
    parts = re.split(f"([{_EDGE}{_OPEN}{_CLOSE}]+)", token)
    for i in range(0, len(parts), 2):
        out.append(parts[i])
        if i + 2 < len(parts):
            left, marks, right = parts[i], parts[i + 1], parts[i + 2]
            gap = bool(left and right and _ENDS_WORD.match(left[-1]) and _BEGINS_WORD.match(right))
            out.append(marks.replace(_EDGE, "") + (" " if gap else ""))
    return "".join(out)


def _laid_out(marked: str, targets: list[str]) -> tuple[str, list[Link]]:
    out: list[str] = []
    links: list[Link] = []
    opened: list[int] = []
    length = 0
    gap = ""
    for match in _PIECE.finditer(marked):
        piece = match[0]
        if piece == _OPEN:
            opened.append(len(links))
            links.append(Link(Span(-1, -1), targets[len(links)]))
        elif piece == _CLOSE:
            index = opened.pop()
            start = links[index].span.start
            if start >= 0:
                links[index] = Link(Span(start, length), links[index].target)
        elif piece[0].isspace() or piece[0] in (_BLOCK, _LINE):
            gap = max(gap, _gap(piece), key=len)
        else:
            if out and gap:
                out.append(gap)
                length += len(gap)
            gap = ""
            for index in opened:
                if links[index].span.start < 0:
                    links[index] = Link(Span(length, length), links[index].target)
            out.append(piece)
            length += len(piece)
    return "".join(out), [link for link in links if link.span.start >= 0]


def _gap(piece: str) -> str:
    if _BLOCK in piece:
        return "\n\n"
    return "\n" if _LINE in piece else " "
