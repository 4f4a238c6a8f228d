"""From dateline's terms to PLOVER's and CAMEO's, and provinces to p-codes: data that an expert edits, checked when loaded."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.codebook.crosswalk import FOLDER
from dateline.errors import BrokenCodebook
from dateline.model.event import GROUP_OF

ROOTS = frozenset(f"{number:02}" for number in range(1, 21))


@dataclass(frozen=True, slots=True)
class Deed:
    """`plover` and `cameo` are "" where that scheme has no such event; `goldstein` and `quad` are None then."""

    plover: str
    mode: str
    cameo: str
    goldstein: float | None
    quad: int | None

    @property
    def root(self) -> str:
        return self.cameo[:2]


@dataclass(frozen=True, slots=True)
class PloverCrosswalk:
    """`types`: for each type its variants in order; `contexts`: what a type is about by its very kind."""

    types: Mapping[str, Mapping[str, Deed]]
    sector: Mapping[str, str]
    contexts: Mapping[str, tuple[str, ...]]


def load_plover(folder: Path = FOLDER) -> PloverCrosswalk:
    path = folder / "plover.toml"
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise BrokenCodebook(f"{path.name}: {error}") from error
    types: dict[str, dict[str, Deed]] = {}
    for kind, variants in table["types"].items():
        if kind not in GROUP_OF:
            raise BrokenCodebook(f"{path.name}: [types.{kind}] is no type of dateline")
        if "default" not in variants:
            raise BrokenCodebook(f"{path.name}: [types.{kind}] needs a default")
        types[kind] = {name: _deed(path.name, kind, entry, table) for name, entry in variants.items()}
    contexts = {kind: tuple(names) for kind, names in table["contexts"].items()}
    if strange := sorted(set(contexts) - set(types)):
        raise BrokenCodebook(f"{path.name}: [contexts] names {', '.join(strange)}, which has no deed")
    return PloverCrosswalk(types, table["sector"], contexts)


def _deed(file: str, kind: str, entry: Mapping[str, str], table: Mapping[str, Any]) -> Deed:
    plover, cameo = entry["plover"], entry["cameo"]
    if plover and plover not in table["quad"]:
        raise BrokenCodebook(f"{file}: [types.{kind}] names {plover}, which [quad] does not know")
    if cameo and (cameo not in table["goldstein"] or cameo[:2] not in ROOTS):
        raise BrokenCodebook(f"{file}: [types.{kind}] names CAMEO {cameo}, which [goldstein] does not know")
    return Deed(plover, entry["mode"], cameo, table["goldstein"].get(cameo), table["quad"].get(plover))


def load_pcodes(folder: Path = FOLDER) -> dict[tuple[str, str], str]:
    """By country and the province's name as the gazetteer spells it."""
    path = folder / "pcodes.csv"
    rows = csv.DictReader(line for line in path.read_text("utf-8").splitlines() if not line.startswith("#"))
    found: dict[tuple[str, str], str] = {}
    for row in rows:
        try:
            key = (row["country"], row["admin1"])
            code = row["pcode"]
        except KeyError as error:
            raise BrokenCodebook(f"{path.name}: a row lacks {error}") from error
        if not code or not code.startswith(key[0]) or key in found:
            raise BrokenCodebook(f"{path.name}: {row} is no p-code of that country, or stands twice")
        found[key] = code
    return found
