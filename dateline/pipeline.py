"""code_report: the stages in order, pure. Any engine may map it: same report, same resources, same record."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dateline.annotate.casing import is_single_case
from dateline.annotate.language import Language
from dateline.annotate.mentions import find_mentions
from dateline.annotate.quantities import find_quantities
from dateline.annotate.quotes import find_quotes
from dateline.annotate.quotes_silent import Silence, find_silences
from dateline.annotate.times import find_times
from dateline.codebook.codebook import Codebook, load_codebook
from dateline.extract.claims import attribute_claims, with_counts
from dateline.extract.control import control_of
from dateline.extract.events import find_events, scene_of
from dateline.extract.figures import count_figures
from dateline.extract.merging import Told, merge
from dateline.extract.sharing import share
from dateline.extract.slot_weighing import fill_slots
from dateline.extract.weighing import weigh
from dateline.model.actor import Actor
from dateline.model.event import GROUP_OF, Event, Figure, Record, ReportHead, Source, head_of
from dateline.model.place import Place
from dateline.model.reading import Chars, PlaceMention, Quote, Reading, TimeMention
from dateline.model.text import Report, Span, content_id
from dateline.model.when import When
from dateline.resolve.actors import Cast, mention_actor, resolve_actors
from dateline.resolve.context_country import context_country
from dateline.resolve.dates import date_drafts, report_day
from dateline.resolve.event_places import place_drafts
from dateline.resolve.event_places_list import each_with_its_place, places_together
from dateline.resolve.gazetteer import Gazetteer
from dateline.resolve.places import find_places
from dateline.settings import Settings

UNDATED = "No publication date is known: weekdays and words such as “yesterday” stay unresolved; give --published."
BACKGROUND_AFTER = timedelta(days=366)  # the guidelines: more than a year before publication


@dataclass(frozen=True, slots=True)
class Resources:
    """What coding needs, loaded once a process."""

    language: Language
    codebook: Codebook
    gazetteer: Gazetteer
    learned: bool = True  # whether learned weights say what is recorded


def load_resources(settings: Settings) -> Resources:
    resources = Resources(
        Language.load(settings.language_model),
        load_codebook(settings.codebook, settings.vague_table),
        Gazetteer.open(settings.gazetteer),
        settings.learned,
    )
    # They live as long as the process: Python's collector need not look through them again and again.
    # Measured: 95 ms of processor time a report of 500 words before, 87 after.
    gc.freeze()
    return resources


def code_report(report: Report, resources: Resources) -> Record:
    return code_reading(resources.language.read(report), resources)


def code_reports(reports: Iterable[Report], resources: Resources) -> Iterator[Record]:
    """Records in the order of the reports; the language pass runs over batches."""
    for reading in resources.language.read_many(reports):
        yield code_reading(reading, resources)


@dataclass(frozen=True, slots=True)
class Telling:
    """What a report may tell, before it is weighed: happenings with place and time, and what the later stages need."""

    told: tuple[Told, ...]
    cast: Cast
    quotes: tuple[Quote, ...]
    times: tuple[TimeMention, ...]
    places: tuple[PlaceMention, ...]


def code_reading(reading: Reading, resources: Resources) -> Record:
    """Everything after the language pass."""
    codebook = resources.codebook
    telling = tell(reading, resources)
    likely = _likely(reading, telling, resources)
    told = share(reading, likely, telling.cast.mentions, telling.cast.entities)
    drafts = tuple(one.draft for one in told)
    sources = attribute_claims(reading, drafts, telling.quotes, telling.cast.mentions, telling.cast.entities)
    quantities = find_quantities(reading, codebook.vague)
    counted = count_figures(reading, drafts, quantities, sources, telling.quotes, telling.times)
    events = tuple(
        _event(reading, one, telling.cast, figures, said, _listed_with(reading, one, told, telling.places))
        for one, figures, said in zip(told, counted.per_draft, sources, strict=True)
    )
    head = _head(reading, telling.times)
    return Record(
        report=head,
        events=events,
        tallies=counted.tallies,
        notes=_notes(reading, head.published, find_silences(reading, codebook.cues)),
    )


def _likely(reading: Reading, telling: Telling, resources: Resources) -> tuple[Told, ...]:
    """The happenings to record; in text of a single case weighed, and their slots filled, by its own weights."""
    if not resources.learned:
        return telling.told
    cast, codebook = telling.cast, resources.codebook
    if not is_single_case(reading.report.text):
        return weigh(reading, telling.told, cast.entities, telling.quotes, codebook.weights)
    telex = codebook.telex()
    kept = weigh(reading, telling.told, cast.entities, telling.quotes, codebook.weights, telex.keep)
    scene = scene_of(reading, cast.mentions, cast.entities, telling.places, codebook.events)
    return fill_slots(reading, telling.told, kept, cast.mentions, scene, telex)


def tell(reading: Reading, resources: Resources) -> Telling:
    """Every happening that the words may tell, merged, not yet weighed."""
    codebook = resources.codebook
    times = find_times(reading)
    places = find_places(reading, resources.gazetteer)
    cast = resolve_actors(reading, find_mentions(reading), places, codebook.actors)
    found = find_events(reading, cast.mentions, cast.entities, places, codebook.events)
    placed = tuple(each_with_its_place(reading, found, place_drafts(reading, found, places), places))
    dated = date_drafts(reading, [draft for draft, _ in placed], times)
    raw = tuple(Told(draft, where, when) for (draft, where), when in zip(placed, dated, strict=True))
    merged = tuple(_in_context(one, cast, places) for one in merge(reading, raw, cast.entities))
    return Telling(merged, cast, find_quotes(reading, codebook.cues), times, places)


def _in_context(told: Told, cast: Cast, places: Sequence[PlaceMention]) -> Told:
    if told.place is not None or GROUP_OF[told.draft.type] == "politics":
        return told
    return replace(told, place=context_country(told.draft, cast.entities, places))


def _listed_with(reading: Reading, one: Told, told: Sequence[Told], places: Sequence[PlaceMention]) -> tuple[Place, ...]:
    """Places told in one breath with the event's own, but those that the same trigger makes events of their own."""
    if one.place is None:
        return ()
    apart = {each.place.span for each in told if each.place and each.draft.trigger == one.draft.trigger}
    return tuple(place for place in places_together(reading, one.place, places) if place.span not in apart)


