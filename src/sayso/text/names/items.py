"""The category of an item from its words."""

from __future__ import annotations

import re

from sayso.lexicon import Lexicon
from sayso.model import Category
from sayso.text.names.mentions import mentions
from sayso.text.names.model import Mention, MentionType

# Between two mentions these begin another noun phrase; what stands before is the head.
_BREAK = re.compile(
    r"[,;:(\[]|\b(?:and|or|for|of|with|including|from|such|to|in|on|at|by|that|which|who|so|as|plus|along|used)\b",
    re.IGNORECASE,
)
_OF_TYPE = re.compile(r"\s+of\s+(?:the\s+)?(?:type|class|model|variety)\s+")  # "aircraft of the type ZT-180"
# A head noun of these overrules a type name: "F-16 engines", "Abrams ammunition".
_OVERRULES = (Category.COMPONENTS, Category.AMMUNITION)


def _groups(words: str, found: list[Mention]) -> list[list[Mention]]:
    """The mentions by noun phrase. "of" after a noun that tells nothing goes on ("shipment of tanks")."""
    groups: list[list[Mention]] = []
    at = 0
    for m in found:
        between = words[at : m.span.start]
        parted = _BREAK.search(between) is not None and not _OF_TYPE.fullmatch(between)
        if parted and groups and between.strip() in ("of", "of the") and _of_group(groups[-1]) is Category.UNSPECIFIED:
            parted = groups[-1][-1].type is not MentionType.ITEM
        if groups and not parted:
            groups[-1].append(m)
        else:
            groups.append([m])
        at = m.span.end
    return groups


def _of_group(group: list[Mention]) -> Category:
    items = [m for m in group if m.type is MentionType.ITEM and m.category is not None]
    head = items[-1] if items else None
    types = [m for m in group if m.type is MentionType.DESIGNATION and m.category]
    for t in types:
        if t.category is Category.UNSPECIFIED or t.category is None:
            continue
        if head and head.category in _OVERRULES and head.span.start > t.span.start and head.name != "munition":
            return head.category
        return t.category
    told = [m.category for m in items if m.category not in (None, Category.UNSPECIFIED)]
    return told[-1] or Category.UNSPECIFIED if told else Category.UNSPECIFIED


def category_of(words: str, lexicon: Lexicon) -> Category:
    """The category of an item's words ("anti-tank missiles", "F-16 spare parts").

    The first-named item counts; in it a known designation, else the last noun that tells a
    category. Where that tells nothing, a designation further on does ("training on Leopard 2").
    """
    found = [m for m in mentions(words, lexicon) if m.type in (MentionType.ITEM, MentionType.DESIGNATION)]
    groups = _groups(words, found)
    if not groups:
        return Category.UNSPECIFIED
    first = _of_group(groups[0])
    if first is not Category.UNSPECIFIED:
        return first
    typed = [g for g in groups[1:] if any(m.type is MentionType.DESIGNATION for m in g)]
    return next((c for c in map(_of_group, typed) if c is not Category.UNSPECIFIED), Category.UNSPECIFIED)
