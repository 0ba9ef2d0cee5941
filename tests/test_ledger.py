"""What the ledger says of a deal: standing, answers, summary, and that order makes no difference."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deals_help import told
from ledger_help import BUYER, DENIED, MAKER, Paper, anonymous, deal, official, outlet, witness
from sayso.ledger import entry, witness_json
from sayso.ledger.summary import item
from sayso.lexicon import load
from sayso.model import (
    Basis,
    Deal,
    Document,
    Interval,
    Kind,
    Party,
    Quantity,
    Relation,
    ResponseType,
    Scope,
    Stage,
    Standing,
    Voice,
    VoiceKind,
)  # fmt: skip

SPIEGEL = outlet("Der Spiegel")
R, S = ResponseType, Standing
MINISTRY = "Chinese foreign ministry"
THE_MAKER = Voice(MAKER.name, VoiceKind.ORGANISATION)


def own() -> Paper:
    return Paper("own", "Der Spiegel").tell()


def retold(key: str = "a") -> Paper:
    return Paper(key, f"Paper {key}", 2).tell(SPIEGEL)


def stands(*papers: Paper) -> list[Standing]:
    return [s.standing for s in deal(papers).standing]


# Standing --------------------------------------------------------------------------------------


def test_one_origin_or_more() -> None:
    assert stands(own(), retold()) == [S.SINGLE_ORIGIN]
    assert stands(own(), retold(), Paper("b", "Nova").tell(anonymous())) == [S.MULTI_ORIGIN]


@pytest.mark.parametrize("kind", [R.SILENT, R.DECLINED, R.NOT_AWARE])
def test_silence_gives_nothing(kind: ResponseType) -> None:
    assert stands(own().answer(MINISTRY, kind)) == [S.SINGLE_ORIGIN]


def test_a_wider_denial_or_a_dismissal_is_partly() -> None:
    assert stands(own().answer(MINISTRY, R.DENIED, Scope.BROADER)) == [S.SINGLE_ORIGIN, S.PARTLY_DENIED]
    assert stands(own().answer(MINISTRY, R.DISMISSED)) == [S.SINGLE_ORIGIN, S.PARTLY_DENIED]


def test_a_specific_denial_by_a_party_outweighs_the_wider() -> None:
    papers = [own().answer(MINISTRY, R.DENIED, Scope.BROADER), retold().answer(MAKER.name, R.DENIED)]
    found = deal(papers)
    assert [s.standing for s in found.standing] == [S.SINGLE_ORIGIN, S.DENIED]
    assert "a" in found.standing[1].why.split(": ")[1]


def test_somebody_for_the_firm_denies() -> None:
    words = f"A contractor who works for {MAKER.name} denied any such business."
    assert stands(own(), retold().answer("contractor", R.DENIED, words=words)) == [S.SINGLE_ORIGIN, S.DENIED]


def test_somebody_for_the_firm_by_his_title() -> None:
    assert stands(own(), retold().answer("contractor for Falcon Dynamics", R.DENIED)) == [S.SINGLE_ORIGIN, S.DENIED]
    assert stands(own(), retold().answer("contractor for a buyer", R.DENIED)) == [S.SINGLE_ORIGIN]


def test_a_bystanders_denial_is_none() -> None:
    assert stands(own().answer("Brazil", R.DENIED, Scope.SPECIFIC)) == [S.SINGLE_ORIGIN]


def test_a_ministry_that_names_the_firm_denies_this() -> None:
    words = f"{MINISTRY} denied that Falcon Dynamics deals with Moscow."
    found = deal([own(), retold().answer(MINISTRY, R.DENIED, words=words)])
    assert witness(found, "a").answers[0].scope is Scope.SPECIFIC


def test_the_charge_is_the_one_before() -> None:
    paper = retold().tell(official("Washington"), words="Beijing mulls arms.", of_deal=False, designations=())
    paper.answer("Beijing", R.DENIED, Scope.SPECIFIC, "Beijing rejects the charge.")
    assert witness(deal([own(), paper]), "a").answers[0].scope is Scope.BROADER
    direct = retold("b").answer("Beijing", R.DENIED, Scope.SPECIFIC, "Beijing rejects the charge.")
    assert witness(deal([own(), direct]), "b").answers[0].scope is Scope.SPECIFIC


def test_confirmed_by_a_party_itself() -> None:
    assert S.PARTY_CONFIRMED in stands(Paper("a", "Nova").tell(THE_MAKER))
    assert S.PARTY_CONFIRMED in stands(Paper("a", "Nova").tell(official("Kremlin")))
    assert S.PARTY_CONFIRMED in stands(own(), retold().answer(MAKER.name, R.CONFIRMED))


@pytest.mark.parametrize("outer", [(SPIEGEL,), (SPIEGEL, outlet("Reuters"))])
def test_a_party_heard_through_the_report_confirms_nothing(outer: tuple[Voice, ...]) -> None:
    assert stands(own(), Paper("a", "Nova").tell(THE_MAKER, *outer)) == [S.SINGLE_ORIGIN]
    # the outlet's name lost from one sentence of a retelling
    assert stands(own(), retold().tell(THE_MAKER)) == [S.SINGLE_ORIGIN]


def test_hedged_or_denied_is_no_confirmation() -> None:
    assert S.PARTY_CONFIRMED not in stands(Paper("a", "Nova").tell(THE_MAKER, hedged=True))
    assert S.PARTY_CONFIRMED not in stands(own(), Paper("a", "Nova").tell(THE_MAKER, polarity=DENIED))


def test_the_government_of_a_firms_country_is_not_the_firm() -> None:
    assert S.PARTY_CONFIRMED not in stands(Paper("a", "Nova").tell(official("Chinese foreign ministry")))


def test_withdrawn_unless_it_goes_on() -> None:
    off = Paper("b", "Nova", 3).tell(SPIEGEL, stage=Stage.CANCELLED)
    found = deal([own(), off])
    assert found.standing[-1].standing is S.WITHDRAWN
    assert found.stage is Stage.CANCELLED
    assert S.WITHDRAWN not in stands(own(), off, Paper("c", "Volt", 5).tell(SPIEGEL, stage=Stage.UNDERWAY))


# Answers ---------------------------------------------------------------------------------------


def test_a_denied_claim_is_an_answer_where_no_response_tells_it() -> None:
    paper = own().tell(
        official(MINISTRY), words="China sends no weapons to Russia, the ministry said.", of_deal=False,
        polarity=DENIED, supplier=(Party("China", ("CN",)),), designations=(), count=None,
    )  # fmt: skip
    (answer,) = witness(deal([paper]), "own").answers
    assert (answer.responder.lower(), answer.type, answer.scope) == (MINISTRY.lower(), R.DENIED, Scope.BROADER)


def test_answers_quote_their_text() -> None:
    paper = own().answer(MINISTRY, R.DENIED, Scope.BROADER)
    (answer,) = witness(deal([paper]), "own").answers
    assert answer.span.of(paper.reading().document.text) == answer.quote


def test_an_answer_is_kept_once() -> None:
    paper = own().answer(MINISTRY, R.DENIED, Scope.BROADER).answer(MINISTRY, R.DENIED, Scope.BROADER)
    assert len(witness(deal([paper]), "own").answers) == 1


# Basis and summary -----------------------------------------------------------------------------


def test_basis_is_what_is_said_of_the_root() -> None:
    paper = retold().tell(SPIEGEL, basis=Basis.UNCITED).carries(35, 50, anonymous("experts"))
    found = deal([own(), paper, Paper("b", "Nova").tell(SPIEGEL)])
    assert [witness(found, k).basis for k in ("own", "a", "b")] == [Basis.UNSTATED, Basis.UNCITED, Basis.UNSTATED]


def test_a_persons_basis_does_not_hold_of_an_outlet() -> None:
    noisy = Paper("a", "Nova").tell(Voice("Der Spiegel", VoiceKind.NAMED_PERSON), basis=Basis.NAMED)
    found = deal([own(), noisy])
    assert (witness(found, "a").basis, witness(found, "a").chain) == (Basis.UNSTATED, ("Der Spiegel",))


def test_summary() -> None:
    april = Interval(dt.date(2023, 4, 1), dt.date(2023, 4, 30))
    papers = [Paper("own", "Der Spiegel").tell(when=april).tell(stage=Stage.NEGOTIATING, count=None)]
    papers += [Paper("a", "Nova", 4).tell(SPIEGEL, supplier=(Party("Chinese firm", ("CN",)),), stage=Stage.DONE)]
    found = deal(papers)
    assert (found.id, found.supplier, found.supplier_countries) == ("own.0", MAKER.name, ("CN",))
    assert (found.recipient, found.recipient_countries) == (BUYER.name, ("RU",))
    assert (found.item, found.designations, found.kind) == ("drones", ("QX-7",), Kind.TRANSFER)
    assert found.stage is Stage.AGREED  # "done" is the retelling's
    assert found.when == april
    assert (found.first_said, found.last_said) == (dt.date(2023, 3, 1), dt.date(2023, 3, 4))
    assert [s.stage for s in found.steps] == [Stage.NEGOTIATING, Stage.AGREED, Stage.DONE]
    assert ("quantity", "40", ("Der Spiegel",)) in [(v.slot, v.value, v.roots) for v in found.values]


def test_roots_that_differ_are_in_conflict() -> None:
    found = deal([Paper("a", "Metro").tell(anonymous()), Paper("b", "Nova").tell(anonymous(), count=90)])
    assert found.conflicts == ("quantity: Metro 40, Nova 90",)
    assert deal([own(), retold()]).conflicts == ()


def test_no_claims_is_a_fault() -> None:
    with pytest.raises(ValueError, match="no claims"):
        entry([], {}, {}, {}, load())


def test_printed_form() -> None:
    rows = witness_json(deal([own().answer(MINISTRY, R.DENIED, Scope.BROADER), retold()]))
    assert [r["document"] for r in rows] == ["a", "own"]
    assert rows[1]["responses"][0]["scope"] == "general"
    assert {"chain", "root", "basis", "group", "responses", "drifts"} <= set(rows[0])


# Whatever comes in -----------------------------------------------------------------------------

VOICES = [
    (), (SPIEGEL,), (THE_MAKER, SPIEGEL), (SPIEGEL, outlet("Reuters")), (official("Pentagon"),), (anonymous(),),
    (outlet("Metro"),), (outlet("Nova"),), (outlet("Volt"),), (THE_MAKER,), (outlet("a German weekly"),),
]  # fmt: skip
OUTLETS = ["Der Spiegel", "Metro", "Nova", "Volt", "Reuters", None]


@st.composite
def papers(draw: st.DrawFn) -> tuple[list[Paper], dict[str, str]]:
    made: list[Paper] = []
    groups: dict[str, str] = {}
    for n in range(draw(st.integers(1, 6))):
        paper = Paper(f"d{n}", draw(st.sampled_from(OUTLETS)), draw(st.sampled_from([1, 2, 3, None])))
        for voices in draw(st.lists(st.sampled_from(VOICES), min_size=1, max_size=3)):
            paper.tell(*voices, stage=draw(st.sampled_from(Stage)), count=draw(st.sampled_from([None, 40, 90])))
        for name in draw(st.lists(st.sampled_from(["Reuters", "Der Spiegel", "Metro"]), max_size=2)):
            paper.origin(name, draw(st.sampled_from(Relation)))
        if draw(st.booleans()):
            paper.answer(MINISTRY, draw(st.sampled_from(R)), draw(st.sampled_from(Scope)))
        group = draw(st.sampled_from([None, "g", "h"]))
        if group:
            groups[paper.key] = group
        made.append(paper)
    return made, groups


def _shuffled(made: list[Paper], groups: dict[str, str], seed: int) -> Deal:
    dice = random.Random(seed)
    tolds = [t for p in made for t in p.tolds()]
    order = list(made)
    dice.shuffle(tolds)
    dice.shuffle(order)
    other = Document("u", "Falcon Dynamics: 40 QX-7, Spiegel", "Obzor", language="pl")
    return entry(
        tolds + tolds[:1], {p.key: p.reading() for p in order}, groups, {"u": other}, load(),
    )  # fmt: skip


@given(papers(), st.integers(0, 10**6))
def test_order_makes_no_difference(made: tuple[list[Paper], dict[str, str]], seed: int) -> None:
    first = _shuffled(*made, seed=0)
    assert _shuffled(*made, seed=seed) == first


@given(papers())
def test_what_always_holds(made: tuple[list[Paper], dict[str, str]]) -> None:
    found = deal(*made)
    known = {r.name for r in found.roots}
    assert {w.root for w in found.witnesses} - {""} <= known
    assert {w.document for w in found.witnesses} == {p.key for p in made[0]}
    assert all(r.path.endswith(r.name) or "other ways" in r.path for r in found.roots)
    for w in found.witnesses:
        assert w.outlet not in w.chain
        assert w.why
        assert "{" not in w.why
    counts = [s.standing for s in found.standing if s.standing in (S.SINGLE_ORIGIN, S.MULTI_ORIGIN)]
    assert counts == [S.MULTI_ORIGIN if len(known) > 1 else S.SINGLE_ORIGIN]


def test_a_deal_goes_by_the_fuller_form_of_its_item_that_is_no_rarity() -> None:
    boats = [told(f"a.{n}", item="boats") for n in range(3)]
    patrol, rare = told("b.0", item="Patrol boats"), told("c.0", item="fast green boats")
    assert item([*boats, patrol]) == "Patrol boats"
    assert item([*boats, patrol, *(told(f"d.{n}", item="boats") for n in range(9)), rare]) == "boats"


@pytest.mark.parametrize(("whole", "said"), [(Quantity(None, 12), "up to 12"), (Quantity(12, 12), "4")])
def test_a_part_of_what_is_counted_is_not_the_count(whole: Quantity, said: str) -> None:
    """ "The first four" have room in "up to 12"; beside exactly 12, what most weight stands behind is shown."""
    april = Interval(dt.date(2023, 4, 1), dt.date(2023, 4, 30))
    paper = Paper("own", "Der Spiegel").tell(count=None, quantity=whole).tell(count=4, when=april)
    assert [v.value for v in deal([paper]).values if v.slot == "quantity"] == [said]
