"""Verdicts change the ledger as a rebuild would, outlast another reading, and never overrule unawares."""

from __future__ import annotations

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review_help import OUTLETS, article, derived, fill, lexicon, put, small_ledger, some_sentences
from sayso.errors import InputError, SaysoError
from sayso.keeping.docket import docket, version
from sayso.keeping.judge import Done, Judgement, Overtaken, judge, slots, undo
from sayso.keeping.rebuild import rebuild
from sayso.keeping.reread import reread
from sayso.keeping.verdicts import ACCEPT, EDIT, GRADE, MERGE, REJECT, SPLIT, decided
from sayso.model import Reading, Span, Stage
from sayso.store import Store, Verdict, open_store
from sayso.store.codec import Json
from sayso.store.review_queries import (
    Filter,
    count_claims,
    count_of,
    founding,
    in_conflict,
    least_sure,
    matched_apart,
    newest,
    these,
)

pytest_plugins = ("store_places",)


def do(store: Store, one: Judgement) -> Done:
    found = judge(store, one, lexicon())
    assert isinstance(found, Done)
    return found


def take_back(store: Store, number: int) -> Done:
    found = undo(store, number, "ana", lexicon())
    assert isinstance(found, Done)
    return found


def same_as_rebuilt(store: Store) -> None:
    with store.looking() as look:
        kept = derived(look)
    for _ in rebuild(store, lexicon()):
        pass
    with store.looking() as look:
        anew = derived(look)
    for name, rows in anew.items():
        assert kept[name] == rows, name


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[tuple[Store, list[str]]]:
    store, keys = small_ledger(tmp_path / "ledger.sayso")
    yield store, keys
    same_as_rebuilt(store)  # whatever a test did
    store.close()


def deal_of(store: Store, claim: str) -> str | None:
    with store.looking() as look:
        return look.deals_of([claim]).get(claim)


# ---- each action ----------------------------------------------------------------------------------


def test_the_small_ledger_has_the_deals_it_should(ledger: tuple[Store, list[str]]) -> None:
    store, (one, two, three) = ledger
    assert deal_of(store, f"{one}.0") == deal_of(store, f"{two}.0") == f"{one}.0"
    assert deal_of(store, f"{three}.0") != f"{one}.0"


def test_an_edit_changes_the_deal_and_not_the_reading(ledger: tuple[Store, list[str]]) -> None:
    store, (one, _, _) = ledger
    done = do(store, Judgement("ana", EDIT, (f"{one}.0",), after={"stage": "done"}, note="it says delivered"))
    assert f"{one}.0" in done.deals
    with store.looking() as look:
        read = look.reading(one)
        deal = look.deal(f"{one}.0")
        kept = look.verdict(done.verdict)
    assert read is not None
    assert read.claims[0].stage is Stage.AGREED
    assert deal is not None
    assert any(s.stage is Stage.DONE for s in deal.steps)
    assert kept is not None
    assert (kept.who, kept.note, kept.after) == ("ana", "it says delivered", {"stage": "done"})
    assert cast(dict[str, Json], kept.before)["stage"] == "agreed"


def test_an_edit_to_other_arms_takes_the_claim_to_another_deal(ledger: tuple[Store, list[str]]) -> None:
    store, (one, two, three) = ledger
    after: dict[str, Json] = {
        "item": "Harrow-2 howitzers",
        "designations": ["Harrow-2"],
        "supplier": [{"name": "Sweden", "countries": ["SE"]}],
        "recipient": [{"name": "India", "countries": ["IN"]}],
        "quantity": {"min": 12, "max": 12},
    }
    number = do(store, Judgement("ana", EDIT, (f"{two}.0",), after=after)).verdict
    assert deal_of(store, f"{two}.0") == deal_of(store, f"{three}.0") == f"{two}.0"  # now the first told of them
    same_as_rebuilt(store)
    take_back(store, number)
    assert deal_of(store, f"{two}.0") == f"{one}.0"


def test_a_second_edit_holds_what_the_first_set(ledger: tuple[Store, list[str]]) -> None:
    store, (one, _, _) = ledger
    do(store, Judgement("ana", EDIT, (f"{one}.0",), after={"stage": "done"}))
    second = do(store, Judgement("ben", EDIT, (f"{one}.0",), after={"hedged": True})).verdict
    with store.looking() as look:
        assert decided(look).edits == {f"{one}.0": {"stage": "done", "hedged": True}}
    take_back(store, second)
    with store.looking() as look:
        assert decided(look).edits == {f"{one}.0": {"stage": "done"}}


