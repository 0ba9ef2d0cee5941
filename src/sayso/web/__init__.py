"""The workbench: a ledger's pages in a browser, each with a JSON twin.

    app = create_app("ledger.sayso", Settings())      # an ASGI application; `uvicorn` serves it

Pages are made on the server, work by GET without JavaScript, and load nothing from elsewhere.

**A page** is a function that returns a view-model, a frozen dataclass of all that it shows:

    router = APIRouter(tags=["outlets"])

    @dataclass(frozen=True, slots=True)
    class OutletPage: ...

    @view(router, "/outlets/{name}", "outlet.html")
    def outlet(reader: Reads, name: str) -> OutletPage: ...

`twins.view` registers it twice: at its path, as the template with the view-model in `view`, or as
JSON to a client that accepts only that; and at the path with ".json", which the OpenAPI document
(/openapi.json) describes by the dataclass. Whatever is on the page is in the view-model; templates
compute nothing. Write `def`, not `async def`: a view runs in a thread of its own.

**A group of pages** is a module with a `router`, added to `GROUPS` in `app.py`; long work goes into
modules beside it (`deal_view.py`). A fixed path ("/deals/new") is declared before one with a
parameter ("/deals/{id}"). Keys of documents and claims have dots, so `{id}` takes them as they are.

**The ledger**: a parameter `reader: Reads` (`state.py`) is one read transaction for the request:
`reader.look` is the store's `Look`, `reader.cached(key, make)` keeps what `make()` gives until the
ledger next changes. To write: `with reader.web.store.adding() as t`, in a POST alone.

**A template** extends "base.html" and fills `title`, `main` and, where it needs them, `head`. Its
environment (`render.py`) escapes everything, refuses undefined names, and knows `words`
(`sayso.export.words`), `static("app.css")`, `link(base, name=value)` for addresses and the filters
`day`, `period`, `visible`, `count("deal")`. Text from an article goes through `visible` where it
stands on one line. Macros for facts, empty states and pages of a list are in "macros.html". A page
that is no view (a form's result, a download) is made by `render.page(request, name, **context)`.

**Addresses**: /deals, /deals/ID, /articles, /articles/KEY with anchors #c-N (claim N), #r-N
(response N), #o-N (origin N), /outlets, /outlets/NAME, /review, /search?q=. Use `links.py`.

**Security** (`security.py`): the policy forbids inline script and style, so no `style=`, no
`onclick=`; the geometry of a picture is in SVG attributes, its colours in classes. A POST from
another site is refused before it reaches a route, as is a Host that is not ours. After a POST,
redirect with 303.

**People** (`people/`): `request.state.user` is who sent a request. Every POST form holds
`{{ csrf_field(request) }}`; a POST by script sends the header X-CSRF-Token. A POST needs an analyst.

**Failures**: raise `HTTPException(404, "no deal 'x'")` or let the store's `InputError` (404) and
`StoreError` (503) pass; `errors.py` makes the page or the JSON, with what to do next.

**Tests** take the fixture `client` (or `ledger`, a path, and `KEYS`) of `tests/web_help.py`:
`from web_help import *` names both.
"""

from sayso.web.app import create_app
from sayso.web.settings import Settings

__all__ = ["Settings", "create_app"]
