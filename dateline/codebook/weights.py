"""Weights of the signs that tell an event from a mere mention, and who has which part in it: files that a person can read."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from dateline.errors import BrokenCodebook

TelexSlot = Literal["by", "on", "means"]
SLOTS: tuple[TelexSlot, ...] = ("by", "on", "means")


@dataclass(frozen=True, slots=True)
class EventWeights:
    """Log-odds of each sign; drafts below `threshold` (a probability) are not recorded."""

    bias: float
    threshold: float
    weights: Mapping[str, float]

    def likelihood(self, signs: Iterable[str]) -> float:
        """Between 0 and 1: the sum of the signs' weights through a logistic curve."""
        total = self.bias + sum(self.weights.get(sign, 0.0) for sign in signs)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@dataclass(frozen=True, slots=True)
class TelexWeights:
    """For text of a single case: which violent happenings to keep, and which phrase has which part in one."""

    keep: EventWeights
    slots: Mapping[TelexSlot, EventWeights]


@cache
def load_telex(folder: Path | None = None) -> TelexWeights:
    """A folder without the files leaves the package's own in force."""
    own = folder if folder is not None and (folder / "telex_keep.toml").exists() else None
    slots = {slot: load_weights(own, f"telex_{slot}.toml") for slot in SLOTS}
    return TelexWeights(load_weights(own, "telex_keep.toml"), MappingProxyType(slots))


def load_weights(folder: Path | None = None, name: str = "weights.toml") -> EventWeights:
    """Raises BrokenCodebook when the file is not of its form."""
    path = (folder or Path(str(files("dateline.codebook"))) / "events") / name
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    weights = table.get("weights")
    if not isinstance(weights, dict) or not all(isinstance(value, float | int) for value in weights.values()):
        raise BrokenCodebook(f"{path.name}: [weights] holds one number a sign")
    try:
        by_sign = {name: float(value) for name, value in weights.items()}
        return EventWeights(float(table["bias"]), float(table["threshold"]), by_sign)
    except KeyError as missing:
        raise BrokenCodebook(f"{path.name}: {missing} is missing") from missing
