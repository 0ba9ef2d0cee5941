"""The commands that keep and ask a ledger, one module a group."""

from __future__ import annotations

import typer

from sayso.commands import adding, copies, deal, exporting, find, keep, serve, users, watch


def register(app: typer.Typer) -> None:
    """Adds the commands to the command line."""
    for add_to in (
        keep.register, adding.register, watch.register, find.register, deal.register, copies.register,
        exporting.register, serve.register, users.register,
    ):  # fmt: skip
        add_to(app)
