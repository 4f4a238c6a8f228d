"""What a yardstick may ask: records of reports, and the output of single stages where a benchmark gives the rest.

Yardsticks know this protocol only; tests answer with invented records, rivals with another stage in the place of ours.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from dateline.model.event import Record
from dateline.model.place import Place
from dateline.model.reading import Chars, PlaceMention, Quote, TimeMention
from dateline.model.text import Report


@dataclass(frozen=True, slots=True)
class PlacesRead:
    """`found` in the text by ourselves; `given`: what stands at spans that the gold pointed out, in their order."""

    found: tuple[PlaceMention, ...]
    given: tuple[Place | None, ...]


@dataclass(frozen=True, slots=True)
class Linking:
    """What the linking makes of many records: incidents as groups of event ids, and stories as groups of report ids."""

    incidents: tuple[tuple[str, ...], ...]
    stories: tuple[tuple[str, ...], ...]


class Coder(Protocol):
    """Everything in order of what was asked, so that answers can be zipped with questions."""

    def records(self, reports: Sequence[Report]) -> Iterator[Record]: ...

    def times(self, reports: Sequence[Report]) -> Iterator[tuple[TimeMention, ...]]: ...

    def quotes(self, reports: Sequence[Report]) -> Iterator[tuple[Quote, ...]]: ...

    def places(self, asked: Sequence[tuple[Report, tuple[Chars, ...]]]) -> Iterator[PlacesRead]: ...

    def places_of_triggers(self, asked: Sequence[tuple[Report, Chars]]) -> Iterator[tuple[Place, ...]]: ...

    def link(self, records: Sequence[Record], reports: Sequence[Report]) -> Linking: ...
