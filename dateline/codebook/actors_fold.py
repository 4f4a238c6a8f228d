"""Names compare by folded words: lower case, no accents, no apostrophes, no possessive 's, dotted letters joined."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

# "U.S." is one word; "People's" gives "People"; "Jama'at" stays whole; a hyphen parts words.
WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’‘`ʿʾ](?!s\b)[^\W_]+)*(?:['’]s\b)?")
DROPPED = str.maketrans("", "", ".'’‘`ʿʾ")
# Letters without a decomposition that Latin transliterations of names use.
PLAIN = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae"})


class Word(NamedTuple):
    """One word of a text: its folded form, where it stands, whether it starts with a capital, whether it is all capitals."""

    fold: str
    start: int
    end: int
    capital: bool
    upper: bool


@lru_cache(maxsize=32768)
def fold(word: str) -> str:
    """'Erdoğan' and 'Erdogan' are one name."""
    word = word.translate(DROPPED).casefold()
    if word.isascii():
        return word
    decomposed = unicodedata.normalize("NFKD", word.translate(PLAIN))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@lru_cache(maxsize=32768)
def _looks(word: str) -> tuple[str, int, bool, bool]:
    """Folded form without possessive, length without it, whether it starts with a capital, whether it is all capitals."""
    if word[-1] == "s" and word[-2:-1] in ("'", "’"):
        word = word[:-2]
    return fold(word), len(word), word[0].isupper(), len(word) > 1 and word.isupper()


def words_of(text: str) -> Iterator[Word]:
    for match in WORD.finditer(text):
        form, length, capital, upper = _looks(match.group())
        start = match.start()
        yield Word(form, start, start + length, capital, upper)


def folded(text: str) -> tuple[str, ...]:
    return tuple(word.fold for word in words_of(text))
