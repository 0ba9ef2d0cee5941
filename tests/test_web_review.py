"""Review in the browser: deciding, two at once, blind second opinions, and what a reader may not."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import msgspec
import pytest
from starlette.testclient import TestClient

from deal_help import TOLDS
from people_help import *  # noqa: F403 - fixtures
from people_help import SECRET, Browse, field, send
from review_help import OUTLETS, article, lexicon, small_ledger
from sayso.keeping.agreement import agreement
from sayso.keeping.reread import reread
from sayso.model import Claim, Reading, Stage
from sayso.store import open_store
from sayso.store.codec import Json
from sayso.web.people import accounts
from sayso.web.people.csrf import HEADER
from sayso.web.review.form import ClaimForm, form_of
from sayso.web.review.history import value
from sayso.web.review.sent import edit_of

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@pytest.fixture  # type: ignore[no-redef]  # in place of the empty one
def path(tmp_path: Path) -> Path:
    """A ledger of three articles, in place of an empty one."""
    store, _ = small_ledger(tmp_path / "ledger.sayso")
    store.close()
    return tmp_path / "ledger.sayso"


@pytest.fixture
def keys(path: Path) -> list[str]:
    with open_store(path) as store, store.looking() as look:
        return [k.key for k in look.documents()]


def page(browser: TestClient, claim: str, **query: str) -> dict[str, Any]:
    found: dict[str, Any] = browser.get(f"/review/claims/{claim}.json", params=query).json()
    return found


def fields(form: ClaimForm | dict[str, Any]) -> dict[str, list[str]]:
    """A form's fields as a browser sends them."""
    if isinstance(form, ClaimForm):
        form = msgspec.to_builtins(form)
    assert isinstance(form, dict)
    every = [*form["choices"], form["item"], form["designations"]]
    every += [f for rows in form["rows"] for row in rows["rows"] for f in row]
    every += [f for bounds in form["bounds"] for f in bounds["fields"]]
    found: dict[str, list[str]] = {}
    for f in every:
        found.setdefault(f["name"], []).append(f["value"])
    return found


def as_shown(browser: TestClient, claim: str) -> dict[str, list[str]]:
    """The claim's form as its page gives it."""
    found = page(browser, claim)
    return fields(found["form"]) | {name: [found[name]] for name in ("seen", "base", "queue")}


def decide(browser: TestClient, claim: str, action: str, given: dict[str, list[str]], **changed: str) -> Any:
    data = given | {name: [v] for name, v in changed.items()} | {"action": [action], "csrf": [field(browser)]}
    return browser.post(f"/review/claims/{claim}", data=data)


def by_json(browser: TestClient, to: str, body: dict[str, Any]) -> Any:
    return browser.post(to, json=body, headers={HEADER: field(browser)})


# ---- one reviewer -----------------------------------------------------------------------------------


def test_a_round_of_review(browse: Browse, keys: list[str]) -> None:
    ben, claim = browse("ben"), f"{keys[0]}.0"
    assert page(ben, claim)["state"] == ""
    given = as_shown(ben, claim)
    sent = decide(ben, claim, "edit", given, stage="done", quantity_max="45", note="it says delivered")
    assert (sent.status_code, sent.headers["location"]) == (303, "/review/next")
    found = page(ben, claim)
    assert found["state"] == "edited by ben"
    (line,) = found["history"]
    changes = [(c["slot"], c["before"], c["after"]) for c in line["changes"]]
    assert sorted(changes) == [("number", "40", "40 to 45"), ("stage", "agreed", "done")]
    assert line["note"] == "it says delivered"
    html = ben.get(f"/review/claims/{claim}").text
    assert "edited by ben" in html
    assert '<option value="done" selected>' in html
    deal = ben.get(f"/deals/{claim}.json").text
    assert "40 to 45" in deal
    undone = send(ben, "/review/undo", verdict=str(line["number"]), claim=claim)
    assert (undone.status_code, undone.headers["location"]) == (303, f"/review/claims/{claim}")
    assert page(ben, claim)["state"] == ""
    actions = [(h["action"], h["who"]) for h in ben.get("/review/history.json").json()["lines"]]
    assert actions == [("undo", "ben"), ("edit", "ben")]
    assert "undid verdict" in ben.get("/review/history?who=ben&action=undo").text


def test_saving_without_a_change_accepts_and_accepting_a_change_saves_it(browse: Browse, keys: list[str]) -> None:
    ben, claim = browse("ben"), f"{keys[0]}.0"
    decide(ben, claim, "edit", as_shown(ben, claim))
    assert page(ben, claim)["state"] == "accepted by ben"
    decide(ben, claim, "accept", as_shown(ben, claim), hedged="true")
    assert page(ben, claim)["state"] == "edited by ben"