def _event(
    reading: Reading,
    told: Told,
    cast: Cast,
    figures: tuple[Figure, ...],
    sources: tuple[Source, ...],
    other_places: tuple[Place, ...],
) -> Event:
    draft, report = told.draft, reading.report
    by = tuple(mention_actor(m, cast, reading) for m in draft.by)
    on = tuple(mention_actor(m, cast, reading) for m in draft.on)
    return Event(
        id=content_id(report.id, draft.type, draft.trigger.start, draft.trigger.end, draft.place_hint and draft.place_hint.start),
        type=draft.type,
        status=draft.status,
        trigger=_span(report, draft.trigger),
        by=_distinct(by),
        on=_distinct(on),
        place=told.place,
        other_places=other_places,
        when=told.when,
        figures=figures,
        control=control_of(draft.type, draft.status, by, on, told.place),
        means=_span(report, draft.means) if draft.means else None,
        sources=with_counts(sources, figures),
        evidence=tuple(_span(report, reading.sentences[n]) for n in (draft.sentence, *draft.other_sentences)),
        confidence=draft.confidence,
        aggregate=draft.aggregate,
        background=_is_background(told.when, reading),
        made_by=draft.made_by,
    )


def _span(report: Report, chars: Chars) -> Span:
    return report.span(chars.start, chars.end)


def _distinct(actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Each actor once: the first mention stands for the others."""
    found: dict[str, Actor] = {}
    for actor in actors:
        found.setdefault(actor.id or actor.name.casefold(), actor)
    return tuple(found.values())


def _is_background(when: When | None, reading: Reading) -> bool:
    published = reading.report.published
    return bool(when and when.end and published and published - when.end > BACKGROUND_AFTER)


def _head(reading: Reading, times: Sequence[TimeMention]) -> ReportHead:
    """A report given without its day is of the day that its own header gives ("GOMA, Congo (Feb. 9, 2013)")."""
    head = head_of(reading.report)
    return head if head.published else head.model_copy(update={"published": report_day(reading, times)})


def _notes(reading: Reading, published: date | None, silences: Sequence[Silence]) -> tuple[str, ...]:
    notes = [UNDATED] if published is None else []
    for silence in silences:
        words = reading.report.text[silence.chars.start : silence.chars.end]
        notes.append(
            f"No answer: {silence.who or 'somebody'}: “{words}” (characters {silence.chars.start} to {silence.chars.end})."
        )
    return tuple(notes)
