"""The pictures of a deal: the tree of its origins, its timeline, and the flow from whom to whom."""

from __future__ import annotations

from dataclasses import replace

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.model import Deal, Root, Step, Told, Witness
from sayso.web.flow import Flow, flow_picture
from sayso.web.timeline import timeline
from sayso.web.tree import Node, tree
from sayso.web.tree_picture import tree_picture
from web_help import STORY

DRONES = STORY[0]


@given(st.lists(st.tuples(st.text(min_size=1, max_size=24), st.text(max_size=24), st.integers(1, 9999)), max_size=8))
def test_flow_pictures_stay_inside(pairs: list[tuple[str, str, int]]) -> None:
    picture = flow_picture([Flow(a, b, n, "/deals") for a, b, n in pairs])
    if picture is None:
        assert not pairs
        return
    assert len(picture.bands) == len(pairs)
    assert all(0 <= e.top <= e.bottom <= picture.height and e.y <= picture.height for e in picture.ends)


# ---- the tree and the timeline ---------------------------------------------------------------------


def _witness(n: int, chain: tuple[str, ...] = (), group: str | None = None) -> Witness:
    return Witness(f"{n:012x}", f"Outlet {n}", None, chain=chain, root="The Weekly", group=group)


def _deal(witnesses: list[Witness], own: tuple[str, ...] = ()) -> Deal:
    root = Root("The Weekly", "", tuple(w.document for w in witnesses), own)
    return replace(DRONES, roots=(root,), witnesses=tuple(witnesses), steps=())


def _all(nodes: tuple[Node, ...]) -> list[Node]:
    return [n for top in nodes for n in (top, *_all(top.children))]


def test_retellings_hang_on_what_they_cite() -> None:
    first = Witness("a" * 12, "The Weekly", None, root="The Weekly")
    agency = Witness("b" * 12, "Agency", None, chain=("The Weekly",), root="The Weekly")
    third = _witness(1, ("Agency", "The Weekly"))
    other = _witness(2, ("Radio", "The Weekly"))
    (top,) = tree(_deal([first, agency, third, other], (first.document,)), {})
    assert (top.kind, top.outlets, [s.document for s in top.sources]) == ("root", 4, [first.document])
    names = {n.name: n for n in _all((top,))}
    assert [c.name for c in names["Agency"].children] == ["Outlet 1"]
    assert names["Agency"].kind == "document"
    assert (names["Radio"].kind, [c.name for c in names["Radio"].children]) == ("cited", ["Outlet 2"])


def test_copies_fold_into_one() -> None:
    witnesses = [_witness(n, ("The Weekly",), "g1" if n < 5 else None) for n in range(7)]
    (top,) = tree(_deal(witnesses), {})
    copies = [c for c in top.children if c.kind == "copies"]
    assert [(c.outlets, len(c.sources)) for c in copies] == [(5, 5)]
    assert len(top.children) == 3


@given(st.integers(1, 80), st.randoms(use_true_random=False))
@settings(max_examples=25)
def test_no_document_is_lost_and_the_picture_stays_small(many: int, random: object) -> None:
    chains = [("The Weekly",), ("Agency", "The Weekly"), (), ("Radio", "Agency", "The Weekly")]
    choose = getattr(random, "choice")  # noqa: B009 - hypothesis gives no public type
    witnesses = [_witness(n, choose(chains), choose([None, "g1", "g2"])) for n in range(many)]
    nodes = _all(tree(_deal(witnesses), {}))
    assert sorted(s.document for n in nodes for s in n.sources) == sorted(w.document for w in witnesses)
    picture = tree_picture(tree(_deal(witnesses), {}))
    assert len(picture.dots) == len(nodes)
    assert picture.height < 1_600
    at = [(d.x, d.y) for d in picture.dots]
    assert len(set(at)) == len(at)  # no node on another


def test_a_document_without_origin_is_shown_as_such() -> None:
    lost = Witness("c" * 12, "Somewhere", None)
    (top,) = tree(replace(_deal([lost]), roots=()), {})
    assert (top.kind, [c.name for c in top.children]) == ("unknown", ["Somewhere"])


@given(st.lists(st.tuples(st.dates(), st.none() | st.dates()), max_size=20))
def test_timelines_stay_inside(days: list[tuple[object, object]]) -> None:
    witnesses = [replace(_witness(n), said=msgspec.convert(str(said), type(DRONES.first_said))) for n, (said, _) in
                 enumerate(days)]  # fmt: skip
    deal = replace(_deal(witnesses), when=None, steps=tuple(Step(DRONES.stage, w.said, "") for w in witnesses[:3]))
    line = timeline(deal, list[Told]())
    if line is None:
        assert not days
        return
    assert sum(len(s.ys) + s.more for s in line.said) == len(days)
    assert all(0 <= s.x <= line.width and min(s.ys) > 0 for s in line.said)
    assert all(0 <= t.x <= line.width for t in line.ticks)
    assert len(line.ticks) <= 12
