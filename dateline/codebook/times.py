"""Words of time and how they are classed; `times.toml` is the data, a frozen table here, checked once."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from dateline.codebook.holidays import Holiday
from dateline.errors import BrokenCodebook

# Tables of names and values; each word of such a table is in the class of that name.
NUMBERED = (
    "months",
    "month_short",
    "weekdays",
    "weekday_short",
    "weekday_plurals",
    "numbers",
    "ordinals",
    "decade_words",
    "deictic",
)
LETTERED = ("units", "parts_of_day", "part_plurals", "clock_words", "vague", "sets")
CLASS_OF = {
    "months": "month", "month_short": "month_short", "weekdays": "weekday", "weekday_short": "weekday_short",
    "weekday_plurals": "weekday_plural", "part_plurals": "part_plural", "numbers": "num", "ordinals": "ord",
    "decade_words": "decade_word", "deictic": "deictic", "units": "unit", "parts_of_day": "part", "clock_words": "noon",
    "vague": "vague", "sets": "set",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Season:
    letters: str
    first_month: int
    last_month: int


@dataclass(frozen=True, slots=True)
class TimeWords:
    """`values` gives a word's number or TIMEX3 letters by class; `classes` every word's or phrase's classes."""

    numbers: Mapping[str, Mapping[str, int]]
    letters: Mapping[str, Mapping[str, str]]
    singular: Mapping[str, str]
    seasons: Mapping[str, Season]
    holidays: Mapping[str, Holiday]
    cues: Mapping[str, frozenset[str]]
    classes: Mapping[str, frozenset[str]]

    def number(self, table: str, word: str) -> int:
        return self.numbers[table][word]

    def letter(self, table: str, word: str) -> str:
        return self.letters[table][word]

    def unit(self, word: str) -> str:
        """TIMEX3 letters of a unit, singular or plural."""
        return self.letters["units"][self.singular.get(word, word)]


@cache
def load_times(folder: Path | None = None) -> TimeWords:
    """Read and check the words of time in `folder` (default: those that come with dateline)."""
    path = (folder or Path(str(files("dateline.codebook")))) / "times.toml"
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    classes: dict[str, set[str]] = defaultdict(set)
    for table, name in CLASS_OF.items():
        for word in _table(tables, table, path):
            classes[word].add(name)
    singular = {str(word): str(unit) for word, unit in _table(tables, "unit_plurals", path).items()}
    _check_plurals(singular, tables["units"], path)
    seasons = {word: _season(word, value, path) for word, value in _table(tables, "seasons", path).items()}
    holidays = {name: holiday for holiday in _holidays(tables, path) for name in holiday.names}
    for name, words in (("units", singular), ("season", seasons), ("holiday", holidays)):
        for word in words:
            classes[word].add(name)
    for name, listed in _table(tables, "classes", path).items():
        for word in listed:
            classes[word].add(name)
    return TimeWords(
        numbers={name: _numbers(tables, name, path) for name in NUMBERED},
        letters={name: {str(k): str(v) for k, v in _table(tables, name, path).items()} for name in LETTERED},
        singular=singular,
        seasons=seasons,
        holidays=holidays,
        cues={name: frozenset(words) for name, words in _table(tables, "cues", path).items()},
        classes={word: frozenset(names) for word, names in classes.items()},
    )


def _table(tables: Mapping[str, Any], name: str, path: Path) -> Mapping[str, Any]:
    if not isinstance(tables.get(name), dict):
        raise BrokenCodebook(f"{path.name}: the table [{name}] is missing")
    table: Mapping[str, Any] = tables[name]
    return table


def _numbers(tables: Mapping[str, Any], name: str, path: Path) -> Mapping[str, int]:
    table = _table(tables, name, path)
    for word, value in table.items():
        if not isinstance(value, int):
            raise BrokenCodebook(f"{path.name} [{name}]: {word} is no whole number")
    return dict(table)


def _check_plurals(singular: Mapping[str, str], units: Mapping[str, Any], path: Path) -> None:
    for word, unit in singular.items():
        if unit not in units:
            raise BrokenCodebook(f"{path.name} [unit_plurals]: {word} is the plural of no unit ({unit})")


def _season(word: str, value: Any, path: Path) -> Season:
    if not (isinstance(value, list) and len(value) == 3 and 1 <= value[1] <= 12 and 1 <= value[2] <= 12):
        raise BrokenCodebook(f"{path.name} [seasons]: {word} needs letters, first and last month")
    return Season(str(value[0]), int(value[1]), int(value[2]))


def _holidays(tables: Mapping[str, Any], path: Path) -> list[Holiday]:
    known = {field.name for field in fields(Holiday)}
    found = []
    for entry in tables.get("holidays", ()):
        if not entry.get("names"):
            raise BrokenCodebook(f"{path.name} [[holidays]]: an entry without names")
        if unknown := entry.keys() - known:
            raise BrokenCodebook(f"{path.name} [[holidays]] {entry['names'][0]}: unknown rule {sorted(unknown)[0]}")
        if entry.keys() == {"names"}:
            raise BrokenCodebook(f"{path.name} [[holidays]] {entry['names'][0]}: no rule gives its days")
        rules: dict[str, Any] = {key: tuple(v) if isinstance(v, list) else v for key, v in entry.items()}
        found.append(Holiday(**rules))
    return found
