"""Both databases as fixtures; a module of tests takes them by `pytest_plugins`."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from sayso.store import Store, open_store


def _binaries() -> Path | None:
    """The folder of PostgreSQL's programs: Debian keeps them off the path."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    found = str(installed[-1]) if installed else shutil.which("initdb")
    return None if found is None else Path(found).resolve().parent


class Server:
    """A PostgreSQL of our own on 127.0.0.1, run by an unprivileged user where we are root."""

    def __init__(self, binaries: Path) -> None:
        self.binaries = binaries
        self.user = None if os.geteuid() else _unprivileged()
        self.group = None if self.user is None else pwd.getpwnam(self.user).pw_gid
        self.folder = Path(tempfile.mkdtemp(prefix="sayso-pg-"))
        self.password = secrets.token_hex(8)
        self.port = 0
        (self.folder / "password").write_text(self.password)
        if self.user:
            for path in (self.folder, self.folder / "password"):
                shutil.chown(path, self.user)

    def start(self) -> None:
        data = str(self.folder / "data")
        login = ["--username=sayso", "--auth=scram-sha-256", f"--pwfile={self.folder / 'password'}"]
        self._run("initdb", "-D", data, *login, "--encoding=UTF8", "--locale=C", "--no-sync")
        for attempt in range(3):  # another program may take the port first
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                self.port = probe.getsockname()[1]
            options = f"-p {self.port} -h 127.0.0.1 -k {self.folder} -c fsync=off"
            try:
                self._run("pg_ctl", "-D", data, "-w", "-l", str(self.folder / "log"), "-o", options, "start")
            except subprocess.CalledProcessError:
                if attempt == 2:
                    raise
            else:
                return

    def stop(self) -> None:
        if (self.folder / "data" / "postmaster.pid").exists():
            self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop")
        shutil.rmtree(self.folder)

    def address(self, schema: str) -> str:
        options = quote(f"-csearch_path={schema}")
        return f"postgresql://sayso:{self.password}@127.0.0.1:{self.port}/postgres?options={options}"

    def new_schema(self) -> str:
        """The address of an empty schema."""
        import psycopg

        schema = f"s{secrets.token_hex(6)}"
        plain = self.address("public")
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {schema}".encode())
        return self.address(schema)

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [str(self.binaries / program), *arguments],
            check=True,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=60,
            user=self.user,
            group=self.group,
            extra_groups=[] if self.user else None,
        )


def _unprivileged() -> str:
    """A user that a server may run as: PostgreSQL refuses root."""
    for name in ("postgres", "nobody"):
        try:
            pwd.getpwnam(name)
        except KeyError:
            continue
        return name
    pytest.skip("no PostgreSQL: no user postgres or nobody to run it as root's stead")


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A running PostgreSQL; the test is skipped where it is not installed."""
    binaries = _binaries()
    if binaries is None:
        pytest.skip("no PostgreSQL: initdb is not installed (Debian: apt-get install postgresql)")
    pytest.importorskip("psycopg", reason="no PostgreSQL: psycopg is not installed")
    running = Server(binaries)
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new ledger may stand, on each database in turn."""
    if request.param == "sqlite":
        return str(tmp_path / "ledger.sayso")
    running: Server = request.getfixturevalue("server")
    return running.new_schema()


@pytest.fixture
def store(where: str) -> Iterator[Store]:
    """A new ledger on each database in turn."""
    with open_store(where, create=True) as opened:
        yield opened
