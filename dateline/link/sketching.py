"""What is kept of each coded report so that linking need not read its text again: its story, its runs, its signature."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

import numpy as np

from dateline.codebook.frequency import WordTable
from dateline.link.gist import Gist, gist_of
from dateline.link.stories import Story, story_of
from dateline.model.event import Event, ReportHead, head_of
from dateline.model.text import Report
from dateline.read.copies import FEWEST_RUNS, signature_of, sketch_of
from dateline.store.workbench import SketchRow


def sketch_row(record_row: int, report: Report, events: Sequence[Event], table: WordTable) -> SketchRow:
    story = story_of(head_of(report), events, gist_of(report.text, table, report.title))
    sketch = sketch_of(report)
    if len(sketch.runs) < FEWEST_RUNS:
        return SketchRow(record_row, story_text(story), None, None)
    signature = signature_of(sketch).hashvalues.astype(np.uint32).tobytes()
    runs = np.array(sorted(sketch.runs), dtype=np.uint32).tobytes()
    return SketchRow(record_row, story_text(story), signature, runs)


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