@pytest.mark.parametrize(
    ("name", "wrong", "told"),
    [
        ("quantity_min", "many", "expected a number"),
        ("quantity_min", "50", "the lesser first"),
        ("value_min", "10", "three capital letters"),
        ("when_start", "yesterday", "expected a day"),
        ("supplier_countries", "FRA", "two letters of ISO 3166"),
        ("stage", "finished", "expected one of considered"),
        ("item", "x" * 2_001, "too long"),
        ("base", "{", "as the page showed them"),
        ("base", '{"outlet": "x"}', "as the page showed them"),
        ("item", "a\x00b", "no NUL"),
    ],
)
def test_a_field_that_does_not_fit_is_told_and_nothing_written(
    browse: Browse, keys: list[str], name: str, wrong: str, told: str
) -> None:
    ben, claim = browse("ben"), f"{keys[0]}.0"
    found = decide(ben, claim, "edit", as_shown(ben, claim), **{name: wrong})
    assert found.status_code == 422
    assert told in unescape(found.text)
    assert ben.get("/review/history.json").json()["lines"] == []


def test_a_grade_shows_and_does_not_count_as_reviewed(browse: Browse, keys: list[str]) -> None:
    ben, claim = browse("ben"), f"{keys[0]}.0"
    to, given = f"/review/claims/{claim}", {"action": "grade", "source": "B", "information": "2"}
    assert send(ben, to, seen=page(ben, claim)["seen"], **given).status_code == 303
    assert page(ben, claim)["grade"] == "B2"
    assert ben.get("/review.json").json()["progress"]["reviewed"] == 0
    assert send(ben, to, **given).status_code == 409  # it does not say what was seen
    assert send(ben, to, **{**given, "source": "Z"}).status_code == 422
    bad = {"action": "grade", "grade": {"source": "Z", "information": "2"}}
    assert by_json(ben, f"{to}.json", bad).status_code == 422


def test_split_and_merge_by_form(browse: Browse, keys: list[str]) -> None:
    ben, (one, two, _) = browse("ben"), keys
    found = page(ben, f"{two}.0")
    assert (found["deal"], [m["key"] for m in found["members"]]) == (f"{one}.0", [f"{one}.0"])
    assert send(ben, f"/review/claims/{two}.0", action="split", seen=found["seen"]).status_code == 303
    assert page(ben, f"{two}.0")["deal"] == f"{two}.0"
    both = ben.get("/review/merge.json", params={"a": f"{one}.0", "b": f"{two}.0"}).json()
    assert both["against"][0]["action"] == "split"
    refused = send(ben, "/review/merge", action="merge", a=f"{one}.0", b=f"{two}.0", seen=both["seen"])
    assert refused.status_code == 422
    assert "that one undone first" in refused.text
    send(ben, "/review/undo", verdict=str(both["against"][0]["number"]))
    assert page(ben, f"{two}.0")["deal"] == f"{one}.0"
    every = send(ben, f"/review/claims/{two}.0", action="split", also=f"{one}.0", seen=page(ben, f"{two}.0")["seen"])
    assert every.status_code == 422
    assert "all of its claims" in every.text


def test_another_deal_is_found_by_search_and_merged(browse: Browse, keys: list[str]) -> None:
    ben, (one, _, three) = browse("ben"), keys
    found = ben.get("/review/merge.json", params={"a": f"{one}.0", "q": "howitzers"}).json()
    assert [o["address"] for o in found["options"]] == [f"/review/merge?a={one}.0&b={three}.0"]
    seen = ben.get("/review/merge.json", params={"a": f"{one}.0", "b": f"{three}.0"}).json()["seen"]
    assert send(ben, "/review/merge", action="merge", a=f"{one}.0", b=f"{three}.0", seen=seen).status_code == 303
    assert page(ben, f"{three}.0")["deal"] == f"{one}.0"
    again = send(ben, "/review/merge", action="merge", a=f"{one}.0", b=f"{three}.0", seen=seen)
    assert again.status_code == 409
    assert "one deal" in again.text
    assert "one deal already" in ben.get(f"/review/merge?a={one}.0&b={three}.0").text


# ---- the queue ----------------------------------------------------------------------------------------