def test_a_rejected_claim_leaves_its_deal_and_an_accepted_one_returns(ledger: tuple[Store, list[str]]) -> None:
    store, (one, two, _) = ledger
    do(store, Judgement("ana", REJECT, (f"{one}.0",)))
    assert deal_of(store, f"{one}.0") is None
    assert deal_of(store, f"{two}.0") == f"{two}.0"  # the deal goes on under its next claim
    same_as_rebuilt(store)
    do(store, Judgement("ben", ACCEPT, (f"{one}.0",)))
    assert deal_of(store, f"{two}.0") == f"{one}.0"


def test_a_split_holds_and_a_merge_against_it_is_refused(ledger: tuple[Store, list[str]]) -> None:
    store, (one, two, _) = ledger
    split = do(store, Judgement("ana", SPLIT, (f"{two}.0",), (f"{one}.0",))).verdict
    assert deal_of(store, f"{two}.0") == f"{two}.0"
    put(store, article("four", [("France", "Kestrel-9 drones", "Egypt", 40)], day=3, outlet=OUTLETS[2]))
    assert deal_of(store, f"{two}.0") != deal_of(store, f"{one}.0")
    with pytest.raises(InputError, match=f"verdict {split} of ana to split"):
        judge(store, Judgement("ben", MERGE, (f"{one}.0",), (f"{two}.0",)), lexicon())
    with store.looking() as look:
        assert [v.id for v in look.verdicts()] == [split]
    take_back(store, split)
    assert deal_of(store, f"{two}.0") == f"{one}.0"


def test_a_merge_joins_what_nothing_matches_and_its_undoing_parts_it(ledger: tuple[Store, list[str]]) -> None:
    store, (one, two, three) = ledger
    every = (f"{one}.0", f"{two}.0")
    number = do(store, Judgement("ana", MERGE, (f"{three}.0",), every)).verdict
    assert deal_of(store, f"{three}.0") == f"{one}.0"
    same_as_rebuilt(store)
    take_back(store, number)
    assert deal_of(store, f"{three}.0") == f"{three}.0"


def test_a_later_split_takes_one_claim_out_of_a_merge_and_leaves_the_rest(ledger: tuple[Store, list[str]]) -> None:
    store, (one, two, three) = ledger
    do(store, Judgement("ana", MERGE, (f"{one}.0",), (f"{two}.0", f"{three}.0")))
    do(store, Judgement("ben", SPLIT, (f"{one}.0",), (f"{two}.0", f"{three}.0")))
    assert deal_of(store, f"{one}.0") == f"{one}.0"
    assert deal_of(store, f"{two}.0") == deal_of(store, f"{three}.0") == f"{two}.0"


def test_rejecting_the_claim_named_first_leaves_the_others_merged(ledger: tuple[Store, list[str]]) -> None:
    store, (one, two, three) = ledger
    do(store, Judgement("ana", MERGE, (f"{one}.0",), (f"{two}.0", f"{three}.0")))
    do(store, Judgement("ana", REJECT, (f"{one}.0",)))
    assert deal_of(store, f"{two}.0") == deal_of(store, f"{three}.0") == f"{two}.0"


