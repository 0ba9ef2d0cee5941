"""The workbench in a real browser: what it loads, whom it lets in, and who can use it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from article_help import EXTRA, make_articles
from browser_help import Open, Watched, a_browser, opening, served
from people_help import PEOPLE, SECRET
from review_help import small_ledger
from sayso.web import links
from sayso.web.people import accounts
from web_help import KEYS, STORY

if TYPE_CHECKING:
    from playwright.sync_api import Browser

DRONES, CARS = STORY
HAFENBOTE, WIRE = KEYS["Der Hafenbote"], KEYS["Meridian Wire"]
PAGES = {
    "deals": "/deals",
    "deals, sifted": "/deals?q=drones&sort=item",
    "no deals": "/deals?q=nothinglikeit",
    "a deal": links.deal(DRONES.id),
    "a deal in conflict": links.deal(CARS.id),
    "a dossier": links.deal(DRONES.id) + "/dossier",
    "articles": "/articles",
    "an article": links.article(HAFENBOTE),
    "a hostile article": links.article(EXTRA["hostile"]),
    "an unread article": links.article(EXTRA["unread"]),
    "two articles": f"{links.article(HAFENBOTE)}/diff/{EXTRA['copy']}",
    "outlets": "/outlets",
    "an outlet": "/outlets/Der%20Hafenbote",
    "search": "/search",
    "a search": "/search?q=drones",
    "review": "/review",
    "a claim": f"/review/claims/{HAFENBOTE}.0",
    "a merge": f"/review/merge?a={DRONES.id}&b={CARS.id}",
    "history": "/review/history",
    "agreement": "/review/agreement",
    "account": "/account",
    "users": "/admin/users",
    "audit": "/admin/audit",
    "no page": "/none",
}
_OUTLINED = """() => {
    const e = document.activeElement, s = getComputedStyle(e);
    const seen = s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 1;
    return [seen || e === document.body, e.outerHTML.slice(0, 90)];
}"""
_COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with a_browser() as found:
        yield found


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a workbench over the story with its hostile articles; nobody writes there."""
    path = tmp_path_factory.mktemp("browser") / "ledger.sayso"
    make_articles(path)
    with served(path) as address:
        yield address


@pytest.fixture
def opened(browser: Browser) -> Iterator[Open]:
    with opening(browser) as found:
        yield found


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[str]:
    """A workbench for one, over three articles to review."""
    small_ledger(tmp_path / "ledger.sayso")[0].close()
    with served(tmp_path / "ledger.sayso") as address:
        yield address


@pytest.fixture
def shared_desk(tmp_path: Path) -> Iterator[str]:
    """A workbench for an admin, an analyst and a reader, over three articles to review."""
    with small_ledger(tmp_path / "ledger.sayso")[0] as store, store.adding() as t:
        for name, role in PEOPLE.items():
            accounts.create(t, name, role, SECRET, lambda *_: None, temporary=False)
    with served(tmp_path / "ledger.sayso") as address:
        yield address


# ---- every page -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Visit:
    """What happened while a page was open, and what axe-core found on it."""

    status: int
    width: int
    errors: tuple[str, ...]
    violations: tuple[str, ...]
    foreign: tuple[str, ...]
    faults: tuple[str, ...]


@pytest.fixture(scope="module")
def visit(browser: Browser, base: str) -> Iterator[Callable[[str], Visit]]:
    """Visits a page of `PAGES`, once."""
    known: dict[str, Visit] = {}
    with opening(browser) as opened:
        window = opened(base)

        def visited(name: str) -> Visit:
            if name not in known:
                known[name] = _visited(window, PAGES[name])
            return known[name]

        yield visited


def _visited(window: Watched, path: str) -> Visit:
    window.errors.clear()
    window.foreign.clear()
    page = window.page
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1280, "height": 800})
    status = window.open(path)
    faults = [f"light: {f}" for f in _faults(window)]
    page.emulate_media(color_scheme="dark")
    faults += [f"dark: {f}" for f in _faults(window, _COLOURS)]
    page.set_viewport_size({"width": 360, "height": 640})
    width = page.evaluate("document.documentElement.scrollWidth")
    return Visit(status, width, tuple(window.errors), tuple(window.violations()), tuple(window.foreign), tuple(faults))


