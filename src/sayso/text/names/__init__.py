"""Names in a text: countries, bodies, outlets, weapons and items, and what they stand for."""

from sayso.text.names.items import category_of
from sayso.text.names.mentions import mentions
from sayso.text.names.model import Mention, MentionType
from sayso.text.names.outlets import with_unknown_outlets
from sayso.text.names.parties import countries_of
from sayso.text.names.shapes import designation_at, unknown_designations

__all__ = [
    "Mention",
    "MentionType",
    "category_of",
    "countries_of",
    "designation_at",
    "mentions",
    "unknown_designations",
    "with_unknown_outlets",
]
