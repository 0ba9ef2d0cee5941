"""Reprints: fingerprints, overlaps, boilerplate, groups, and that no order of arrival matters."""

from __future__ import annotations

import random
import unicodedata

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import InputError
from sayso.linking.fingerprint import ANCHORS, Fingerprint, fingerprint
from sayso.linking.overlap import compare, is_reprint
from sayso.linking.regroup import FULL, groups
from sayso.linking.reprints import MANY_OF_AN_OUTLET, add, regroup
from sayso.linking.shelf import MemoryShelf
from sayso.linking.shingles import SHINGLE, fold, letters, shingles

WORDS = (
    "minister convoy treaty harbour valley engine parliament rocket budget crossing factory captain winter signal "
    "border tender shipment brigade vessel agency turbine audit corridor summit hangar ferry quota witness delegate "
    "reactor cargo embassy militia pipeline tariff radar garrison ballot crane depot"
).split()


def prose(seed: int, words: int = 150) -> str:
    """Text of sentences that no other seed writes."""
    rng = random.Random(seed)
    out = [rng.choice(WORDS) + rng.choice(["", "s", "ing"]) for _ in range(words)]
    return " ".join(w.capitalize() + "." if n % 11 == 10 else w for n, w in enumerate(out))


def misspelt(text: str, seed: int, share: float = 1 / 7) -> str:
    rng = random.Random(seed)
    words = text.split(" ")
    for n, word in enumerate(words):
        if len(word) > 2 and rng.random() < share:
            at = rng.randrange(len(word))
            words[n] = word[:at] + rng.choice("eaoqz") + word[at + 1 :]
    return " ".join(words)


def gathered(texts: dict[str, str], outlets: dict[str, str] | None = None) -> dict[str, str]:
    shelf = MemoryShelf()
    for name, text in texts.items():
        add(shelf, name, fingerprint(text), (outlets or {}).get(name))
    return regroup(shelf, texts)


def overlap_of(a: str, b: str) -> bool:
    return is_reprint(compare(fingerprint(a), fingerprint(b)))


# Shingles and fingerprints


@given(st.text(max_size=60))
def test_letters_are_those_of_the_folded_text(text: str) -> None:
    plain = [c for c in fold(text) if c.isalnum()]
    wide = "".join(c * (2 if ord(c) >= 0x2E80 else 1) for c in plain)
    assert letters(text).tolist() == [ord(c) for c in wide]


def test_printing_variants_have_the_same_shingles() -> None:
    a = "“The convoy” – it’s said –\nreached Café Łódź, ﬁnally: 100 ½-tonne crates"
    b = unicodedata.normalize("NFD", "'THE CONVOY' it's said reached CAFÉ ŁÓDŹ finally 100 ½ tonne crates")
    assert np.array_equal(shingles(a), shingles(b))


def test_shingles_do_not_depend_on_what_stands_around() -> None:
    inner = "the harbour crane was sold to the lowest bidder"
    found = set(shingles(inner).tolist())
    assert len(found) == sum(c.isalnum() for c in inner) - SHINGLE + 1
    assert found <= set(shingles("Earlier, " + inner + " and more").tolist())


@given(st.text(max_size=3000))
@settings(max_examples=40)
def test_fingerprint_bytes_go_there_and_back(text: str) -> None:
    found = fingerprint(text)
    assert Fingerprint.from_bytes(found.to_bytes()) == found
    assert len(found.to_bytes()) <= 10 + 6 * ANCHORS


def test_fingerprint_of_a_long_text_is_small_and_in_order() -> None:
    found = fingerprint(prose(1, 30_000))
    assert len(found.keys) == ANCHORS
    assert list(found.places) == sorted(found.places)
    assert max(found.keys) < found.ceiling


@pytest.mark.parametrize("data", [b"", b"short", fingerprint("x" * 99).to_bytes() + b"!"])
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(InputError):
        Fingerprint.from_bytes(data)


# Overlaps


