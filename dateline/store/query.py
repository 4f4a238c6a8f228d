"""What a listing asks for: one frozen value, the same for the command line, the API and the exports."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

NO_WORD = re.compile(r"[\W_]+")

AsKnownOn = date | datetime | None


@dataclass(frozen=True, slots=True)
class Box:
    """A map window in degrees; west > east crosses the date line."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True)
class Query:
    """Every field narrows; None and empty narrow nothing. `since` and `until` are days on which it may have happened."""

    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    place: str | None = None
    actor: str | None = None
    since: date | None = None
    until: date | None = None
    box: Box | None = None
    words: str | None = None
    as_known_on: AsKnownOn = None
    limit: int | None = None
    offset: int = 0


def moment_of(as_known_on: AsKnownOn, now: datetime) -> datetime:
    """A day means its very end (UTC), a moment itself, nothing means now."""
    if as_known_on is None:
        return now
    if isinstance(as_known_on, datetime):
        return as_known_on if as_known_on.tzinfo else as_known_on.replace(tzinfo=UTC)
    return datetime.combine(as_known_on + timedelta(days=1), time.min, UTC) - timedelta(microseconds=1)


def fold(words: str) -> str:
    """Small letters without accents, hyphens, apostrophes and doubled spaces, so that Mazar-e Sharif finds mazar e sharif."""
    plain = words.casefold()
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return NO_WORD.sub(" ", plain).strip()


def searchable(parts: Iterable[str | None]) -> str:
    """Folded names between bars, each once, in order: a column that LIKE can search by whole words."""
    seen = dict.fromkeys(folded for part in parts if part and (folded := fold(part)))
    return "".join(f"| {name} " for name in seen) + "|" if seen else ""
