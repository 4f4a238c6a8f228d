"""Builders for hand-made reports, events and records, so that a test says only what it is about.

    report = make_report("r1", "Rebels shelled Dunmore on Friday.", published="2021-08-07")
    event = make_event(report, "shelled", "shelling", by=["Rebels"], place=make_place(report, "Dunmore", lat=1, lon=2))
    record = make_record(report, event)

Every span is found in the report's text by its words, so that a builder cannot cite what is not there.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dateline.model.actor import Actor, ActorKind
from dateline.model.event import Control, Event, EventType, Figure, FigurePart, Measure, Record, Source, Stance, Status, head_of
from dateline.model.place import Place, PlacePrecision
from dateline.model.text import Report, Span, content_id
from dateline.model.when import When, WhenPrecision


def make_report(
    report_id: str = "r1",
    text: str = "Rebels shelled Dunmore on Friday, killing three people.",
    *,
    outlet: str | None = "The Courier",
    published: str | None = "2021-08-07",
    title: str | None = None,
    url: str | None = None,
) -> Report:
    day = date.fromisoformat(published) if published else None
    return Report(id=report_id, outlet=outlet, title=title, published=day, url=url, language="en", text=text)


def span_of(report: Report, words: str, occurrence: int = 0) -> Span:
    """The span of the words where they stand in the report; the test fails when they do not."""
    start = -1
    for _ in range(occurrence + 1):
        start = report.text.index(words, start + 1)
    return report.span(start, start + len(words))


def make_actor(
    report: Report, words: str, *, name: str | None = None, known_id: str | None = None, kind: ActorKind = "unknown"
) -> Actor:
    return Actor(name=name or words, id=known_id, kind=kind, span=span_of(report, words))


def make_place(
    report: Report,
    words: str,
    *,
    name: str | None = None,
    lat: float | None = None,
    lon: float | None = None,
    precision: PlacePrecision = "town",
    radius_km: float | None = None,
    country: str | None = "AF",
    admin1: str | None = None,
    admin2: str | None = None,
    gazetteer_id: str | None = None,
) -> Place:
    return Place(
        name=name or words,
        country=country,
        admin1=admin1,
        admin2=admin2,
        lat=lat,
        lon=lon,
        precision=precision,
        radius_km=radius_km,
        gazetteer_id=gazetteer_id,
        span=span_of(report, words),
    )


def make_when(report: Report, words: str, start: str | None, end: str | None = None, *, precision: WhenPrecision = "day") -> When:
    first = date.fromisoformat(start) if start else None
    last = date.fromisoformat(end) if end else first
    return When(start=first, end=last, precision=precision, span=span_of(report, words))


def make_figure(
    report: Report,
    words: str,
    measure: Measure = "killed",
    low: int | None = None,
    high: int | None = None,
    *,
    whom: str | None = None,
    part: FigurePart = "total",
    sources: Sequence[Source] = (),
) -> Figure:
    return Figure(measure=measure, whom=whom, low=low, high=high, span=span_of(report, words), part=part, sources=tuple(sources))


def make_source(
    report: Report, speaker: str, *, stance: Stance = "asserts", cue: str | None = None, party: bool = False
) -> Source:
    return Source(
        speaker=speaker,
        stance=stance,
        cue=span_of(report, cue) if cue else None,
        span=span_of(report, speaker),
        party=party,
    )


def make_control(report: Report, place: Place, *, before: str | None = None, after: str | None = None) -> Control:
    return Control(
        place=place,
        holder_before=make_actor(report, before) if before else None,
        holder_after=make_actor(report, after) if after else None,
    )


def make_event(
    report: Report,
    trigger: str,
    kind: EventType = "shelling",
    *,
    status: Status = "happened",
    by: Sequence[str | Actor] = (),
    on: Sequence[str | Actor] = (),
    place: Place | None = None,
    when: When | None = None,
    figures: Sequence[Figure] = (),
    control: Control | None = None,
    means: str | None = None,
    sources: Sequence[Source] = (),
    confidence: float = 0.9,
    aggregate: bool = False,
    background: bool = False,
    event_id: str | None = None,
) -> Event:
    """The evidence is the line of the text that holds the trigger; the id is a hash of report, type and trigger."""
    span = span_of(report, trigger)
    line_start = report.text.rfind("\n", 0, span.start) + 1
    line_end = report.text.find("\n", span.end)
    return Event(
        id=event_id or "e" + content_id(report.id, kind, span.start),
        type=kind,
        status=status,
        trigger=span,
        by=tuple(a if isinstance(a, Actor) else make_actor(report, a) for a in by),
        on=tuple(a if isinstance(a, Actor) else make_actor(report, a) for a in on),
        place=place,
        when=when,
        figures=tuple(figures),
        control=control,
        means=span_of(report, means) if means else None,
        sources=tuple(sources),
        evidence=(report.span(line_start, line_end if line_end >= 0 else len(report.text)),),
        confidence=confidence,
        aggregate=aggregate,
        background=background,
        made_by="factory",
    )


def make_record(report: Report, *events: Event, notes: Sequence[str] = ()) -> Record:
    return Record(report=head_of(report), events=tuple(events), notes=tuple(notes))
