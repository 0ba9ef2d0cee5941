"""`sayso init`, `status`, `check`, `rebuild`, `copies`, `diff` and `export`."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from command_help import *  # noqa: F403 - fixtures
from command_help import KEYS, TEXT, run
from sayso.commands.diff_text import marked
from sayso.linking.worddiff import word_diff
from sayso.model import Deal
from sayso.store import open_store

DEAL = f"{KEYS['weekly']}.0"
TEXTS = st.lists(st.sampled_from(["a", "b", "c", "Ä", "🛩", "\n", "\n\n"]), max_size=40).map(" ".join)


def deals(ledger: Path) -> dict[str, Deal]:
    with open_store(ledger) as store, store.looking() as look:
        return {d.id: d for d in look.deals()}


def test_init_makes_a_ledger_once_and_harms_no_other_file(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sayso"
    assert run("init", "--ledger", path).out.startswith("made ")
    assert "there already, with 0 documents" in " ".join(run("init", "--ledger", path).out.split())
    other = tmp_path / "letter.txt"
    other.write_text("Dear Ana", "utf-8")
    done = run("init", "--ledger", other)
    assert (done.code, other.read_text("utf-8")) == (1, "Dear Ana")
    assert "not an SQLite database" in done.err


def test_status_counts(ledger: Path) -> None:
    found = run("status", "--json", "--ledger", ledger).json
    assert (found["documents"], found["read"], found["unread"], found["claims"], found["deals"]) == (5, 5, 0, 5, 1)
    assert found["form"] >= "0002"
    assert found["bytes"] > 10_000
    assert found["last_key"] == KEYS["bare"]
    assert found["reprint_groups"] == 1
    assert "5 (5 read)" in run("status", "--ledger", ledger).out


def test_check_says_sound_or_names_the_fault(ledger: Path) -> None:
    assert run("check", "--ledger", ledger).out == "5 documents: sound\n"
    with open_store(ledger) as store, store.adding() as t:
        t.connection.exec_driver_sql("UPDATE claim SET quote = 'other words' WHERE key = ?", (DEAL,))
    done = run("check", "--json", "--ledger", ledger)
    assert done.code == 1
    assert any("quote" in line for line in done.json["faults"])
    assert run("check", "--ledger", ledger).code == 1


def test_a_rebuild_says_what_changed_and_a_dry_run_changes_nothing(ledger: Path) -> None:
    true = deals(ledger)
    assert "nothing changed" in run("rebuild", "--ledger", ledger).out
    with open_store(ledger) as store, store.adding() as t:
        t.drop_deals([DEAL])
        t.set_group(None, [KEYS["agency"], KEYS["copy"]])
    dry = run("rebuild", "--dry-run", "--json", "--ledger", ledger).json
    assert dry["deals"] == {"new": [DEAL], "gone": [], "changed": []}
    assert set(dry["regrouped"]) == {KEYS["agency"], KEYS["copy"]}
    assert deals(ledger) == {}
    told = run("rebuild", "--ledger", ledger).out
    assert "1 new, 0 gone, 0 changed" in told
    assert f"{DEAL}  Hainan Falcon Dynamics → Russia: drones" in " ".join(told.split()).replace(".0 ", ".0  ")
    assert deals(ledger) == true


def test_copies_has_every_document_once(ledger: Path) -> None:
    rows = {r["id"]: r["group"] for r in run("copies", "--jsonl", "--ledger", ledger).lines}
    assert rows.keys() == KEYS.keys()
    assert rows["agency"] == rows["copy"] is not None
    assert {rows[k] for k in ("weekly", "later", "bare")} == {None}
    groups = run("copies", "--json", "--ledger", ledger).json
    assert [{d["id"] for d in g["documents"]} for g in groups] == [{"agency", "copy"}]
    assert run("copies", "--about", "nothing of the kind", "--json", "--ledger", ledger).json == []
    assert len(run("copies", "--about", "no figures", "--jsonl", "--ledger", ledger).lines) == 2


def test_diff_marks_what_went_and_came(ledger: Path) -> None:
    told = " ".join(run("diff", "agency", KEYS["copy"][:7], "--ledger", ledger).out.split())
    assert "[-will-] {+may+} deliver [-40-] {+60+}" in told
    assert "words …" in told
    assert "words …" not in run("diff", "agency", "copy", "--full", "--ledger", ledger).out
    found = run("diff", "agency", "copy", "--json", "--ledger", ledger).json
    for piece in found["pieces"]:
        assert TEXT["agency"][slice(*piece["a_span"])] == piece["a"]
        assert TEXT["copy"][slice(*piece["b_span"])] == piece["b"]
    done = run("diff", "agency", "nobody", "--ledger", ledger)
    assert (done.code, done.out) == (1, "")


@given(TEXTS, TEXTS)
def test_the_marks_of_a_diff_hold_all_words_of_both_texts_in_order(a: str, b: str) -> None:
    told = "".join(
        part if isinstance(part, str) else part[0] for part in marked(word_diff(a, b), a, b, full=True, plain=True)
    )
    went = re.sub(r"\{\+.*?\+\}", "", told).replace("[-", "").replace("-]", "")
    came = re.sub(r"\[-.*?-\]", "", told).replace("{+", "").replace("+}", "")
    assert (went.split(), came.split()) == (a.split(), b.split())


@pytest.mark.parametrize("format", ["jsonl", "csv", "sqlite", "ftm", "prov"])
def test_export_writes_files_and_says_what_is_not_in_them(ledger: Path, tmp_path: Path, format: str) -> None:
    done = run("export", format, tmp_path / "out", "--ledger", ledger)
    assert done.code == 0, done.err
    assert "1 deal written to" in " ".join(done.out.split())
    assert "not in it: texts of articles" in done.out
    assert list((tmp_path / "out").iterdir())


def test_export_takes_the_filters_of_deals(ledger: Path, tmp_path: Path) -> None:
    def exported(*options: str) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
        done = run("export", "jsonl", tmp_path / "out", *options, "--ledger", ledger)
        assert done.code == 0, done.err
        read = [(tmp_path / "out" / name).read_text("utf-8").splitlines() for name in ("deals.jsonl", "claims.jsonl")]
        found = [[json.loads(line) for line in lines] for lines in read]
        return found[0], found[1]

    assert [len(x) for x in exported()] == [1, 5]
    assert [len(x) for x in exported("--party", "China")] == [1, 5]
    assert [len(x) for x in exported("--party", "France")] == [0, 0]
    then, claims = exported("--as-of", "2023-03-03")
    assert then[0]["last_said"] == "2023-03-03"
    assert {c["document"] for c in claims} == {KEYS["weekly"], KEYS["agency"]}
    unknown = run("export", "nope", tmp_path / "out", "--ledger", ledger)
    assert unknown.code == 1
    assert "web-annotation" in unknown.err
