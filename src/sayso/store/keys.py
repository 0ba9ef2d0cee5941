"""How documents are keyed."""

from __future__ import annotations

from hashlib import sha256

from sayso.store import codec

_KEY_DIGITS = 12


def document_key(digest: str, id: str, outlet: str | None, url: str | None) -> str:
    """A document's key: the same bytes under the same id, outlet and address are one document."""
    named = codec.to_json([digest, id, outlet, url])
    return sha256(named.encode()).hexdigest()[:_KEY_DIGITS]
