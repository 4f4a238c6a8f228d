"""What coders know about places: countries with their demonyms and old names, regions and seas, and the words around names.

The tables go into the gazetteer when it is built; the words are read when it is opened.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from dateline.errors import BrokenCodebook

FOLDER = "places"


@dataclass(frozen=True, slots=True)
class CountryRow:
    iso: str
    name: str
    lat: float
    lon: float
    demonyms: tuple[str, ...]
    also: tuple[str, ...]
    historic: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegionRow:
    name: str
    kind: str
    lat: float
    lon: float
    radius_km: float
    countries: tuple[str, ...]
    members: tuple[str, ...]
    demonyms: tuple[str, ...]
    also: tuple[str, ...]
    geonames: str | None


@dataclass(frozen=True, slots=True)
class DivisionRow:
    code: str
    abbreviations: tuple[str, ...]
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """Words around names. `kinds` maps a word to what it says the place is: province, district, region, town, country."""

    kinds: Mapping[str, str]
    locative: frozenset[str]
    usually_not: frozenset[str]
    before: frozenset[str]
    titles: frozenset[str]
    facilities: frozenset[str]
    unlike: frozenset[str]  # labels of the tagger that speak against a place
    acts: frozenset[str]
    addresses: frozenset[str]
    parties: frozenset[str]
    states: Mapping[str, str]  # as they stand: "Md." → "US.MD"
    weights: Mapping[str, float]
    empty: frozenset[str]  # words that by themselves name no place, though a hamlet somewhere may be called so



def words() -> PlaceWords:
    raw = _toml("words.toml")
    find, metonym = raw["find"], raw["metonym"]
    kinds = {word: kind for kind, listed in raw["kind_words"].items() for word in listed}
    states = {short: row.code for row in divisions() for short in row.abbreviations}
    return PlaceWords(
        MappingProxyType(kinds),
        *(frozenset(find[name]) for name in ("locative", "usually_not", "before", "titles")),
        frozenset(raw["facility"]["words"]),
        frozenset(raw["unlike"]["labels"]),
        *(frozenset(metonym[name]) for name in ("acts", "addresses", "parties")),
        MappingProxyType(states),
        MappingProxyType({name: float(value) for name, value in _toml("weights.toml").items()}),
        frozenset(find["usually_not"]) | frozenset(find["before"]) | frozenset(find["titles"]) | kinds.keys(),
    )


def countries() -> tuple[CountryRow, ...]:
    return tuple(
        CountryRow(
            row["iso"],
            row["name"],
            _number("countries.csv", row, "lat"),
            _number("countries.csv", row, "lon"),
            _several(row["demonyms"]),
            _several(row["also"]),
            _several(row["historic"]),
        )
        for row in _table("countries.csv")
    )


def regions() -> tuple[RegionRow, ...]:
    return tuple(
        RegionRow(
            row["name"],
            row["kind"],
            _number("regions.csv", row, "lat"),
            _number("regions.csv", row, "lon"),
            _number("regions.csv", row, "radius_km"),
            _several(row["countries"]),
            _several(row["members"]),
            _several(row["demonyms"]),
            _several(row["also"]),
            row["geonames"] or None,
        )
        for row in _table("regions.csv")
    )


def divisions() -> tuple[DivisionRow, ...]:
    return tuple(
        DivisionRow(
            row["code"],
            _several(row["abbreviations"]),
            _number("divisions.csv", row, "lat"),
            _number("divisions.csv", row, "lon"),
        )
        for row in _table("divisions.csv")
    )


@cache
def division_words() -> frozenset[str]:
    """Words that say what a division is ("province", "raion", "muhafazat"), as normal keys."""
    return frozenset(_toml("words.toml")["division"])


def tables_digest() -> bytes:
    """The bytes of all tables that go into the gazetteer, so that a change of them asks for a new build."""
    return b"\0".join(_resource(name).encode() for name in ("countries.csv", "regions.csv", "divisions.csv", "words.toml"))


def _resource(name: str) -> str:
    return files("dateline.codebook").joinpath(FOLDER, name).read_text(encoding="utf-8")


def _table(name: str) -> Iterator[Mapping[str, str]]:
    for number, row in enumerate(csv.DictReader(_resource(name).splitlines()), start=2):
        if None in row or None in row.values():
            raise BrokenCodebook(f"{FOLDER}/{name}, line {number}: wrong number of columns")
        yield row


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _number(name: str, row: Mapping[str, str], column: str) -> float:
    try:
        return float(row[column])
    except ValueError:
        raise BrokenCodebook(f"{FOLDER}/{name}, {row.get('name') or row.get('code')}: {column} is no number") from None


def _toml(name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(_resource(name))
    except tomllib.TOMLDecodeError as error:
        raise BrokenCodebook(f"{FOLDER}/{name}: {error}") from None