def test_the_queue_says_why_and_counts(browse: Browse, keys: list[str]) -> None:
    ben, (one, two, three) = browse("ben"), keys
    found = ben.get("/review.json").json()
    assert found["progress"] == {"reviewed": 0, "total": 4}
    why = {i["id"]: i["why"] for i in found["items"]}
    assert found["items"][0]["id"] == f"{three}.1"  # unsure, and of a new deal
    assert any("0.40 sure" in w for w in why[f"{three}.1"])
    assert why[f"{two}.0"] == ["not yet looked at"]
    assert [i["id"] for i in ben.get("/review.json?why=unsure").json()["items"]] == [f"{three}.1"]
    assert ben.get("/review.json", params={"outlet": OUTLETS[1]}).json()["progress"]["total"] == 1
    by_json(ben, f"/review/claims/{one}.0.json", {"action": "accept"})
    found = ben.get("/review.json").json()
    assert found["progress"] == {"reviewed": 1, "total": 4}
    assert f"{one}.0" not in [i["id"] for i in found["items"]]
    (done,) = ben.get("/review.json?state=reviewed").json()["items"]
    assert (done["id"], done["state"]) == (f"{one}.0", "accepted by ben")
    assert ben.get("/review?kind=nonsense").status_code == 422


def test_origins_that_differ_are_a_reason(browse: Browse, keys: list[str]) -> None:
    ben = browse("ben")
    assert ben.get("/review.json?why=conflict").json()["items"] == []
    decide(ben, f"{keys[0]}.0", "edit", as_shown(ben, f"{keys[0]}.0"), quantity_min="30", quantity_max="30")
    (item,) = ben.get("/review.json?why=conflict").json()["items"]
    assert (item["id"], item["why"]) == (f"{keys[1]}.0", ["the deal's origins differ"])
    assert ben.get("/review/next").headers["location"] == f"/review/claims/{keys[2]}.1"  # unsure and new: 3.2 to 3.0


def test_two_reviewers_get_different_items(browse: Browse) -> None:
    ann, ben = browse("ann"), browse("ben")
    first = ann.get("/review/next").headers["location"]
    ann.get(first)
    second = ben.get("/review/next").headers["location"]
    assert first != second
    ben.get(second)
    assert ann.get("/review/next").headers["location"] == first
    assert "open before" in ben.get("/review").text


def test_deals_kept_apart_are_proposed_no_more(browse: Browse, path: Path, keys: list[str]) -> None:
    ben, (one, two, _) = browse("ben"), keys
    send(ben, f"/review/claims/{two}.0", action="split", seen=page(ben, f"{two}.0")["seen"])
    assert page(ben, f"{one}.0")["near"] == []
    assert ben.get("/review.json?why=merge").json()["items"] == []


# ---- two at once --------------------------------------------------------------------------------------


def test_the_second_of_two_is_shown_the_firsts_change_and_can_put_his_on_top(browse: Browse, keys: list[str]) -> None:
    ann, ben, claim = browse("ann"), browse("ben"), f"{keys[0]}.0"
    hers, his = as_shown(ann, claim), as_shown(ben, claim)
    assert decide(ann, claim, "edit", hers, stage="done").status_code == 303
    late = decide(ben, claim, "edit", his, hedged="true")
    assert late.status_code == 409
    assert "Nothing was written yet" in late.text
    assert "<bdi>ann</bdi>" in late.text
    assert len(ben.get("/review/history.json").json()["lines"]) == 1
    assert 'value="done"' not in late.text  # his own form, not hers, goes on top
    again = [(unescape(n), unescape(v)) for n, v in HIDDEN.findall(late.text)]
    data: dict[str, list[str]] = {}
    for n, v in again:
        data.setdefault(n, []).append(v)
    assert ben.post(f"/review/claims/{claim}", data=data).status_code == 303
    form = fields(page(ben, claim)["form"])
    assert (form["stage"], form["hedged"]) == (["done"], ["true"])  # nobody's change is lost


def test_the_same_by_json(browse: Browse, keys: list[str]) -> None:
    ann, ben, to = browse("ann"), browse("ben"), f"/review/claims/{keys[0]}.0.json"
    seen = page(ben, f"{keys[0]}.0")["seen"]
    assert by_json(ann, to, {"action": "reject", "seen": seen}).status_code == 200
    late = by_json(ben, to, {"action": "edit", "edit": {"stage": "done"}, "seen": seen})
    assert late.status_code == 409
    body = late.json()
    assert [(v["who"], v["action"]) for v in body["by"]] == [("ann", "reject")]
    assert [(c["before"], c["after"]) for c in body["mine"]] == [("agreed", "done")]
    done = by_json(ben, to, {"action": "edit", "edit": {"stage": "done"}, "seen": body["seen"]})
    assert done.status_code == 200
    assert done.json()["deals"]
    undo = by_json(ben, "/review/undo.json", {"verdict": done.json()["verdict"]})
    assert undo.status_code == 200
    assert by_json(ben, "/review/undo.json", {"verdict": done.json()["verdict"]}).status_code == 409
    assert by_json(ben, "/review/undo.json", {"verdict": 999}).status_code == 422