def test_a_grade_is_kept_and_changes_no_deal(ledger: tuple[Store, list[str]]) -> None:
    store, (one, _, _) = ledger
    with store.looking() as look:
        before = derived(look)
    done = do(store, Judgement("ana", GRADE, (f"{one}.0",), after={"source": "B", "information": "2"}))
    with store.looking() as look:
        assert derived(look) == before
        grade = docket(look).grade(f"{one}.0")
    assert grade is not None
    assert grade.after == {"source": "B", "information": "2"}
    assert done.deals == ()


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        (Judgement("ana", ACCEPT, ("nothing.0",)), "no claim 'nothing.0'"),
        (Judgement("ana", ACCEPT, ()), "no claim"),
        (Judgement("ana", "praise", ("{0}.0",)), "an action 'praise'"),
        (Judgement("ana", EDIT, ("{0}.0",)), "an edit of"),
        (Judgement("ana", EDIT, ("{0}.0",), after={"outlet": "x"}), "outlet"),
        (Judgement("ana", EDIT, ("{0}.0",), after={"stage": "finished"}), "does not fit"),
        (Judgement("ana", EDIT, ("{0}.0",), after={"item": "a\x00b"}), "NUL"),
        (Judgement("ana\x00", ACCEPT, ("{0}.0",)), "NUL"),
        (Judgement("ana", GRADE, ("{0}.0",), after={"source": "G", "information": "1"}), "A to F"),
        (Judgement("ana", GRADE, ("{0}.0",), after={"source": "AB", "information": "1"}), "A to F"),
        (Judgement("ana", GRADE, ("{0}.0",), after={"source": "A"}), "A to F"),
        (Judgement("ana", MERGE, ("{0}.0",)), "two sides"),
        (Judgement("ana", SPLIT, ("{0}.0",), ("{0}.0",)), "two sides"),
        (Judgement("ana", ACCEPT, ("{0}.0", "{1}.0")), "one claim"),
        (Judgement("ana", GRADE, ("{0}.0",), after={"source": "A", "information": "1"}, blind=True), "blind"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_written(
    ledger: tuple[Store, list[str]], wrong: Judgement, expected: str
) -> None:
    store, keys = ledger
    named = replace(
        wrong,
        claims=tuple(c.format(*keys) for c in wrong.claims),
        others=tuple(c.format(*keys) for c in wrong.others),
    )
    with pytest.raises(SaysoError, match=expected):
        judge(store, named, lexicon())
    with store.looking() as look:
        assert list(look.verdicts()) == []


# ---- two at once ----------------------------------------------------------------------------------


def seen(store: Store, *claims: str) -> str:
    with store.looking() as look:
        return version(look, claims)


def by(found: Done | Overtaken) -> tuple[Verdict, ...]:
    assert isinstance(found, Overtaken)
    return found.by


def test_who_comes_second_is_shown_what_came_first_and_writes_nothing(ledger: tuple[Store, list[str]]) -> None:
    store, (one, two, three) = ledger
    claim = f"{one}.0"
    both = seen(store, claim)
    first = do(store, Judgement("ana", EDIT, (claim,), after={"stage": "done"}, seen=both)).verdict
    late = Judgement("ben", REJECT, (claim,), seen=both)
    assert [v.id for v in by(judge(store, late, lexicon()))] == [first]
    with store.looking() as look:
        assert len(list(look.verdicts())) == 1
    do(store, replace(late, seen=seen(store, claim)))  # with the other's change seen, his goes on top
    assert deal_of(store, claim) is None
    # What is decided elsewhere overtakes nobody.
    elsewhere = seen(store, f"{two}.0")
    do(store, Judgement("ana", ACCEPT, (f"{three}.0",)))
    do(store, Judgement("ben", ACCEPT, (f"{two}.0",), seen=elsewhere))


def test_of_many_at_once_one_decides_and_the_others_are_told(ledger: tuple[Store, list[str]]) -> None:
    store, (one, _, _) = ledger
    at = seen(store, f"{one}.0")
    many = [Judgement(f"r{n}", EDIT, (f"{one}.0",), after={"item": f"item {n}"}, seen=at) for n in range(8)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda j: judge(store, j, lexicon()), many))
    (first,) = [f.verdict for f in found if isinstance(f, Done)]
    assert [[v.id for v in f.by] for f in found if isinstance(f, Overtaken)] == [[first]] * 7


def test_a_merge_is_overtaken_by_a_verdict_on_any_of_its_claims(ledger: tuple[Store, list[str]]) -> None:
    store, (one, two, three) = ledger
    at = seen(store, f"{one}.0", f"{two}.0", f"{three}.0")
    rejected = do(store, Judgement("ana", REJECT, (f"{two}.0",))).verdict
    merge = Judgement("ben", MERGE, (f"{one}.0", f"{two}.0"), (f"{three}.0",), seen=at)
    assert [v.id for v in by(judge(store, merge, lexicon()))] == [rejected]


def test_an_undoing_overtakes_and_is_overtaken(ledger: tuple[Store, list[str]]) -> None:
    store, (one, _, _) = ledger
    claim = f"{one}.0"
    number = do(store, Judgement("ana", REJECT, (claim,))).verdict
    at = seen(store, claim)
    undone = take_back(store, number).verdict
    assert [v.id for v in by(judge(store, Judgement("ben", ACCEPT, (claim,), seen=at), lexicon()))] == [undone]
    assert [v.id for v in by(undo(store, number, "ben", lexicon()))] == [undone]
    with pytest.raises(InputError, match="can be undone"):
        undo(store, undone, "ben", lexicon())
    with pytest.raises(InputError, match="no verdict 99"):
        undo(store, 99, "ben", lexicon())


