"""What holds of every page: the guards around it, its JSON twin, its errors, and what is kept."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from sayso.web import Settings, create_app, links
from sayso.web.cache import Cache
from web_help import *  # noqa: F403 - fixtures
from web_help import HOST, STORY

DRONES, CARS = STORY
PAGES = ("/deals", f"/deals/{DRONES.id}", f"/deals/{DRONES.id}/dossier", f"/deals/{CARS.id}", "/deals/none", "/none")


class _Page(HTMLParser):
    """What a test asks of a page: attributes that the policy forbids, links, ids and unclosed tags."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forbidden: list[str] = []
        self.hrefs: list[str] = []
        self.ids: list[str] = []
        self.inline = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.forbidden += [f"{tag} {name}" for name in given if name == "style" or name.startswith("on")]
        self.forbidden += ["style"] if tag == "style" or (tag == "script" and "src" not in given) else []
        self.hrefs += [given["href"] or ""] if "href" in given else []
        self.ids += [given["id"] or ""] if "id" in given else []


# ---- every page -----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES)
def test_pages_keep_the_policy(client: TestClient, path: str) -> None:
    found = client.get(path, headers={"accept": "text/html"})
    policy = found.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert found.headers["x-content-type-options"] == "nosniff"
    assert found.headers["referrer-policy"] == "same-origin"
    page = _Page(found.text)
    assert page.forbidden == []
    assert [h for h in page.hrefs if h.startswith(("http", "//", "javascript"))] == []
    assert len(page.ids) == len(set(page.ids))
    assert 'href="#main"' in found.text


@pytest.mark.parametrize("path", [p for p in PAGES if "none" not in p])
def test_pages_have_their_twins(client: TestClient, path: str) -> None:
    client.get(path)  # a first visit is told otherwise than a second
    twin = client.get(f"{path}.json").json()
    asked = client.get(path, headers={"accept": "application/json"})
    assert asked.headers["content-type"] == "application/json"
    assert asked.json() == twin
    assert "text/html" in client.get(path, headers={"accept": "*/*"}).headers["content-type"]


def test_twins_are_described(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    for path in ("/deals.json", "/deals/{id}.json", "/deals/{id}/dossier.json"):
        schema = paths[path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        assert schema["$ref"].startswith("#/components/schemas/Deal")


def test_foreign_names_of_this_host_are_refused(client: TestClient) -> None:
    assert client.get("/deals", headers={"host": "rebound.example:8000"}).status_code == 421
    assert client.get("/deals", headers={"host": "localhost:8123"}).status_code == 200
    assert client.get("/deals", headers={"host": "[::1]:8123"}).status_code == 200
    assert client.get("/deals", headers={"host": ""}).status_code == 421


@pytest.mark.parametrize("sent", [{"origin": "https://other.example"}, {"sec-fetch-site": "cross-site"}])
def test_foreign_forms_are_refused(client: TestClient, sent: dict[str, str]) -> None:
    assert client.post("/deals/views", data={"name": "x"}, headers=sent).status_code == 403
    assert "sayso_views" not in client.cookies


def test_errors_say_what_to_do_next(client: TestClient) -> None:
    missing = client.get("/deals/none")
    assert missing.status_code == 404
    assert "no deal" in missing.text
    assert 'href="/deals"' in missing.text
    told = client.get("/deals/none.json").json()["error"]
    assert told["status"] == 404
    assert told["next"]
    wrong = client.get("/deals?sort=<b>&page=0")
    assert wrong.status_code == 422
    assert "&lt;b&gt;" in wrong.text
    assert "<b>" not in wrong.text


def test_a_fault_is_a_page_with_the_policy(ledger: Path) -> None:
    app = create_app(ledger, Settings())
    app.add_api_route("/fault", lambda: 1 / 0)
    with TestClient(app, base_url=HOST, raise_server_exceptions=False) as client:
        found = client.get("/fault")
    assert found.status_code == 500
    assert "content-security-policy" in found.headers
    assert "ZeroDivision" not in found.text


# ---- what is kept ----------------------------------------------------------------------------------


def test_the_cache_computes_once_and_keeps_no_failure() -> None:
    made: list[int] = []
    cache = Cache(most=2)

    def make() -> int:
        made.append(1)
        return len(made)

    assert [cache.get("a", make), cache.get("a", make)] == [1, 1]
    with pytest.raises(ZeroDivisionError):
        cache.get("b", lambda: 1 // 0)
    assert cache.get("b", lambda: 7) == 7
    cache.get("c", lambda: 8)  # pushes "a" out
    assert cache.get("a", make) == 2


def test_links_quote() -> None:
    assert links.claim("abc.12") == "/articles/abc#c-12"
    assert links.outlet("A/B ü") == "/outlets/A%2FB%20%C3%BC"
    assert links.link("/x", a=["1", "2&"], b=None, c="", d=0) == "/x?a=1&a=2%26&d=0"
