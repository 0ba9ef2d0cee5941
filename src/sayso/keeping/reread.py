"""Reading a document anew: what was read before gives way, what was decided stays."""

from __future__ import annotations

from sayso.keeping.add import READER
from sayso.keeping.deals import derive, gather, match
from sayso.keeping.mentions import document_keys
from sayso.keeping.refresh import moved, whole
from sayso.keeping.verdicts import decided
from sayso.lexicon import Lexicon
from sayso.model import Reading
from sayso.store import Store


def reread(store: Store, key: str, read: Reading | str, lexicon: Lexicon, *, reader: str = READER) -> list[str]:
    """Puts another reading of a document (or why it is not read) in place of the old one, with all that
    follows from it; the deals made anew.

    Verdicts find their claims by place; one whose claim is no longer read waits for it to come back.
    Raises what `put_reading` raises.
    """
    with store.adding() as t:
        before = decided(t)
        old = t.claims_in([key])
        deals = {deal for deal in t.deals_of(old).values() if deal is not None}
        near = (t.matched(old) | t.members(deals)) - old
        deals |= t.telling_unread([key])
        claims = t.put_reading(key, read, reader=reader)
        t.put_mentions(key, document_keys(t.document(key)) if isinstance(read, str) else ())
        deals |= t.telling_unread([key])
        after = decided(t)
        match(t, claims, after)
        changed = t.places(near | moved(before, after)).keys() | set(claims)
        return derive(t, whole(t, deals, gather(t, changed, after)), after, lexicon)
