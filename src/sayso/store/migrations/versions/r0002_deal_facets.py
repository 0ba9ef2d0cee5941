"""What deals are found and counted under, and an index for listing them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
_AT_ONCE = 200


def upgrade() -> None:
    op.create_index(
        "ix_deal_list",
        "deal",
        [
            "last_said", "first_said", "when_start", "when_end", "supplier", "recipient", "item",
            "category", "stage", "origins", "outlets", "documents", "id",
        ],
    )  # fmt: skip
    op.create_table(
        "deal_facet",
        sa.Column("facet", sa.Text(), nullable=False),
        sa.Column("value", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("deal", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["deal"], ["deal.id"], name="fk_deal_facet_deal", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("facet", "value", "deal", name="pk_deal_facet"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_deal_facet_deal", "deal_facet", ["deal", "facet", "value"])
    _fill()


def _fill() -> None:
    """Files the deals that are there. Their form is that of this version's `Deal`."""
    from sayso.store import codec
    from sayso.store.deal_facets import facet_rows
    from sayso.store.schema import deal, deal_facet

    connection = op.get_bind()
    ids = connection.execute(sa.select(deal.c.id)).scalars().all()
    for start in range(0, len(ids), _AT_ONCE):
        query = sa.select(*deal.c["id", "record"]).where(deal.c.id.in_(ids[start : start + _AT_ONCE]))
        found = [codec.deal_of(row.record, f"deal {row.id}") for row in connection.execute(query)]
        connection.execute(sa.insert(deal_facet), [row for one in found for row in facet_rows(one)])