@pytest.mark.parametrize("wrong", ["", "x", "-", "1", "9" * 30, "0-0"])
def test_a_version_that_was_never_given_is_of_nothing_seen(ledger: tuple[Store, list[str]], wrong: str) -> None:
    store, (one, _, _) = ledger
    assert by(judge(store, Judgement("ana", ACCEPT, (f"{one}.0",), seen=wrong), lexicon())) == ()


def test_another_reading_in_between_overtakes(ledger: tuple[Store, list[str]]) -> None:
    store, (one, _, _) = ledger
    at = seen(store, f"{one}.0")
    with store.looking() as look:
        read = look.reading(one)
    assert read is not None
    reread(store, one, replace(read, claims=(replace(read.claims[0], hedged=True),)), lexicon())
    assert by(judge(store, Judgement("ana", ACCEPT, (f"{one}.0",), seen=at), lexicon())) == ()


# ---- blind second opinions --------------------------------------------------------------------------


def test_a_blind_verdict_is_kept_beside_the_first_and_decides_nothing(ledger: tuple[Store, list[str]]) -> None:
    store, (one, _, _) = ledger
    claim = f"{one}.0"
    at = seen(store, claim)
    first = do(store, Judgement("ana", EDIT, (claim,), after={"stage": "done"}, seen=at)).verdict
    with store.looking() as look:
        before = derived(look)
    blind = do(store, Judgement("ben", REJECT, (claim,), seen=at, blind=True)).verdict
    with store.looking() as look:
        assert derived(look) == before
        kept = look.verdict(blind)
        assert docket(look).reviewed()[claim].id == first
    assert kept is not None
    assert cast(dict[str, Json], kept.target)["beside"] == first
    assert cast(dict[str, Json], kept.before)["stage"] == "agreed"  # what he saw: the reading alone


# ---- another reading --------------------------------------------------------------------------------


def moved(read: Reading) -> Reading:
    """The same article read better: one more claim before the others, whose numbers move up."""
    words = Span(0, read.document.text.index("\n"))
    extra = replace(read.claims[0], evidence=words, item_span=None, item="a report", designations=(), supplier=())
    return replace(read, claims=(extra, *read.claims))


def test_verdicts_find_their_claims_after_another_reading(ledger: tuple[Store, list[str]]) -> None:
    store, (one, two, three) = ledger
    do(store, Judgement("ana", EDIT, (f"{one}.0",), after={"stage": "done"}))
    do(store, Judgement("ana", REJECT, (f"{three}.1",)))
    do(store, Judgement("ana", SPLIT, (f"{two}.0",), (f"{one}.0",)))
    with store.looking() as look:
        reads = {key: look.reading(key) for key in (one, three)}
    for key, read in reads.items():
        assert read is not None
        reread(store, key, moved(read), lexicon())
    with store.looking() as look:
        now = decided(look)
    assert now.edits == {f"{one}.1": {"stage": "done"}}
    assert now.rejected == {f"{three}.2"}
    assert now.apart[f"{two}.0"] == {f"{one}.1"}
    assert deal_of(store, f"{two}.0") != deal_of(store, f"{one}.1")


def test_a_verdict_waits_for_a_claim_that_is_read_no_more(ledger: tuple[Store, list[str]]) -> None:
    store, (one, two, _) = ledger
    do(store, Judgement("ana", SPLIT, (f"{two}.0",), (f"{one}.0",)))
    with store.looking() as look:
        read = look.reading(two)
    assert read is not None
    reread(store, two, "a language not read; expected another", lexicon())
    same_as_rebuilt(store)
    reread(store, two, read, lexicon())
    assert deal_of(store, f"{two}.0") == f"{two}.0"


# ---- both databases ---------------------------------------------------------------------------------


