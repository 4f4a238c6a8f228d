"""Where the time goes: milliseconds of each stage for a 500-word report, in one process, beside the bare language model."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from typing import TypeVar

import spacy
from spacy.language import Language

from dateline.annotate.mentions import find_mentions
from dateline.annotate.quantities import find_quantities
from dateline.annotate.quotes import find_quotes
from dateline.annotate.times import find_times
from dateline.extract.claims import attribute_claims
from dateline.extract.events import find_events
from dateline.extract.figures import count_figures
from dateline.extract.merging import Told, merge
from dateline.extract.weighing import weigh
from dateline.model.reading import Reading
from dateline.model.text import Report
from dateline.pipeline import Resources
from dateline.resolve.actors import resolve_actors
from dateline.resolve.dates import date_drafts
from dateline.resolve.event_places import place_drafts
from dateline.resolve.places import find_places

T = TypeVar("T")
BARE = "bare"


class Clock:
    """Adds up the processor seconds of each stage: what else the machine does is not counted."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    def __call__(self, stage: str, work: Callable[[], T]) -> T:
        start = time.process_time()
        result = work()
        self.seconds[stage] += time.process_time() - start
        return result


WARM = 16
SLICE = 20


def stage_seconds(reports: list[Report], resources: Resources, model: str) -> tuple[dict[str, float], float]:
    """Seconds a report by stage, in order, and of the plain spaCy pipeline with the same model over every sentence.

    Both are warmed by the same reports and then take turns, slice by slice, so that what else the machine does weighs on both.
    """
    bare = spacy.load(model)
    clock = Clock()
    _coded(reports[:WARM], resources, Clock())
    _annotated(reports[:WARM], bare)
    timed = reports[WARM:]
    for start in range(0, len(timed), SLICE):
        part = timed[start : start + SLICE]
        _coded(part, resources, clock)
        clock(BARE, partial(_annotated, part, bare))
    each = {stage: seconds / len(timed) for stage, seconds in clock.seconds.items()}
    return {stage: seconds for stage, seconds in each.items() if stage != BARE}, each[BARE]


def _coded(reports: list[Report], resources: Resources, clock: Clock) -> None:
    for reading in clock("language pass", lambda: list(resources.language.read_many(reports))):
        _stages(reading, resources, clock)


def _annotated(reports: list[Report], bare: Language) -> None:
    for _ in bare.pipe((report.text for report in reports), batch_size=16):
        pass


def _stages(reading: Reading, resources: Resources, clock: Clock) -> None:
    book = resources.codebook
    times = clock("times", lambda: find_times(reading))
    places = clock("places", lambda: find_places(reading, resources.gazetteer))
    mentions = clock("mentions", lambda: find_mentions(reading))
    cast = clock("actors", lambda: resolve_actors(reading, mentions, places, book.actors))
    drafts = clock("events", lambda: find_events(reading, cast.mentions, cast.entities, places, book.events))
    where = clock("places", lambda: place_drafts(reading, drafts, places))
    when = clock("times", lambda: date_drafts(reading, drafts, times))
    told = tuple(Told(*each) for each in zip(drafts, where, when, strict=True))
    merged = clock("merging", lambda: merge(reading, told, cast.entities))
    quotes = clock("quotes", lambda: find_quotes(reading, book.cues))
    kept = clock("weighing", lambda: weigh(reading, merged, cast.entities, quotes, book.weights))
    final = tuple(one.draft for one in kept)
    sources = clock("claims", lambda: attribute_claims(reading, final, quotes, cast.mentions, cast.entities))
    counts = clock("quantities", lambda: find_quantities(reading, book.vague))
    clock("figures", lambda: count_figures(reading, final, counts, sources, quotes, times))
