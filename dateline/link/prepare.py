"""From reports and their events to tellings: which words are only repeated, and what each report is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dateline.codebook.frequency import WordTable
from dateline.link.backdrop import Backdrop, backdrop_of
from dateline.link.clusters import StoryBook
from dateline.link.gist import gist_of
from dateline.link.stories import Story, party_words, story_of
from dateline.link.telling import Telling, telling_of
from dateline.model.event import Event, ReportHead, head_of
from dateline.model.text import Report
from dateline.read.copies import Copy, Sketch, find_copies, repeats, sketch_of


@dataclass(frozen=True, slots=True)
class Prepared:
    tellings: tuple[Telling, ...]
    stories: Mapping[str, Story]

    @property
    def book(self) -> StoryBook:
        return StoryBook.of(self.stories)


def prepare(events: Sequence[tuple[ReportHead, Event]], reports: Iterable[Report], table: WordTable) -> Prepared:
    """One telling an event, in the order given, and the reports as wholes. `reports` are those of the events, and may be
    others that tell no event."""
    told: dict[str, list[Event]] = defaultdict(list)
    for head, event in events:
        told[head.id].append(event)
    heads: dict[str, ReportHead] = {}
    sketches: dict[str, Sketch] = {}
    stories: dict[str, Story] = {}
    backdrops: dict[str, Backdrop] = {}
    for report in reports:
        heads[report.id] = head_of(report)
        sketches[report.id] = sketch_of(report)
        here = told[report.id]
        gist = gist_of(report.text, table, report.title, party_words(here))
        stories[report.id] = story_of(heads[report.id], here, gist)
        backdrops[report.id] = backdrop_of(here, gist)
    sources = _sources(find_copies(sketches.values()), sketches)
    tellings = (
        telling_of(event, head, _source(event, sources.get(head.id, ()), sketches, heads), backdrops[head.id])
        for head, event in events
    )
    return Prepared(tuple(tellings), stories)


def _sources(copies: Iterable[Copy], sketches: Mapping[str, Sketch]) -> dict[str, list[str]]:
    """For each report that repeats others, those others, the earliest first."""
    found: dict[str, list[str]] = defaultdict(list)
    for copy in copies:
        found[copy.report_id].append(copy.of)
    return {report_id: sorted(of, key=lambda source: sketches[source].order) for report_id, of in found.items()}


def _source(
    event: Event, sources: Sequence[str], sketches: Mapping[str, Sketch], heads: Mapping[str, ReportHead]
) -> ReportHead | None:
    """The earliest report in which the sentence that tells the event stands: what a copy adds is its own."""
    if not event.evidence:
        return None
    for source in sources:
        if source in heads and repeats(event.evidence[0].text, sketches[source].runs):
            return heads[source]
    return None
