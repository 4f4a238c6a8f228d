"""JSON lines: whole incidents, everything that the record holds; the only format without a loss."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from dateline.model.incident import Incident


class JsonLines:
    """Choose it to take the record elsewhere, or back."""

    name = "jsonl"
    suffix = "jsonl"

    def __init__(self) -> None:
        self.losses: Counter[str] = Counter()

    def begin(self) -> Iterator[str]:
        yield from ()

    def feed(self, incident: Incident) -> Iterator[str]:
        yield incident.model_dump_json(by_alias=True) + "\n"

    def finish(self) -> Iterator[str]:
        yield from ()