def test_another_reading_in_between_is_told(browse: Browse, path: Path, keys: list[str]) -> None:
    ben, claim = browse("ben"), f"{keys[0]}.0"
    given = as_shown(ben, claim)
    with open_store(path) as store:
        with store.looking() as look:
            read = look.reading(keys[0])
        assert isinstance(read, Reading)
        reread(store, keys[0], replace(read, claims=(replace(read.claims[0], stage=Stage.OFFERED),)), lexicon())
    late = decide(ben, claim, "accept", given)
    assert late.status_code == 409
    assert "read anew in between" in late.text


# ---- who may --------------------------------------------------------------------------------------------


def test_a_reader_sees_and_may_not_decide(browse: Browse, keys: list[str]) -> None:
    cat, claim = browse("cat"), f"{keys[0]}.0"
    html = cat.get(f"/review/claims/{claim}").text
    assert "Deciding needs an analyst" in html
    assert 'data-key="a"' not in html
    for to in (f"/review/claims/{claim}", "/review/merge", "/review/undo", "/review/blind"):
        refused = send(cat, to, action="accept")
        assert refused.status_code == 403
        assert "this needs an analyst" in refused.text
    assert by_json(cat, f"/review/claims/{claim}.json", {"action": "accept"}).status_code == 403
    assert cat.get("/review/history.json").json()["lines"] == []


def test_what_comes_without_the_forms_token_is_refused(browse: Browse, keys: list[str]) -> None:
    ben, claim = browse("ben"), f"{keys[0]}.0"
    assert ben.post(f"/review/claims/{claim}", data={"action": "accept"}).status_code == 403
    assert ben.post(f"/review/claims/{claim}.json", json={"action": "accept"}).status_code == 403
    assert ben.get("/review/history.json").json()["lines"] == []


def test_what_is_not_there_is_not_found(browse: Browse) -> None:
    ben = browse("ben")
    assert ben.get("/review/claims/none.0").status_code == 404
    assert ben.get("/review/merge?a=none.0").status_code == 404
    assert send(ben, "/review/claims/none.0", action="accept").status_code == 404
    assert by_json(ben, "/review/merge.json", {"a": "none.0", "b": "none.1"}).status_code == 404
    assert send(ben, "/review/undo", verdict="x").status_code == 422


def test_names_that_look_like_markup_are_shown_as_text(browse: Browse, path: Path, keys: list[str]) -> None:
    ben, claim, evil = browse("ben"), f"{keys[0]}.0", "<script>alert(1)</script>"
    with open_store(path) as store, store.adding() as t:
        accounts.create(t, "eve", "analyst", SECRET, lambda *_: None, temporary=False)
    decide(ben, claim, "edit", as_shown(ben, claim), item=evil, note=evil)
    for to in (f"/review/claims/{claim}", "/review/history", "/review", f"/review/merge?a={claim}"):
        assert "<script>alert" not in ben.get(to).text
    stale = as_shown(browse("eve"), claim)
    decide(ben, claim, "reject", as_shown(ben, claim))
    assert "<script>alert" not in decide(browse("eve"), claim, "edit", stale, item=evil + "2").text


# ---- blind ----------------------------------------------------------------------------------------------


def test_a_blind_reviewer_sees_nothing_until_his_own_is_in(browse: Browse, keys: list[str]) -> None:
    ann, ben, claim = browse("ann"), browse("ben"), f"{keys[0]}.0"
    decide(ann, claim, "edit", as_shown(ann, claim), stage="done", note="delivered, she says")
    assert send(ben, "/review/blind", blind="1").headers["location"] == "/review?state=second"
    (item,) = ben.get("/review.json?state=second").json()["items"]
    assert (item["id"], item["state"]) == (claim, "")
    found = page(ben, claim)
    assert (found["hidden"], found["state"], found["history"], found["deal"]) == (True, "", [], None)
    assert fields(found["form"])["stage"] == ["agreed"]
    for to in (f"/review/claims/{claim}", "/review", "/review?state=reviewed", "/review/history", "/review/agreement"):
        shown = ben.get(to).text
        assert "delivered, she says" not in shown
        assert "by ann" not in shown
    assert ben.get("/review/history.json").json()["hidden"] == 1
    sent = decide(ben, claim, "accept", as_shown(ben, claim))
    assert sent.headers["location"] == f"/review/claims/{claim}"  # where both are shown now
    found = page(ben, claim)
    assert [(h["who"], h["action"], h["blind"]) for h in found["history"]] == [
        ("ben", "accept", True), ("ann", "edit", False),
    ]  # fmt: skip
    assert fields(found["form"])["stage"] == ["done"]  # the first still holds
    (pair,) = ben.get("/review/agreement.json").json()["between"]
    rows = {r["what"]: (r["claims"], r["same"]) for r in pair["rows"]}
    assert (pair["a"], pair["b"], rows["action"], rows["stage"], rows["item"]) == ("ann", "ben", (1, 0), (1, 0), (1, 1))
    assert ben.get("/review/agreement.json").json()["differing"][0]["slots"] == ["stage"]
    send(ben, "/review/blind", blind="0")
    assert ben.get("/review.json").json()["blind"] is False


