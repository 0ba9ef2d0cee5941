"""The README shows what the program prints today."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def test_the_first_example_is_real() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    block = re.search(r"```console\n\$ sayso (.+?)\n(.*?)```", readme, re.S)
    assert block is not None
    done = subprocess.run(
        [sys.executable, "-c", "from sayso.cli import main; main()", *block.group(1).split()],
        cwd=ROOT, env={**os.environ, "COLUMNS": "100"}, capture_output=True, check=True,
    )  # fmt: skip
    assert done.stdout.decode().rstrip() == block.group(2).rstrip()


def test_the_articles_shown_is_the_example() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    shown = re.search(r"```text\n(.*?)```", readme, re.S)
    assert shown is not None
    example = (ROOT / "examples" / "2-agency-retelling.txt").read_text("utf-8")
    assert " ".join(shown.group(1).split()) in " ".join(example.split())


def test_documents_linked_exist() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", readme):
        assert (ROOT / target).exists(), target
