"""A report's text as a string of letters, one a word, so that a rule of time is a regular expression over letters.

Each word's letter stands for the set of classes that the codebook puts it in: `second` is an ordinal and a unit, and any
pattern that asks for either takes its letter. Words of no class are a dot. The further words of a phrase ("at least") are `~`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from dateline.codebook.times import TimeWords, load_times

TOKEN = re.compile(
    r"""\d{4}-\d\d-\d\d(?!\d) | \d{1,2}\.\d{1,2}\.(?:19|20)\d\d(?!\d)
    | \d{1,2}/\d{1,2}/(?:\d{4}|\d\d)(?!\d) | \d{1,2}:\d\d(?::\d\d)?(?!\d) | \d/\d(?!\d)
    | \d{1,2}\.\d\d(?=\s?[ap]\.?m\b) | \d{1,4}(?:st|nd|rd|th|s)\b | \d+(?:,\d{3})+(?:\.\d+)? | \d+\.\d+ | \d+
    | [ap]\.m\b\.? | o['’]clock\b | ['’]s\b | [^\W\d_]+ | [^\w\s]""",
    re.VERBOSE | re.IGNORECASE,
)
NAME = re.compile(r"(?<!\?P)<(?:(\w+)=)?([\w|]+)>")
OTHER, MORE = ".", "~"
FIRST_YEAR, LAST_YEAR = 1500, 2100


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`single`: a word's letter; `phrases`: by first word, longest first; `numerals`, `holders`: letters by class."""

    words: TimeWords
    single: Mapping[str, str]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    numerals: Mapping[frozenset[str], str]
    holders: Mapping[str, str]

    def pattern(self, rule: str) -> re.Pattern[str]:
        """`<a|b>` is a word of class a or b, `<n=a>` the same by the name n; blanks only part."""
        return re.compile(NAME.sub(self._letters, re.sub(r"\s+", "", rule)))

    def _letters(self, match: re.Match[str]) -> str:
        letters = "".join(dict.fromkeys("".join(self.holders[name] for name in match[2].split("|"))))
        body = f"[{letters}]{MORE}*"
        return f"(?P<{match[1]}>{body})" if match[1] else f"(?:{body})"


# The classes that numerals may have, by what they look like.
NUMERALS = (
    frozenset({"num", "dom", "yy", "hour"}), frozenset({"num", "dom", "yy"}), frozenset({"num", "dom", "hour"}),
    frozenset({"num", "yy"}), frozenset({"num"}), frozenset({"year"}), frozenset({"decade"}), frozenset({"ord"}),
    frozenset({"iso"}), frozenset({"dotted"}), frozenset({"slash"}), frozenset({"clock"}), frozenset({"fraction"}),
)  # fmt: skip


@cache
def lexicon() -> Lexicon:
    """Letters for the sets of classes that occur, in a fixed order."""
    words = load_times()
    classes = {word: set(names) for word, names in words.classes.items()}
    for word in words.cues["needs_capital"]:
        classes[word].discard("month")
        classes[word].add("weak_month")
        classes[word.capitalize()] = {"month"}
    sets = sorted({frozenset(names) for names in classes.values()} | set(NUMERALS), key=sorted)
    letter = {names: chr(0x4E00 + n) for n, names in enumerate(sets)}
    holders: dict[str, str] = defaultdict(str)
    for names in sets:
        for name in sorted(names):
            holders[name] += letter[names]
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    single = {}
    for text, members in classes.items():
        parts = tuple(TOKEN.findall(text))
        if len(parts) == 1:
            single[text] = letter[frozenset(members)]
        else:
            phrases[parts[0]].append((parts[1:], letter[frozenset(members)]))
    ordered = {first: tuple(sorted(rest, key=lambda r: (-len(r[0]), r))) for first, rest in phrases.items()}
    return Lexicon(words, single, ordered, {names: letter[names] for names in NUMERALS}, dict(holders))


@dataclass(frozen=True, slots=True)
class Scan:
    """The words of a text in lower case, where they stand, and their letters."""

    text: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    letters: str

    def before(self, index: int, count: int = 1) -> str:
        """The word so many before; "" at the beginning of the text."""
        return self.words[index - count] if index >= count else ""


def scan(text: str) -> Scan:
    lex = lexicon()
    single, phrases = lex.single, lex.phrases
    raws, starts, ends = [], [], []
    for match in TOKEN.finditer(text):
        raws.append(match.group())
        starts.append(match.start())
        ends.append(match.end())
    words = tuple(raw.lower() for raw in raws)
    letters: list[str] = []
    for index, word in enumerate(words):
        raw = raws[index]
        letters.append(single.get(raw) or single.get(word) or (_numeral(raw, lex) if raw[0].isdigit() else OTHER))
    for index, word in enumerate(words):
        if word in phrases and letters[index] != MORE:
            for rest, letter in phrases[word]:
                if words[index + 1 : index + 1 + len(rest)] == rest:
                    letters[index : index + 1 + len(rest)] = [letter, *(MORE * len(rest))]
                    break
    return Scan(text, words, tuple(starts), tuple(ends), "".join(letters))


def _numeral(raw: str, lex: Lexicon) -> str:
    return lex.numerals[_numeral_classes(raw)]


@lru_cache(maxsize=4096)
def _numeral_classes(raw: str) -> frozenset[str]:
    if raw.isdecimal():
        value = int(raw)
        if len(raw) == 4 and FIRST_YEAR <= value <= LAST_YEAR:
            return frozenset({"year"})
        names = {"num"}
        names |= {"dom"} if 1 <= value <= 31 and len(raw) <= 2 else set()
        names |= {"yy"} if len(raw) == 2 else set()
        names |= {"hour"} if 0 < value <= 12 and len(raw) <= 2 else set()
        return frozenset(names)
    if raw.endswith("s"):
        return frozenset({"decade"})
    if raw[-1].isalpha():
        return frozenset({"ord"})
    if raw.count("-") == 2:
        return frozenset({"iso"})
    if raw.count(".") == 2:
        return frozenset({"dotted"})
    if "/" in raw:
        return frozenset({"slash"}) if raw.count("/") == 2 else frozenset({"fraction"})
    if ":" in raw or (raw.count(".") == 1 and len(raw.split(".")[1]) == 2 and len(raw) <= 5):
        return frozenset({"clock"}) if ":" in raw else frozenset({"num"})
    return frozenset({"num"})
