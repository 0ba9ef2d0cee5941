"""Counts and measurements."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.model import Quantity
from sayso.text.quantities import measures, quantities


@pytest.mark.parametrize(
    ("text", "low", "high", "per"),
    [
        ("The plant made 100 drones.", 100, 100, None),
        ("It can make up to 100 drones per month.", None, 100, "month"),
        ("A monthly output of 100 drones.", 100, 100, "month"),
        ("They make hundreds of one-way attack drones a month.", 200, None, "month"),
        ("It sent more than 50 tanks.", 50, None, None),
        ("It sent about 100 tanks.", 100, 100, None),
        ("It sent 35\u201350 tanks.", 35, 50, None),
        ("Dozens of boats left.", 24, None, None),
        ("Thousands of shells.", 2000, None, None),
        ("Tens of thousands of shells.", 20_000, None, None),
        ("Two dozen jets and one more.", 24, 24, None),
        ("A pair of boats.", 2, 2, None),
        ("It bought 4 F-16s.", 4, 4, None),
        ("Twelve Su-27 jets flew.", 12, 12, None),
        ("Ukraine got 14 Leopard 2A6 tanks.", 14, 14, None),
        ("Berlin sent Ukraine 14 tanks.", 14, 14, None),
        ("Around 3,000 were dropped.", 3000, 3000, None),
        ("A 36-aircraft order.", 36, 36, None),
        ("Only two of the licences.", 2, 2, None),
        ("Half a million shells.", 500_000, 500_000, None),
        ("Some 800,000 155-millimetre shells.", 800_000, 800_000, None),
    ],
)
def test_counts(text: str, low: float | None, high: float | None, per: str | None) -> None:
    (found,) = quantities(text)
    assert (found.min, found.max, found.per) == (low, high, per)


@pytest.mark.parametrize(
    "text",
    [
        "An F-16, a T-72, Mk 41 cells, Leopard 2 tanks and Shahed 136 drones.",
        "It was signed on 24 February 2022 and on May 5.",
        "The minister, 45, said it took three days and 20 percent of it.",
        "Article 5, resolution 2231 and No. 7 apply.",
        "Call 555-123-4567 at 10:30.",
        "It cost $100 million, or 90 million euros.",
        "It flies 1,500 km at 185 mph with 40 kg.",
        "The Group of Seven met; one of them left.",
        "In 2022 it grew two-thirds.",
    ],
)
def test_no_counts(text: str) -> None:
    assert quantities(text) == []


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("It carries 35 to 50 kilograms.", 35, 50, "kg"),
        ("A 1,500 km range.", 1500, 1500, "km"),
        ("A 155mm gun.", 155, 155, "mm"),
        ("A 500-pound bomb.", 500, 500, "lb"),
        ("It reaches up to 2,000-2,500\u00a0km.", None, 2000, "km"),
        ("It flew at 185 mph.", 185, 185, "mph"),
    ],
)
def test_measures(text: str, low: float | None, high: float | None, unit: str) -> None:
    (found,) = measures(text)
    assert found.unit == unit
    if "up to" not in text:
        assert (found.min, found.max) == (low, high)


_WORDS = "1 35 to 50 - 2,000 km kg two dozen hundreds of a month F-16 , . ( % about up tanks $ m 2.5 x1 May"
_PIECES = st.sampled_from(_WORDS.split())


@settings(max_examples=200, deadline=None)
@given(st.lists(_PIECES).map(" ".join) | st.text(max_size=60))
def test_any_text_gives_sound_spans(text: str) -> None:
    for q in quantities(text):
        assert q.span is not None
        assert 0 <= q.span.start < q.span.end <= len(text)
        assert q.min is not None or q.max is not None
    for m in measures(text):
        assert m.span is not None
        assert 0 <= m.span.start < m.span.end <= len(text)


@pytest.mark.parametrize("unit", ["1", "1,", "1 ", "two ", "100 km ", "between ", "1-"])
def test_hostile_lines_take_linear_time(unit: str) -> None:
    def cost(size: int) -> float:
        text = unit * (size // len(unit))
        begun = time.process_time()
        quantities(text)
        return time.process_time() - begun

    # The best of three: a collection of garbage falls into one or another.
    assert min(cost(80_000) for _ in range(3)) < 0.1 + 8 * min(cost(20_000) for _ in range(3))


PHRASES = [
    ("It sent two hundred and fifty tanks.", "250..250"),
    ("It sent three and a half million shells.", "3500000..3500000"),
    ("It sent a quarter of a million shells.", "250000..250000"),
    ("It sent half a dozen jets.", "6..6"),
    ("It sent a couple of hundred jeeps.", "200..200"),
    ("It sent scores of jeeps.", "40.."),
    ("It sent tens of thousands of rounds.", "20000.."),
    ("It sent several hundred rounds.", "200.."),
    ("It sent a handful of tanks.", "3.."),
    ("It sent several tanks.", ""),
    ("It sent a few tanks.", ""),
    ("It sent a dozen tanks.", "12..12"),
    ("It sent dozens of tanks.", "24.."),
    ("It sent two lakh rounds.", "200000..200000"),
    ("It sent 2.5 lakh rounds.", "250000..250000"),
    ("It sent 10 to 12 tanks.", "10..12"),
    ("It sent 10-12 tanks.", "10..12"),
    ("It sent between 10 and 12 tanks.", "10..12"),
    ("It sent from 10 up to 12 tanks.", "10..12"),
    ("It sent from 10 to 12 tanks.", "10..12"),
    ("It sent ten or eleven tanks.", "10..11"),
    ("It sent 10 or 12 tanks.", "10..12"),
    ("It sent up to 50 tanks.", "..50"),
    ("It sent no more than 50 tanks.", "..50"),
    ("It sent at least 50 tanks.", "50.."),
    ("It sent more than 50 tanks.", "50.."),
    ("It sent fewer than 50 tanks.", "..50"),
    ("It sent as many as 50 tanks.", "..50"),
    ("It sent nearly 50 tanks.", "50..50"),
    ("It sent about 50 tanks.", "50..50"),
    ("It sent some 200 tanks.", "200..200"),
    ("It sent an estimated 200 tanks.", "200..200"),
    ("It sent upwards of 200 tanks.", "200.."),
    ("It sent in excess of 200 tanks.", "200.."),
    ("It sent not fewer than 200 tanks.", "200.."),
    ("It sent well over 200 tanks.", "200.."),
    ("It sent close to 200 tanks.", "200..200"),
    ("It sent just under 200 tanks.", "..200"),
    ("It sent just over 200 tanks.", "200.."),
    ("It sent exactly 200 tanks.", "200..200"),
    ("It sent 200-plus tanks.", "200.."),
    ("It sent 200 tanks or more.", "200.."),
    ("It sent 200 or so tanks.", "200..200"),
    ("It sent anywhere from 100 to 200 tanks.", "100..200"),
    ("It makes 100 drones a month.", "100..100/month"),
    ("It makes 100 drones per year.", "100..100/year"),
    ("It makes 100 drones every month.", "100..100/month"),
    ("It has a monthly production of 50.", "50..50/month"),
    ("It has an annual capacity of 2,000 rounds.", "2000..2000/year"),
    ("It makes 20 drones a day.", "20..20/day"),
    ("It makes 20 to 30 drones per month.", "20..30/month"),
    ("It can produce up to 4,000 rounds a week.", "..4000/week"),
    ("It makes 100 drones each year.", "100..100/year"),
    ("It makes 6,000 shells monthly.", "6000..6000/month"),
    ("Output of 6,000 shells per quarter.", "6000..6000/quarter"),
    ("It ordered 10 plus a further 5 tanks.", "15..15"),
    ("It ordered an additional 20 tanks.", "20..20"),
    ("It ordered 20 more tanks.", "20..20"),
    ("It ordered 5 tanks, bringing the total to 45.", "5..5|45..45"),
    ("It ordered 28 plus 12 optional tanks.", "28..28|12..12"),
    ("It ordered another two tanks.", "2..2"),
    ("It fired a 155mm gun.", ""),
    ("It flew an F-16.", ""),
    ("It flew the Su-27 and the Su-35S.", ""),
    ("It cited Article 5 of the treaty.", ""),
    ("The 82nd Airborne flew in.", ""),
    ("It fired 155-millimetre shells.", ""),
    ("It stands at 10 Downing Street.", ""),
    ("It came 300 km from Kyiv.", ""),
    ("It is 5 miles from the line.", ""),
    ("It cited UN Resolution 1701.", ""),
    ("It flew 12 F-16s.", "12..12"),
    ("It flew 12 Su-27s and 3 MiG-29s.", "12..12|3..3"),
    ("It has 40 155mm guns.", "40..40"),
    ("It has forty 155mm guns.", "40..40"),
    ("It got two M1A1 Abrams.", "2..2"),
    ("It got 31 M1A1 Abrams tanks.", "31..31"),
    ("It got 1,000 rounds of 155mm ammunition.", "1000..1000"),
    ("It got 105 mm howitzers.", ""),
    ("In 2022 it got 4 tanks.", "4..4"),
    ("It got 1.5 million rounds.", "1500000..1500000"),
    ("It got 1.5m rounds.", ""),
    ("It got one million drones.", "1000000..1000000"),
    ("It got a million drones.", "1000000..1000000"),
    ("It got over a million drones.", "1000000.."),
    ("It got more than one hundred drones.", "100.."),
    ("It got a hundred drones.", "100..100"),
    ("It got hundreds of thousands of shells.", "200000.."),
    ("It got thousands of tanks.", "2000.."),
    ("It got a thousand tanks.", "1000..1000"),
    ("It got 3,000-4,000 shells.", "3000..4000"),
    ("It got 3–4 thousand shells.", "3000..4000"),
    ("It got 3 to 4 million shells.", "3000000..4000000"),
    ("It got two or three tanks.", "2..3"),
    ("It got two to three dozen tanks.", "24..36"),
    ("It got 30-40 tanks.", "30..40"),
    ("It got 50/50 odds.", ""),
    ("The 1st Tank Army fled.", ""),
    ("The 3rd and 5th brigades fled.", ""),
    ("It got No. 5.", ""),
    ("It happened at 5:30.", ""),
    ("A 40-year-old died.", ""),
    ("Three people died and 12 were hurt.", "3..3|12..12"),
    ("Call 112 for help.", ""),
    ("It got 20% of them.", ""),
    ("The G7 and the Group of 20 met.", ""),
    ("It got 14 of the 31 tanks.", "14..14|31..31"),
    ("It got fourteen tanks and twenty-two guns.", "14..14|22..22"),
    ("It got six (6) tanks.", "6..6"),
    ("It got 100,000 artillery shells and 300 mortars.", "100000..100000|300..300"),
    ("At 42 Main Street a shell fell.", ""),
    ("The M777 fires 6 rounds per minute.", "6..6/minute"),
    ("Chapter 7 and page 12 say so.", ""),
    ("It got 50 tanks out of 100.", "50..50"),
    ("It is the number one seller.", ""),
    ("It got the first 10 of 100 tanks.", "10..10|100..100"),
    ("They are on day 365 of the war.", ""),
    ("It got 18 HIMARS.", "18..18"),
    ("It got 18 more HIMARS launchers.", "18..18"),
    ("It is a 9mm pistol.", ""),
    ("The range is 70 km.", ""),
    ("It got 2x more.", ""),
    ("It got two-thirds of it.", ""),
    ("It fired the 5.56 rifle.", ""),
    ("It got 10,000 5.56mm rifles.", "10000..10000"),
    ("Serial number 4411 was on it.", ""),
    ("It got nine-tenths.", ""),
    ("It got 22 per cent.", ""),
    ("Ukraine, which got 49 of 60, wants more.", "49..49"),
    ("A fleet of 36 was set up.", "36..36"),
    ("A 36-strong fleet was set up.", "36..36"),
]


@pytest.mark.parametrize(("text", "expected"), PHRASES, ids=[p[0] for p in PHRASES])
def test_hard_counts(text: str, expected: str) -> None:
    assert "|".join(map(_shown, quantities(text))) == expected


def _shown(q: Quantity) -> str:
    low, high = ("" if bound is None else f"{bound:.12g}" for bound in (q.min, q.max))
    return f"{low}..{high}" + (f"/{q.per}" if q.per else "")


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("It suspended 30 out of 350 licences.", 30, 30),
        ("Five Mi-17 helicopters flew.", 5, 5),
        ("It sent 40 120 mm mortars.", 40, 40),
        ("The colonel had tried to obtain some, then 20\nBlowpipe missiles.", 20, 20),
    ],
)
def test_the_first_count(text: str, low: float, high: float) -> None:
    found = quantities(text)[0]
    assert (found.min, found.max) == (low, high)


def test_a_soup_of_digits_is_read_in_a_second() -> None:
    soup = "".join(random.Random(1).choices("0123456789 ,.-/", k=300_000))
    begun = time.process_time()
    quantities(soup)
    assert time.process_time() - begun < 2
