"""What a report is about, in words: its rare words weighed, and the names that few reports share."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from dateline.codebook.frequency import WordTable

# So many of the weightiest words stand for a report; the rest add little.
KEPT_WORDS = 80
# News tells the matter first: what follows a long article's first part is background.
READ_CHARS = 4_000
WORD = re.compile(r"\w+(?:['’]\w+)*")
POSSESSIVE = re.compile(r"['’]s?$")
NAME_RUN = re.compile(r"(?:[A-Z][\w'’.-]*[ \t]+){1,3}[A-Z][\w'’-]+")
# A word less common than this (in the units of frequency.tsv) may be a name by itself.
RARE = 9.5
# Numbers say which happening it is (ages, house numbers), but less than a name does.
NUMBER_WEIGHT = 4.0


@dataclass(frozen=True, slots=True)
class Gist:
    """`words` sum to length 1 as a vector; `names` are runs of capitalised words in small letters."""

    words: Mapping[str, float] = field(default_factory=dict)
    names: frozenset[str] = frozenset()


EMPTY = Gist()


def gist_of(text: str, table: WordTable, title: str | None = None, known: Collection[str] = frozenset()) -> Gist:
    """`title` when the text does not begin with it. `known`: words that weigh nothing here, since the record has them as
    parties: all reports of a war name those."""
    if title and not text.startswith(title):
        text = f"{title}\n{text}"
    text = text[:READ_CHARS]
    counts = Counter(word for word in map(_plain, WORD.findall(text)) if word not in known)
    weighed = {word: (1 + math.log(count)) * _weight(word, table) for word, count in counts.items()}
    kept = sorted((word for word in weighed if weighed[word] > 0), key=lambda word: (-weighed[word], word))[:KEPT_WORDS]
    length = math.sqrt(sum(weighed[word] ** 2 for word in kept)) or 1.0
    return Gist({word: round(weighed[word] / length, 6) for word in kept}, _names(text, table, known))


def _plain(word: str) -> str:
    word = word.casefold()
    return POSSESSIVE.sub("", word) if "'" in word or "’" in word else word


def _weight(word: str, table: WordTable) -> float:
    if word.isdigit():
        return 0.0 if len(word) == 4 and word.startswith(("19", "20")) else NUMBER_WEIGHT
    return table.weight(word) if len(word) > 2 else 0.0


def _names(text: str, table: WordTable, known: Collection[str]) -> frozenset[str]:
    """The last two words of each run of capitalised words, where the last is no common word ("medical center" is none).
    Words that weigh nothing are no part of a name ("The Taliban" is one word)."""
    found = set()
    for run in NAME_RUN.findall(text):
        words = [_plain(word.strip(".")) for word in run.split()]
        words = [word for word in words if word not in known and table.weight(word) > 0]
        if len(words) >= 2 and table.commonness.get(words[-1], 0.0) < RARE:
            found.add(" ".join(words[-2:]))
    return frozenset(found)


def likeness(left: Gist, right: Gist) -> float:
    """Cosine of the two reports' words: 0 nothing in common, 1 the same words."""
    a, b = left.words, right.words
    return round(sum(a[word] * b[word] for word in sorted(a.keys() & b.keys())), 6)
