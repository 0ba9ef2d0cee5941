"""The command line as a user meets it: in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
SAYSO = [sys.executable, "-c", "from sayso.cli import main; main()"]


def run(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[str]:
    done = subprocess.run([*SAYSO, *arguments], input=stdin, capture_output=True, check=False)
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def test_read_prints_a_ledger() -> None:
    done = run("read", str(EXAMPLES / "2-agency-retelling.txt"))
    assert done.returncode == 0, done.stderr
    assert "Der Hafenbote" in done.stdout
    assert "Meridian Wire" in done.stdout


def test_json_is_one_object_a_document_and_every_value_traces_to_the_text() -> None:
    files = sorted(map(str, EXAMPLES.glob("*.txt")))
    done = run("read", "--json", *files)
    assert done.returncode == 0, done.stderr
    ledgers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(ledgers) == len(files)
    for d in ledgers:
        text = d["text"]
        assert d["claims"]
        for c in d["claims"]:
            a, b = c["evidence_span"]
            assert text[a:b] == c["evidence"]
            for slot in ("quantity", "value", "when", "measure"):
                assert c[slot] is None or c[slot]["span"]
            assert all(0 <= s[0] < s[1] <= len(text) for s in c["supplier_spans"] + c["recipient_spans"])
        for r in d["responses"]:
            a, b = r["evidence_span"]
            assert text[a:b] == r["evidence"]


def test_one_bad_input_stops_nothing_and_is_listed_at_the_end(tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    folder = tmp_path / "folder"
    folder.mkdir()
    korean = tmp_path / "korean.txt"
    korean.write_text("한국은 폴란드에 K2 전차를 수출하기로 했다. 계약은 금요일에 체결되었다." * 3, "utf-8")
    good = EXAMPLES / "5-official-announcement.txt"
    done = run("read", "--json", str(empty), str(folder), str(tmp_path / "none.txt"), str(korean), str(good))
    assert done.returncode == 1
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["example-5"]
    errors = done.stderr.splitlines()
    assert errors[0] == "4 not read:"
    assert len(errors) == 5
    assert "empty" in errors[1]
    assert "directory" in errors[2]
    assert "none.txt" in errors[3]
    assert "'ko'" in errors[4]
    assert all("expected" in e for e in errors[1:])
    assert "Traceback" not in done.stderr


def test_standard_input_and_flags() -> None:
    text = b"Oslo will send 40 missiles to Ukraine in April, the ministry said.\n"
    done = run("read", "-", "--json", "--outlet", "Meridian Wire", "--published", "2024-03-08", stdin=text)
    assert done.returncode == 0, done.stderr
    d = json.loads(done.stdout)
    assert (d["outlet"], d["published"], d["published_inferred"]) == ("Meridian Wire", "2024-03-08", False)


def test_a_date_that_is_none_is_refused() -> None:
    done = run("read", "-", "--published", "2024-02-30", stdin=b"Text.")
    assert done.returncode == 2
    assert "2024-02-30" in done.stderr


def test_pages(tmp_path: Path) -> None:
    done = run("read", *sorted(map(str, EXAMPLES.glob("*.txt"))), "--html", str(tmp_path / "out"))
    assert done.returncode == 0, done.stderr
    pages = sorted(p.name for p in (tmp_path / "out").iterdir())
    assert len(pages) == 6
    assert "index.html" in pages


def test_eval_of_gold_against_itself_is_perfect(tmp_path: Path) -> None:
    read = run("read", "--json", str(EXAMPLES / "1-weekly-report.txt"))
    gold = tmp_path / "gold.jsonl"
    gold.write_text(read.stdout, "utf-8")
    done = run("eval", str(gold), str(gold), "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["rows"]["claim"]["f1"] == 1


def test_eval_names_a_broken_line(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text("{}\n", "utf-8")
    done = run("eval", str(gold))
    assert done.returncode == 1
    assert "gold.jsonl:1" in done.stderr
    assert "Traceback" not in done.stderr
