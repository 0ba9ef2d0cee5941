"""The first form of the ledger."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from sayso.store.migrations import people_0001, sql_0001

revision = "0001"
down_revision = None
APPLICATION_ID = 0x53415953


def upgrade() -> None:
    _documents()
    _claims()
    _links()
    _people()
    people_0001.create()
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in sql_0001.sqlite(APPLICATION_ID) if sqlite else sql_0001.postgresql():
        op.execute(statement)


def _documents() -> None:
    op.create_table(
        "archive",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_archive"),
    )
    op.create_table(
        "document",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("outlet", sa.Text()),
        sa.Column("title", sa.Text()),
        sa.Column("url", sa.Text()),
        sa.Column("author", sa.Text()),
        sa.Column("published", sa.Date()),
        sa.Column("published_inferred", sa.Boolean(), nullable=False),
        sa.Column("published_start", sa.Date()),
        sa.Column("published_end", sa.Date()),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("captured", sa.DateTime(timezone=True)),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("unread", sa.Text()),
        sa.Column("reading", sa.Text()),
        sa.Column("reader", sa.Text()),
        sa.Column("read_at", sa.DateTime(timezone=True)),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Text()),
        sa.ForeignKeyConstraint(["sha256"], ["archive.sha256"], name="fk_document_sha256"),
        sa.PrimaryKeyConstraint("row", name="pk_document"),
        sa.UniqueConstraint("key", name="uq_document_key"),
    )
    op.create_index("ix_document_group_id", "document", ["group_id"])
    op.create_index("ix_document_id", "document", ["id"])
    op.create_index("ix_document_outlet", "document", ["outlet"])
    op.create_index("ix_document_published", "document", ["published"])
    op.create_index("ix_document_sha256", "document", ["sha256"])
    op.create_index("ix_document_url", "document", ["url"])
    op.create_table(
        "response",
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("responder", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("evidence_start", sa.Integer(), nullable=False),
        sa.Column("evidence_end", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["document.key"], name="fk_response_document", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document", "n", name="pk_response"),
    )
    op.create_index("ix_response_responder", "response", ["responder"])
    op.create_table(
        "origin",
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("span_start", sa.Integer()),
        sa.Column("span_end", sa.Integer()),
        sa.ForeignKeyConstraint(["document"], ["document.key"], name="fk_origin_document", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document", "n", name="pk_origin"),
    )
    op.create_index("ix_origin_name", "origin", ["name"])


def _claims() -> None:
    op.create_table(
        "deal",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("supplier", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.Column("origins", sa.Integer(), nullable=False),
        sa.Column("first_said", sa.Date()),
        sa.Column("last_said", sa.Date()),
        sa.Column("when_start", sa.Date()),
        sa.Column("when_end", sa.Date()),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("outlets", sa.Integer(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_deal"),
    )
    op.create_index("ix_deal_last_said", "deal", ["last_said"])
    op.create_table(
        "claim",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("outlet", sa.Text()),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("polarity", sa.Text(), nullable=False),
        sa.Column("hedged", sa.Boolean(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("quantity_min", sa.Double()),
        sa.Column("quantity_max", sa.Double()),
        sa.Column("quantity_per", sa.Text()),
        sa.Column("value_min", sa.Double()),
        sa.Column("value_max", sa.Double()),
        sa.Column("value_currency", sa.Text()),
        sa.Column("measure_min", sa.Double()),
        sa.Column("measure_max", sa.Double()),
        sa.Column("measure_unit", sa.Text()),
        sa.Column("when_start", sa.Date()),
        sa.Column("when_end", sa.Date()),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Double()),
        sa.Column("evidence_start", sa.Integer(), nullable=False),
        sa.Column("evidence_end", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("said", sa.Date()),
        sa.Column("deal", sa.Text()),
        sa.Column("record", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["deal"], ["deal.id"], name="fk_claim_deal", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["document"], ["document.key"], name="fk_claim_document", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("row", name="pk_claim"),
        sa.UniqueConstraint("document", "n", name="uq_claim_document_n"),
        sa.UniqueConstraint("key", name="uq_claim_key"),
    )
    facets = ["kind", "stage", "category", "polarity", "basis", "outlet", "hedged", "said", "key"]
    op.create_index("ix_claim_facets", "claim", facets)
    op.create_index("ix_claim_outlet", "claim", ["outlet"])
    op.create_index("ix_claim_deal", "claim", ["deal"])
    op.create_index("ix_claim_said", "claim", ["said"])
    op.create_table(
        "claim_party",
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("country", sa.Text()),
        sa.Column("facet", sa.Text()),
        sa.ForeignKeyConstraint(["claim"], ["claim.key"], name="fk_claim_party_claim", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("claim", "role", "position", name="pk_claim_party"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_claim_party_facet", "claim_party", ["role", "facet", "claim"])
    op.create_index("ix_claim_party_name", "claim_party", ["name"])
    op.create_table(
        "claim_designation",
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["claim"], ["claim.key"], name="fk_claim_designation_claim", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("claim", "position", name="pk_claim_designation"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_claim_designation_name", "claim_designation", ["name"])
    op.create_table(
        "claim_voice",
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["claim"], ["claim.key"], name="fk_claim_voice_claim", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("claim", "position", name="pk_claim_voice"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_claim_voice_name", "claim_voice", ["name"])


def _links() -> None:
    op.create_table(
        "fingerprint",
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["document.key"], name="fk_fingerprint_document", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document", name="pk_fingerprint"),
    )
    op.create_table(
        "posting",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["document.key"], name="fk_posting_document", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", "document", name="pk_posting"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_posting_document", "posting", ["document"])
    op.create_table(
        "reprint",
        sa.Column("a", sa.Text(), nullable=False),
        sa.Column("b", sa.Text(), nullable=False),
        sa.Column("overlap", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["a"], ["document.key"], name="fk_reprint_a", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["b"], ["document.key"], name="fk_reprint_b", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("a", "b", name="pk_reprint"),
    )
    op.create_index("ix_reprint_b", "reprint", ["b"])
    op.create_table(
        "boilerplate",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("outlet", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", "outlet", name="pk_boilerplate"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "mention",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["document.key"], name="fk_mention_document", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", "document", name="pk_mention"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_mention_document", "mention", ["document"])
    op.create_table(
        "telltale",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("deal", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["deal"], ["deal.id"], name="fk_telltale_deal", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", "deal", name="pk_telltale"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_telltale_deal", "telltale", ["deal"])
    op.create_table(
        "block",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["claim"], ["claim.key"], name="fk_block_claim", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", "claim", name="pk_block"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_block_claim", "block", ["claim"])
    op.create_table(
        "deal_match",
        sa.Column("a", sa.Text(), nullable=False),
        sa.Column("b", sa.Text(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["a"], ["claim.key"], name="fk_deal_match_a", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["b"], ["claim.key"], name="fk_deal_match_b", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("a", "b", name="pk_deal_match"),
    )
    op.create_index("ix_deal_match_b", "deal_match", ["b"])


def _people() -> None:
    op.create_table(
        "verdict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("before", sa.Text()),
        sa.Column("after", sa.Text()),
        sa.Column("note", sa.Text()),
        sa.Column("undone_by", sa.Integer()),
        sa.ForeignKeyConstraint(["undone_by"], ["verdict.id"], name="fk_verdict_undone_by"),
        sa.PrimaryKeyConstraint("id", name="pk_verdict"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_verdict_action", "verdict", ["action"])
    op.create_table(
        "feed",
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("etag", sa.Text()),
        sa.Column("modified", sa.Text()),
        sa.Column("last_polled", sa.DateTime(timezone=True)),
        sa.Column("last_status", sa.Integer()),
        sa.Column("every_seconds", sa.Integer(), nullable=False),
        sa.Column("next_due", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("url", name="pk_feed"),
    )
    op.create_index("ix_feed_next_due", "feed", ["next_due"])
