"""The Coder that users run: records come from the same code as `dateline read`, single stages from the same functions in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from dateline.annotate.quotes import find_quotes
from dateline.annotate.times import find_times
from dateline.codebook.frequency import load_word_table
from dateline.engines import map_reports
from dateline.evaluate.coder import Linking, PlacesRead
from dateline.link.incidents import build_incidents
from dateline.link.prepare import prepare
from dateline.link.stories import group_reports
from dateline.link.weights import load_weights
from dateline.model.event import Record
from dateline.model.place import Place
from dateline.model.reading import Chars, Draft, Quote, Reading, TimeMention
from dateline.model.text import Report
from dateline.pipeline import Resources, code_reading, load_resources
from dateline.resolve.event_places import place_drafts
from dateline.resolve.event_places_list import places_together
from dateline.resolve.places import find_places, resolve_spans
from dateline.settings import Settings

FEW = 100  # reports that one process has coded before others have started


@dataclass(frozen=True)
class PipelineCoder:
    """One a run; what the stages need is loaded when a stage is first asked."""

    settings: Settings
    workers: int | None = None

    @cached_property
    def resources(self) -> Resources:
        return load_resources(self.settings)

    def records(self, reports: Sequence[Report]) -> Iterator[Record]:
        workers = 1 if self.workers is None and len(reports) < FEW else self.workers
        return map_reports(reports, self.settings, workers)

    def times(self, reports: Sequence[Report]) -> Iterator[tuple[TimeMention, ...]]:
        return (find_times(reading) for reading in self._read(reports))

    def quotes(self, reports: Sequence[Report]) -> Iterator[tuple[Quote, ...]]:
        return (find_quotes(reading, self.resources.codebook.cues) for reading in self._read(reports))

    def places(self, asked: Sequence[tuple[Report, tuple[Chars, ...]]]) -> Iterator[PlacesRead]:
        readings = self._read([report for report, _ in asked])
        gazetteer = self.resources.gazetteer
        for reading, (_, spans) in zip(readings, asked, strict=True):
            given = resolve_spans(reading, spans, gazetteer)
            yield PlacesRead(find_places(reading, gazetteer), given)

    def places_of_triggers(self, asked: Sequence[tuple[Report, Chars]]) -> Iterator[tuple[Place, ...]]:
        readings = self._read([report for report, _ in asked])
        for reading, (_, verb) in zip(readings, asked, strict=True):
            yield self._places_of(reading, verb)

    def _places_of(self, reading: Reading, verb: Chars) -> tuple[Place, ...]:
        """Of the events with that trigger; of a stand-in for one where we tell of none, since the verb is given."""
        record = code_reading(reading, self.resources)
        told = [e for e in record.events if verb.overlaps(Chars(e.trigger.start, e.trigger.end))]
        if told:
            return tuple(place for event in told if event.place for place in (event.place, *event.other_places))
        places = find_places(reading, self.resources.gazetteer)
        found = place_drafts(reading, [stand_in(reading, verb)], places)
        return tuple(each for place in found if place for each in (place, *places_together(reading, place, places)))

    def link(self, records: Sequence[Record], reports: Sequence[Report]) -> Linking:
        weights = load_weights()
        told = [(record.report, event) for record in records for event in record.events]
        prepared = prepare(told, reports, load_word_table(self.settings.codebook))
        incidents = build_incidents(prepared.tellings, weights, {}, prepared.book)
        stories = group_reports(prepared.stories.values(), weights)
        events = tuple(tuple(account.event.id for account in incident.accounts) for incident in incidents)
        return Linking(events, tuple(stories))

    def _read(self, reports: Sequence[Report]) -> Iterator[Reading]:
        return self.resources.language.read_many(reports)


def stand_in(reading: Reading, verb: Chars) -> Draft:
    """An attack of nobody on nobody at the verb: enough to ask where."""
    span = reading.doc.char_span(verb.start, verb.end, alignment_mode="expand")
    if span is None:
        raise ValueError(f"no token at characters {verb.start} to {verb.end}")
    return Draft(
        type="armed_attack",
        trigger=verb,
        head=span.root.i,
        sentence=reading.sentence_at(verb.start),
        by=(),
        on=(),
        status="happened",
        made_by="evaluate",
        confidence=1.0,
    )


@dataclass(frozen=True)
class Remembering(PipelineCoder):
    """Codes each report once, however many rivals ask for its record."""

    known: dict[str, Record] = field(default_factory=dict)

    def records(self, reports: Sequence[Report]) -> Iterator[Record]:
        new = [report for report in reports if report.id not in self.known]
        for record in super().records(new):
            self.known[record.report.id] = record
        return (self.known[report.id] for report in reports)
