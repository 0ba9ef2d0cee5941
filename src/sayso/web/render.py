"""Templates to pages."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from fastapi import Request
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

from sayso.export import figures, words
from sayso.web import links
from sayso.web.people.csrf import csrf_field, csrf_token
from sayso.web.people.roles import user_of

STATIC = Path(__file__).with_name("static")
NAVIGATION = (
    ("Deals", "/deals"),
    ("Articles", "/articles"),
    ("Outlets", "/outlets"),
    ("Review", "/review"),
    ("Search", "/search"),
)


def page(request: Request, template: str, *, status_code: int = 200, **context: object) -> HTMLResponse:
    """A template as a page; `context` is what it knows beside the environment's own names."""
    url = request.url
    known = {"request": request, "user": user_of(request), "path": url.path, "query": url.query}
    html = environment().get_template(template).render(**known, navigation=NAVIGATION, **context)
    return HTMLResponse(html, status_code=status_code, headers={"Cache-Control": "private, no-cache"})


@cache
def environment() -> Environment:
    made = Environment(
        loader=PackageLoader("sayso.web"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, auto_reload=False,
    )  # fmt: skip
    made.globals |= {"words": words, "links": links, "link": links.link, "static": static}
    made.globals |= {"csrf_field": csrf_field, "csrf_token": csrf_token}
    made.filters |= {
        "day": figures.day, "period": figures.interval, "visible": words.visible, "count": words.plural,
    }  # fmt: skip
    return made


@cache
def static(name: str) -> str:
    """The address of a static file; it changes with the file, so browsers may keep it for ever."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"
