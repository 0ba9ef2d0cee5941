"""What HTML of every source needs: limits on its size, and the addresses of its links."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urljoin, urlsplit

from sayso.errors import InputError
from sayso.model import Link

MAX_DEPTH = 250
"""libxml2 cuts a page off below 255 elements."""
MAX_ELEMENTS = 50_000

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
"""Characters that neither HTML nor XML may hold."""

# Elements that need no end tag do not nest without one of the others.
_SHALLOW = frozenset({
    "area", "base", "body", "br", "col", "colgroup", "dd", "dt", "embed", "head", "hr", "html", "img", "input", "li",
    "link", "meta", "optgroup", "option", "p", "param", "source", "tbody", "td", "tfoot", "th", "thead", "tr",
    "track", "wbr",
})  # fmt: skip
_TAG = re.compile(r"<(?:(!--)|(/?)([a-zA-Z][a-zA-Z0-9]{0,20}))")
_RAW = frozenset({"script", "style"})


def check_size(text: str, path: str) -> None:
    """Raises `InputError` for a page nested too deep or of too many elements; linear in `text`."""
    depth = deepest = count = 0
    at = 0
    while (match := _TAG.search(text, at)) is not None:
        at = match.end()
        name = (match[3] or "").lower()
        if match[1] or (name in _RAW and not match[2]):
            at = text.find("-->" if match[1] else "</", at)
            if at < 0:  # it runs to the end of the page
                break
            continue
        count += 1
        if name not in _SHALLOW:
            depth = max(0, depth - 1) if match[2] else depth + 1
            deepest = max(deepest, depth)
    if deepest > MAX_DEPTH:
        raise InputError(path, f"HTML nested {deepest:,} deep", f"at most {MAX_DEPTH} levels")
    if count > MAX_ELEMENTS * 2:
        raise InputError(path, f"HTML of {count:,} tags", f"at most {MAX_ELEMENTS * 2:,}")


def absolute(marked: Iterable[Link], base: str | None) -> tuple[Link, ...]:
    """The links with their whole addresses; those that are not http or https are left out."""
    found = ((link, _joined(base, link.target)) for link in marked)
    return tuple(Link(link.span, target) for link, target in found if is_web(target))


def _joined(base: str | None, target: str) -> str:
    try:
        return urljoin(base or "", target.strip())
    except ValueError:
        return ""


def is_web(url: str) -> bool:
    """Whether an address is http or https and has a host."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme.lower() in ("http", "https") and bool(parts.netloc)
