"""One view, two forms: a page for people, and the same view-model as JSON."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import cache, wraps
from typing import Any, ParamSpec, TypeVar

from fastapi import APIRouter, Request
from pydantic import TypeAdapter
from starlette.responses import HTMLResponse, Response

from sayso.web.render import page

P = ParamSpec("P")
T = TypeVar("T")
_REQUEST, _RESPONSE = "twin_request", "twin_response"


def view(router: APIRouter, path: str, template: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Serves a function's view-model at `path` as a page and at `path`.json as JSON.

    The function is a FastAPI route's, its return annotation a dataclass. At `path`, a client that
    accepts JSON and no HTML gets JSON too. A cookie that it sets on a parameter `response: Response`
    is sent with either.
    """

    def serve(make: Callable[P, T]) -> Callable[P, T]:
        signature = inspect.signature(make, eval_str=True)
        model = signature.return_annotation
        # FastAPI fills one parameter of each of these types: the function's own where it has one.
        asks, notes = _named(signature, Request, _REQUEST), _named(signature, Response, _RESPONSE)
        added = {n: kind for n, kind in ((asks, Request), (notes, Response)) if n not in signature.parameters}

        @wraps(make)
        def shown(*args: P.args, **kwargs: P.kwargs) -> Response:
            request, noted = (kwargs.pop(name) if name in added else kwargs[name] for name in (asks, notes))
            assert isinstance(request, Request)
            assert isinstance(noted, Response)
            made = make(*args, **kwargs)
            found: Response
            if wants_json(request):
                found = Response(_adapter(model).dump_json(made), media_type="application/json")
            else:
                found = page(request, template, view=made)
            found.headers["Vary"] = "Accept"
            found.raw_headers += [h for h in noted.raw_headers if h[0] == b"set-cookie"]
            return found

        more = [inspect.Parameter(n, inspect.Parameter.KEYWORD_ONLY, annotation=kind) for n, kind in added.items()]
        parameters = [*signature.parameters.values(), *more]
        shown.__signature__ = signature.replace(parameters=parameters, return_annotation=Response)  # type: ignore[attr-defined]
        del shown.__wrapped__  # FastAPI would look through it
        summary = (inspect.getdoc(make) or make.__name__).split("\n", maxsplit=1)[0]
        router.add_api_route(f"{path}.json", make, response_model=model, name=f"{make.__name__}_json", summary=summary)
        router.add_api_route(path, shown, response_class=HTMLResponse, name=make.__name__, summary=f"{summary} (page)")
        return make

    return serve


def wants_json(request: Request) -> bool:
    """Whether the address or the Accept header asks for JSON rather than a page."""
    if request.url.path.endswith(".json"):
        return True
    accept = request.headers.get("accept", "")
    return "application/json" in accept and "text/html" not in accept


def _named(signature: inspect.Signature, kind: type, otherwise: str) -> str:
    """The name of the parameter of this type."""
    return next((p.name for p in signature.parameters.values() if p.annotation is kind), otherwise)


@cache
def _adapter(model: Any) -> TypeAdapter[Any]:
    return TypeAdapter(model)
