"""`sayso serve` and `sayso users`, as commands."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx2
import pytest
import typer
from typer.testing import CliRunner, Result

from people_help import *  # noqa: F403 - fixtures
from people_help import SECRET
from sayso.commands import serve, users
from sayso.commands.serve import is_loopback, listening, refuse_strangers
from sayso.errors import PlacedError, SaysoError
from sayso.store import open_store

COMMAND = """
import typer
from sayso.commands import serve, users
app = typer.Typer()
serve.register(app)
users.register(app)
app()
"""


def run(*arguments: str, stdin: str = "") -> Result:
    """A command's exit code and output; a refusal is a line on standard error, as `sayso` prints it."""
    app = typer.Typer()
    serve.register(app)
    users.register(app)
    found = CliRunner().invoke(app, arguments, input=stdin)
    if isinstance(found.exception, SaysoError):
        found.stderr_bytes = f"{found.exception}\n".encode()
    elif found.exception is not None and not isinstance(found.exception, SystemExit):
        raise found.exception
    return found


# ---- users --------------------------------------------------------------------------------------


def test_users_on_the_command_line(path: Path) -> None:
    at = ("--ledger", str(path))
    assert "No accounts" in run("users", "list", *at).stdout
    assert "admin for the first account" in run("users", "add", "ann", "--role", "analyst", *at, stdin=SECRET).stderr
    made = run("users", "add", "ann", "--role", "admin", *at, stdin=f"{SECRET}\n")
    assert (made.exit_code, made.stdout) == (0, "made ann, admin\n"), made.stderr
    assert run("users", "add", "ben", *at, stdin=SECRET).exit_code == 0
    assert "few different" not in run("users", "password", "ben", *at, stdin="quite another one").stderr
    assert run("users", "role", "ben", "reader", *at).exit_code == 0
    assert run("users", "disable", "ben", *at).exit_code == 0
    found = json.loads(run("users", "list", "--json", *at).stdout)
    assert [(a["name"], a["role"], a["disabled"]) for a in found] == [("ann", "admin", False), ("ben", "reader", True)]
    with open_store(path) as store, store.looking() as look:
        actions = [(line.action, line.target) for line in look.audit()]
        assert {line.address for line in look.audit()} == {"command line"}
    assert actions == [
        ("account disabled", "ben"), ("role changed", "ben"), ("password changed", "ben"),
        ("account created", "ben"), ("account created", "ann"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "stdin", "why"),
    [
        (("add", "dan"), "", "nothing on standard input"),
        (("add", "dan"), "short", "5 characters; expected 12 to 256"),
        (("add", "dan"), "aaaaaaaaaaaaaaaa", "few different characters"),
        (("add", "ANN"), SECRET, "there already"),
        (("password", "nobody"), SECRET, "no account 'nobody'"),
        (("disable", "ann"), "", "nobody left to manage accounts"),
        (("role", "ann", "reader"), "", "nobody left to manage accounts"),
        (("role", "ann", "king"), "", "reader, analyst or admin"),
    ],
)
def test_what_users_refuses(peopled: Path, arguments: tuple[str, ...], stdin: str, why: str) -> None:
    found = run("users", *arguments, "--ledger", str(peopled), stdin=stdin)
    assert found.exit_code == 1
    assert why in found.stderr
    assert len(found.stderr.splitlines()) == 1


def test_no_password_is_an_argument(peopled: Path) -> None:
    assert run("users", "add", "dan", SECRET, "--ledger", str(peopled)).exit_code == 2


# ---- where it may listen ------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "2001:db8::1", "sayso.invalid", ""])
def test_strangers_are_refused_without_accounts(path: Path, host: str) -> None:
    if host:
        assert not is_loopback(host)
    for given in (["--host", host], ["--host-name", host]):
        found = run("serve", *given, "--port", "0", "--ledger", str(path))
        assert found.exit_code == 1
        assert "sayso users add NAME --role admin" in found.stderr


