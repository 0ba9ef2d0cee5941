"""sayso: reads news about the arms trade and keeps a ledger of who says what, on whose say-so."""

__version__ = "0.1.0"
