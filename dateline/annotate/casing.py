"""Give text the case of running prose, letter for letter the same length, so that taggers trained on news work.

Archives hold wires in capitals or lower case only: their sentence starts and names get a capital. Headlines Capitalise Every
Word: a word that the body writes in lower case (in any of its forms) is written so in the headline too. All else stays as it is.
"""

from __future__ import annotations

import re

from dateline.annotate.truecase import truecase

WORD = re.compile(r"[^\W\d_]+")
ENOUGH = 40  # letters that show the case of a text
CAPITALS = 0.9  # share of capitals in a text of capitals
SENTENCE_START = re.compile(r"(?:^|[.!?]\s+|\n\s*|[\"“]\s*)([a-z])")


def is_single_case(text: str) -> bool:
    """Text of capitals or of small letters only, as teleprinters and old archives give it."""
    letters = [c for c in text if c.isalpha()]
    upper = sum(1 for c in letters if c.isupper())
    return len(letters) >= ENOUGH and (upper == 0 or upper > CAPITALS * len(letters))


def recase(text: str) -> str:
    """A copy of the same length in the case of prose; the text itself when it is so already."""
    if sum(1 for c in text if c.isalpha()) < ENOUGH:
        return text
    if not is_single_case(text):
        return _headline_as_prose(text)
    lowered = text.lower()
    return _capitalise_starts(truecase(lowered)) if len(lowered) == len(text) else text


def _headline_as_prose(text: str) -> str:
    """The first line's words as the rest of the text writes them, when the line capitalises nearly all."""
    headline, line_break, body = text.partition("\n")
    words = [word for word in WORD.findall(headline) if len(word) > 3]
    if not line_break or len(headline) > 250 or len(words) < 3 or sum(w[0].isupper() for w in words) < 0.75 * len(words):
        return text
    prose = {stem(word) for word in WORD.findall(body) if word.islower()}
    first = WORD.search(headline)

    def recased(match: re.Match[str]) -> str:
        word = match.group()
        keep = first is not None and match.start() == first.start()
        return word if keep or not word.istitle() or stem(word.lower()) not in prose else word.lower()

    return WORD.sub(recased, headline) + line_break + body


def stem(word: str) -> str:
    """The word without the endings of its forms: "captures", "captured", "capturing" have one stem."""
    for ending in ("ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def _capitalise_starts(text: str) -> str:
    return SENTENCE_START.sub(lambda m: m.group(0)[:-1] + m.group(1).upper(), text)
