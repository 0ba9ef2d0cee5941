"""The tables of the SQLite export: their columns in SQL, and what Datasette tells of them.

A list stands as a JSON array, by which Datasette can facet. Units stand with each column.
"""

from __future__ import annotations

from dataclasses import dataclass

from sayso.export.files import Json


@dataclass(frozen=True, slots=True)
class Table:
    """`columns` are lines "name TYPE [-> table.column] : what it holds"; `key` the primary key."""

    name: str
    title: str
    about: str
    columns: str
    key: str
    facets: str = ""
    arrays: str = ""
    search: str = ""
    label: str = ""
    sort: str = ""


_DAY = "day, YYYY-MM-DD"
_SPAN = "code points of the frozen text"

TABLES = (
    Table("documents", "Articles", "One article by one outlet, without its text.", f"""
        key TEXT : the ledger's key
        id TEXT : name in its source
        outlet TEXT : who carried it
        title TEXT : headline
        url TEXT : address
        author TEXT : byline
        published TEXT : {_DAY}
        published_inferred INTEGER : 1 where the text, not its metadata, gave the day
        published_from TEXT : first day, where only a month or year is given
        published_to TEXT : last day, likewise
        language TEXT : ISO 639-1
        sha256 TEXT : of the raw bytes, in hex""",
        "key", "outlet language published", search="title outlet", label="title", sort="published"),
    Table("deals", "Deals", "Claims of any article about one undertaking. What is said, never what is so.", f"""
        id TEXT : key of its first claim
        summary TEXT : supplier, recipient and item on a line
        kind TEXT : transfer, production, technology_transfer, funding, restriction, specification, use
        stage TEXT : how far it is said to have come
        standing TEXT : JSON list; see the table standings
        supplier TEXT : as most claims have it
        supplier_countries TEXT : JSON list of ISO 3166 codes
        recipient TEXT : as most claims have it
        recipient_countries TEXT : JSON list of ISO 3166 codes
        item TEXT : its words
        designations TEXT : JSON list of type names
        category TEXT : of the item
        when_start TEXT : first {_DAY}, on which it is to happen
        when_end TEXT : last {_DAY}
        first_said TEXT : {_DAY}
        last_said TEXT : {_DAY}
        origins INTEGER : number of independent origins
        witnesses INTEGER : number of articles
        claims INTEGER : number of claims
        conflicts TEXT : JSON list of what two origins have differently""",
        "id", "kind stage category origins", "standing supplier_countries recipient_countries designations",
        "summary designations", "summary", "last_said"),
    Table("claims", "Claims", "One proposition of one article, with the words that make it.", f"""
        key TEXT : document key and number
        deal TEXT -> deals.id : the deal it belongs to
        document TEXT -> documents.key : the article
        outlet TEXT : of the article
        said TEXT : {_DAY}, of the article
        quote TEXT : the words that make the claim
        evidence_start INTEGER : first of the {_SPAN}
        evidence_end INTEGER : end of the {_SPAN}
        kind TEXT : as for deals
        stage TEXT : as for deals
        polarity TEXT : affirmed or denied
        hedged INTEGER : 1 where the words mark it as less than certain
        supplier TEXT : JSON list of names
        supplier_countries TEXT : JSON list of ISO 3166 codes
        recipient TEXT : JSON list of names
        recipient_countries TEXT : JSON list of ISO 3166 codes
        item TEXT : its words
        designations TEXT : JSON list of type names
        category TEXT : of the item
        quantity_min REAL : counted items; an open bound is empty
        quantity_max REAL : counted items
        quantity_per TEXT : unit of time, of a rate
        value_min REAL : whole units of value_currency
        value_max REAL : whole units of value_currency
        value_currency TEXT : ISO 4217
        measure_min REAL : in measure_unit
        measure_max REAL : in measure_unit
        measure_unit TEXT : symbol, as km or kg
        when_start TEXT : first {_DAY}, on which it happens
        when_end TEXT : last {_DAY}
        voices TEXT : JSON list of names, innermost first
        basis TEXT : what the innermost voice stands on
        zone TEXT : part of the article
        confidence REAL : of the extraction, its least sure slot, 0 to 1; never of the world
        confidences TEXT : JSON object, by slot
        spans TEXT : JSON object, by slot, of [start, end) in {_SPAN}""",
        "key", "kind stage category polarity basis outlet hedged zone",
        "supplier_countries recipient_countries designations voices", "quote item supplier recipient", "quote", "said"),
    Table("claim_parties", "Parties of claims", "Suppliers and recipients, each with its own countries.", f"""
        claim TEXT -> claims.key : the claim
        role TEXT : supplier or recipient
        position INTEGER : from 0
        name TEXT : as the article gives it
        countries TEXT : JSON list of ISO 3166 codes
        span_start INTEGER : first of the {_SPAN}
        span_end INTEGER : end of the {_SPAN}""",
        "claim, role, position", "role name", "countries", label="name"),
    Table("claim_voices", "Voices of claims", "Whose word it is, innermost first, without the outlet itself.", f"""
        claim TEXT -> claims.key : the claim
        position INTEGER : 0 is the innermost
        name TEXT : as the article gives it
        kind TEXT : named_person, organisation, outlet, anonymous, document
        span_start INTEGER : first of the {_SPAN}
        span_end INTEGER : end of the {_SPAN}""",
        "claim, position", "kind name", label="name"),
    Table("witnesses", "Witnesses", "One article's telling of a deal, and where it comes from.", f"""
        deal TEXT -> deals.id : the deal
        document TEXT -> documents.key : the article
        outlet TEXT : of the article
        said TEXT : {_DAY}
        basis TEXT : what it stands on
        root TEXT : where the telling comes from
        why TEXT : the reasoning
        chain TEXT : JSON list of what it states that it rests on, nearest first
        reprint_group TEXT : articles of one text; empty where it stands alone
        unread INTEGER : 1 where its language is not read
        claims TEXT : JSON list of claim keys""",
        "deal, document", "outlet basis root unread", "chain"),
    Table("roots", "Origins", "The independent origins of a deal.", """
        deal TEXT -> deals.id : the deal
        position INTEGER : from 0, that with most articles first
        name TEXT : of the origin
        path TEXT : the reasoning
        documents INTEGER : number of articles that come down to it""",
        "deal, position", "name", label="name"),
    Table("root_documents", "Articles of origins", "The articles that come down to an origin.", """
        deal TEXT -> deals.id : the deal
        position INTEGER : of the origin
        document TEXT -> documents.key : the article
        own INTEGER : 1 where it is the origin's own""",
        "deal, position, document", "own"),
    Table("responses", "Responses", "How parties answered, as an article has it.", f"""
        deal TEXT -> deals.id : the deal
        document TEXT -> documents.key : the article
        position INTEGER : in the article, from 0
        responder TEXT : who
        type TEXT : denied, confirmed, declined_to_comment, did_not_respond, dismissed, not_aware
        scope TEXT : the specific allegation, or something broader or narrower
        quote TEXT : the words
        span_start INTEGER : first of the {_SPAN}
        span_end INTEGER : end of the {_SPAN}""",
        "deal, document, position", "type scope responder", search="quote responder"),
    Table("drifts", "Drifts", "What changed on the way from an origin to a retelling.", f"""
        deal TEXT -> deals.id : the deal
        document TEXT -> documents.key : the article that retells
        position INTEGER : in the article, from 0
        slot TEXT : what changed
        root TEXT : claim (or document) of the origin
        root_value TEXT : its value
        told TEXT : claim (or document) of the retelling
        value TEXT : its value
        root_start INTEGER : first of the {_SPAN} of the origin's
        root_end INTEGER : end of the {_SPAN} of the origin's
        span_start INTEGER : first of the {_SPAN}
        span_end INTEGER : end of the {_SPAN}""",
        "deal, document, position", "slot"),
    Table("standings", "Standings", "How a deal stands, and the rule that says so. Never true or false.", """
        deal TEXT -> deals.id : the deal
        position INTEGER : from 0
        standing TEXT : single-origin, multi-origin, party-confirmed, denied, partly-denied, withdrawn
        why TEXT : what it rests on""",
        "deal, position", "standing"),
    Table("steps", "Steps", "The stages of a deal, each with the first claim that told it.", f"""
        deal TEXT -> deals.id : the deal
        position INTEGER : from 0
        stage TEXT : as for deals
        said TEXT : {_DAY}
        claim TEXT -> claims.key : the claim""",
        "deal, position", "stage"),
    Table("stated", "Values by origin", "A slot's value as some origins have it.", """
        deal TEXT -> deals.id : the deal
        position INTEGER : from 0
        slot TEXT : stage, quantity, value, when ...
        value TEXT : in words
        roots TEXT : JSON list of origins
        claims TEXT : JSON list of claim keys""",
        "deal, position", "slot", "roots"),
)  # fmt: skip


