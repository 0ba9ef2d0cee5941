"""Passwords: argon2id with the parameters of RFC 9106's second choice (64 MiB, 3 passes).

What may be one follows NIST SP 800-63B: length counts, composition does not.
"""

from __future__ import annotations

import secrets
import unicodedata
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from sayso.errors import InputError

HASHER = PasswordHasher()
SHORTEST, LONGEST = 12, 256  # characters
_DIFFERENT = 5
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that are taken for another
_AT_ONCE = BoundedSemaphore(2)  # hashings, so that a rush of log-ins takes no more than 128 MiB


def hashed(password: str) -> str:
    """A password's hash, with its salt and parameters."""
    with _AT_ONCE:
        return HASHER.hash(_bytes(password))


def fits(stored: str | None, password: str) -> bool:
    """Whether a password is the one hashed. For None, an account that is not there, it takes as long."""
    stranger = _stranger()
    with _AT_ONCE:
        try:
            found = HASHER.verify(stranger if stored is None else stored, _bytes(password))
        except (VerificationError, InvalidHashError):
            return False
    return found and stored is not None


def outdated(stored: str) -> bool:
    """Whether a hash was made with other parameters than today's."""
    return HASHER.check_needs_rehash(stored)


def check(name: str, password: str) -> None:
    """Raises `InputError` for what may not be the password of the account `name`."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise InputError("password", f"{len(password)} characters", f"{SHORTEST} to {LONGEST}")
    if name.casefold() in password.casefold() and len(password) - len(name) < SHORTEST:
        raise InputError("password", "little more than the name", f"{SHORTEST} characters beside it")
    if len(set(password)) < _DIFFERENT:
        raise InputError("password", "few different characters", f"{_DIFFERENT} at least")


def invented() -> str:
    """A password to be used once: 80 bits, easy to copy by hand."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


@cache
def _stranger() -> str:
    return hashed(secrets.token_hex())


def _bytes(password: str) -> bytes:
    # The same characters may be typed as one code point or two.
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")
