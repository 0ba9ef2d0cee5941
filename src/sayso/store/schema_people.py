"""The tables of who may see and do what: accounts, sessions and the audit."""

from __future__ import annotations

import sqlalchemy as sa

from sayso.store.schema import UtcTime, metadata

# Accounts are disabled and never deleted: verdicts and the audit name them. `key` is the name as it
# is looked up, without regard to case.
account = sa.Table(
    "account", metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, nullable=False, unique=True),
    sa.Column("password", sa.Text, nullable=False),  # argon2, never the password
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("temporary", sa.Boolean, nullable=False),  # a password to be changed at log-in
    sa.Column("disabled", sa.Boolean, nullable=False),
    sa.Column("created", UtcTime, nullable=False),
)  # fmt: skip

session = sa.Table(
    "session", metadata,
    sa.Column("token", sa.Text, primary_key=True),  # its SHA-256; the browser alone has the token
    sa.Column("account", sa.Text, sa.ForeignKey(account.c.name, ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("created", UtcTime, nullable=False),
    sa.Column("expires", UtcTime, nullable=False, index=True),
)  # fmt: skip

audit = sa.Table(
    "audit", metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("who", sa.Text, nullable=False, index=True),
    sa.Column("action", sa.Text, nullable=False, index=True),
    sa.Column("target", sa.Text, nullable=False),
    sa.Column("detail", sa.Text, nullable=False),
    sa.Column("address", sa.Text, nullable=False),
    sqlite_autoincrement=True,
)  # fmt: skip