def columns(table: Table) -> dict[str, tuple[str, str, str]]:
    """By column: SQL type, the column it refers to ("deals.id", or empty), and what it holds."""
    found = {}
    for line in table.columns.strip().split("\n"):
        declared, _, about = line.strip().partition(" : ")
        name, kind, *target = declared.replace("-> ", "").split(" ")
        found[name] = (kind, target[0] if target else "", about)
    return found


def sql(table: Table) -> list[str]:
    """What makes a table with its keys, and an index for each facet and reference."""
    of = columns(table)
    parts = [f'"{name}" {kind}' for name, (kind, _, _) in of.items()] + [f"PRIMARY KEY ({table.key})"]
    refer = {name: to.split(".") for name, (_, to, _) in of.items() if to}
    parts += [f'FOREIGN KEY ("{name}") REFERENCES "{to}" ("{key}")' for name, (to, key) in refer.items()]
    made = [f'CREATE TABLE "{table.name}" (' + ", ".join(parts) + ")"]
    wanted = dict.fromkeys([*table.facets.split(), *refer, *table.sort.split()])
    first = table.key.split(", ", maxsplit=1)[0]
    return made + [f'CREATE INDEX "ix_{table.name}_{c}" ON "{table.name}" ("{c}")' for c in wanted if c != first]


