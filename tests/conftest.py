"""What all tests share: no time limits on random examples, and the folder of corpora where there is one."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Machines are shared and noisy: a slow example is no fault.
settings.register_profile("shared", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("shared")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of gold data and corpora; the test is skipped where it is absent."""
    beside = Path(__file__).resolve().parents[2] / "shared"
    folder = Path(os.environ.get("SAYSO_SHARED", beside))
    if not folder.is_dir():
        pytest.skip(f"no corpora: {folder} is no folder (set SAYSO_SHARED)")
    return folder


def pytest_configure() -> None:
    """A run in the background of a shell ignores Ctrl-C, and would pass that on to the programs that the
    tests start and interrupt."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
