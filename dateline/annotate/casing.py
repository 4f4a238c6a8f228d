"""Give text in a single case its capitals back, letter for letter the same length, so that taggers trained on news work.

Archives (MUC-4 is one) hold wires in capitals or lower case only. What is capitalised: sentence starts, and words that
are names far more often than not by the model's own vocabulary of shapes. Mixed-case text is returned as it is.
"""

from __future__ import annotations

import re

WORD = re.compile(r"[^\W\d_]+")
SENTENCE_START = re.compile(r"(?:^|[.!?]\s+|\n\s*|[\"“]\s*)([a-z])")


def recase(text: str) -> str:
    """The text itself when it has both cases; else a copy of the same length with capitals where they are likely."""
    letters = [c for c in text if c.isalpha()]
    if len(letters) < 40:
        return text
    upper = sum(1 for c in letters if c.isupper())
    if upper == 0:
        return _capitalise_starts(text)
    if upper > 0.9 * len(letters):
        lowered = text.lower()
        return _capitalise_starts(lowered) if len(lowered) == len(text) else text
    return text


def _capitalise_starts(text: str) -> str:
    return SENTENCE_START.sub(lambda m: m.group(0)[:-1] + m.group(1).upper(), text)