def _faults(window: Watched, options: dict[str, Any] | None = None) -> list[str]:
    """What axe-core calls serious or critical: the rule, and the first element."""
    from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]

    found = Axe().run(window.page, options=options).response["violations"]
    return [
        f"{v['id']}: {v['nodes'][0]['html'][:200]} ({len(v['nodes'])}) {v['nodes'][0]['failureSummary'][:300]}"
        for v in found
        if v["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("name", PAGES)
def test_pages_open_without_a_fault(visit: Callable[[str], Visit], name: str) -> None:
    found = visit(name)
    assert found.status == (404 if name == "no page" else 200)
    assert found.errors == ()
    assert found.violations == ()


@pytest.mark.parametrize("name", PAGES)
def test_nothing_leaves_the_machine(visit: Callable[[str], Visit], name: str) -> None:
    assert visit(name).foreign == ()


@pytest.mark.parametrize("name", PAGES)
def test_pages_fit_a_telephone(visit: Callable[[str], Visit], name: str) -> None:
    assert visit(name).width <= 360


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_accessible(visit: Callable[[str], Visit], name: str) -> None:
    assert visit(name).faults == ()


def test_the_watch_sees_what_it_is_for(browser: Browser, base: str) -> None:
    with opening(browser) as opened:
        window = opened(base)
        window.open("/deals")
        window.page.evaluate("document.body.append(Object.assign(new Image(), {src: 'https://kestrel.example/a.png'}))")
        window.page.wait_for_function("window.violations.length > 0")
        assert "img-src https://kestrel.example/a.png" in window.violations()
        assert window.errors
        window.page.evaluate("document.querySelector('h1').style.width = '400px'")
        window.page.set_viewport_size({"width": 360, "height": 640})
        assert window.page.evaluate("document.documentElement.scrollWidth") > 360
        window.page.evaluate("document.querySelector('main').append(document.createElement('button'))")
        assert any(f.startswith("button-name") for f in _faults(window))
        with pytest.raises(Exception, match="ERR_FAILED"):
            window.page.goto("https://kestrel.example/")
        assert window.foreign == ["https://kestrel.example/"]


# ---- without JavaScript, and with a keyboard ------------------------------------------------------


def test_deals_and_articles_are_read_without_scripts(opened: Open, base: str) -> None:
    window = opened(base, java_script_enabled=False)
    page = window.page
    window.open("/deals")
    page.get_by_role("link", name="Tern-4").first.click()
    page.wait_for_url(f"**{links.deal(DRONES.id)}")
    page.get_by_text("The Portuguese defence ministry").first.wait_for()
    page.get_by_text("40,000,000").first.wait_for()
    window.open(PAGES["an article"])
    page.get_by_text("people close to the talks").first.wait_for()
    page.get_by_text("Each may carry 8 to 12 kg").first.wait_for()


def test_the_tree_is_saved_as_png(opened: Open, base: str) -> None:
    window = opened(base)
    window.open(links.deal(DRONES.id))
    page = window.page
    with page.expect_download() as started:
        page.get_by_role("button", name="Tree (PNG)").click()
    assert started.value.suggested_filename == "tree.png"
    assert Path(started.value.path()).read_bytes().startswith(b"\x89PNG")


def test_a_claim_is_decided_without_scripts(opened: Open, desk: str) -> None:
    window = opened(desk, java_script_enabled=False)
    page = window.page
    window.open("/review")
    page.locator("ol.rows a").first.click()
    page.wait_for_url("**/review/claims/*")
    address = page.url
    page.get_by_role("button", name="Accept").click()
    page.wait_for_url(lambda url: url != address)
    page.goto(address)
    assert page.locator("[data-history] li").count() == 1


@pytest.mark.parametrize("name", ["deals", "a deal", "an article", "a claim", "a search"])
def test_keyboards_reach_everything_and_see_where_they_are(opened: Open, base: str, name: str) -> None:
    window = opened(base)
    page = window.page
    window.open(PAGES[name])
    page.keyboard.press("Tab")
    skip = page.locator("a.skip")
    assert skip.evaluate("(e) => e === document.activeElement && e.getBoundingClientRect().left >= 0")
    for _ in range(25):
        page.keyboard.press("Tab")
        seen = page.evaluate(_OUTLINED)
        assert seen[0], seen[1]
    window.open(PAGES[name])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


# ---- review ---------------------------------------------------------------------------------------


def test_a_claim_is_accepted_edited_and_taken_back_by_keys(opened: Open, desk: str) -> None:
    window = opened(desk)
    page = window.page
    window.open("/review")
    page.keyboard.press("j")
    page.wait_for_url("**/review/claims/*")
    first = page.url
    page.keyboard.press("a")
    page.wait_for_url(lambda url: url != first)
    page.goto(first)
    history = page.locator("[data-history] > li")
    assert "accept" in history.first.inner_text()

    number = page.locator("[name=quantity_min]")
    before = number.input_value()
    number.fill("7")
    page.locator("[name=quantity_max]").fill("7")
    page.locator("[name=note]").first.fill("seven, says the annex")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != first)
    page.goto(first)
    assert page.locator("[name=quantity_min]").input_value() == "7"
    assert history.count() == 2
    assert "seven, says the annex" in history.first.inner_text()

    page.keyboard.press("u")
    history.nth(2).wait_for()
    assert page.url.split("?")[0] == first.split("?")[0]
    assert page.locator("[name=quantity_min]").input_value() == before
    assert (window.errors, window.violations(), window.foreign) == ([], [], [])


def _logged_in(opened: Open, base: str, name: str) -> Watched:
    window = opened(base)
    window.open("/review")
    page = window.page
    assert page.url.endswith("/login?next=%2Freview")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(SECRET)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url(f"{base}/review")
    return window


def test_who_decides_later_sees_what_the_other_did(opened: Open, shared_desk: str) -> None:
    ann, ben = (_logged_in(opened, shared_desk, name) for name in ("ann", "ben"))
    claim = ben.page.locator("ol.rows a").first.get_attribute("href")
    assert claim
    ann.open(claim)
    ben.open(claim)
    ben.page.get_by_text("ann has this open too").wait_for()
    ann.page.get_by_role("button", name="Reject").click()
    ann.page.wait_for_url(lambda url: not url.endswith(claim))
    ben.page.get_by_role("button", name="Accept").click()
    lost = ben.page.get_by_role("heading", name="Nothing was written yet")
    lost.wait_for()
    theirs = ben.page.get_by_role("region", name="Decided in between").inner_text()
    assert "ann" in theirs
    assert "reject" in theirs
    assert not _faults(ben)
    ben.page.get_by_role("button", name="Apply mine on top").click()
    lost.wait_for(state="detached")
    ann.open(claim)
    lines = ann.page.locator("[data-history] > li").all_inner_texts()
    assert ["ben accept" in lines[0], "ann reject" in lines[1]] == [True, True]


def test_readers_read_and_only_admins_manage(opened: Open, shared_desk: str) -> None:
    cat = _logged_in(opened, shared_desk, "cat")
    cat.page.get_by_text("Deciding needs an analyst").wait_for()
    cat.page.locator("ol.rows a").first.click()
    cat.page.wait_for_url("**/review/claims/*")
    cat.page.get_by_role("group", name="The claim").wait_for()
    assert cat.page.get_by_role("button", name="Accept").count() == 0
    assert cat.page.get_by_role("link", name="Users").count() == 0
    assert cat.open("/admin/users") == 403
    assert "cat is a reader here" in cat.page.locator("main").inner_text()
    ann = _logged_in(opened, shared_desk, "ann")
    ann.page.get_by_role("link", name="Users").click()
    ann.page.get_by_role("button", name="Reset the password of ben").wait_for()
    cat.page.get_by_role("button", name="Log out").click()
    cat.page.wait_for_url("**/login*")
    cat.open("/deals")
    assert cat.page.url.endswith("/login?next=%2Fdeals")
    assert not _faults(cat)


def test_a_wrong_password_is_told(opened: Open, shared_desk: str) -> None:
    window = opened(shared_desk, width=360)
    window.open("/login")
    window.page.get_by_label("Name").fill("ben")
    window.page.get_by_label("Password").fill("heron")
    window.page.keyboard.press("Enter")
    assert window.page.get_by_role("alert").inner_text() == "The name or the password is wrong."
    assert window.page.evaluate("document.documentElement.scrollWidth") <= 360
    assert (window.errors, window.violations()) == ([], [])
    assert not _faults(window)
