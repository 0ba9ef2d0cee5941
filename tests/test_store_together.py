"""Several readers and writers of one ledger at once."""

from __future__ import annotations

import threading

import pytest

from sayso.errors import StoreError
from sayso.store import Store, open_store
from store_help import put

pytest_plugins = ("store_places",)


def test_a_reader_waits_for_no_writer_and_sees_one_moment(store: Store) -> None:
    with store.adding() as t:
        put(t, 0)
    with store.looking() as look:
        assert len(list(look.documents())) == 1
        with store.adding() as t:
            put(t, 1)
            with store.looking() as other:
                assert len(list(other.documents())) == 1  # not yet committed
        assert len(list(look.documents())) == 1  # as it stood at the first look
    with store.looking() as look:
        assert len(list(look.documents())) == 2


def test_a_second_writer_waits_then_says_so(store: Store, where: str) -> None:
    with (
        open_store(where, wait=0.2) as hasty,
        store.adding(),
        pytest.raises(StoreError, match="locked: another program is writing"),
        hasty.adding(),
    ):
        pass


def test_a_second_writer_gets_its_turn(store: Store, where: str) -> None:
    written, release = threading.Event(), threading.Event()

    def second() -> None:
        with open_store(where) as other:
            written.set()
            with other.adding() as t:
                assert release.is_set()  # else it came in beside the first
                put(t, 1)

    thread = threading.Thread(target=second)
    with store.adding() as t:
        put(t, 0)
        thread.start()
        assert written.wait(30)
        thread.join(0.2)
        release.set()
    thread.join(30)
    with store.looking() as look:
        assert len(list(look.documents())) == 2
