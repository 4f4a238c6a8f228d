"""The weights file: one number for each finding of each comparison, in a file that a person can read and edit."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from dateline.errors import BrokenCodebook


@dataclass(frozen=True, slots=True)
class Weights:
    """For each feature and level its log-odds; the priors are what two candidates start from, and `…uncompared` is what a
    pair counts inside a group when nothing brought the two together; groups join only where one pair reaches `least`."""

    prior: float
    uncompared: float
    least: float
    story_prior: float
    story_uncompared: float
    levels: Mapping[tuple[str, str], float]

    def of(self, feature: str, level: str) -> float:
        return self.levels[feature, level]


def load_weights(path: Path | None = None) -> Weights:
    """The file that comes with dateline, or one of your own."""
    where = str(path) if path else "link/weights.toml"
    text = path.read_text("utf-8") if path else resources.files("dateline.link").joinpath("weights.toml").read_text("utf-8")
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BrokenCodebook(f"{where}: {error}") from error
    numbers = {name: table.pop(name, None) for name in ("prior", "uncompared", "least", "story_prior", "story_uncompared")}
    for name, value in numbers.items():
        if not isinstance(value, int | float):
            raise BrokenCodebook(f"{where}: `{name}` must be a number")
    levels: dict[tuple[str, str], float] = {}
    for feature, entries in table.items():
        if not isinstance(entries, dict):
            raise BrokenCodebook(f"{where}: [{feature}] must be a table of numbers")
        for level, value in entries.items():
            if not isinstance(value, int | float):
                raise BrokenCodebook(f"{where}: {feature}.{level} must be a number")
            levels[feature, level] = float(value)
    return Weights(**{name: float(value) for name, value in numbers.items()}, levels=levels)
