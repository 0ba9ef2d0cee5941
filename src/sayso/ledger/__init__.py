"""From claims that tell of one undertaking to what the ledger says of it. All of it is pure, and the
order of what is given makes no difference."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence

from sayso.ledger import summary
from sayso.ledger.answers import heard, marks
from sayso.ledger.parties import Sides, sides
from sayso.ledger.shown import witness_json
from sayso.ledger.standing import standing
from sayso.ledger.values import by_root, conflicts, values
from sayso.ledger.witnesses import Scene, drifted, names, own_documents, reference, roots, roots_of
from sayso.lexicon import Lexicon
from sayso.linking.basis import basis
from sayso.linking.chains import stated
from sayso.linking.mentions import tells, telltales, unread
from sayso.linking.origins import trace
from sayso.linking.telling import in_order, tellings
from sayso.model import Deal, Document, Reading, Standing, Told, Witness

__all__ = ["entry", "witness_json"]


def entry(
    tolds: Iterable[Told],
    readings: Mapping[str, Reading],
    groups: Mapping[str, str],
    other: Mapping[str, Document],
    lexicon: Lexicon,
    copies: Container[str] = (),
) -> Deal:
    """The ledger's entry of a deal.

    `tolds` are the deal's claims (at least one; else `ValueError`), `readings` the readings of their
    documents, `groups` the reprint group of each document that is in one, and `other` the documents
    in languages that are not read, of which those that tell of the deal become witnesses. Those of
    `other` that are in `copies`, reprints of a witness in which no claim of the deal was found, tell
    of it by their text. Keys are document keys.
    """
    claims = summary.first_claims({t.key: t for t in tolds}.values())
    if not claims:
        raise ValueError("a deal of no claims")
    scene, between = _scene(claims, readings, groups, other, lexicon, copies)
    of_root = roots_of(scene)
    own = {r: own_documents(r, d, scene) for r, d in of_root.items()}
    told = by_root(scene.telling, of_root, own)
    found = roots(scene)
    stands = standing(found, scene.telling, scene.stated, scene.heard, between, lexicon)
    days = [t.said for t in claims if t.said]
    return Deal(
        id=claims[0].key,
        supplier=between.supplier.name, supplier_countries=between.supplier.countries,
        recipient=between.recipient.name, recipient_countries=between.recipient.countries,
        item=summary.item(claims), designations=summary.designations(claims),
        category=summary.category(claims), kind=summary.kind(claims),
        stage=summary.stage(told, any(s.standing is Standing.WITHDRAWN for s in stands)),
        first_said=min(days, default=None), last_said=max(days, default=None),
        when=summary.when(told), claims=tuple(t.key for t in claims), steps=summary.steps(claims),
        values=values(told, scene.names), conflicts=conflicts(told, scene.names),
        roots=found, witnesses=tuple(_witness(d, scene, groups, other, copies) for d in scene.traced), standing=stands,
    )  # fmt: skip


def _scene(
    claims: Sequence[Told],
    readings: Mapping[str, Reading],
    groups: Mapping[str, str],
    other: Mapping[str, Document],
    lexicon: Lexicon,
    copies: Container[str],
) -> tuple[Scene, Sides]:
    """Everything that the entry's rules look at, and whom the deal is between."""
    telling_of = tellings(claims, readings)
    said = stated(telling_of, lexicon)
    words = telltales(claims, lexicon)
    chains = [s.chain for _, s in sorted(said.items()) if s.chain]
    for document in sorted(set(other) - set(said)):
        if document in copies or tells(other[document].text, words):
            said[document] = unread(document, other[document], chains, lexicon)
    between = sides(claims, lexicon)
    deal = marks(telling_of.values())
    answers = {d: heard(t, between, deal, lexicon) for d, t in telling_of.items()}
    traced = trace(said, groups)
    carriers = [t.outlet for t in telling_of.values()] + [d.outlet for k, d in other.items() if k in said]
    keys = {n for d, t in traced.items() for n in (*said[d].chain, *said[d].speakers, *t.path, t.root)}
    known = {n: n for n in keys} | names(telling_of, filter(None, carriers), lexicon)
    bases = {d: basis(t, said[d], lexicon) for d, t in telling_of.items()}
    return Scene(telling_of, said, traced, answers, bases, known, lexicon), between


def _witness(
    document: str, scene: Scene, groups: Mapping[str, str], other: Mapping[str, Document], copies: Container[str]
) -> Witness:
    said, traced = scene.stated[document], scene.traced[document]
    chain = tuple(scene.names.get(n, n) for n in said.chain)
    root, why = scene.names.get(traced.root, traced.root), scene.written(traced.why)
    group = groups.get(document)
    telling = scene.telling.get(document)
    if telling is None:
        text = other[document]
        unread_text = document not in copies
        return Witness(
            document, text.outlet, text.published, (), chain, root=root, why=why, group=group, unread=unread_text
        )
    against, which = reference(document, scene)
    return Witness(
        document=document, outlet=telling.outlet, said=telling.said,
        claims=tuple(sorted((t.key for t in telling.claims), key=in_order)), chain=chain,
        basis=scene.bases[document], root=root, why="; ".join(filter(None, [why, which])), group=group,
        answers=tuple(h.answer for h in scene.heard[document]), drifts=drifted(document, against, scene),
    )  # fmt: skip
