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
TABLES = ("countries.csv", "regions.csv", "divisions.csv", "divisions_english.csv")  # that go into the gazetteer


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
    source: str  # of the point: "geonames", "by hand", or "checked" (by hand, and another gazetteer agrees within 10 km)


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
    happens: frozenset[str]  # verbs whose subject stays a place
    addresses: frozenset[str]
    parties: frozenset[str]
    place_nouns: frozenset[str]  # nouns that stand for the place named beside them
    edges: frozenset[str]  # nouns of which a people's name is no place: "the Turkish border"
    lands: frozenset[str]  # and of which it is
    preposition: Mapping[str, str]  # "near" → in; "into" → to
    states: Mapping[str, str]  # as they stand: "Md." → "US.MD"
    scene_nouns: frozenset[str]  # "the operation" goes on where the operation was
    scene_pointers: frozenset[str]
    scene_adverbs: frozenset[str]
    bearings: Mapping[str, float]
    kilometres: Mapping[str, float]  # in one of the unit
    distance_numbers: Mapping[str, float]
    weights: Mapping[str, float]
    event_weights: Mapping[str, float]
    empty: frozenset[str]  # words that by themselves name no place, though a hamlet somewhere may be called so
    actors: frozenset[str]  # names of groups, organisations and media, in lower case


def _actor_names() -> frozenset[str]:
    """Names of groups, organisations and media in lower case: they are no places, though places may be called so."""
    folder = files("dateline.codebook").joinpath("actors")
    tables = [path for path in folder.iterdir() if path.name.startswith(("groups_", "organisations", "media"))]
    rows = (row for path in tables for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    return frozenset(
        name.casefold() for row in rows for name in (row.get("name", ""), *_several(row.get("aliases") or "")) if name
    )


@cache
def words() -> PlaceWords:
    raw = _toml("words.toml")
    find, metonym, attach, distance = raw["find"], raw["metonym"], raw["attach"], raw["distance"]
    kinds = {word: kind for kind, listed in raw["kind_words"].items() for word in listed}
    facilities = frozenset(raw["facility"]["words"])
    usually_not, before, titles = (frozenset(find[name]) for name in ("usually_not", "before", "titles"))
    return PlaceWords(
        kinds=MappingProxyType(kinds),
        locative=frozenset(find["locative"]),
        usually_not=usually_not,
        before=before,
        titles=titles,
        facilities=facilities,
        unlike=frozenset(raw["unlike"]["labels"]),
        happens=frozenset(metonym["happens"]),
        addresses=frozenset(metonym["addresses"]),
        parties=frozenset(metonym["parties"]),
        place_nouns=frozenset(attach["nouns"]) | kinds.keys() | facilities,
        edges=frozenset(attach["edges"]),
        lands=frozenset(attach["lands"]),
        preposition=MappingProxyType({word: kind for kind in ("in", "from", "to", "of", "party") for word in attach[kind]}),
        states=MappingProxyType({short: row.code for row in divisions() for short in row.abbreviations}),
        scene_nouns=frozenset(raw["same_scene"]["nouns"]),
        scene_pointers=frozenset(raw["same_scene"]["pointers"]),
        scene_adverbs=frozenset(raw["same_scene"]["adverbs"]),
        bearings=MappingProxyType({name: float(value) for name, value in distance["bearings"].items()}),
        kilometres=MappingProxyType({name: float(value) for name, value in distance["kilometres"].items()}),
        distance_numbers=MappingProxyType({name: float(value) for name, value in distance["numbers"].items()}),
        weights=_weights("weights.toml"),
        event_weights=_weights("event_weights.toml"),
        empty=usually_not | before | titles | kinds.keys(),
        actors=_actor_names(),
    )


def _weights(name: str) -> Mapping[str, float]:
    return MappingProxyType({key: float(value) for key, value in _toml(name).items()})


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
            _one_of("regions.csv", row, "source", ("geonames", "by hand", "checked")),
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
def english_names() -> Mapping[str, str]:
    """By code: what English reports call a province whose own name is another ("Ḩalab" is Aleppo)."""
    return MappingProxyType({row["code"]: row["name"] for row in _table("divisions_english.csv")})


@cache
def _claims() -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({row["code"]: _several(row["claimed_by"]) for row in _table("disputed.csv")})


def claimants(*codes: str | None) -> tuple[str, ...]:
    """Countries that claim the land of these codes (province codes, gazetteer ids), when more than one does."""
    return next((_claims()[code] for code in codes if code and code in _claims()), ())


@cache
def division_words() -> frozenset[str]:
    """Words that say what a division is ("province", "raion", "muhafazat"), as normal keys."""
    return frozenset(_toml("words.toml")["division"])


def tables_digest() -> bytes:
    """The bytes of all tables that go into the gazetteer, so that a change of them asks for a new build."""
    tables = b"\0".join(_resource(name).encode() for name in TABLES)
    return tables + "|".join(sorted(division_words())).encode()


def _resource(name: str) -> str:
    return files("dateline.codebook").joinpath(FOLDER, name).read_text(encoding="utf-8")


def _table(name: str) -> Iterator[Mapping[str, str]]:
    for number, row in enumerate(csv.DictReader(_resource(name).splitlines()), start=2):
        if None in row or None in row.values():
            raise BrokenCodebook(f"{FOLDER}/{name}, line {number}: wrong number of columns")
        yield row


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _one_of(name: str, row: Mapping[str, str], column: str, allowed: tuple[str, ...]) -> str:
    if row[column] not in allowed:
        raise BrokenCodebook(f"{FOLDER}/{name}, {row['name']}: {column} is none of {', '.join(allowed)}")
    return row[column]


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
