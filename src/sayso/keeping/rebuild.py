"""Deriving all links of a ledger anew from its documents, claims and verdicts."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.keeping.add import group
from sayso.keeping.deals import derive, gather, match
from sayso.keeping.mentions import document_keys
from sayso.keeping.verdicts import decided
from sayso.lexicon import Lexicon
from sayso.store import Store


def rebuild(store: Store, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Rebuilds within one transaction; yields (documents done, documents in all) as it goes.

    What was read and what was decided stay as they are. Stopped midway, nothing has changed.
    """
    with store.adding() as t:
        kept = sorted(t.documents(), key=lambda k: k.key)
        t.clear_links()
        t.drop_deals([deal.id for deal in t.deals()])
        verdicts = decided(t)
        every: list[str] = []
        for n, one in enumerate(kept):
            document = t.document(one.key)
            if one.unread is not None:
                t.put_mentions(one.key, document_keys(document))
            group(t, one.key, document)
            claims = sorted(t.claims_in([one.key]))
            match(t, claims, verdicts)
            every += claims
            yield n + 1, len(kept)
        derive(t, gather(t, every, verdicts), verdicts, lexicon)
