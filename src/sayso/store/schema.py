"""The ledger's tables, one schema for SQLite and PostgreSQL.

What was read (archive, document, claim and its parts), what linking derives from it (fingerprint,
posting, reprint, block, deal, deal_match), what a person decided (verdict) and where news comes
from (feed); accounts are in `schema_people`. The migrations under `migrations/versions` make these
tables; a test holds the two equal. JSON stands in text columns, so that both databases give back the
characters put in.
"""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

REVISION = "0002"
"""The newest migration: the form of ledger that this version of sayso reads and writes."""

APPLICATION_ID = 0x53415953
"""SQLite's `application_id` of a ledger ("SAYS"): tells it from other programs' files."""

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

metadata = sa.MetaData(naming_convention=NAMES)


class UtcTime(sa.TypeDecorator[dt.datetime]):
    """A moment. Aware datetimes in and out, in UTC; SQLite, which has no zones, keeps UTC bare."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: sa.Dialect) -> dt.datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} names no time zone")
        utc = value.astimezone(dt.UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: dt.datetime | None, dialect: sa.Dialect) -> dt.datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


def _text(name: str, *, null: bool = True, index: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=null, index=index)


def _whole(name: str, *, null: bool = True) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=null)


def _real(name: str) -> sa.Column[float]:
    return sa.Column(name, sa.Double)


def _day(name: str, *, index: bool = False) -> sa.Column[dt.date]:
    return sa.Column(name, sa.Date, index=index)


def _of(name: str, target: str, *, key: bool = False, index: bool = True) -> sa.Column[str]:
    """A column that names a row of another table and goes with it."""
    return sa.Column(
        name, sa.Text, sa.ForeignKey(target, ondelete="CASCADE"), primary_key=key, nullable=False, index=index
    )


# ---- what was read ------------------------------------------------------------------------------

archive = sa.Table(
    "archive", metadata,
    sa.Column("sha256", sa.Text, primary_key=True),
    _text("media_type", null=False),
    sa.Column("bytes", sa.LargeBinary, nullable=False),  # zlib
    _whole("size", null=False),  # before zlib
)  # fmt: skip

# `row` numbers the documents as they came; full text refers to it. `record` is the Document as
# ingested, `reading` the Reading; both are JSON without the text and the claims, which stand once,
# in `text` and in the table claim.
document = sa.Table(
    "document", metadata,
    sa.Column("row", sa.Integer, primary_key=True),
    sa.Column("key", sa.Text, nullable=False, unique=True),
    _text("id", null=False, index=True),
    sa.Column("sha256", sa.Text, sa.ForeignKey(archive.c.sha256), nullable=False, index=True),
    _text("outlet", index=True), _text("title"), _text("url", index=True), _text("author"),
    _day("published", index=True),
    sa.Column("published_inferred", sa.Boolean, nullable=False),
    _day("published_start"), _day("published_end"),  # of a month or a year alone
    _text("language", null=False),
    _text("text", null=False),
    sa.Column("captured", UtcTime),
    sa.Column("added_at", UtcTime, nullable=False),
    _text("record", null=False),
    _text("unread"), _text("reading"), _text("reader"),
    sa.Column("read_at", UtcTime),
    _whole("claims", null=False),
    _text("group_id", index=True),
)  # fmt: skip

deal = sa.Table(
    "deal", metadata,
    sa.Column("id", sa.Text, primary_key=True),
    _text("supplier", null=False), _text("recipient", null=False), _text("item", null=False),
    _text("category", null=False), _text("kind", null=False), _text("stage", null=False),
    _text("standing", null=False),  # JSON list
    _whole("origins", null=False),  # independent ones
    _day("first_said"), _day("last_said", index=True), _day("when_start"), _day("when_end"),
    _whole("documents", null=False), _whole("claims", null=False), _whole("outlets", null=False),
    _text("record", null=False),  # the Deal as JSON
    # Listing and sorting read this index alone, a fiftieth of the table.
    sa.Index(
        "ix_deal_list", "last_said", "first_said", "when_start", "when_end", "supplier", "recipient", "item",
        "category", "stage", "origins", "outlets", "documents", "id",
    ),
)  # fmt: skip

# What a deal is found and counted under (`deal_queries`): its parties, outlets, standings, words …
# Bytes decide the order, so that words that begin alike stand together.
deal_facet = sa.Table(
    "deal_facet", metadata,
    sa.Column("facet", sa.Text, primary_key=True),
    sa.Column("value", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), primary_key=True),
    _of("deal", "deal.id", key=True, index=False),
    sa.Index("ix_deal_facet_deal", "deal", "facet", "value"),
    sqlite_with_rowid=False,
)  # fmt: skip

claim = sa.Table(
    "claim", metadata,
    sa.Column("row", sa.Integer, primary_key=True),
    sa.Column("key", sa.Text, nullable=False, unique=True),
    _of("document", "document.key", index=False), _whole("n", null=False), _text("outlet", index=True),
    _text("kind", null=False), _text("stage", null=False), _text("category", null=False),
    _text("polarity", null=False), sa.Column("hedged", sa.Boolean, nullable=False),
    _text("item", null=False),
    _real("quantity_min"), _real("quantity_max"), _text("quantity_per"),
    _real("value_min"), _real("value_max"), _text("value_currency"),
    _real("measure_min"), _real("measure_max"), _text("measure_unit"),
    _day("when_start"), _day("when_end"),
    _text("basis", null=False), _text("zone", null=False),
    _real("confidence"),  # of the least sure slot
    _whole("evidence_start", null=False), _whole("evidence_end", null=False),
    _text("quote", null=False),
    _day("said", index=True),
    sa.Column("deal", sa.Text, sa.ForeignKey(deal.c.id, ondelete="SET NULL"), index=True),
    _text("record", null=False),  # the Claim as JSON
    sa.UniqueConstraint("document", "n"),
    # Counting by facet reads this index alone, a tenth of the table.
    sa.Index("ix_claim_facets", "kind", "stage", "category", "polarity", "basis", "outlet", "hedged", "said", "key"),
)  # fmt: skip

# A party of two countries has two rows, one of none has a row without. `facet` is what it counts
# as, its country or else its name, once a claim and role.
claim_party = sa.Table(
    "claim_party", metadata,
    _of("claim", "claim.key", key=True, index=False),
    sa.Column("role", sa.Text, primary_key=True), sa.Column("position", sa.Integer, primary_key=True),
    _text("name", null=False, index=True), _text("country"), _text("facet"),
    sa.Index("ix_claim_party_facet", "role", "facet", "claim"),
    sqlite_with_rowid=False,
)  # fmt: skip

claim_designation = sa.Table(
    "claim_designation", metadata,
    _of("claim", "claim.key", key=True, index=False), sa.Column("position", sa.Integer, primary_key=True),
    _text("name", null=False, index=True),
    sqlite_with_rowid=False,
)  # fmt: skip

claim_voice = sa.Table(
    "claim_voice", metadata,
    _of("claim", "claim.key", key=True, index=False), sa.Column("position", sa.Integer, primary_key=True),
    _text("name", null=False, index=True), _text("kind", null=False),
    sqlite_with_rowid=False,
)  # fmt: skip

response = sa.Table(
    "response", metadata,
    _of("document", "document.key", key=True, index=False), sa.Column("n", sa.Integer, primary_key=True),
    _text("responder", null=False, index=True), _text("type", null=False), _text("scope", null=False),
    _whole("evidence_start", null=False), _whole("evidence_end", null=False), _text("quote", null=False),
)  # fmt: skip

origin = sa.Table(
    "origin", metadata,
    _of("document", "document.key", key=True, index=False), sa.Column("n", sa.Integer, primary_key=True),
    _text("name", null=False, index=True), _text("relation", null=False),
    _whole("span_start"), _whole("span_end"),
)  # fmt: skip

# ---- what linking derives -----------------------------------------------------------------------

fingerprint = sa.Table(
    "fingerprint", metadata,
    _of("document", "document.key", key=True, index=False),
    sa.Column("bytes", sa.LargeBinary, nullable=False),
)  # fmt: skip

posting = sa.Table(
    "posting", metadata,
    sa.Column("key", sa.BigInteger, primary_key=True, autoincrement=False),
    _of("document", "document.key", key=True),
    sqlite_with_rowid=False,
)  # fmt: skip

reprint = sa.Table(
    "reprint", metadata,
    _of("a", "document.key", key=True, index=False), _of("b", "document.key", key=True),
    _text("overlap", null=False),  # JSON
)  # fmt: skip

# A posting found to be boilerplate: of one outlet, or ("") anywhere.
boilerplate = sa.Table(
    "boilerplate", metadata,
    sa.Column("key", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("outlet", sa.Text, primary_key=True),
    sqlite_with_rowid=False,
)  # fmt: skip

# What a document in a language that is not read may be known by, and what deals may be: names and
# numbers.
mention = sa.Table(
    "mention", metadata,
    sa.Column("key", sa.Text, primary_key=True),
    _of("document", "document.key", key=True),
    sqlite_with_rowid=False,
)  # fmt: skip

telltale = sa.Table(
    "telltale", metadata,
    sa.Column("key", sa.Text, primary_key=True),
    _of("deal", "deal.id", key=True),
    sqlite_with_rowid=False,
)  # fmt: skip

block = sa.Table(
    "block", metadata,
    sa.Column("key", sa.Text, primary_key=True),
    _of("claim", "claim.key", key=True),
    sqlite_with_rowid=False,
)  # fmt: skip

deal_match = sa.Table(
    "deal_match", metadata,
    _of("a", "claim.key", key=True, index=False), _of("b", "claim.key", key=True),
    sa.Column("score", sa.Double, nullable=False),
    _text("reasons", null=False),  # JSON list
)  # fmt: skip

# ---- what a person decided, and where news comes from -------------------------------------------

verdict = sa.Table(
    "verdict", metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("at", UtcTime, nullable=False),
    _text("who", null=False), _text("action", null=False, index=True),
    _text("target", null=False), _text("before"), _text("after"),  # JSON
    _text("note"),
    sa.Column("undone_by", sa.Integer, sa.ForeignKey("verdict.id")),
    sqlite_autoincrement=True,  # a number is never given twice
)  # fmt: skip

feed = sa.Table(
    "feed", metadata,
    sa.Column("url", sa.Text, primary_key=True),
    _text("title"), _text("etag"), _text("modified"),
    sa.Column("last_polled", UtcTime), _whole("last_status"),
    _whole("every_seconds", null=False), sa.Column("next_due", UtcTime, index=True),
)  # fmt: skip
