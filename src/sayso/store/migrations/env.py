"""Alembic's entry: runs the migrations over the connection that `sayso.store.open` hands in."""

from alembic import context

from sayso.store.schema import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata)
context.run_migrations()  # inside the caller's transaction
