"""Every example in the event codebook evokes its type: what an expert wrote as an instance is read as one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import get_args

import pytest

from dateline.codebook.events import Entry
from dateline.model.event import EventType
from dateline.model.text import Report
from dateline.pipeline import Resources, tell

Told = tuple[Entry, frozenset[EventType]]


@pytest.fixture(scope="module")
def told(resources: Resources) -> Mapping[str, tuple[Told, ...]]:
    """Each entry with an example, by type, beside the types that its example evokes: all sentences in one language pass."""
    entries = tuple(entry for entry in resources.codebook.events.entries() if entry.example)
    reports = (Report(id=entry.name, published=date(2025, 3, 12), text=entry.example) for entry in entries)
    readings = resources.language.read_many(reports, batch_size=64)
    evoked = [frozenset(one.draft.type for one in tell(reading, resources).told) for reading in readings]
    pairs = tuple(zip(entries, evoked, strict=True))
    return {kind: tuple(pair for pair in pairs if pair[0].type == kind) for kind in get_args(EventType)}


@pytest.mark.parametrize("kind", get_args(EventType))
def test_each_example_evokes_its_type(kind: EventType, told: Mapping[str, tuple[Told, ...]]) -> None:
    assert told[kind], f"no entry of {kind} has an example"
    missed = [f"{entry.name}: {entry.example!r} evokes {sorted(found)}" for entry, found in told[kind] if kind not in found]
    assert not missed, "\n".join(missed)


def test_no_example_serves_two_entries(resources: Resources) -> None:
    examples = [entry.example for entry in resources.codebook.events.entries() if entry.example]
    assert len(examples) == len(set(examples))