def test_agreement_by_hand() -> None:
    """Fifty claims: both accept 20, both reject 15; one accepts where the other rejects 5 times, and 10
    times the other way. Observed 35/50 = 0.7. Accepting: 25/50 and 30/50; by chance 0.5 * 0.6 + 0.5 * 0.4
    = 0.5. Kappa (0.7 - 0.5) / (1 - 0.5) = 0.4."""
    answers = [("accept", "accept")] * 20 + [("accept", "reject")] * 5
    answers += [("reject", "accept")] * 10 + [("reject", "reject")] * 15
    found = agreement("action", answers)
    assert (found.claims, found.same, found.percent) == (50, 35, 70.0)
    assert found.kappa == pytest.approx(0.4)
    # Eight claims, three answers, 7 the same; marginals (3, 3, 2) and (2, 4, 2): chance (6 + 12 + 4) / 64.
    three = [("a", "a")] * 2 + [("b", "b")] * 3 + [("c", "c")] * 2 + [("a", "b")]
    found = agreement("stage", three)
    assert found.same == 7
    assert found.kappa == pytest.approx((7 / 8 - 22 / 64) / (1 - 22 / 64))
    assert agreement("kind", [("x", "x")] * 3).kappa is None  # no other answer was ever given
    assert agreement("kind", []) == agreement("kind", ())
    assert agreement("kind", []).percent == 0.0
    assert agreement("kind", [("x", "y"), ("y", "x")]).kappa == pytest.approx(-1.0)


# ---- the form -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("claim", [t.claim for t in TOLDS.values()], ids=list(TOLDS))
def test_a_form_sent_back_as_it_was_changes_nothing(claim: Claim) -> None:
    found = edit_of(fields(form_of(claim)), claim, "")
    # A party without a name cannot be told from an empty row.
    assert found.keys() <= {"recipient"}
    assert found == {} or any(not p.name for p in claim.recipient)


def test_a_new_party_finds_its_place_in_the_evidence() -> None:
    read = article("x", [("France", "drones", "Egypt", 12)])
    claim, text = read.claims[0], read.document.text
    sent = fields(form_of(claim)) | {"recipient_name": ["Egypt", "drones"], "recipient_countries": ["EG", ""]}
    parties = edit_of(sent, claim, text)["recipient"]
    at = text.index("drones")
    assert parties == [
        {"name": "Egypt", "countries": ["EG"], "span": None},
        {"name": "drones", "countries": [], "span": [at, at + 6]},
    ]


@pytest.mark.parametrize(
    ("slot", "found", "said"),
    [
        ("quantity", {"min": 40, "max": 40, "per": "month"}, "40 per month"),
        ("value", {"min": None, "max": 2e6, "currency": "EUR"}, "… to 2,000,000 EUR"),
        ("when", {"start": "2031-05-01", "end": None}, "2031-05-01 to …"),
        ("supplier", [{"name": "A", "countries": ["FR", "DE"]}, {"name": "B", "countries": []}], "A (FR DE); B"),
        ("voices", [{"name": "Ana", "kind": "named_person"}], "Ana (named person)"),
        ("hedged", True, "yes"),
        ("quantity", None, "not stated"),
        ("category", "uncrewed_aircraft", "uncrewed aircraft"),
        ("item", "a_b", "a_b"),
    ],
)
def test_a_value_in_words(slot: str, found: Json, said: str) -> None:
    assert value(slot, found) == said


def test_the_json_is_described(browse: Browse) -> None:
    spec = browse("ben").get("/openapi.json").json()
    paths = spec["paths"]
    for path in ("claims/{key}", "merge", "apart", "split", "undo"):
        assert "post" in paths[f"/review/{path}.json"]
    assert "409" in paths["/review/claims/{key}.json"]["post"]["responses"]
    assert "ClaimVerdict" in spec["components"]["schemas"]
