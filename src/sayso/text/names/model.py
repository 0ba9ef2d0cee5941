"""What a mention is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sayso.model import Category, Span


class MentionType(StrEnum):
    COUNTRY = "country"
    DEMONYM = "demonym"
    CAPITAL = "capital"
    SEAT = "seat"
    BODY = "body"
    PERSON = "person"
    OUTLET = "outlet"
    DESIGNATION = "designation"
    ITEM = "item"
    # Never given to callers: a city that is no capital, which tells where a firm is at home; an institution's
    # noun on its own; and words that are none of the above.
    CITY = "city"
    INSTITUTION = "institution"
    DECOY = "decoy"


HIDDEN = (MentionType.CITY, MentionType.INSTITUTION, MentionType.DECOY)
PLACES = (MentionType.COUNTRY, MentionType.DEMONYM, MentionType.CAPITAL, MentionType.SEAT)
_T = MentionType
_ORDER = (
    _T.DECOY, _T.BODY, _T.OUTLET, _T.COUNTRY, _T.DEMONYM, _T.SEAT, _T.CAPITAL, _T.PERSON,
    _T.DESIGNATION, _T.ITEM, _T.CITY, _T.INSTITUTION,
)  # fmt: skip
PRIORITY = {t: i for i, t in enumerate(_ORDER)}


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text.

    `name` is the lexicon's form, or the text's own for composed bodies and unknown names;
    `countries` are ISO 3166-1 alpha-2 codes; `category` is set for designations and items.
    """

    span: Span
    name: str
    type: MentionType
    countries: tuple[str, ...] = ()
    category: Category | None = None


def resolve(candidates: Iterable[Mention]) -> list[Mention]:
    """The longest mentions, none overlapping, in text order; ties go by type."""
    ordered = sorted(candidates, key=lambda m: (m.span.start - m.span.end, PRIORITY[m.type], m.span.start))
    taken: set[int] = set()
    out: list[Mention] = []
    for m in ordered:
        # No mention taken is shorter than this one, so two that overlap share one of its ends.
        if m.span.start not in taken and m.span.end - 1 not in taken:
            taken.update(range(m.span.start, m.span.end))
            out.append(m)
    return sorted(out, key=lambda m: m.span)
