"""Labelled articles as claims that were told, and the labelled pairs and stories of deals."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sayso.model import (
    Category,
    Claim,
    Interval,
    Kind,
    Money,
    Party,
    Polarity,
    Quantity,
    Span,
    Stage,
    Told,
    Voice,
    VoiceKind,
)

SAME = ("same deal", "same deal at another stage")
Ref = tuple[str, int, int, int]  # document, where the evidence stands, and which claim of those with it


def read_jsonl(path: Path) -> Iterator[dict[str, Any]]:
    with open(path, encoding="utf-8") as f:
        yield from (json.loads(line) for line in f if line.strip())


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text[:10]) if text else None


def _parties(names: list[str], codes: list[str]) -> tuple[Party, ...]:
    """Labels list a claim's countries without saying whose: each name takes its own where the two
    lists run alongside, and all of them otherwise."""
    if len(names) == len(codes):
        return tuple(Party(n, (c,)) for n, c in zip(names, codes, strict=True))
    return tuple(Party(n, tuple(codes)) for n in names)


def claim(c: dict[str, Any], evidence: tuple[int, int]) -> Claim:
    """A claim of a labelled ledger; `evidence` are its offsets."""
    q, v, w = c["quantity"], c["value"], c["when"]
    return Claim(
        evidence=Span(*evidence),
        kind=Kind(c["kind"]),
        item=c["item"] or "",
        supplier=_parties(c["supplier"], c["supplier_countries"]),
        recipient=_parties(c["recipient"], c["recipient_countries"]),
        designations=tuple(c["designations"]),
        category=Category(c["category"]),
        quantity=Quantity(q["min"], q["max"], q.get("per")) if q else None,
        value=Money(v["min"], v["max"], v["currency"]) if v else None,
        when=Interval(_day(w["start"]), _day(w["end"])) if w else None,
        stage=Stage(c["stage"]),
        polarity=Polarity(c["polarity"]),
        hedged=c["hedged"],
        voices=tuple(Voice(x["name"], VoiceKind(x["kind"])) for x in c["voices"]),
    )


def told(corpus: Path, labels: Path, gold: Path) -> dict[Ref, Told]:
    """Every claim of the project's labels and of the gold training file, by where it stands."""
    articles = {d["id"]: d for d in read_jsonl(corpus)}
    out: dict[Ref, Told] = {}
    for ledger in read_jsonl(labels):
        base, _, _ = ledger["id"].partition("@")
        if base in articles:  # not those of general news
            spans = [
                (start + ledger["from"], end + ledger["from"])
                for start, end in (c["evidence"] for c in ledger["claims"])
            ]
            _add(out, articles[base], ledger["claims"], spans, ledger["from"])
    for ledger in read_jsonl(gold):
        article = articles[ledger["source_id"]]
        spans = [_place(article["text"], c["evidence"]) for c in ledger["claims"]]
        _add(out, article, ledger["claims"], spans)
    return out


def _place(text: str, words: str) -> tuple[int, int]:
    """Where the words first stand, whatever white space is between them."""
    start = text.find(words)
    if start >= 0:
        return start, start + len(words)
    found = re.search(r"\s*".join(re.escape(c) for c in "".join(words.split())), text)
    if found is None:
        raise SystemExit(f"evidence not found: {words!r}")
    return found.span()


def _add(
    out: dict[Ref, Told],
    article: dict[str, Any],
    claims: list[dict[str, Any]],
    spans: list[tuple[int, int]],
    first: int = 0,
) -> None:
    for n, (c, (start, end)) in enumerate(zip(claims, spans, strict=True)):
        nth = spans[:n].count((start, end))
        key = f"{article['id']}.{first + n}"
        out[article["id"], start, end, nth] = Told(
            key, article["id"], article["publisher"], _day(article["published"]), claim(c, (start, end)),
            article["text"][start:end],
        )  # fmt: skip


def ref(r: dict[str, Any]) -> Ref:
    return (r["document"], r["evidence"][0], r["evidence"][1], r.get("nth", 0))


def pairs(path: Path, half: str) -> list[tuple[str, Ref, Ref]]:
    """The labelled pairs of one half: label and both claims."""
    return [(r["label"], ref(r["a"]), ref(r["b"])) for r in read_jsonl(path) if r["half"] == half]


def stories(path: Path, half: str) -> dict[str, dict[Ref, str]]:
    """The stories of one half, by name: every claim's deal."""
    out: dict[str, dict[Ref, str]] = {}
    for r in read_jsonl(path):
        if r["half"] == half:
            out.setdefault(r["story"], {})[ref(r)] = r["deal"]
    return out
