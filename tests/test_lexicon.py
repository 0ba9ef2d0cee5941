"""Reading of data files, and the matcher."""

from __future__ import annotations

import shutil
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import LexiconError
from sayso.lexicon import DATA, Case, Matcher, Phrase, fold, load, plural, rows

DATA_FOLDER = Path(str(DATA))
FILES = ("countries", "bodies", "people", "designations", "items", "outlets", "institutions", "decoys")


def _write(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8", newline="")
    return file


def test_rows_tells_line_and_cells(tmp_path: Path) -> None:
    file = _write(tmp_path, "a.csv", 'words,kind\r\n"one, two",x\r\n"a ""b""",y|z\r\n')
    found = rows(file, ["words", "kind"])
    assert [(r.line, r["words"]) for r in found] == [(2, "one, two"), (3, 'a "b"')]
    assert found[1].split("kind") == ("y", "z")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("words\na\n", "line 1"),
        ("words,kind\na\n", "line 2: 1 cells"),
        ("words,kind\na,b\n c,d\n", "line 3: words ' c'"),
        ("words,kind\n=a,b\n", "formula"),
        ("words,kind\n-a,b\n", "formula"),
        ('words,kind\n"a"b,c\n', "RFC 4180"),
        ('words,kind\n"a\nb",c\n', "printable"),
    ],
)
def test_rows_refuses(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(LexiconError, match=told):
        rows(_write(tmp_path, "a.csv", text), ["words", "kind"])


def test_rows_refuses_other_encodings(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(b"words\nok\ncaf\xe9\n")
    with pytest.raises(LexiconError, match=r"a\.csv, line 3: byte 0xe9; expected UTF-8"):
        rows(file, ["words"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in FILES:
        shutil.copy(DATA_FOLDER / f"{name}.csv", tmp_path)
    return tmp_path


def test_load_from_a_folder_equals_the_package(folder: Path) -> None:
    mine, packaged = load(folder), load()
    assert mine.designations == packaged.designations
    assert mine is not packaged
    assert load() is packaged


@pytest.mark.parametrize(
    ("file", "row", "told"),
    [
        ("items", "warp drive,spaceship,", "category 'spaceship'"),
        ("items", "drone,tank,drone", "'drone'"),
        ("countries", "Atlantis,Atl,name,", "code 'Atl'"),
        ("countries", "Atlantis,FR,village,", "role 'village'"),
        ("bodies", "Acme,,QQ,firm", "country 'QQ'"),
        ("bodies", "Acme,Acme,FR,firm", "no alias equal"),
        ("bodies", "Acme,A | B,FR,firm", "aliases 'A | B'"),
        ("bodies", "—,,FR,firm", "a letter or digit"),
        ("designations", "F-16,,tank,US,", "'F-16'"),
        ("outlets", "Acme Times,,blog,GB,,paper", "kind 'blog'"),
        ("people", "Jane Roe,,FR|DE,minister", "one country code"),
        ("decoys", "x,whatever", "kind 'whatever'"),
    ],
)
def test_a_wrong_row_is_named(folder: Path, file: str, row: str, told: str) -> None:
    path = folder / f"{file}.csv"
    text = path.read_text("utf-8").rstrip("\r\n") + "\n"
    path.write_text(text + row + "\n", encoding="utf-8", newline="")
    line = text.count("\n") + 1
    with pytest.raises(LexiconError) as caught:
        load(folder)
    assert f"{file}.csv, line {line}: " in str(caught.value)
    assert told in str(caught.value)


def _found(matcher: Matcher[str], text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(h.span.of(text), h.values) for h in matcher.find(text)]


@pytest.fixture(scope="module")
def weapons() -> Matcher[str]:
    names = ("Shahed-136", "F-16", "MiG-29", "S-400", "A-10", "Leopard 2", "air defence", "air defence system", "U.S.")
    return Matcher.of(Phrase(n, n, Case.INITIAL, variant=True) for n in names)


@pytest.mark.parametrize(
    "text",
    ["Shahed-136", "Shahed 136", "Shahed136", "SHAHED-136", "Shahed‑136", "Shahed–136", "shahed-136", "Shahed\n136"],
)
def test_hyphens_and_blanks_are_one(weapons: Matcher[str], text: str) -> None:
    assert _found(weapons, f"The {text}'s wing") == [(text, ("Shahed-136",))]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("five S-400s left", "S-400s"),
        ("an F-16C flew", "F-16C"),
        ("F16s", "F16s"),
        ("MiG 29s.", "MiG 29s"),
        ("the Leopard 2A6", "Leopard 2A6"),
        ("the F-16’s radar", "F-16"),
        ("an air-defence system", "air-defence system"),
        ("in the U.S.", "U.S."),
    ],
)
def test_forms_of_a_name(weapons: Matcher[str], text: str, whole: str) -> None:
    assert [w for w, _ in _found(weapons, text)] == [whole]


@pytest.mark.parametrize(
    "text",
    ["AF-16", "F-160", "F-16x", "a 10-day visit", "Leopard.\n\n2", "leopard 2", "1.S-4000", "air. Defence"],
)
def test_not_a_name(weapons: Matcher[str], text: str) -> None:
    assert _found(weapons, text) == []


def test_the_longest_wins_and_nothing_overlaps() -> None:
    m = Matcher.of(Phrase(w, w) for w in ("a b", "b c d", "a", "c"))
    assert _found(m, "a b c d") == [("a b", ("a b",)), ("c", ("c",))]
    assert [h.span.of("a b c d") for h in m.every("a b c d")] == ["a b", "b c d", "c"]


def test_case_rules() -> None:
    m = Matcher.of([Phrase("US", "US", Case.EXACT), Phrase("Turkey", "TR", Case.INITIAL), Phrase("iranian", "IR")])
    assert _found(m, "US us Us Turkey turkey TURKEY Iranian iranian") == [
        ("US", ("US",)),
        ("Turkey", ("TR",)),
        ("TURKEY", ("TR",)),
        ("Iranian", ("IR",)),
        ("iranian", ("IR",)),
    ]


def test_two_phrases_of_one_form_are_both_told() -> None:
    m = Matcher.of([Phrase("Hawk", 1), Phrase("Hawk", 2)])
    assert m.at(" hawk ") == (1, 2)
    assert m.at("hawks") == ()
    assert m.at("") == ()


@pytest.mark.parametrize(
    ("one", "many"),
    [("drone", "drones"), ("lorry", "lorries"), ("convoy", "convoys"), ("launch", "launches"), ("UAS", "UASs")],
)
def test_plural(one: str, many: str) -> None:
    assert plural(one) == many


@given(st.text(max_size=60))
def test_fold_keeps_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(max_size=80), st.sampled_from(["Shahed-136", "air defence system", "F-16"]), st.text(max_size=20))
def test_spans_fit_and_a_name_between_lines_is_found(before: str, name: str, after: str) -> None:
    m = Matcher.of([Phrase(name, name)])
    text = f"{before}\n\n{name}\n\n{after}"
    hits = m.find(text)
    assert all(0 <= h.span.start < h.span.end <= len(text) for h in hits)
    assert all(a.span.end <= b.span.start for a, b in pairwise(hits))
    assert any(h.span.start == len(before) + 2 for h in hits)


@given(st.lists(st.sampled_from(["a", "b", "c"]), max_size=12))
def test_find_agrees_with_a_plain_search(words: list[str]) -> None:
    phrases = ["a b", "a b c", "c", "b a"]
    m = Matcher.of(Phrase(p, p) for p in phrases)
    expected, i = [], 0
    while i < len(words):
        here = [p.split() for p in phrases if words[i : i + len(p.split())] == p.split()]
        longest = max(here, key=len, default=None)
        expected += [" ".join(longest)] if longest else []
        i += len(longest) if longest else 1
    text = " ".join(words)
    assert [h.span.of(text) for h in m.find(text)] == expected


def test_time_is_linear() -> None:
    m = Matcher.of([Phrase("a " * 20 + "b", 1), Phrase("air defence system", 2)])
    for unit in ("a ", "air defence ", "\n", "-", "’"):
        started = time.process_time()
        m.find(unit * 20_000)
        assert time.process_time() - started < 5
