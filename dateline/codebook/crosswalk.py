"""From dateline's terms to those of other projects, and the countries: data that an expert edits, checked when loaded."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dateline.errors import BrokenCodebook
from dateline.model.event import GROUP_OF

FOLDER = Path(__file__).parent / "crosswalks"


@dataclass(frozen=True, slots=True)
class Country:
    alpha2: str
    alpha3: str
    numeric: int
    name: str
    acled_region: str
    ucdp_region: str


@dataclass(frozen=True, slots=True)
class AcledCrosswalk:
    """`types`: for each type its variants in order, each with (event_type, sub_event_type)."""

    types: Mapping[str, Mapping[str, tuple[str, str]]]
    inter: Mapping[str, str]
    disorder: Mapping[str, str]


def load_countries(folder: Path = FOLDER) -> dict[str, Country]:
    """By two-letter code."""
    path = folder / "countries.csv"
    rows = csv.DictReader(line for line in path.read_text("utf-8").splitlines() if not line.startswith("#"))
    found = {}
    for row in rows:
        try:
            country = Country(
                row["alpha2"], row["alpha3"], int(row["numeric"]), row["name"], row["acled_region"], row["ucdp_region"]
            )
        except (KeyError, ValueError) as error:
            raise BrokenCodebook(f"{path.name}: {row} is no country ({error})") from error
        found[country.alpha2] = country
    return found


def load_acled(folder: Path = FOLDER) -> AcledCrosswalk:
    path = folder / "acled.toml"
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise BrokenCodebook(f"{path.name}: {error}") from error
    types: dict[str, dict[str, tuple[str, str]]] = {}
    for kind, variants in table["types"].items():
        if kind not in GROUP_OF:
            raise BrokenCodebook(f"{path.name}: [types.{kind}] is no type of dateline")
        if "default" not in variants:
            raise BrokenCodebook(f"{path.name}: [types.{kind}] needs a default")
        types[kind] = {name: (pair[0], pair[1]) for name, pair in variants.items()}
    return AcledCrosswalk(types, table["inter"], table["disorder"])
