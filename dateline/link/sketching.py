"""What is kept of each coded report so that linking need not read it again: its story, its runs, its signature, and the traces
of its events."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from sys import intern

import numpy as np

from dateline.codebook.frequency import WordTable
from dateline.link.backdrop import backdrop_of
from dateline.link.gist import Gist, gist_of
from dateline.link.stories import Story, party_words, story_of
from dateline.link.trace import Trace, make_count, make_spot, trace_of
from dateline.model.event import GROUP_OF, Event, ReportHead, head_of
from dateline.model.text import Report
from dateline.read.copies import FEWEST_RUNS, signature_of, sketch_of
from dateline.store.workbench import SketchRow, StoredTrace


def sketch_row(record_row: int, report: Report, event_rows: Sequence[tuple[int, Event]], table: WordTable) -> SketchRow:
    head, told = head_of(report), [event for _row, event in event_rows]
    gist = gist_of(report.text, table, report.title, party_words(told))
    story, backdrop = story_text(story_of(head, told, gist)), backdrop_of(told, gist)
    traces = tuple(
        (row, trace_text(trace_of(event, head, None, backdrop.setting, backdrop.topics_for(event)))) for row, event in event_rows
    )
    sketch = sketch_of(report)
    if len(sketch.runs) < FEWEST_RUNS:
        return SketchRow(record_row, story, traces, None, None)
    signature = signature_of(sketch).hashvalues.astype(np.uint32).tobytes()
    runs = np.array(sorted(sketch.runs), dtype=np.uint32).tobytes()
    return SketchRow(record_row, story, traces, signature, runs)


def trace_text(trace: Trace) -> str:
    """All that the report's row does not tell, as a JSON list: short, and quick to read."""
    spot, days = trace.spot, trace.days
    value = (
        trace.position,
        trace.type,
        trace.is_aggregate,
        trace.is_background,
        (spot.name, spot.country, spot.admin1, spot.lat, spot.lon, spot.precision, spot.radius_km, spot.gazetteer_id)
        if spot
        else None,
        (days[0].isoformat(), days[1].isoformat()) if days else None,
        sorted(trace.by),
        sorted(trace.on),
        [(count.measure, count.low, count.high) for count in trace.counts],
        trace.sentence.hex(),
        sorted(trace.setting),
        sorted(trace.topics),
    )
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def trace_from(stored: StoredTrace, source_id: str | None) -> Trace:
    position, kind, aggregate, background, spot, days, by, on, counts, sentence, setting, topics = json.loads(stored.value)
    return Trace(
        id=stored.event_id,
        report_id=intern(stored.report_id),
        published=stored.published,
        position=position,
        type=kind,
        group=GROUP_OF[kind],
        is_aggregate=aggregate,
        is_background=background,
        spot=make_spot(*spot) if spot else None,
        days=_days(*days) if days else None,
        by=shared_keys(tuple(by)),
        on=shared_keys(tuple(on)),
        counts=tuple(make_count(*count) for count in counts),
        source_id=intern(source_id or stored.report_id),
        sentence=bytes.fromhex(sentence),
        setting=shared_keys(tuple(setting)),
        topics=shared_keys(tuple(topics)),
    )


@lru_cache(maxsize=100_000)
def _days(first: str, last: str) -> tuple[date, date]:
    return date.fromisoformat(first), date.fromisoformat(last)


@lru_cache(maxsize=100_000)
def shared_keys(keys: tuple[str, ...]) -> frozenset[str]:
    """One set for all traces with the same keys."""
    return frozenset(keys)


def runs_from(stored: bytes) -> frozenset[int]:
    return frozenset(np.frombuffer(stored, dtype=np.uint32).tolist())


def story_text(story: Story) -> str:
    """As JSON, the same bytes for the same story."""
    value = {
        "words": dict(sorted(story.gist.words.items())),
        "names": sorted(story.gist.names),
        "towns": sorted(story.towns),
        "provinces": sorted(([country or "", name] for country, name in story.provinces)),
        "days": [[first.isoformat(), last.isoformat()] for first, last in story.days],
        "killed": sorted(story.killed),
        "injured": sorted(story.injured),
    }
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def story_from(head: ReportHead, stored: str) -> Story:
    value = json.loads(stored)
    return Story(
        report=head,
        gist=Gist(value["words"], frozenset(value["names"])),
        towns=frozenset(value["towns"]),
        provinces=frozenset((country or None, name) for country, name in value["provinces"]),
        days=tuple((date.fromisoformat(first), date.fromisoformat(last)) for first, last in value["days"]),
        killed=frozenset(value["killed"]),
        injured=frozenset(value["injured"]),
    )
