"""How often somebody may try a password.

By account, so that one account's password is not tried from everywhere; by address, so that many
accounts' passwords are not tried from one. Kept in memory: a restart begins anew.
"""

from __future__ import annotations

import ipaddress
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from threading import Lock

from sayso.store.people import name_key

WINDOW = 15 * 60.0  # seconds
BY_ACCOUNT, BY_ADDRESS = 10, 30  # tries within it
_MOST = 20_000  # accounts and addresses remembered; those that tried least lately go first


class Throttle:
    """Counts tries; threads may share it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._tries: OrderedDict[tuple[str, str], deque[float]] = OrderedDict()

    def wait(self, name: str, address: str) -> float:
        """Counts a try and gives 0; or, where there were too many, the seconds until the next one.

        A try is counted before its password is looked at, so that many at once gain nothing.
        """
        now = self._clock()
        with self._lock:
            kept = [(self._recent(key, now), most) for key, most in _keys(name, address)]
            waits = [tries[0] + WINDOW - now for tries, most in kept if len(tries) >= most]
            if waits:
                return max(waits)
            for tries, _ in kept:
                tries.append(now)
            return 0.0

    def forgive(self, name: str, address: str) -> None:
        """After the right password: the account's tries are forgotten, and of the address's the last."""
        with self._lock:
            account, here = (self._tries.get(key) for key, _ in _keys(name, address))
            if account:
                account.clear()
            if here:
                here.pop()

    def _recent(self, key: tuple[str, str], now: float) -> deque[float]:
        tries = self._tries.setdefault(key, deque())
        self._tries.move_to_end(key)
        while tries and tries[0] <= now - WINDOW:
            tries.popleft()
        while len(self._tries) > _MOST:
            self._tries.popitem(last=False)
        return tries


def _keys(name: str, address: str) -> tuple[tuple[tuple[str, str], int], tuple[tuple[str, str], int]]:
    return (("account", name_key(name)[:64]), BY_ACCOUNT), (("address", _network(address)), BY_ADDRESS)


def _network(address: str) -> str:
    """An IPv6 address's /64, which one household has all of; others as they are."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is None:
        return str(ipaddress.ip_network((found, 64), strict=False))
    return address
