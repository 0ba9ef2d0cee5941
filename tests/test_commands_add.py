"""`sayso add`: what it tells, what it survives, and that several processes make the same ledger as one.

8 kills; SAYSO_KILLS=200 makes it 200.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from adding_kills import stubbed, write_input
from command_help import run
from sayso.commands import jobs
from sayso.errors import InputError, StoreError
from sayso.model import Document, Reading
from sayso.store import open_store

EXAMPLES = sorted((Path(__file__).resolve().parents[1] / "examples").glob("*.txt"))
SAYSO: list[str | Path] = [sys.executable, "-c", "from sayso.cli import main; main()"]
KILLS = os.environ.get("SAYSO_KILLS", "8")


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    path = tmp_path / "ledger.sayso"
    assert run("init", "--ledger", path).code == 0
    return path


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[..., object]], None]:
    """Sets what reads a document, in place of the encoder."""
    module = sys.modules["sayso.keeping.add"]
    monkeypatch.setattr(jobs, "encoder", lambda: None)
    monkeypatch.setattr(module, "read_one", stubbed)
    return lambda how: monkeypatch.setattr(module, "read_one", how)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    path = tmp_path / "articles.jsonl"
    write_input(path, 5)
    return path


def test_what_is_new_and_what_is_there(empty: Path, articles: Path, reading: object) -> None:
    first = run("add", articles, "--ledger", empty)
    assert (first.code, first.err) == (0, "")
    assert first.out.splitlines() == ["5 documents: 5 new, 0 there already", "15 claims · deals: 5 new, 0 changed"]
    again = run("add", articles, "--ledger", empty)
    assert again.out.splitlines() == ["5 documents: 0 new, 5 there already", "0 claims · deals: 0 new, 0 changed"]


def test_json_is_a_line_a_document(empty: Path, articles: Path, reading: object) -> None:
    done = run("add", articles, "--json", "--ledger", empty)
    assert [line["id"] for line in done.lines] == [f"article-{n}" for n in range(5)]
    assert all(line["new"] and line["claims"] == 3 and line["deals"] for line in done.lines)
    assert "5 new" in done.err


def test_one_bad_input_stops_nothing(
    empty: Path, articles: Path, tmp_path: Path, reading: Callable[[Callable[..., object]], None]
) -> None:
    def sometimes(document: Document, *_: object) -> Reading | InputError:
        if document.id == "article-1":
            raise IndexError("a fault \x1b[31m of our own")
        if document.id == "article-2":
            return InputError("x", "language 'ko'", "one that is read")
        return stubbed(document)

    reading(sometimes)
    (tmp_path / "empty.txt").write_bytes(b"")
    done = run("add", tmp_path / "none.txt", articles, tmp_path / "empty.txt", "--ledger", empty)
    assert done.code == 1
    assert done.out.splitlines()[0] == "4 documents: 4 new, 0 there already"
    assert done.out.splitlines()[1] == "  1 kept but not read: language 'ko'; expected one that is read"
    errors = done.err.splitlines()
    assert errors[0] == "3 failed:"
    assert [word in line for word, line in zip(("none.txt", "article-1", "empty.txt"), errors[1:], strict=True)] == [
        True
    ] * 3
    assert "\x1b" not in done.err
    status = run("status", "--json", "--ledger", empty).json
    assert (status["documents"], status["read"], status["unread"]) == (4, 3, 1)
    assert status["unread_languages"] == {"en": 1}


def test_a_fault_of_the_ledger_itself_stops(empty: Path, articles: Path, reading: Callable[..., None]) -> None:
    seen: list[str] = []

    def full(document: Document, *_: object) -> Reading:
        seen.append(document.id)
        raise StoreError(str(empty), "the disk is full", "free space")

    reading(full)
    done = run("add", articles, "--ledger", empty)
    assert done.code == 1
    assert "the disk is full" in done.err
    assert seen == ["article-0"]


def test_ctrl_c_stops_after_the_article_and_says_how_to_go_on(
    empty: Path, articles: Path, reading: Callable[..., None]
) -> None:
    def interrupted(document: Document, *_: object) -> Reading:
        if document.id == "article-1":
            os.kill(os.getpid(), signal.SIGINT)
        return stubbed(document)

    reading(interrupted)
    done = run("add", articles, "--ledger", empty)
    assert done.code == 130
    assert done.out.startswith("2 documents: 2 new")
    assert "goes on from there" in done.err
    assert "Traceback" not in done.err
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    reading(stubbed)
    assert run("add", articles, "--ledger", empty).out.startswith("5 documents: 3 new, 2 there already")


def test_metadata_of_the_command_line_wins(empty: Path, articles: Path, reading: object) -> None:
    run("add", articles, "--outlet", "Meridian Wire", "--ledger", empty)
    with open_store(empty) as store, store.looking() as look:
        assert {k.outlet for k in look.documents()} == {"Meridian Wire"}


def test_several_processes_make_the_ledger_that_one_makes(tmp_path: Path) -> None:
    bad = tmp_path / "none.txt"
    made = []
    for jobs_wanted in ("1", "2"):
        where = tmp_path / f"{jobs_wanted}.sayso"
        run("init", "--ledger", where)
        done = subprocess.run(
            [*SAYSO, "add", "--json", "--jobs", jobs_wanted, "--ledger", where, EXAMPLES[0], bad, *EXAMPLES[1:3]],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 1, done.stderr
        assert "none.txt" in done.stderr
        with open_store(where) as store, store.looking() as look:
            made.append(([json.loads(line) for line in done.stdout.splitlines()], list(look.deals())))
    assert len(made[0][0]) == 3
    assert made[0] == made[1]


def test_a_run_that_is_killed_goes_on_and_loses_nothing(tmp_path: Path) -> None:
    # A process of its own: it forks, and a fork must not share an open database or a thread.
    program = Path(__file__).with_name("adding_kills.py")
    done = subprocess.run(
        [sys.executable, str(program), str(tmp_path), KILLS], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert f"'kills': {KILLS}" in done.stdout
