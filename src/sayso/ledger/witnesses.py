"""The witnesses of a deal and its independent origins."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sayso.ledger.answers import REFUSING, Heard
from sayso.lexicon import Lexicon
from sayso.linking import basis, outlets
from sayso.linking.chains import Stated
from sayso.linking.drift import drifts
from sayso.linking.origins import Traced, beside
from sayso.linking.speakers import speaker
from sayso.linking.telling import Telling, earliest
from sayso.model import Basis, Drift, ResponseType, Root, Scope, Span
from sayso.text.names import countries_of

MOST_WAYS = 3  # that a root's path spells out
_KEY = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Scene:
    """All that the rules look at: by document key, what was told, stated, traced and answered and
    what it stands on, and how outlets and speakers are written (`names`, by key)."""

    telling: Mapping[str, Telling]
    stated: Mapping[str, Stated]
    traced: Mapping[str, Traced]
    heard: Mapping[str, Sequence[Heard]]
    bases: Mapping[str, Basis]
    names: Mapping[str, str]
    lexicon: Lexicon

    def written(self, text: str) -> str:
        """A reason with names in place of the keys in braces."""
        return _KEY.sub(lambda m: self.names.get(m.group(1), m.group(1)), text)


def names(telling_of: Mapping[str, Telling], carriers: Iterable[str], lexicon: Lexicon) -> dict[str, str]:
    """How each outlet and speaker is written: as most documents have it. `carriers` are the outlets
    that carry the documents."""
    forms: dict[str, Counter[str]] = {}
    speakers: dict[str, Counter[str]] = {}
    for t in telling_of.values():
        for o in t.reading.origins:
            forms.setdefault(outlets.key(o.name, lexicon), Counter())[o.name] += 1
        for v in {v for told in t.claims for v in told.claim.voices}:
            who = speaker(v, lexicon)
            if outlets.as_outlet(v, lexicon):
                forms.setdefault(outlets.key(v.name, lexicon), Counter())[v.name] += 1
            elif who:
                speakers.setdefault(who, Counter())[v.name] += 1
    for carrier in carriers:
        forms.setdefault(outlets.key(carrier, lexicon), Counter())[carrier] += 1
    found = {k: min(c, key=lambda f: (-c[f], f)) for k, c in speakers.items()}
    return found | outlets.shown(forms, lexicon)


def roots_of(scene: Scene) -> dict[str, list[str]]:
    """The documents that come down to each root, by the root's key; the unknown root is left out."""
    found: dict[str, set[str]] = {}
    for d, traced in scene.traced.items():
        for root in (traced.root, *beside(scene.stated[d])):
            if root:
                found.setdefault(root, set()).add(d)
    return {r: sorted(d) for r, d in sorted(found.items())}


def own_documents(root: str, documents: Iterable[str], scene: Scene) -> list[str]:
    return [d for d in documents if scene.traced[d].own and scene.traced[d].root == root]


def roots(scene: Scene) -> tuple[Root, ...]:
    """The independent origins, that with most documents first."""
    found = []
    for root, documents in roots_of(scene).items():
        own = own_documents(root, documents, scene)
        name = scene.names.get(root, root)
        found.append(Root(name, _path(root, documents, own, scene), tuple(documents), tuple(own)))
    return tuple(sorted(found, key=lambda r: (-len(r.documents), r.name)))


def _path(root: str, documents: Sequence[str], own: Sequence[str], scene: Scene) -> str:
    """ "9 outlets -> AFP -> Der Spiegel", way by way, the most used first."""
    ways: dict[tuple[str, ...], set[str]] = {}
    for d in documents:
        if d in own:
            continue
        path = scene.traced[d].path
        way = path[: path.index(root)] if root in path else ()
        ways.setdefault(way, set()).add(scene.stated[d].outlet or d)
    parts = []
    for way, who in sorted(ways.items(), key=lambda w: (-len(w[1]), w[0])):
        only = scene.names.get(next(iter(who)), next(iter(who)))
        count = only if len(who) == 1 else f"{len(who)} outlets"
        parts.append(" -> ".join([count, *(scene.names.get(n, n) for n in way), scene.names.get(root, root)]))
    more = f"; {len(parts) - MOST_WAYS} other ways" if len(parts) > MOST_WAYS else ""
    return "; ".join(parts[:MOST_WAYS]) + more if parts else scene.names.get(root, root)


