"""The ledger's file: SQLite by default, PostgreSQL by address.

    with open_store("ledger.sayso", create=True) as store:
        with store.adding() as t:
            kept = t.put_document(document, raw, "text/html")
            t.put_reading(kept.key, reading, reader="sayso 0.2")
        with store.looking() as look:
            hits = look.search('"kamikaze drones" shahed*')

What is put in within one `adding` is kept wholly or not at all.
"""

from sayso.store.check import check
from sayso.store.keys import document_key
from sayso.store.open import Store, open_store
from sayso.store.people import Account, Audited
from sayso.store.query import Look
from sayso.store.rows import Feed, Hit, Kept, Put, Verdict, Wanted
from sayso.store.write import Adding

__all__ = [
    "Account",
    "Adding",
    "Audited",
    "Feed",
    "Hit",
    "Kept",
    "Look",
    "Put",
    "Store",
    "Verdict",
    "Wanted",
    "check",
    "document_key",
    "open_store",
]