def test_an_abridged_copy_with_its_own_headline_is_a_reprint() -> None:
    whole = prose(1, 400)
    copy = "Something quite different on top. " + whole[200:900] + " Follow us for more."
    found = compare(fingerprint(copy), fingerprint(whole))
    assert is_reprint(found)
    assert found.of_a > 0.8 > 0.5 > found.of_b
    assert abs(found.shared - 600) < 150  # 700 characters, blanks and full stops not counted


def test_a_copy_with_every_seventh_word_misspelt_scores_like_a_clean_one() -> None:
    whole = prose(2, 300)
    spoilt = compare(fingerprint(misspelt(whole, 1)), fingerprint(misspelt(whole, 2)))
    assert is_reprint(spoilt)
    assert spoilt.of_a > 0.75


def test_strangers_and_a_shared_sentence_are_no_reprint() -> None:
    a, b = prose(3), prose(4)
    assert compare(fingerprint(a), fingerprint(b)).score < 0.1
    quote = "we have never sold as much as a screw to anyone at war and never will"
    assert not overlap_of(a + quote, quote + b)


@given(st.integers(0, 40), st.integers(0, 40), st.integers(1, 120))
@settings(max_examples=60)
def test_overlap_is_symmetric(x: int, y: int, cut: int) -> None:
    a, b = prose(x), prose(y, 80) + prose(x)[: cut * 5]
    one, two = compare(fingerprint(a), fingerprint(b)), compare(fingerprint(b), fingerprint(a))
    assert (one.shared, one.of_a, one.of_b, one.score) == (two.shared, two.of_b, two.of_a, two.score)


JAPANESE = (
    "首都の港では昨夜から大雨が続き、漁船の多くが沖に出られずにいる。組合によると、市場に届いた魚は例年の三分の一にとどまり、"
    "値段は二倍近くまで上がった。市役所は避難所を三か所に開き、川沿いの住民に早めの移動を呼びかけている。専門家は週末にかけて"
    "さらに強い雨が降るおそれがあると述べた。鉄道会社は山沿いの路線で運転を見合わせ、バスによる代わりの輸送を始めた。"
)
CHINESE = (
    "市政府昨天宣布，旧码头的改建工程将推迟到明年春天。负责人解释说，今年的洪水冲毁了部分道路，运送材料的卡车无法通行。"
    "附近的商户担心客人减少，要求给予补助。工程公司则表示，工人们已经完成了大约一半的地基，剩下的部分只要天气好转就能继续。"
)
THAI = (
    "เมื่อวานนี้ชาวประมงในหมู่บ้านทางใต้ออกเรือไม่ได้เพราะคลื่นสูงกว่าสามเมตร ผู้ใหญ่บ้านบอกว่าตลาดปลาเงียบเหงาและราคาขึ้นเกือบเท่าตัว "
    "เจ้าหน้าที่เตือนให้ทุกคนอยู่ห่างจากชายหาดจนกว่าพายุจะผ่านไปในช่วงสุดสัปดาห์"
)