def search_sql(table: Table) -> list[str]:
    """What makes and fills the full text of a table (FTS5 over the table's own content)."""
    if not table.search:
        return []
    names, fts = ", ".join(table.search.split()), f"{table.name}_fts"
    how = f"content=\"{table.name}\", tokenize='unicode61 remove_diacritics 2'"
    return [
        f'CREATE VIRTUAL TABLE "{fts}" USING FTS5 ({names}, {how})',
        f"INSERT INTO {fts} ({fts}) VALUES ('rebuild')",
    ]


def metadata(database: str) -> dict[str, Json]:
    """Datasette's metadata: titles, descriptions with units, facets and labels."""
    tables: dict[str, Json] = {t.name: _table(t) for t in TABLES}
    about = (
        "Who says what about the arms trade, on whose say-so. Claims as reported; nothing here is a finding of fact."
    )
    return {
        "title": "Ledger of claims about the arms trade", "description": about,
        "databases": {database: {"description": about, "tables": tables}},
    }  # fmt: skip


def _table(t: Table) -> Json:
    facets: list[Json] = [*t.facets.split()]
    facets += [{"array": name} for name in t.arrays.split()]
    told: dict[str, Json] = {
        "title": t.title, "description": t.about, "facets": facets,
        "columns": {name: about for name, (_, _, about) in columns(t).items()},
    }  # fmt: skip
    return told | ({"label_column": t.label} if t.label else {}) | ({"sort_desc": t.sort} if t.sort else {})
