"""Trying passwords: how often, at what cost, and what the answer gives away."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Literal

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI

from people_help import *  # noqa: F403 - fixtures
from people_help import SECRET, Browse, log_in, send
from sayso.store import open_store
from sayso.web.people import passwords
from sayso.web.people.throttle import BY_ACCOUNT, BY_ADDRESS, WINDOW, Throttle


class Counting(PasswordHasher):
    """Counts the work of a try."""

    verified = hashes = 0

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
        Counting.verified += 1
        return super().verify(hash, password)

    def hash(self, password: str | bytes, *, salt: bytes | None = None) -> str:
        Counting.hashes += 1
        return super().hash(password, salt=salt)


def test_an_unknown_name_costs_and_gets_what_a_wrong_password_does(
    browse: Browse, peopled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(browse("ann"), "/admin/users/cat/disabled", disabled="yes")
    monkeypatch.setattr(passwords, "HASHER", Counting(time_cost=1, memory_cost=8, parallelism=1))
    passwords.fits(None, "warm")
    told = set()
    for name, password in (("ben", "wrong"), ("nobody", "wrong"), ("cat", SECRET), ("no such\0name", SECRET), ("", "")):
        with open_store(peopled) as store, store.looking() as look:
            before = look.audit()[0].id
        browser, Counting.verified, Counting.hashes = browse(), 0, 0
        found = log_in(browser, name, password)
        assert (Counting.verified, Counting.hashes) == (1, 0)
        assert not browser.cookies.get("sayso_session")
        told.add((found.status_code, re.sub(r"[0-9a-f]{64}", "", found.text)))
        with open_store(peopled) as store, store.looking() as look:
            assert look.audit()[0].id == before + 1
    assert len(told) == 1
    assert "wrong" in told.pop()[1]


def test_a_password_is_tried_seldom(browse: Browse, app: FastAPI) -> None:
    now = [0.0]
    object.__setattr__(app.state.door, "throttle", Throttle(lambda: now[0]))
    for n in range(BY_ACCOUNT):  # from everywhere
        assert log_in(browse(address=f"192.0.2.{n}"), "ben", "wrong").status_code == 401
    held = log_in(browse(address="192.0.2.99"), "BEN")
    assert (held.status_code, held.headers["retry-after"]) == (429, str(int(WINDOW)))
    assert log_in(browse(address="192.0.2.99"), "ann").status_code == 303
    now[0] += WINDOW
    assert log_in(browse(address="192.0.2.99"), "ben").status_code == 303


def test_an_address_tries_seldom() -> None:
    now = [0.0]
    throttle = Throttle(lambda: now[0])
    for n in range(BY_ADDRESS):
        assert throttle.wait(f"user{n}", "2001:db8::1") == 0
    now[0] += 60
    assert throttle.wait("ann", "2001:db8::2") == WINDOW - 60  # of the same household
    assert throttle.wait("ann", "2001:db8:1::1") == 0
    assert throttle.wait("ann", "192.0.2.1") == 0


def test_the_right_password_takes_no_try_away() -> None:
    throttle = Throttle()
    for _ in range(BY_ADDRESS * 2):
        assert throttle.wait("ann", "192.0.2.1") == 0
        throttle.forgive("ann", "192.0.2.1")


def test_many_tries_at_once_gain_nothing() -> None:
    throttle = Throttle()
    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(lambda n: throttle.wait("ann", f"192.0.2.{n}"), range(80)))
    assert waits.count(0) == BY_ACCOUNT


def test_trying_many_names_costs_little_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.web.people.throttle._MOST", 100)
    throttle = Throttle()
    for n in range(1_000):
        throttle.wait(f"user{n}", f"10.0.{n % 250}.{n // 250}")
    assert len(throttle._tries) <= 100


def test_a_hash_of_yesterday_is_renewed(browse: Browse, peopled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    browse("ben")
    with open_store(peopled) as store, store.looking() as look:
        stored = look.password_hash("ben")
    assert stored is not None
    assert stored.startswith("$argon2id$v=19$m=16,t=2,p=1$")


def test_a_password_typed_in_two_ways_is_one() -> None:
    stored = passwords.hashed("caf\u00e9 au lait, no")
    assert passwords.fits(stored, "cafe\u0301 au lait, no")
    assert not passwords.fits(stored, "cafe au lait, no")
    assert not passwords.fits("no hash", "x")
