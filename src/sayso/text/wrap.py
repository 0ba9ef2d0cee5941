"""Lines that a mail or telex system broke at a fixed width, taken as the flowing text they were."""

from __future__ import annotations

import re

# One line's end inside a paragraph: what stands before it and what begins the next line.
_BREAK = re.compile(r"(?<=[^\n])\n(?=[^\n\s])")
_INSIDE = re.compile(r"[^\n.!?:;”\"]\n(?=[a-z])")
_FEWEST = 3
_SHARE = 0.25  # of all single line ends: running on in lower case without a stop before


def unwrapped(text: str) -> str:
    """The text with its line ends within paragraphs as blanks, if it is hard-wrapped at all.

    Same length as `text`: one character stands for one.
    """
    inside = len(_INSIDE.findall(text))
    if inside < _FEWEST or inside < _SHARE * len(_BREAK.findall(text)):
        return text
    return _BREAK.sub(" ", text)