def reference(document: str, scene: Scene) -> tuple[list[Telling], str]:
    """What a retelling is compared with, and which that is: the root's own document; else the nearest
    document on its way there; else those that told it first."""
    traced = scene.traced[document]
    if traced.own or not traced.root:
        return [], ""
    same = [t for d, t in scene.telling.items() if d != document and scene.traced[d].root == traced.root]
    own = [t for t in same if scene.traced[t.document].own]
    for t in earliest(own)[:1]:
        return [t], f"compared with {t.document}, the root's own"
    for name in traced.path:
        up = earliest(t for t in same if outlets.is_own(name, scene.stated[t.document].own))
        if up:
            return up[:1], f"compared with {up[0].document}, the nearest on the way"
    day = min((t.said for t in same if t.said), default=None)
    mine = scene.telling[document].said
    if day is None or mine is None or mine <= day:
        return [], ""
    first = earliest(t for t in same if t.said == day)
    return first, f"compared with those of {day.isoformat()}, the first"


def drifted(document: str, against: Sequence[Telling], scene: Scene) -> tuple[Drift, ...]:
    """Every drift of a document's telling from what it is compared with."""
    if not against:
        return ()
    told = [t for a in against for t in a.claims]
    found = list(drifts(told, scene.telling[document].claims))
    found += _basis(document, against[0], scene)
    return tuple(found + _response(document, against, scene))


def _basis(document: str, root: Telling, scene: Scene) -> list[Drift]:
    """A basis that grew on the way: an outlet that cites nobody is retold as citing sources, or the
    firm itself. What the root's own document leaves open is taken as most retellings have it."""
    if not scene.stated[document].cited:
        return []
    found = basis.strongest(scene.telling[document], scene.stated[document], scene.lexicon)
    said = scene.bases[root.document]
    if said is Basis.UNSTATED:
        root_key = scene.traced[document].root
        alike = (d for d in scene.telling if d != document and scene.traced[d].root == root_key)
        said = basis.consensus(scene.bases[d] for d in alike)
    if not found or said is Basis.UNSTATED or basis.STRENGTH.index(found[0]) <= basis.STRENGTH.index(said):
        return []
    b, told = found
    first = _first_behind(root, scene)
    return [Drift("basis", root.document, document, said.value, b.value, first, told.claim.evidence)]


def _first_behind(root: Telling, scene: Scene) -> Span | None:
    behind = basis.claims_behind(root, scene.stated[root.document], scene.lexicon)
    return behind[0].claim.evidence if behind else None


def _response(document: str, against: Sequence[Telling], scene: Scene) -> list[Drift]:
    """A denial whose limit was lost: what the root has as wider than the allegation, or as silence on
    it, stands in the retelling as a plain denial beside it."""
    ours = [h for h in scene.heard.get(document, ()) if h.party]
    theirs = [h for t in against for h in scene.heard.get(t.document, ()) if h.party]
    for mine in ours:
        a = mine.answer
        if a.type is not ResponseType.DENIED or not mine.unlimited:
            continue
        side = set(countries_of(a.responder, scene.lexicon))
        same = [h.answer for h in theirs if side & set(countries_of(h.answer.responder, scene.lexicon))]
        limited = [b for b in same if b.scope is Scope.BROADER or b.type not in (*REFUSING, ResponseType.CONFIRMED)]
        plain = [b for b in same if b.type is ResponseType.DENIED and b.scope is Scope.SPECIFIC]
        kept = [h for h in ours if h.answer.type not in (*REFUSING, ResponseType.CONFIRMED)]
        if limited and not plain and not kept:
            b = limited[0]
            words = f"{b.type.value} ({b.scope.value})"
            return [Drift("response", b.document, document, words, a.type.value, b.span, a.span)]
    return []
