"""Confusions, errors and the report of a comparison."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from sayso.errors import InputError
from sayso.evaluate import compared, figures, write_report
from sayso.evaluate.confusion import NONE, confusions
from sayso.evaluate.errors import errors
from sayso.evaluate.report import EXAMPLES, report
from sayso.evaluate.values import NOTHING, value
from test_cli import run
from test_evaluate import TEXT, claim, ledger

NASTY = "</style><script>alert(1)</script>\"'&<img src=//x.example/y>\u202eevil"


def test_confusions_count_labels_of_paired_claims() -> None:
    tables = confusions([ledger(claim(), claim(item="radars", stage="done"))],
                        {"a": ledger(claim(), claim(item="radars", stage="offered"))})  # fmt: skip
    stage = tables["stage"]
    assert stage.labels == ("offered", "agreed", "done")
    assert stage.counts == ((0, 0, 0), (0, 1, 0), (1, 0, 0))
    assert "basis" not in tables, "the gold gives none"


def test_kinds_are_confused_where_the_words_are_the_same() -> None:
    other = {"evidence": "Oslo said", "kind": "use"}
    table = confusions([ledger(claim(), claim(**other))], {"a": ledger(claim(kind="production"))})["kind"]
    assert table.labels == ("transfer", "production", "use", NONE)
    assert sum(map(sum, table.counts)) == 2
    assert table.counts[0][1] == 1
    assert table.counts[2][3] == 1


def test_errors_come_most_frequent_first_with_their_sentences() -> None:
    gold = ledger(claim(), claim(item="radars", designations=["R-9"]), claim(kind="use"))
    found = ledger(claim(stage="done", quantity=None, confidence={"stage": 0.4}),
                   claim(item="radars", stage="done"), claim(kind="funding", evidence="Oslo said"))  # fmt: skip
    groups = errors([gold], {"a": found})
    assert [(g.slot, g.what, len(g.errors)) for g in groups] == [
        ("stage", "agreed read as done", 2), ("claim", "invented funding", 1), ("claim", "missed use", 1),
        ("quantity", "not found", 1),
    ]  # fmt: skip
    first = groups[0].errors[0]
    assert (first.gold, first.found, first.sure) == ("agreed", "done", 0.4)
    assert "".join(text for text, _ in first.excerpt.pieces) == TEXT
    assert first.excerpt.pieces[0] == ("Norway will send 40 missiles to Ukraine", "both")
    assert groups[3].errors[0].found == NOTHING


@pytest.mark.parametrize(
    ("slot", "change", "said"),
    [
        ("supplier", {}, "Norway (NO)"),
        ("item", {"designations": ["R-9"]}, "missiles [R-9]"),
        ("quantity", {"quantity": {"min": 40, "max": None, "per": "month"}}, "at least 40 a month"),
        ("value", {"value": {"min": None, "max": 2e9, "currency": "EUR"}}, "at most 2,000,000,000 EUR"),
        ("when", {"when": {"start": "2024-04-01", "end": "2024-04-30"}}, "2024-04-01 to 2024-04-30"),
        ("said_by", {"voices": []}, "the outlet itself"),
        ("said_by_kind", {"voices": []}, "outlet itself"),
        ("hedged", {"hedged": True}, "hedged"),
        ("when", {}, NOTHING),
    ],
)
def test_values_in_words(slot: str, change: dict[str, Any], said: str) -> None:
    assert value(claim(**change), slot) == said


def nasty() -> tuple[list[dict[str, Any]], dict[str, dict[str, Any]]]:
    gold = {**ledger(claim(), claim(kind="use")), "id": NASTY, "text": NASTY + TEXT + NASTY}
    everywhere = dict.fromkeys(("item", "stage", "category", "basis"), NASTY)
    voice = {"name": NASTY, "kind": NASTY}
    wrong = claim(**everywhere, supplier=[NASTY], supplier_countries=[NASTY], voices=[voice], confidence={"claim": 0.7})
    return [gold], {NASTY: {**ledger(wrong, claim(kind=NASTY, evidence="Oslo said")), "id": NASTY}}


def test_the_report_escapes_all_and_asks_for_nothing() -> None:
    source = report(*nasty(), name=NASTY)
    root = html.document_fromstring(source)
    assert [e.text for e in root.iter("script")] == [None]
    assert not root.xpath("//img | //link | //iframe | //*[@src] | //*[@style] | //*[starts-with(name(@*), 'on')]")
    assert all(a.startswith("#") for a in root.xpath("//@href"))
    assert "url(" not in source
    assert "\u202e" not in source
    (policy,) = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "script-src" not in policy


def test_every_link_of_the_report_has_its_place() -> None:
    root = html.document_fromstring(report(*nasty()))
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {a[1:] for a in root.xpath("//@href")} <= set(ids)
    sentence = root.xpath("//section[@id='sentences']//li")[0]
    assert "Norway will send 40 missiles to Ukraine" in [m.text_content() for m in sentence.iter("mark")]


def test_the_report_has_every_part() -> None:
    text = html.document_fromstring(report(*nasty())).text_content()
    for part in ("By slot", "Most frequent errors", "Confusions", "Reliability of confidence", "missed use", "ECE"):
        assert part in text


def test_ledgers_that_agree_make_a_short_report() -> None:
    gold = ledger(claim())
    text = html.document_fromstring(report([gold], {"a": gold})).text_content()
    assert "the ledgers agree in everything" in text
    assert "Reliability of confidence" not in text, "no confidence, no diagram"
    assert report([], {})


def test_many_errors_of_a_sort_are_counted_and_some_shown() -> None:
    gold = [ledger(claim(), id=f"d{n}") for n in range(EXAMPLES + 3)]
    source = report(gold, {g["id"]: ledger(claim(stage="done"), id=g["id"]) for g in gold})
    assert "and 3 more." in re.sub(r"\s+", " ", html.document_fromstring(source).text_content())


def test_the_command_writes_the_report_and_the_figures(tmp_path: Path) -> None:
    gold, out = tmp_path / "gold.jsonl", tmp_path / "new" / "report.html"
    found = tmp_path / "found.jsonl"
    gold.write_text(json.dumps(ledger(claim())) + "\n", "utf-8")
    found.write_text(json.dumps(ledger(claim(stage="done", confidence={"stage": 0.6}))) + "\n", "utf-8")
    done = run("eval", str(gold), str(found), "--json", "--html", str(out))
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["rows"]["stage"]["fp"] == 1
    assert told["confusion"]["stage"] == {"labels": ["agreed", "done"], "counts": [[0, 1], [0, 0]]}
    assert told["reliability"]["stage"]["width"]["ece"] == pytest.approx(0.6)
    assert told["errors"] == [{"slot": "stage", "what": "agreed read as done", "count": 1}]
    assert "gold.jsonl" in out.read_text("utf-8")


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=re.escape(str(tmp_path))):
        write_report([], {}, tmp_path)


@pytest.mark.parametrize(
    "change",
    [{"kind": 3}, {"evidence_span": [1]}, {"evidence_span": [-4, 2]}, {"evidence_span": "0-4"}, {"voices": ["Oslo"]},
     {"confidence": [1]}],
)  # fmt: skip
def test_a_malformed_claim_is_named_with_its_place(tmp_path: Path, change: dict[str, Any]) -> None:
    gold, found = tmp_path / "gold.jsonl", tmp_path / "found.jsonl"
    gold.write_text(json.dumps(ledger(claim())) + "\n", "utf-8")
    found.write_text(json.dumps(ledger(claim(), claim(**change))) + "\n", "utf-8")
    with pytest.raises(InputError, match=r"found\.jsonl:1, claims\[1\]"):
        compared(gold, found)


def test_figures_are_json() -> None:
    assert json.loads(json.dumps(figures(*nasty())))["documents"] == 1
