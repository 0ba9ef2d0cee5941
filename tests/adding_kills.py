"""Kills `sayso add` at random moments and goes on. A program: python tests/adding_kills.py FOLDER [KILLS [SEED]]."""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from sayso.cli import main
from sayso.commands import jobs
from sayso.model import Deal, Document, Reading
from sayso.store import check, open_store
from store_help import article

EACH = 6  # documents that a run adds, about, before it is killed


def stubbed(document: Document, *_: object) -> Reading:
    """The hand-made reading of the n-th article, instead of the encoder's."""
    reading = article(int(document.id.rpartition("-")[2]))[0]
    assert reading.document.text == document.text
    return replace(reading, document=document)


def use_stub() -> None:
    vars(import_module("sayso.keeping.add"))["read_one"] = stubbed  # the package's name `add` is the function
    vars(jobs)["encoder"] = lambda: None


def write_input(path: Path, count: int) -> None:
    with path.open("w", encoding="utf-8") as stream:
        for n in range(count):
            d = article(n)[0].document
            row = {"id": d.id, "outlet": d.outlet, "title": d.title, "url": d.url, "published": str(d.published)}
            stream.write(json.dumps(row | {"language": "en", "text": d.text}) + "\n")


def started(ledger: Path, source: Path) -> tuple[int, int]:
    """A child that runs `sayso add --json`: its process id, and the end to read its lines from."""
    read_end, write_end = os.pipe()
    child = os.fork()
    if child:
        os.close(write_end)
        return child, read_end
    code = 1
    try:
        os.close(read_end)
        os.dup2(write_end, 1)
        sys.stdout = os.fdopen(1, "w", encoding="utf-8")
        sys.argv = ["sayso", "add", str(source), "--ledger", str(ledger), "--json"]
        use_stub()
        main()
    except SystemExit as end:
        code = 0 if end.code in (0, None) else 1
    finally:
        os._exit(code)


def killed(ledger: Path, source: Path, seconds: float) -> list[str]:
    """The ids that a run said it had added before it was killed, some time after the first new one."""
    child, read_end = started(ledger, source)
    with os.fdopen(read_end, "rb") as pipe:
        said = line = pipe.readline()
        while line and not json.loads(line)["new"]:
            line = pipe.readline()
            said += line
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        said += pipe.read()
    whole = said[: said.rfind(b"\n") + 1]
    return [json.loads(line)["id"] for line in whole.splitlines()]


def state(ledger: Path) -> tuple[set[str], dict[str, Deal]]:
    with open_store(ledger) as store, store.looking() as look:
        return {k.id for k in look.documents()}, {d.id: d for d in look.deals()}


def run(folder: Path, kills: int, seed: int) -> dict[str, int]:
    """Raises `AssertionError` with what is wrong."""
    chance = random.Random(seed)
    source, ledger = folder / "articles.jsonl", folder / "ledger.sayso"
    count = kills * EACH + 4
    write_input(source, count)
    open_store(ledger, create=True).close()
    told: set[str] = set()
    for number in range(kills):
        told |= set(killed(ledger, source, chance.uniform(0, 0.15)))
        lost = told - state(ledger)[0]
        assert not lost, f"kill {number} of seed {seed} lost {lost}"
    in_time = len(told)
    child, read_end = started(ledger, source)
    with os.fdopen(read_end, "rb") as pipe:
        pipe.read()
    assert os.waitpid(child, 0)[1] == 0
    whole = folder / "whole.sayso"
    open_store(whole, create=True).close()
    child, read_end = started(whole, source)
    with os.fdopen(read_end, "rb") as pipe:
        pipe.read()
    os.waitpid(child, 0)
    assert state(ledger) == state(whole), "the resumed ledger differs from one made in one run"
    with open_store(ledger) as store:
        assert check(store) == []
    assert len(state(ledger)[0]) == count
    return {"kills": kills, "documents": count, "before the last kill": in_time}


if __name__ == "__main__":
    given = [int(a) for a in sys.argv[2:]]
    print(run(Path(sys.argv[1]), *(given + [8, 1][len(given) :])))
