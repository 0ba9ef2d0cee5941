"""Opening: what is a ledger, what is not and why, older and newer forms, and a disk that fails."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import sayso
from sayso.errors import StoreError
from sayso.store import Store, check, open_store
from sayso.store import open as opening
from sayso.store.schema import APPLICATION_ID, REVISION, metadata
from store_help import put

if TYPE_CHECKING:
    from store_places import Server

pytest_plugins = ("store_places",)


def refusal(where: str | Path, *, create: bool = False) -> str:
    with pytest.raises(StoreError) as caught:
        open_store(where, create=create).close()
    message = str(caught.value)
    assert "\n" not in message
    assert "expected" in message
    return message


# ---- what is no ledger --------------------------------------------------------------------------


def test_what_is_not_there_is_not_made_by_opening(tmp_path: Path) -> None:
    path = tmp_path / "l.sayso"
    assert refusal(path) == f"{path}: no such file; expected a ledger; `sayso init` makes one"
    assert not path.exists()
    assert "no such folder" in refusal(tmp_path / "none" / "l.sayso", create=True)
    assert "cannot be opened" in refusal("a\0b")


@pytest.mark.parametrize("create", [True, False])
def test_other_files_are_refused_and_left_as_they_are(tmp_path: Path, create: bool) -> None:
    assert ": a directory; expected a file" in refusal(tmp_path, create=create)
    text = tmp_path / "notes.txt"
    text.write_text("not a database, but long enough to be taken for the head of one" * 9)
    assert "not an SQLite database" in refusal(text, create=create)
    foreign = tmp_path / "foreign.db"
    with sqlite3.connect(foreign) as other:
        other.execute("CREATE TABLE document (x)")
    other.close()
    before = foreign.read_bytes()
    assert "another program's database" in refusal(foreign, create=create)
    assert foreign.read_bytes() == before


def test_a_marked_database_of_another_program_is_refused(tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.db"
    with sqlite3.connect(foreign) as other:
        other.execute("PRAGMA application_id = 77")
    other.close()
    assert "another program's database" in refusal(foreign, create=True)


def test_an_empty_file_becomes_a_ledger_only_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "l.sayso"
    path.touch()
    assert "an empty database" in refusal(path)
    with open_store(path, create=True) as store, store.adding() as t:
        put(t)
    with open_store(path, create=True) as store:  # again: opened, not emptied
        assert check(store) == []
        with store.looking() as look:
            assert len(list(look.documents())) == 1


def test_odd_names_are_names(tmp_path: Path) -> None:
    for name in ("a b?mode=ro#x%20.sayso", "täglich ☂.sayso", ":memory:", "-x"):
        with open_store(tmp_path / name, create=True) as store, store.adding() as t:
            put(t)
        assert (tmp_path / name).stat().st_size > 0


def test_other_addresses_are_refused_without_their_password() -> None:
    message = refusal("mysql://me:secret@host/db", create=True)
    assert "secret" not in message
    assert "postgresql://" in message


def test_a_server_that_does_not_answer() -> None:
    message = refusal("postgresql://me:secret@127.0.0.1:1/db?passfile=secret")
    assert "secret" not in message
    assert message.startswith("postgresql://me:***@127.0.0.1:1/db: ")


def test_a_server_needs_its_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert "pip install 'sayso[postgres]'" in refusal("postgresql://host/db")


def test_what_a_server_refuses(server: Server) -> None:
    address = server.address("public")
    assert "password authentication failed" in refusal(address.replace(server.password, "wrong"))
    assert 'database "none" does not exist' in refusal(address.replace("/postgres?", "/none?"))
    empty = server.new_schema()
    assert "an empty database" in refusal(empty)
    engine = sa.create_engine(empty.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE something (x integer)")
    engine.dispose()
    assert "another program's database" in refusal(empty, create=True)


# ---- forms --------------------------------------------------------------------------------------


def test_the_migrations_make_the_schema(store: Store) -> None:
    """The tables as the code has them, and as the migrations made them, are the same."""

    def ours(thing: object, name: str | None, kind: str, reflected: bool, other: object) -> bool:
        return not (kind == "table" and reflected and "_text" in str(name))  # full text

    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours})
        assert compare_metadata(context, metadata) == []
        found = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one()
        connection.rollback()
    assert found == REVISION
    config = Config()
    config.set_main_option("script_location", str(opening.MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == REVISION


@contextmanager
def a_newer_sayso(folder: Path, statement: str = "UPDATE document SET mood = 'calm ' || id") -> Iterator[None]:
    """One whose ledgers have one column more."""
    scripts = folder / "100% new"  # Alembic reads % in its options
    shutil.copytree(opening.MIGRATIONS, scripts)
    (scripts / "versions" / "next.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\n"
        f"revision, down_revision = 'next', {REVISION!r}\n"
        "def upgrade():\n    op.add_column('document', sa.Column('mood', sa.Text()))\n"
        f"    op.execute({statement!r})\n"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "MIGRATIONS", scripts)
        patch.setattr(opening, "REVISION", "next")
        yield


def test_an_older_ledger_is_migrated_with_what_it_holds(where: str, tmp_path: Path) -> None:
    with open_store(where, create=True) as store, store.adding() as t:
        put(t)
    with a_newer_sayso(tmp_path), open_store(where) as store:
        with store.looking() as look:
            moods = list(look.connection.execute(sa.text("SELECT mood FROM document")).scalars())
        assert moods == ["calm article-0"]
        assert check(store) == []
    assert "a ledger of a newer sayso (form next)" in refusal(where)
    assert "update sayso" in refusal(where, create=True)


def test_a_migration_that_fails_leaves_the_ledger_as_it_was(where: str, tmp_path: Path) -> None:
    with open_store(where, create=True) as store, store.adding() as t:
        put(t)
    with a_newer_sayso(tmp_path, "UPDATE nothing SET x = 1"), pytest.raises((StoreError, sa.exc.ProgrammingError)):
        open_store(where)
    with open_store(where) as store:
        assert check(store) == []


def test_many_may_create_at_once(where: str) -> None:
    def create(n: int) -> None:
        with open_store(where, create=True) as store, store.adding() as t:
            put(t, n)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(create, range(4)))
    with open_store(where) as store:
        assert check(store) == []
        with store.looking() as look:
            assert len(list(look.documents())) == 4


def test_the_package_carries_its_migrations() -> None:
    assert (opening.MIGRATIONS / "env.py").is_file()
    assert opening.MIGRATIONS.is_relative_to(Path(sayso.__file__).parent)


def test_a_ledger_says_what_it_is(tmp_path: Path) -> None:
    """By the mark in SQLite's head that `file` shows too."""
    path = tmp_path / "l.sayso"
    open_store(path, create=True).close()
    assert int.from_bytes(path.read_bytes()[68:72], "big") == APPLICATION_ID
