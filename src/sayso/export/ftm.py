"""FollowTheMoney entities, one a line (`entities.ftm.json`), for Aleph, OpenAleph and their kin.

A deal is an Event, not a Contract or a customs declaration (EconomicActivity): those say that the
thing is so. Who is said to deal with whom is an UnknownLink, with the articles as `proof`; every
claim is a Documentation that ties its article to the event, with its words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from sayso.export import figures
from sayso.export.files import dumped, writing
from sayso.export.ftm_entity import Entity, address, entity, identity, language, schema_of
from sayso.export.plain import summary
from sayso.export.walk import Documents, Notes, Part, note_articles
from sayso.model import Claim, Deal, Document, Told, VoiceKind, Witness

_NAMELESS = (VoiceKind.ANONYMOUS, VoiceKind.DOCUMENT)


def write(parts: Iterable[Part], documents: Documents, out: Path, notes: Notes) -> None:
    """Writes the file into the folder `out`. Raises `InputError`."""
    sent: set[str] = set()
    with writing(out / "entities.ftm.json") as stream:
        for part in parts:
            for one in entities(part, notes):
                id = str(one["id"])
                if id not in sent:
                    sent.add(id)
                    stream.write(dumped(one) + "\n")


def entities(part: Part, notes: Notes) -> Iterator[Entity]:
    """The entities of a part; those of parties and speakers may come again with another part."""
    note_articles(part, notes)
    for key, document in part.documents:
        yield _article(key, document, part.carriers[key], notes)
    deal = part.deal
    if deal is None:
        notes["claims of no deal, which have no event"] += len(part.claims)
        return
    sides = [
        _body(name, countries, None, notes)
        for name, countries in ((deal.supplier, deal.supplier_countries), (deal.recipient, deal.recipient_countries))
    ]
    yield from (side for side in sides if side)
    yield _event(part, deal, [str(side["id"]) for side in sides if side], notes)
    supplier, recipient = sides
    if supplier and recipient:
        yield _link(deal, supplier, recipient, notes)
    else:
        notes["deals with a side that is not known, which have no link"] += 1
    for told in part.claims:
        yield _claim(told, deal, notes)
    for witness in deal.witnesses:
        yield _witness(witness, deal, notes)
        yield from _answers(witness, deal, notes)
    yield from _voices(part, deal, notes)


def article_id(key: str) -> str:
    return identity("article", key)


def event_id(deal: Deal) -> str:
    return identity("deal", deal.id)


def _article(key: str, d: Document | None, outlet: str | None, notes: Notes) -> Entity:
    if d is None:
        return entity("Article", article_id(key), notes, title=[f"Article {key}"], publisher=[outlet])
    told = [f"SHA-256 of the bytes: {d.sha256}"] if d.sha256 else []
    if d.published_inferred:
        told.append("The day of publication is inferred from the text.")
    if d.published_between:
        told.append(f"Published {figures.interval(d.published_between)}.")
    return entity(
        "Article", article_id(key), notes, title=[(d.title or "").strip() or f"Article {key}"], author=[d.author],
        publisher=[d.outlet], sourceUrl=[address(d.url, notes)], publishedAt=[d.published],
        language=[language(d.language, notes)], notes=told,
    )  # fmt: skip


def _body(name: str, countries: tuple[str, ...], kind: VoiceKind | None, notes: Notes) -> Entity | None:
    """A party or speaker; None where the name is empty."""
    codes = sorted(c.lower() for c in countries)
    id = identity("body", schema_of(name, kind), " ".join(name.split()).casefold(), *codes)
    found = entity(schema_of(name, kind), id, notes, name=[name], country=codes)
    properties = found["properties"]
    return found if isinstance(properties, dict) and "name" in properties else None


def _event(part: Part, d: Deal, involved: list[str], notes: Notes) -> Entity:
    named = [p.name for t in part.claims for p in (*t.claim.supplier, *t.claim.recipient)]
    when = d.when
    return entity(
        "Event", event_id(d), notes, name=[summary(d)], involved=involved, recordId=[d.id],
        startDate=[when.start if when else None], endDate=[when.end if when else None],
        country=[c.lower() for c in (*d.supplier_countries, *d.recipient_countries)],
        keywords=[d.kind.value, d.stage.value, d.category.value, *(s.standing.value for s in d.standing),
                  *d.designations],
        summary=[f"As reported: {summary(d)} ({d.kind.value}, {d.stage.value})"],
        notes=[
            *(f"Standing {s.standing.value}: {s.why}" for s in d.standing),
            *(f"Origin: {r.path}" for r in d.roots), *(f"Origins differ: {c}" for c in d.conflicts),
            *(f"{v.slot}: {v.value} ({', '.join(v.roots)})" for v in d.values),
            *(f"Stage {s.stage.value}, first told {s.said or 'on no known day'} ({s.claim})" for s in d.steps),
            *(f"First told {d.first_said}, last {d.last_said}" for _ in [0] if d.first_said or d.last_said),
        ],
        namesMentioned=named, proof=[article_id(w.document) for w in d.witnesses],
    )  # fmt: skip


def _link(d: Deal, supplier: Entity, recipient: Entity, notes: Notes) -> Entity:
    when = d.when
    return entity(
        "UnknownLink", identity("link", d.id), notes, subject=[str(supplier["id"])], object=[str(recipient["id"])],
        role=[f"reported {d.kind.value.replace('_', ' ')}: {d.item}"], status=[d.stage.value], recordId=[d.id],
        startDate=[when.start if when else None], endDate=[when.end if when else None],
        summary=[s.why for s in d.standing],
        proof=[article_id(w.document) for w in d.witnesses],
    )  # fmt: skip


def _claim(t: Told, d: Deal, notes: Notes) -> Entity:
    c, when = t.claim, t.claim.when
    notes["confidences of slots, which have no property"] += len(c.confidence)
    notes["claims whose slots stand in words"] += 1
    return entity(
        "Documentation", identity("claim", t.key), notes, document=[article_id(t.document)], entity=[event_id(d)],
        role=[f"claim: {c.kind.value}"], status=[c.stage.value, c.polarity.value, *(["hedged"] if c.hedged else [])],
        date=[t.said], startDate=[when.start if when else None], endDate=[when.end if when else None], recordId=[t.key],
        summary=[t.quote], description=[_words(c)], proof=[article_id(t.document)],
    )  # fmt: skip


def _words(c: Claim) -> str:
    """A claim's slots in words, and where it stands."""
    said = [
        ("supplier", ", ".join(p.name for p in c.supplier)), ("recipient", ", ".join(p.name for p in c.recipient)),
        ("item", c.item), ("type", ", ".join(c.designations)), ("category", c.category.value),
        ("number", c.quantity and figures.quantity(c.quantity)), ("value", c.value and figures.money(c.value)),
        ("measure", c.measure and f"{c.measure.min} to {c.measure.max} {c.measure.unit}"),
        ("when", c.when and figures.interval(c.when)),
        ("voices", ", ".join(f"{v.name} ({v.kind.value})" for v in c.voices)), ("basis", c.basis.value),
        ("zone", c.zone.value), ("characters", f"{c.evidence.start} to {c.evidence.end}"),
    ]  # fmt: skip
    return "; ".join(f"{slot}: {words}" for slot, words in said if words)


