"""Capitals for text that has none: names get theirs back, letter for letter the same length.

A word is a name when the codebook lists it or when no form of it is among the 20,000 commonest English words; a small word
between two names ("de la", "san") goes with them. Acronyms of known groups are written in capitals.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from dateline.codebook.events import load_events
from dateline.codebook.frequency import load_word_table

WORD = re.compile(r"[^\W\d_]+(?:['’][a-z]+)?")
INITIALS = re.compile(r"\b(?:[a-z]\.){2,}")  # "u.s.", "j.f."
SHORT = 3
LONG = 4


def truecase(text: str) -> str:
    """The lower-case text with the capitals of its names."""
    words = list(WORD.finditer(text))
    particles = _names()["particles"]
    named = [match.group() not in particles and is_name(match.group()) for match in words]
    for i, match in enumerate(words):
        if match.group() in particles:
            named[i] = _before_name(words, named, i, particles, text)
    letters = list(text)
    for match, has_capital in zip(words, named, strict=True):
        if match.group() in _names()["acronyms"]:
            letters[match.start() : match.end()] = match.group().upper()
        elif has_capital:
            letters[match.start()] = letters[match.start()].upper()
    return INITIALS.sub(lambda match: match.group().upper(), "".join(letters))


def is_name(word: str) -> bool:
    """Whether a word in small letters is a name in prose, or a small word of one."""
    names = _names()
    bare = word.removesuffix("'s").removesuffix("’s")
    if bare in names["words"] or bare in names["particles"]:
        return True
    return len(bare) >= SHORT and not _is_english(bare)


def _before_name(words: list[re.Match[str]], named: list[bool], i: int, particles: frozenset[str], text: str) -> bool:
    """Whether the row of small words that opens here ends in a name, with nothing but blanks between."""
    j = i
    while j + 1 < len(words) and text[words[j].end() : words[j + 1].start()] == " ":
        j += 1
        if words[j].group() not in particles:
            return named[j]
    return False


def _is_english(word: str) -> bool:
    common = _common()
    if word in common or any(word[:i] in common and word[i:] in common for i in range(LONG, len(word) - LONG + 1)):
        return True  # a common word, or two joined ("bodyguard")
    for start in ("", *_names()["starts"]):
        if word.startswith(start):
            rest = word[len(start) :]
            if start and len(rest) > SHORT and rest in common:
                return True
            for ending in _names()["endings"]:
                stem = rest.removesuffix(ending)
                if stem != rest and len(stem) > SHORT and not {stem, stem + "e", stem[:-1], stem[:-1] + "y"}.isdisjoint(common):
                    return True
    return False


@cache
def _common() -> frozenset[str]:
    """The commonest words, and those of the trade that the event codebook knows."""
    book = load_events()
    trade = {word for entry in book.entries() for word in entry.words}
    return frozenset(load_word_table().commonness).union(trade, *book.classes.values())


@cache
def _names() -> Mapping[str, frozenset[str]]:
    path = files("dateline.codebook").joinpath("lowercase_names.toml")
    lists = {key: frozenset(value.split()) for key, value in tomllib.loads(path.read_text(encoding="utf-8")).items()}
    apart = {key: lists.pop(key) for key in ("particles", "acronyms", "endings", "starts")}
    return {"words": frozenset[str]().union(*lists.values()), **apart}