def test_deciding_and_queueing_on_either_database(store: Store) -> None:
    one, two, three = fill(store)
    do(store, Judgement("ana", EDIT, (f"{one}.0",), after={"quantity": {"min": 30, "max": 30}}))
    split = do(store, Judgement("ana", SPLIT, (f"{three}.1",), (f"{three}.0",))).verdict
    do(store, Judgement("ben", MERGE, (f"{three}.0",), (f"{two}.0",)))
    take_back(store, split)
    same_as_rebuilt(store)
    with store.looking() as look:
        done = docket(look).reviewed()
        every = Filter()
        assert (count_of(look, done, every), count_claims(look, every)) == (1, 4)
        assert [w.key for w in newest(look, every, done, 9)] == [f"{three}.1", f"{three}.0", f"{two}.0"]
        assert [w.key for w in least_sure(look, every, (), 0.7, 9)] == [f"{three}.1"]
        founders = {
            deal for deal in look.deals_of(look.claims_in([one, two, three])).values() if deal and deal not in done
        }
        assert {w.key for w in founding(look, every, done, [], 9)} == founders
        assert founding(look, every, done, founders, 9) == []
        assert f"{two}.0" in {w.key for w in in_conflict(look, every, done, 9)}
        assert {w.key for w in these(look, [f"{two}.0", f"{one}.0"], Filter(outlet=OUTLETS[1]))} == {f"{two}.0"}
        assert matched_apart(look, 9) == matched_apart(look, 9, look.claims_in([one, two, three]))


# ---- any order ----------------------------------------------------------------------------------------


def act(store: Store, rnd: random.Random, n: int) -> None:
    """Something at random: an article, another reading, a verdict, an undoing."""
    with store.looking() as look:
        documents = [k.key for k in look.documents()]
        claims = sorted(look.claims_in(documents))
        verdicts = [v.id for v in look.verdicts(undone=False) if v.action != "undo"]
    choice = rnd.choice(["add", "add", "reread", EDIT, EDIT, REJECT, ACCEPT, MERGE, SPLIT, SPLIT, "undo"])
    if choice == "add" or not claims:
        put(store, article(f"n{n}", some_sentences(rnd), day=rnd.randint(0, 3), outlet=rnd.choice(OUTLETS)))
    elif choice == "undo":
        if verdicts:
            take_back(store, rnd.choice(verdicts))
    elif choice == "reread":
        again(store, rnd, rnd.choice(documents))
    else:
        # A merge against a split is refused.
        with suppress(InputError) if choice == MERGE else nullcontext():
            judge(store, judgement(rnd, choice, claims), lexicon())


def again(store: Store, rnd: random.Random, key: str) -> None:
    with store.looking() as look:
        read, document = look.reading(key), look.document(key)
    if read is None or rnd.random() < 0.2:
        anew: Reading | str = "not read; expected otherwise" if read else Reading(document)
    elif rnd.random() < 0.5:
        anew = moved(read) if read.claims else read
    else:
        some = article(document.id, some_sentences(rnd)).claims
        claims = tuple(replace(c, evidence=Span(0, 9), item_span=None, supplier=()) for c in some[:1])
        anew = replace(read, claims=(*read.claims[rnd.randint(0, 1) :], *claims))
    reread(store, key, anew, lexicon())


def judgement(rnd: random.Random, action: str, claims: list[str]) -> Judgement:
    if action in (MERGE, SPLIT) and len(claims) > 1:
        some = rnd.sample(claims, min(len(claims), rnd.randint(2, 4)))
        cut = rnd.randint(1, len(some) - 1)
        return Judgement("ana", action, tuple(some[:cut]), tuple(some[cut:]))
    if action == EDIT:
        donor = article("donor", some_sentences(rnd)).claims[0]
        names = rnd.sample(["item", "designations", "supplier", "recipient", "quantity", "stage", "category"], 3)
        after = {name: slots(donor)[name] for name in names}
        return Judgement(rnd.choice(["ana", "ben"]), EDIT, (rnd.choice(claims),), after=after)
    return Judgement("ben", REJECT if action == REJECT else ACCEPT, (rnd.choice(claims),))


@settings(max_examples=15)
@given(st.integers(0, 10**9))
def test_verdicts_and_documents_in_any_order_end_where_a_rebuild_ends(seed: int) -> None:
    rnd = random.Random(seed)
    with TemporaryDirectory() as folder, open_store(Path(folder) / "ledger.sayso", create=True) as store:
        for n in range(rnd.randint(8, 24)):
            act(store, rnd, n)
        same_as_rebuilt(store)
