"""Deals on the command line: listed, found, drawn, and as they were known on a day."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from rich.cells import cell_len

from command_help import *  # noqa: F403 - fixtures
from command_help import EVIL, KEYS, run
from sayso.store import open_store

DEAL = f"{KEYS['weekly']}.0"
PRINTS = [
    ["deals"], ["deal", DEAL], ["deal", DEAL, "--documents"], ["origins", DEAL], ["search", "drones"], ["status"],
    ["search", "drones", "--claims"], ["copies"], ["diff", "agency", "copy"], ["diff", "agency", "copy", "--full"],
    ["deal", DEAL, "--as-of", "2023-03-09"],
]  # fmt: skip


@pytest.mark.parametrize("command", PRINTS, ids=" ".join)
def test_text_fits_80_columns_and_commands_no_terminal(ledger: Path, command: list[str]) -> None:
    done = run(*command, "--ledger", ledger)
    assert done.code == 0, done.err
    assert max(map(cell_len, done.out.splitlines())) <= 80
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", done.out + done.err)


@pytest.mark.parametrize("command", [c for c in PRINTS if c != ["status"]], ids=" ".join)
def test_json_is_ascii_and_whole(ledger: Path, command: list[str]) -> None:
    for flag in ("--json", "--jsonl"):
        done = run(*[c for c in command if c != "--full"], flag, "--ledger", ledger)
        assert done.code == 0, done.err
        assert done.out.isascii()
        assert "\x1b" not in done.out
        found = done.lines if flag == "--jsonl" else done.json
        assert found


def test_a_deal_is_drawn_with_its_origin_standing_values_drift_and_responses(ledger: Path) -> None:
    told = " ".join(run("deal", DEAL, "--ledger", ledger).out.split())
    assert "Hainan Falcon Dynamics (CN) → Russia (RU): drones" in told
    assert "partly denied: The Chinese foreign ministry denied more or less than this" in told
    assert f"Der Hafenbote ({KEYS['weekly']})" in told
    assert "number 40 → 60 Kestrel Daily “The firm will deliver 40 QX-7 drones.” Der Hafenbote" in told
    assert "“The firm may deliver 60 QX-7 drones.” Kestrel Daily" in told
    assert "The Chinese foreign ministry: denied — broader than the allegation" in told


def test_the_tree_goes_from_the_root_to_those_who_retell(ledger: Path) -> None:
    lines = run("origins", DEAL, "--ledger", ledger).out.splitlines()
    at = {
        name: next(i for i, line in enumerate(lines) if line.endswith(name))
        for name in ("Der Hafenbote", "Kestrel Daily")
    }
    wire = next(i for i, line in enumerate(lines) if line.startswith("├─ Meridian Wire") or line == "└─ Meridian Wire")
    assert at["Der Hafenbote"] < wire < at["Kestrel Daily"]
    assert lines[at["Kestrel Daily"]].lstrip("│ ").startswith(("├─", "└─"))
    assert any("cites Meridian Wire -> Der Hafenbote" in line for line in lines)


@pytest.mark.parametrize("name", [DEAL, f"{KEYS['copy']}.0", KEYS["agency"], KEYS["later"][:6]])
def test_a_deal_is_found_by_any_claim_and_by_a_beginning(ledger: Path, name: str) -> None:
    assert run("deal", name, "--json", "--ledger", ledger).json["id"] == DEAL


def test_a_name_that_fits_none_is_an_error_in_one_line(ledger: Path) -> None:
    for name in ("zzz", "", "\x1b[31m", "%"):
        done = run("deal", name, "--ledger", ledger)
        assert done.code == 1
        assert done.out == ""
        assert len(done.err.splitlines()) == 1
        assert "sayso deals" in done.err
        assert "\x1b" not in done.err


def test_where_there_is_no_ledger_init_is_named(tmp_path: Path) -> None:
    for command in (["deals"], ["status"], ["search", "x"], ["rebuild"], ["check"], ["copies"]):
        done = run(*command, "--ledger", tmp_path / "none.sayso")
        assert (done.code, done.out) == (1, "")
        assert "sayso init" in done.err
        assert not (tmp_path / "none.sayso").exists()


def test_the_ledger_may_be_named_by_the_environment(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAYSO_LEDGER", str(ledger))
    assert run("status", "--json").json["documents"] == 5


def test_documents_are_printed_with_their_external_ids(ledger: Path) -> None:
    rows = run("deal", DEAL, "--documents", "--jsonl", "--ledger", ledger).lines
    by_id = {row["id"]: row for row in rows}
    assert by_id.keys() == KEYS.keys()
    assert all(by_id[id]["document"] == key for id, key in KEYS.items())
    assert by_id["copy"]["chain"] == ["Meridian Wire", "Der Hafenbote"]
    assert by_id["copy"]["root"] == "Der Hafenbote"
    assert by_id["weekly"]["responses"][0]["scope"] == "general"
    assert {"basis", "group", "drifts"} <= by_id["copy"].keys()


def test_as_of_a_day_only_what_was_said_by_then_is_known(ledger: Path) -> None:
    def known(day: str) -> dict[str, object]:
        found: dict[str, object] = run("deal", DEAL, "--json", "--as-of", day, "--ledger", ledger).json
        return found

    first, second = known("2023-03-02"), known("2023-03-08")
    assert [w["document"] for w in first["witnesses"]] == [KEYS["weekly"]]  # type: ignore[attr-defined]
    assert {w["document"] for w in second["witnesses"]} == {KEYS[k] for k in ("weekly", "agency", "copy")}  # type: ignore[attr-defined]
    assert [s["stage"] for s in second["steps"]] == ["agreed"]  # type: ignore[attr-defined]
    assert [s["stage"] for s in known("2023-03-09")["steps"]] == ["agreed", "done"]  # type: ignore[attr-defined]
    assert first["id"] == DEAL
    told = " ".join(run("deal", DEAL, "--as-of", "2023-03-08", "--ledger", ledger).out.split())
    assert "left out: 1 document of later days, 1 document of no known day." in told
    before = run("deal", DEAL, "--as-of", "2023-03-01", "--ledger", ledger)
    assert before.code == 1
    assert "nothing said" in before.err


def test_the_list_as_of_a_day_is_filtered_by_what_was_known_then(ledger: Path) -> None:
    def ids(*options: str) -> list[str]:
        return [row["id"] for row in run("deals", "--json", *options, "--ledger", ledger).json]

    assert ids("--as-of", "2023-03-01") == []
    assert ids("--as-of", "2023-03-02", "--outlet", "Meridian Wire") == []
    assert ids("--as-of", "2023-03-03", "--outlet", "meridian wire", "--party", "China") == [DEAL]
    row = run("deals", "--json", "--as-of", "2023-03-03", "--ledger", ledger).json[0]
    assert (row["documents"], row["last_said"]) == (2, "2023-03-03")


@pytest.mark.parametrize(
    ("options", "fits"),
    [
        (["--party", "China"], True), (["--party", "RU"], True), (["--party", "france"], False),
        (["--supplier", "Chinese"], True), (["--supplier", "russia"], False), (["--recipient", "Russia"], True),
        (["--recipient", "France", "--recipient", "Russia"], True),
        (["--category", "uncrewed_aircraft"], True), (["--category", "tank"], False),
        (["--stage", "agreed"], True), (["--stage", "refused"], False),
        (["--standing", "single-origin"], True), (["--standing", "withdrawn"], False),
        (["--outlet", "Meridian Wire"], True), (["--outlet", "kestrel daily"], True), (["--outlet", "Nobody"], False),
        (["--said-from", "2023-03-09"], True), (["--said-from", "2023-03-10"], False),
        (["--said-to", "2023-03-02"], True), (["--said-to", "2023-03-01"], False),
        (["--when-from", "2023-01-01"], False),
        (["--about", "drones for Russia"], True), (["--about", "submarines"], False),
        (["--about", "drones", "--party", "France"], False),
    ],
    ids=lambda v: " ".join(v) if isinstance(v, list) else "",
)  # fmt: skip
def test_filters(ledger: Path, options: list[str], fits: bool) -> None:
    listed = run("deals", "--jsonl", *options, "--ledger", ledger)
    assert listed.code == 0, listed.err
    assert [row["id"] for row in listed.lines] == ([DEAL] if fits else [])
    # As of a late day, when all that has a day was known, the same deals fit by the same options.
    later = run("deals", "--jsonl", *options, "--as-of", "2023-03-31", "--ledger", ledger)
    assert [row["id"] for row in later.lines] == ([DEAL] if fits else [])


def test_values_that_are_none_of_a_list_are_refused(ledger: Path) -> None:
    for options in (["--stage", "nope"], ["--category", "nope"], ["--said-from", "2023-02-30"]):
        assert run("deals", *options, "--ledger", ledger).code == 2
    done = run("deals", "--sort", "nope", "--ledger", ledger)
    assert done.code == 1
    assert "last_said" in done.err


def test_about_says_which_words_were_found(ledger: Path) -> None:
    row = run("deals", "--about", "QX-7 drones submarines", "--json", "--ledger", ledger).json[0]
    assert row["words"] == ["qx", "7", "drones"]


def test_search_finds_articles_and_claims(ledger: Path) -> None:
    articles = run("search", "ministry", "gave", "no", "figures", "--json", "--ledger", ledger).json
    assert {h["id"] for h in articles} == {"agency", "copy"}
    claims = run("search", "--claims", "may deliver", "--json", "--ledger", ledger).json
    assert [(h["claim"], h["deal"]) for h in claims] == [(f"{KEYS['copy']}.0", DEAL)]
    assert run("search", '"figures gave"', "--json", "--ledger", ledger).json == []
    assert run("search", '"', "--ledger", ledger).out == "nothing found\n"


def test_only_what_an_ascii_terminal_can_carry(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from rich.console import Console

    monkeypatch.setattr(Console, "encoding", property(lambda _: "ascii"))
    done = run("origins", DEAL, "--ledger", ledger)
    assert done.out.isascii()
    assert "`- " in done.out


def test_words_of_an_article_stay_words_in_json(ledger: Path) -> None:
    rows = run("deal", DEAL, "--documents", "--json", "--ledger", ledger).json
    assert next(r for r in rows if r["id"] == "later")["outlet"] == EVIL
    assert json.dumps(EVIL) in run("deal", DEAL, "--documents", "--jsonl", "--ledger", ledger).out


def test_looking_changes_nothing(ledger: Path) -> None:
    with open_store(ledger) as store, store.looking() as look:
        before = (look.counts(), list(look.deals()))
    for command in PRINTS:
        run(*command, "--ledger", ledger)
    with open_store(ledger) as store, store.looking() as look:
        assert (look.counts(), list(look.deals())) == before