def _witness(w: Witness, d: Deal, notes: Notes) -> Entity:
    notes["drifts, which stand in words"] += len(w.drifts)
    told = [f"Rests on {' -> '.join(w.chain)}"] if w.chain else []
    told += [f"Comes from {w.root}: {w.why}"] if w.root else [w.why]
    told += [f"Same text as group {w.group}"] if w.group else []
    told += ["Not read: joined by its text, names and numbers"] if w.unread else []
    told += [f"Changed: {f.slot} from {f.root_value} ({f.root}) to {f.value} ({f.told})" for f in w.drifts]
    return entity(
        "Documentation", identity("witness", d.id, w.document), notes, document=[article_id(w.document)],
        entity=[event_id(d)], role=["witness"], status=[w.basis.value], date=[w.said], description=told,
        proof=[article_id(w.document)],
    )  # fmt: skip


def _answers(w: Witness, d: Deal, notes: Notes) -> Iterator[Entity]:
    for n, a in enumerate(w.answers):
        who = _body(a.responder, (), None, notes)
        if who is None:
            notes["responses of nobody named"] += 1
            continue
        yield who
        yield entity(
            "UnknownLink", identity("response", d.id, w.document, str(n)), notes, subject=[str(who["id"])],
            object=[event_id(d)], role=[f"response: {a.type.value}"], status=[f"scope: {a.scope.value}"],
            date=[w.said], summary=[a.quote], description=[f"characters: {a.span.start} to {a.span.end}"],
            proof=[article_id(a.document)],
        )  # fmt: skip


def _voices(part: Part, d: Deal, notes: Notes) -> Iterator[Entity]:
    """Who is quoted, a link for each article that does; unnamed voices are no entities."""
    quoted: dict[tuple[str, str], tuple[Entity, list[Told]]] = {}
    for told in part.claims:
        for voice in told.claim.voices:
            who = None if voice.kind in _NAMELESS else _body(voice.name, (), voice.kind, notes)
            if who is None:
                notes[f"voices of the kind {voice.kind.value}, which are no entities"] += 1
                continue
            quoted.setdefault((str(who["id"]), told.document), (who, []))[1].append(told)
    for (id, document), (who, tolds) in quoted.items():
        yield who
        yield entity(
            "UnknownLink", identity("voice", d.id, id, document), notes, subject=[id], object=[event_id(d)],
            role=["is given as a source"], status=[t.claim.polarity.value for t in tolds],
            date=[t.said for t in tolds], recordId=[t.key for t in tolds], summary=[t.quote for t in tolds],
            proof=[article_id(document)],
        )  # fmt: skip
