"""Disks that are full, damaged or not ours to write."""

from __future__ import annotations

import os
import pwd
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sayso.errors import StoreError
from sayso.store import check, open_store
from store_help import put

if TYPE_CHECKING:
    pass

pytest_plugins = ("store_places",)


def refusal(where: str | Path, *, create: bool = False) -> str:
    with pytest.raises(StoreError) as caught:
        open_store(where, create=create).close()
    message = str(caught.value)
    assert "\n" not in message
    assert "expected" in message
    return message


def test_each_commit_is_flushed_and_readers_need_no_writer(tmp_path: Path) -> None:
    with open_store(tmp_path / "l.sayso", create=True) as store, store.looking() as look:
        pragmas = {
            p: look.connection.exec_driver_sql(f"PRAGMA {p}").scalar_one() for p in ("journal_mode", "synchronous")
        }
        assert pragmas == {"journal_mode": "wal", "synchronous": 2}


def test_a_full_disk_keeps_nothing_of_the_step(tmp_path: Path) -> None:
    with open_store(tmp_path / "l.sayso", create=True) as store:
        with store.adding() as t:
            put(t)
            pages = t.connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            t.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 3}")
        with pytest.raises(StoreError, match="the disk is full"), store.adding() as t:
            t.put_fingerprint(put(t, 1), bytes(100_000))
        assert check(store) == []
        with store.adding() as t:
            t.connection.exec_driver_sql("PRAGMA max_page_count = 100000")
            put(t, 1)
        with store.looking() as look:
            assert len(list(look.documents())) == 2


@contextmanager
def unprivileged() -> Iterator[None]:
    """As a user whom permissions bind."""
    if os.geteuid():
        yield
        return
    os.seteuid(pwd.getpwnam("nobody").pw_uid)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def ledger_of_another() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp())
    path = folder / "l.sayso"
    with open_store(path, create=True) as store, store.adding() as t:
        put(t)
    yield path
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_a_ledger_that_may_only_be_read(ledger_of_another: Path) -> None:
    path = ledger_of_another
    path.chmod(0o444)
    path.parent.chmod(0o777)
    with unprivileged(), open_store(path) as store:
        with store.looking() as look:
            assert len(list(look.documents())) == 1
        with pytest.raises(StoreError, match="may not be written"), store.adding() as t:
            put(t, 1)


def test_a_folder_that_may_not_be_written(ledger_of_another: Path) -> None:
    path = ledger_of_another
    path.chmod(0o444)
    path.parent.chmod(0o555)
    with unprivileged():
        assert "a folder that this user may write" in refusal(path)
        assert "a folder that this user may write" in refusal(path.with_name("new"), create=True)
    path.chmod(0o000)
    with unprivileged():
        assert "cannot be opened (Permission denied)" in refusal(path)


@pytest.fixture
def full(tmp_path: Path) -> Path:
    """A ledger of some hundred pages."""
    path = tmp_path / "l.sayso"
    with open_store(path, create=True) as store, store.adding() as t:
        for n in range(60):
            put(t, n)
    return path


def test_damaged_pages_are_told(full: Path) -> None:
    pages = full.stat().st_size // 4096
    with open(full, "r+b") as stream:
        stream.seek((pages - pages // 3) * 4096)  # past the schema's own pages
        stream.write(b"\xa5" * 4096 * (pages // 4))
    with open_store(full) as store:
        assert "expected" in check(store)[0]

        def read_all() -> None:
            with store.looking() as look:
                assert all(look.raw(key) for key, _ in look.readings())

        with pytest.raises(StoreError, match="a damaged page"):
            read_all()


def test_a_file_cut_short_is_told(full: Path) -> None:
    with open(full, "r+b") as stream:
        stream.truncate(full.stat().st_size // 2)

    def told() -> list[str]:
        try:
            with open_store(full) as store:
                return check(store)
        except StoreError as error:
            return [str(error)]

    assert "expected" in told()[0]


def test_a_head_without_a_body_is_told(tmp_path: Path) -> None:
    path = tmp_path / "l.sayso"
    path.write_bytes(b"SQLite format 3\0" + os.urandom(5000))
    assert "database" in refusal(path) or "damaged" in refusal(path)
