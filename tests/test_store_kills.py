"""A writer that is killed at any moment leaves each document wholly there, or not at all.

25 kills a database; SAYSO_KILLS=200 makes it 200.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest_plugins = ("store_places",)

KILLS = os.environ.get("SAYSO_KILLS", "25")


@pytest.mark.parametrize("seed", ["1"])
def test_killed_writers_leave_whole_documents(where: str, seed: str) -> None:
    # A process of its own: it forks, and a fork must not share an open database or a thread.
    program = Path(__file__).with_name("kills.py")
    done = subprocess.run(
        [sys.executable, str(program), where, "--kills", KILLS, "--seed", seed],
        capture_output=True,
        text=True,
        check=False,
        timeout=60 + 6 * int(KILLS),
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert f"'kills': {KILLS}" in done.stdout
