"""The project's own labels: kept without their texts, put back onto them for training.

    python training/labels.py pack --corpus arms.jsonl general.jsonl --texts batch.jsonl ... \\
        --into training/labels.jsonl OUT.jsonl ...
    python training/labels.py unpack --corpus arms.jsonl general.jsonl --into labelled.jsonl \\
        --held heldout.jsonl training/labels.jsonl

A packed part of an article holds its corpus id, from which character on and how many characters of
the text were read, and for each claim its values and the offsets of its words; evidence and
mentions are offsets alone. Ids with "G:" are of the second corpus, with "@n" of a part that begins
at character n. Labels of the `HELD` labellers are never trained on.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

from data import find, read_jsonl

HELD = ("out08", "out36", "out47", "out54")
KEPT = (
    "kind",
    "supplier",
    "supplier_countries",
    "recipient",
    "recipient_countries",
    "designations",
    "category",
    "quantity",
    "value",
    "when",
    "stage",
    "polarity",
    "hedged",
    "voices",
)


def place(text: str, words: str | None, near: int) -> list[int] | None:
    hit = find(text, words, near)
    if hit is None and words:  # white space that the label lost
        flat = re.escape("".join(words.split()))
        pattern = r"\s*".join(re.escape(c) for c in "".join(words.split())) if len(flat) < 1500 else None
        m = re.search(pattern, text) if pattern else None
        return [m.start(), m.end()] if m else None
    return list(hit) if hit else None


def pack(doc: dict, text: str, labeller: str) -> dict:
    claims = []
    for c in doc["claims"]:
        evidence = place(text, c["evidence"], 0)
        if evidence is None:
            raise SystemExit(f"{doc['id']}: evidence not found: {c['evidence']!r}")
        m = c.get("mentions") or {}
        spots = {}
        for slot, words in m.items():
            many = words if isinstance(words, list) else [words]
            spots[slot] = [s for s in (place(text, w, evidence[0]) for w in many if w) if s]
        claims.append({"evidence": evidence, "item": c["item"], **{k: c[k] for k in KEPT}, "mentions": spots})
    responses = [
        {"responder": r["responder"], "type": r["type"], "evidence": place(text, r["evidence"], 0)}
        for r in doc["responses"]
    ]
    return {
        "id": doc["id"],
        "from": place_of(doc["id"])[1],
        "characters": len(text),
        "labeller": labeller,
        "origins": doc["origins"],
        "responses": responses,
        "claims": claims,
        "nested": [{k: place(text, n.get(k), 0) for k in ("outer", "source", "cue")} for n in doc.get("nested", [])],
    }


def place_of(key: str) -> tuple[str, int]:
    """The corpus id and the first character of a part's id ("ft-00012@3481")."""
    name, _, start = key.removeprefix("G:").partition("@")
    return name, int(start or 0)


def unpack(label: dict, text: str) -> dict:
    start = label.get("from", 0)
    text = text[start : start + label["characters"]]
    words = lambda span: text[span[0] : span[1]]  # noqa: E731
    claims = []
    for c in label["claims"]:
        mentions = {}
        for slot, spans in c["mentions"].items():
            said = [words(s) for s in spans]
            mentions[slot] = said if slot in ("supplier", "recipient") else (said[0] if said else None)
        claims.append({**c, "evidence": words(c["evidence"]), "mentions": mentions})
    responses = [{**r, "evidence": words(r["evidence"]) if r["evidence"] else ""} for r in label["responses"]]
    return {"id": label["id"], "text": text, "origins": label["origins"], "responses": responses, "claims": claims}


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("what", choices=["pack", "unpack"])
    ap.add_argument("files", type=Path, nargs="+")
    ap.add_argument("--corpus", type=Path, nargs=2, required=True, help="arms.jsonl and general.jsonl")
    ap.add_argument("--texts", type=Path, nargs="*", default=[], help="pack: the parts that were labelled")
    ap.add_argument("--into", type=Path, required=True)
    ap.add_argument("--held", type=Path, help="unpack: where the labels go that are never trained on")
    a = ap.parse_args()
    corpora = [{d["id"]: d for d in read_jsonl(path)} for path in a.corpus]
    opened = {d["id"]: d["text"] for path in a.texts for d in read_jsonl(path)}
    out: list[dict] = []
    held: list[dict] = []
    for path in a.files:
        for doc in read_jsonl(path):
            whole = corpora[doc["id"].startswith("G:")][place_of(doc["id"])[0]]
            if a.what == "pack":
                out.append(pack(doc, opened[doc["id"]], path.stem))
            else:
                facts = {"outlet": whole["publisher"], "published": whole["published"], "title": whole["title"]}
                kept_apart = a.held and doc["labeller"] in HELD
                (held if kept_apart else out).append({**unpack(doc, whole["text"]), **facts})
    for path, docs in ((a.into, out), (a.held, held)):
        if path:
            with open(path, "w", encoding="utf-8") as f:
                f.writelines(json.dumps(d, ensure_ascii=False) + "\n" for d in docs)
            print(path.name, len(docs), "articles", sum(len(d["claims"]) for d in docs), "claims")


if __name__ == "__main__":
    main()
