"""An export format is a class with begin, feed and finish: one walk over the incidents feeds it, it hands on text.

Vague stays vague inside the record; only here is a day, a point or a number picked, and each format says how.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from dateline.model.incident import Incident


class Exporter(Protocol):
    """`name` is what `--format` takes."""

    name: str

    def begin(self) -> Iterator[str]: ...

    def feed(self, incident: Incident) -> Iterator[str]: ...

    def finish(self) -> Iterator[str]: ...


def export(incidents: Iterable[Incident], exporter: Exporter) -> Iterator[str]:
    """Pieces of the exported text, in order; nothing is held back, so a large archive streams."""
    yield from exporter.begin()
    for incident in incidents:
        yield from exporter.feed(incident)
    yield from exporter.finish()
