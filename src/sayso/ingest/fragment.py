"""A piece of HTML that is an article as it is (a feed's content) -> text with its links."""

from __future__ import annotations

from lxml.etree import ParserError, strip_elements
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from sayso.ingest.flatten import flatten
from sayso.ingest.markup import CONTROL, check_size
from sayso.model import Link

_AS = {
    **dict.fromkeys(("p", "h1", "h2", "h3", "h4", "h5", "h6", "figure", "figcaption", "dl", "hr"), "p"),
    **dict.fromkeys(("section", "article", "main", "header", "footer", "aside", "address", "center", "details"), "div"),
    **dict.fromkeys(("ul", "ol"), "list"),
    **dict.fromkeys(("li", "dt", "dd"), "item"),
    "blockquote": "quote", "pre": "code", "tr": "row", "td": "cell", "th": "cell", "br": "lb", "img": "graphic",
}  # fmt: skip
_DROPPED = (
    "script", "style", "template", "noscript", "iframe", "object", "embed", "svg", "math", "video", "audio",
    "button", "select", "textarea", "head",
)  # fmt: skip


def read_fragment(html: str, place: str) -> tuple[str, list[Link]]:
    """The text of a piece of HTML and its links, targets as written. Raises `InputError`."""
    check_size(html, place)
    try:
        page = document_fromstring(f"<body>{CONTROL.sub(' ', html)}</body>", parser=HTMLParser(no_network=True))
    except ParserError:  # nothing in it
        return "", []
    strip_elements(page, *_DROPPED, with_tail=False)
    body = page.find("body")
    if body is None:
        return "", []
    for element in body.iter():
        if isinstance(element.tag, str):
            _rename(element)
    return flatten(body, body)


def _rename(element: HtmlElement) -> None:
    """Gives an element the name that `flatten` lays it out by."""
    if element.tag == "a":
        element.tag = "ref"
        element.set("target", element.get("href") or "")
    else:
        element.tag = _AS.get(element.tag, element.tag)
