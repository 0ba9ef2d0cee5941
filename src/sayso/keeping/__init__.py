"""Keeping a ledger: adding documents one at a time, with all that follows from each, and rebuilding.

What linking derives is a function of the documents and the verdicts alone, so adding in any order
ends where `rebuild` would.
"""

from sayso.keeping.add import READER, Added, add
from sayso.keeping.rebuild import rebuild

__all__ = ["READER", "Added", "add", "rebuild"]