@pytest.mark.parametrize("options", [["--https"], ["--forwarded-allow-ips", "*"], ["--accounts"]])
def test_what_wants_accounts_first(path: Path, options: list[str]) -> None:
    found = run("serve", *options, "--port", "0", "--ledger", str(path))
    assert found.exit_code == 1
    assert "sayso users add NAME --role admin" in found.stderr


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost", "[::1]"])
def test_loopback_is_let_be(host: str) -> None:
    assert is_loopback(host)
    refuse_strangers(host, ["localhost"], proxied=False)


def test_a_port_in_use_is_told() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(
            PlacedError, match=rf"127.0.0.1 port {port}: in use by another program; .*--port {port + 1}"
        ):
            listening("127.0.0.1", port)


def test_an_address_of_another_computer_is_told() -> None:
    with pytest.raises(PlacedError, match=r"192\.0\.2\.1 port 0: cannot be listened on"):
        listening("192.0.2.1", 0)
    with pytest.raises(PlacedError, match="no address of this computer"):
        listening("sayso.invalid", 0)


def test_no_ledger_is_told(tmp_path: Path) -> None:
    found = run("serve", "--ledger", str(tmp_path / "none.sayso"))
    assert "sayso init" in found.stderr
    assert len(found.stderr.splitlines()) == 1


# ---- serving ------------------------------------------------------------------------------------


@contextmanager
def served(path: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server in a process of its own, and its address."""
    made = [sys.executable, "-c", COMMAND, "serve", "--port", "0", "--ledger", str(path), *options]
    environment = {**os.environ, "FORWARDED_ALLOW_IPS": "*", "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(made, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.search(r"http://\S+", line)
        assert found, line
        yield process, found[0]
    finally:
        process.kill()
        process.communicate()


def test_it_serves_until_ctrl_c(path: Path) -> None:
    with served(path) as (process, address), httpx2.Client(base_url=address) as client:
        assert client.get("/deals").status_code == 200
        assert client.get("/deals", headers={"host": "evil.example"}).status_code == 421
        process.send_signal(signal.SIGINT)  # while the connection is open
        rest, errors = process.communicate(timeout=20)
    assert (process.returncode, rest, errors) == (0, "", "Stopped.\n")


def test_whom_a_stranger_says_to_forward_is_not_believed(peopled: Path) -> None:
    with served(peopled) as (_, address), httpx2.Client(base_url=address) as client:
        lie = {"x-forwarded-for": "203.0.113.9", "x-forwarded-proto": "https"}
        form = client.get("/login", headers=lie)
        token = re.search(r'name="csrf" value="(\w+)"', form.text)
        assert token
        assert "__Host-" not in form.headers["set-cookie"]
        data = {"name": "ann", "password": "wrong", "csrf": token[1]}
        assert client.post("/login", data=data, headers=lie).status_code == 401
    with open_store(peopled) as store, store.looking() as look:
        assert [line.address for line in look.audit(action="log-in failed")] == ["127.0.0.1"]


def test_a_trusted_proxy_is_believed(peopled: Path) -> None:
    options = ("--forwarded-allow-ips", "127.0.0.1", "--https", "--host-name", "desk.example")
    with served(peopled, *options) as (_, address), httpx2.Client(base_url=address) as client:
        said = {"x-forwarded-for": "203.0.113.9", "x-forwarded-proto": "https", "host": "desk.example"}
        form = client.get("/login", headers=said)
        assert form.headers["set-cookie"].startswith("__Host-sayso_before=")
        token = re.search(r'name="csrf" value="(\w+)"', form.text)
        assert token
        cookie = form.headers["set-cookie"].partition(";")[0]
        data = {"name": "ann", "password": "wrong", "csrf": token[1]}
        assert client.post("/login", data=data, headers={**said, "cookie": cookie}).status_code == 401
    with open_store(peopled) as store, store.looking() as look:
        assert [line.address for line in look.audit(action="log-in failed")] == ["203.0.113.9"]
