"""The workbench under many readers: how long the table of deals and a deal's page take.

    python benchmarks/web.py big.sayso --readers 50 --think 1 --seconds 30

Serves the ledger (`web_ledger.py` makes a large one) in a process of its own. Each reader opens a deal or
the table with filters and sorting, reads for `--think` seconds on average (0: goes on at once, which
measures the rate), and opens the next on a connection of its own. Prints the median and the 95th
percentile from the first byte sent to the last byte got, and how busy the machine was: a loaded machine
measures itself.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import socket
import subprocess
import sys
import time
import urllib.request
from collections import defaultdict
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

COUNTRIES = "AF AL DZ AD AO AR AU AT AZ BE BR CA CL CN".split()
STAGES = "agreed done offered considered approved".split()
CATEGORIES = "tank missile ship helicopter radar_sensor ammunition".split()
WORDS = ("drones", "tanks", "ba*", "outlet", "Ka")
SORTS = ("-origins", "item", "-outlets", "supplier")
_START = 120.0  # seconds that the server may take to answer first


@dataclass(slots=True)
class Measured:
    """Seconds by kind of page, and answers that were not 200."""

    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    bad: int = 0


def address(rnd: random.Random, ids: list[str]) -> tuple[str, str]:
    """What a reader opens next, and its kind: half of the time a deal, else the table."""
    if rnd.random() < 0.5:
        return f"/deals/{quote(rnd.choice(ids), safe='')}", "deal"
    may = (
        (0.5, "supplier", rnd.choice(COUNTRIES)), (0.4, "recipient", rnd.choice(COUNTRIES)),
        (0.4, "stage", rnd.choice(STAGES)), (0.4, "category", rnd.choice(CATEGORIES)),
        (0.3, "q", rnd.choice(WORDS)), (0.3, "said_from", f"20{rnd.randint(15, 25)}-0{rnd.randint(1, 9)}-01"),
        (0.3, "page", str(rnd.randint(1, 9))), (0.3, "sort", rnd.choice(SORTS)),
    )  # fmt: skip
    return "/deals?" + urlencode({name: value for chance, name, value in may if rnd.random() < chance}), "table"


async def get(port: int, path: str) -> int:
    """Opens an address to the end of its answer; the status."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
    await writer.drain()
    answer = await reader.read()
    writer.close()
    return int(answer[9:12] or 0)


async def read(port: int, ids: list[str], think: float, until: float, seed: int, to: Measured) -> None:
    """One reader, until a moment of the monotonic clock."""
    rnd = random.Random(seed)
    while True:
        await asyncio.sleep(rnd.expovariate(1 / think) if think else 0)
        if time.monotonic() > until:
            return
        path, kind = address(rnd, ids)
        began = time.perf_counter()
        status = await get(port, path)
        to.took[kind].append(time.perf_counter() - began)
        to.bad += status != 200


async def load(port: int, ids: list[str], readers: int, think: float, seconds: float) -> Measured:
    found, until = Measured(), time.monotonic() + seconds
    await asyncio.gather(*(read(port, ids, think, until, n, found) for n in range(readers)))
    return found


def all_ids(port: int) -> list[str]:
    """The deals of the ledger, once the server answers."""
    until = time.monotonic() + _START
    while True:
        try:
            with urllib.request.urlopen(f"http://localhost:{port}/deals.jsonl", timeout=60) as answer:
                return [json.loads(line)["id"] for line in answer]
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.5)


def main() -> None:
    """Serves, loads, and prints."""
    asked = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0] if __doc__ else None)
    asked.add_argument("ledger")
    asked.add_argument("--readers", type=int, default=50)
    asked.add_argument("--think", type=float, default=1.0, help="seconds between clicks, on average")
    asked.add_argument("--seconds", type=float, default=30.0)
    given = asked.parse_args()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "from sayso.cli import main; main()", "serve", "--ledger", given.ledger]
    with subprocess.Popen([*command, "--port", str(port)], stdout=subprocess.DEVNULL) as server:
        try:
            ids = all_ids(port)
            asyncio.run(load(port, ids, 1, 0.0, 3.0))  # what is kept in memory is kept before measuring
            before = os.getloadavg()[0]
            found = asyncio.run(load(port, ids, given.readers, given.think, given.seconds))
        finally:
            server.terminate()
    for kind, took in sorted(found.took.items()):
        took.sort()
        middle, high = took[len(took) // 2], took[int(len(took) * 0.95)]
        print(f"{kind:6} {len(took):6,} pages  p50 {middle * 1e3:6.0f} ms  p95 {high * 1e3:6.0f} ms")
    rate = sum(map(len, found.took.values())) / given.seconds
    print(f"{rate:.0f} pages a second, {found.bad} not 200; {len(ids):,} deals; load {before:.1f} before")


if __name__ == "__main__":
    main()