@pytest.mark.parametrize("text", [JAPANESE, CHINESE, THAI], ids=["Japanese", "Chinese", "Thai"])
def test_scripts_without_spaces(text: str) -> None:
    half = text[: len(text) * 2 // 3]
    assert overlap_of(text, half)
    assert overlap_of(text.replace("。", "。\n\n").replace(" ", "\n"), text)
    others = {JAPANESE, CHINESE, THAI} - {text}
    assert not any(overlap_of(text, other) for other in others)


@pytest.mark.parametrize("text", ["", "short", "…!?", "\ud800", "\U0001f680" * 40, "a" * 300_000])
def test_odd_texts_do_no_harm(text: str) -> None:
    found = gathered({"a": text, "b": text, "c": prose(1)})
    assert found["a"] != found["c"] != found["b"]


# Boilerplate

NOTICE = (
    "This newsletter reaches forty thousand readers every weekday before breakfast. You can leave the list at any "
    "time by writing to the desk. No part of it may be passed on, printed or stored without leave in writing. "
)


def test_an_outlets_notice_joins_nothing() -> None:
    texts = {f"d{n}": prose(n, 30) + " " + NOTICE for n in range(6)}
    assert len(set(gathered({k: texts[k] for k in ("d0", "d1")}).values())) == 1  # nothing learnt yet
    found = gathered(texts, dict.fromkeys(texts, "The Early Post"))
    assert len(set(found.values())) == 6


def test_what_one_outlet_adds_counts_for_that_outlet_only() -> None:
    texts = {f"d{n}": prose(n, 200) + NOTICE for n in range(MANY_OF_AN_OUTLET)}
    texts |= {"x": NOTICE, "y": "Sent to us. " + NOTICE}
    outlets = {name: "The Early Post" if name[0] == "d" else f"Other {name}" for name in texts}
    found = gathered(texts, outlets)
    assert found["x"] == found["y"]
    assert len({found[n] for n in texts if n[0] == "d"} | {found["x"]}) == MANY_OF_AN_OUTLET + 1


def test_a_large_group_of_true_reprints_is_no_boilerplate() -> None:
    wire = prose(1, 250)
    texts = {f"d{n:02}": prose(100 + n, 12) + wire[: 900 + 20 * n] for n in range(60)}
    assert set(gathered(texts).values()) == {"d00"}


# Groups


def test_likeness_is_not_passed_on() -> None:
    ties = {("a", "b"): FULL, ("b", "c"): FULL}
    assert groups("abc", ties) == {"a": "a", "b": "a", "c": "c"}
    assert groups("abc", ties | {("a", "c"): FULL // 4}) == {"a": "a", "b": "a", "c": "a"}


def test_a_digest_of_two_reports_does_not_join_them() -> None:
    one, two = prose(1), prose(2)
    found = gathered({"one": one, "two": two, "digest": one + " " + two})
    assert found["one"] != found["two"]


def test_near_pairs_alone_join_nothing() -> None:
    assert groups("ab", {("a", "b"): FULL - 1}) == {"a": "a", "b": "b"}


@given(st.dictionaries(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")), st.integers(1, FULL)))
def test_groups_depend_on_the_set_of_ties_alone(ties: dict[tuple[str, str], int]) -> None:
    ties = {(a, b): tie for (a, b), tie in ties.items() if a < b}
    turned = {(b, a): tie for (a, b), tie in reversed(ties.items())}
    found = groups("abcdefgh", ties)
    assert found == groups("hgfedcba", turned)
    assert all(found[group] == group <= name for name, group in found.items())


# One document at a time


def collection(rng: random.Random) -> dict[str, tuple[str, str | None]]:
    """Some stories, their copies (cut, misspelt, with a headline), two outlets' notices."""
    found: dict[str, tuple[str, str | None]] = {}
    for story in range(rng.randint(4, 10)):
        whole = prose(rng.randrange(10**6), rng.randint(25, 120))
        for _ in range(rng.choice([1, 1, 2, 5])):
            text = misspelt(whole[: rng.randint(len(whole) // 3, len(whole))], rng.randrange(10**6), 0.05)
            outlet = rng.choice(["post", "echo", None])
            notice = {"post": NOTICE, "echo": NOTICE[100:] + "All times are local.", None: ""}[outlet]
            found[f"{rng.randrange(10**6):06}-{story}"] = (text + "\n" + notice, outlet)
    return found


@given(st.integers(0, 10**9))
@settings(max_examples=25, deadline=None)
def test_any_order_gives_what_a_rebuild_gives(seed: int) -> None:
    rng = random.Random(seed)
    items = list(collection(rng).items())
    results = []
    for _ in range(3):
        rng.shuffle(items)
        shelf, kept = MemoryShelf(), dict[str, str]()
        for name, (text, outlet) in items:
            kept |= regroup(shelf, add(shelf, name, fingerprint(text), outlet))
        assert kept == regroup(shelf, [name for name, _ in items])  # what each addition touched was enough
        results.append((kept, {name: dict(shelf.ties(name)) for name, _ in items}))
    assert results[0] == results[1] == results[2]
