"""A coder that answers with invented values: mappings are tested without reading any text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from dateline.evaluate.coder import Linking, PlacesRead
from dateline.model.event import Record
from dateline.model.place import Place
from dateline.model.reading import Chars, Quote, TimeMention
from dateline.model.text import Report


@dataclass(frozen=True)
class Invented:
    """Answers in the order of what is asked, whatever is asked."""

    told: Sequence[Any] = ()
    linking: Linking | None = None

    def records(self, reports: Sequence[Report]) -> Iterator[Record]:
        return iter(self.told)

    def times(self, reports: Sequence[Report]) -> Iterator[tuple[TimeMention, ...]]:
        return iter(self.told)

    def quotes(self, reports: Sequence[Report]) -> Iterator[tuple[Quote, ...]]:
        return iter(self.told)

    def places(self, asked: Sequence[tuple[Report, tuple[Chars, ...]]]) -> Iterator[PlacesRead]:
        return iter(self.told)

    def places_of_triggers(self, asked: Sequence[tuple[Report, Chars]]) -> Iterator[tuple[Place, ...]]:
        return iter(self.told)

    def link(self, records: Sequence[Record], reports: Sequence[Report]) -> Linking:
        return self.linking or Linking((), ())


def chars(text: str, words: str, occurrence: int = 0) -> Chars:
    """Where the words stand in the text."""
    start = -1
    for _ in range(occurrence + 1):
        start = text.index(words, start + 1)
    return Chars(start, start + len(words))
