"""How common a word is, and which words a whole trade uses: what is rare says which happening a report tells of."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dateline.errors import BrokenCodebook

FREQUENCY_FILE = "frequency.tsv"
EVERYDAY_FILE = "linking.toml"
# Natural logarithm of occurrences in a thousand million words: above the first a word weighs nothing, a word that the
# table does not know (a name, mostly) weighs as much as one of the second.
TOO_COMMON = 14.5
UNKNOWN = 5.5


@dataclass(frozen=True, slots=True, eq=False)
class WordTable:
    """`commonness` by word in small letters; `everyday` words weigh nothing."""

    commonness: Mapping[str, float]
    everyday: frozenset[str]

    def weight(self, word: str) -> float:
        """0 for a word that everybody uses, up to 9 for one that hardly anybody does."""
        if word in self.everyday:
            return 0.0
        common = self.commonness.get(word)
        if common is None and word.endswith("s"):
            common = self.commonness.get(word[:-1])
        return max(0.0, TOO_COMMON - (UNKNOWN if common is None else max(common, UNKNOWN)))

    def is_known(self, word: str) -> bool:
        return word in self.commonness


def load_word_table(folder: Path | None = None) -> WordTable:
    """From your own codebook folder where it holds the files, else those that come with dateline."""
    return _table(folder) if folder else _own_table()


@cache
def _own_table() -> WordTable:
    """What comes with dateline does not change while it runs, and linking one report should not read 20,000 words."""
    return _table(None)


def _table(folder: Path | None) -> WordTable:
    return WordTable(_frequencies(_file(folder, FREQUENCY_FILE)), _everyday(_file(folder, EVERYDAY_FILE)))


def _file(folder: Path | None, name: str) -> Path:
    own = folder / name if folder else None
    return own if own and own.exists() else Path(__file__).parent / name


def _frequencies(path: Path) -> dict[str, float]:
    table: dict[str, float] = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if line.startswith("#") or not line:
            continue
        word, _tab, value = line.partition("\t")
        try:
            table[word] = float(value)
        except ValueError as error:
            raise BrokenCodebook(f"{path.name}, line {number}: {line!r} is no word, tab and number") from error
    return table


def _everyday(path: Path) -> frozenset[str]:
    try:
        words = tomllib.loads(path.read_text("utf-8"))["everyday"]
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise BrokenCodebook(f"{path.name}: it must hold `everyday`, a text of words ({error})") from error
    return frozenset(words.split())
