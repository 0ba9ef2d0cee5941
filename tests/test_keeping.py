"""Adding in any order gives what a rebuild gives: deals, reprint groups and unread witnesses."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sayso.cli import app
from sayso.ingest import Metadata, captures
from sayso.ingest.capture import Capture
from sayso.keeping import add, rebuild
from sayso.lexicon import load
from sayso.model import Deal
from sayso.store import Store, check, open_store
from sayso.text.tagger import encoder

STORY = (
    "Fjordvik Marine has offered 24 QX-700 drones to Ghana, the German weekly Der Hafenbote reported on Thursday, "
    "without naming its sources. The drones can carry 35 kilograms each. The firm would deliver them in May.\n\n"
    "Ghana's defence ministry declined to comment on the offer. A spokesman said the navy had other plans for this "
    "year, among them the repair of two patrol boats that were bought from China in 2011.\n"
)
GERMAN = (
    "Die norwegische Werft Fjordvik Marine will Ghana 24 Drohnen vom Typ QX-700 liefern, wie die Wochenzeitung "
    "Der Hafenbote berichtet. Das Verteidigungsministerium in Accra wollte sich dazu nicht äußern.\n"
)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[Capture]:
    folder = tmp_path_factory.mktemp("articles")
    texts = {
        "weekly": (
            "Der Hafenbote",
            7,
            STORY.replace(", the German weekly Der Hafenbote reported on Thursday, without", " not"),
        ),
        "retold": ("Meridian Wire", 8, STORY),
        "copied": ("The Accra Ledger", 9, "Drones for Ghana\n\n" + STORY),
        "unread": ("Nordpost", 9, GERMAN),
        "other": (
            "Nordpost",
            10,
            "Norway will give Ukraine 8 Leopard 2 tanks, the government in Oslo said on Friday.\n",
        ),
    }
    out = []
    for name, (outlet, day, text) in texts.items():
        path = folder / f"{name}.txt"
        path.write_text(text, "utf-8")
        meta = Metadata(outlet=outlet, published=dt.date(2024, 3, day), id=name)
        for one in captures(str(path), meta):
            assert isinstance(one, Capture)
            out.append(one)
    return out


def kept(store: Store) -> tuple[list[Deal], dict[str, str | None]]:
    with store.looking() as look:
        return sorted(look.deals(), key=lambda d: d.id), {d.key: d.group_id for d in look.documents()}


def filled(place: Path, found: list[Capture]) -> Store:
    store = open_store(place, create=True)
    list(add(store, found, load(), encoder()))
    return store


def test_any_order_gives_what_a_rebuild_gives(found: list[Capture], tmp_path: Path) -> None:
    with filled(tmp_path / "in-order.sayso", found) as store:
        first = kept(store)
        list(rebuild(store, load()))
        assert kept(store) == first
        assert check(store) == []
    rng = random.Random(5)
    for turn in range(3):
        with filled(tmp_path / f"{turn}.sayso", rng.sample(found, len(found))) as store:
            assert kept(store) == first


def test_adding_again_changes_nothing(found: list[Capture], tmp_path: Path) -> None:
    with filled(tmp_path / "twice.sayso", found[:2]) as store:
        first = kept(store)
        assert [a.new for a in add(store, found[:2], load(), encoder()) if not isinstance(a, Exception)] == [
            False,
            False,
        ]
        assert kept(store) == first


def test_a_copy_and_an_unread_text_are_witnesses(found: list[Capture], tmp_path: Path) -> None:
    with filled(tmp_path / "all.sayso", found) as store, store.looking() as look:
        ids = {d.key: d.id for d in look.documents()}
        groups = {d.id: d.group_id for d in look.documents()}
        tanks = [d for d in look.deals() if any(ids[w.document] == "other" for w in d.witnesses)]
        drones = max(look.deals(), key=lambda d: len(d.witnesses))
    told = {ids[w.document]: w for w in drones.witnesses}
    assert groups["retold"] == groups["copied"] is not None
    assert {"retold", "copied", "unread"} <= set(told)
    assert told["unread"].unread
    assert not told["unread"].claims
    assert "other" not in told
    assert tanks


def test_reading_anew_changes_nothing(found: list[Capture], tmp_path: Path) -> None:
    place = tmp_path / "anew.sayso"
    with filled(place, found[:3]) as store:
        first = kept(store)
    done = CliRunner().invoke(app, ["reread", "--all", "--ledger", str(place)])
    assert done.exit_code == 0, done.output
    assert "3 documents read anew" in done.output
    with open_store(place) as store:
        assert kept(store) == first
