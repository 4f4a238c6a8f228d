"""Benchmarks that ask one answer of a report get it from the record by grouping and adding up, never from the text.

The main event is the first that tells of harm or people taken, else the first of the kinds asked for; counts of several
tellings of one thing are not added twice.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import lru_cache

from dateline.codebook.quantities import SumWords, load_sum_words
from dateline.codebook.sums import Sum, add_up, is_group
from dateline.evaluate.yardstick import Mark
from dateline.model.event import Event, Figure, Measure, Record
from dateline.model.text import Span

TOOK_PLACE = frozenset(("happened", "ongoing", "attempted"))
HARM: frozenset[Measure] = frozenset(("killed", "injured", "captured", "arrested", "detained", "abducted"))
TAKEN: tuple[Measure, ...] = ("captured", "arrested", "detained", "surrendered")

WORD = re.compile(r"[^\W\d_]+")

# Words of a figure's `whom` that name people who fight for nobody.
CIVILIANS = frozenset(("civilian", "people", "person", "resident", "villager", "worker", "passenger", "journalist"))


def took_place(record: Record) -> tuple[Event, ...]:
    """Events that happened, go on or were tried, not of long ago."""
    return tuple(event for event in record.events if event.status in TOOK_PLACE and not event.background)


def of_types(events: Iterable[Event], types: Collection[str]) -> tuple[Event, ...]:
    return tuple(event for event in events if event.type in types)


def main_event(events: Sequence[Event]) -> Event | None:
    """The first that gives a count of people harmed or taken, else the first."""
    return next((e for e in events if any(f.measure in HARM for f in e.figures)), events[0] if events else None)


def main_first(events: Sequence[Event]) -> list[Event]:
    """The main event, then the others in order."""
    main = main_event(events)
    return [main, *(event for event in events if event is not main)] if main else []


def lead(events: Sequence[Event]) -> list[Event]:
    """The main event and the first other one: a headline and its first sentence often stand apart."""
    return main_first(events)[:2]


@lru_cache(maxsize=1)
def sum_words() -> SumWords:
    return load_sum_words()


def everybody(figure: Figure) -> bool:
    return True


def added_up(
    events: Sequence[Event], record: Record, measures: Collection[Measure], keep: Callable[[Figure], bool] = everybody
) -> Sum | None:
    """The record's figures put together by what their words say: repeats once, "another 12" on top, a total as it stands."""
    return add_up(events, record.tallies, measures, sum_words(), keep)


def is_one_of(figure: Figure, group: str) -> bool:
    """Whether its `whom` is of a group of the codebook: civilians, fighters, children, women."""
    return is_group(figure, group, sum_words())


def words_of(whom: str | None) -> frozenset[str]:
    found = WORD.findall((whom or "").casefold())
    return frozenset(found) | {w[:-1] for w in found if w.endswith("s") and not w.endswith("ss")}


def is_among(figure: Figure, group: Collection[str]) -> bool:
    return not words_of(figure.whom).isdisjoint(group)


def counts(events: Iterable[Event], measures: Collection[str]) -> list[Figure]:
    return [figure for event in events for figure in event.figures if figure.measure in measures]


def least(figure: Figure) -> int:
    """The number that a count stands for when one must be given: its low end, else its high one."""
    return figure.low if figure.low is not None else figure.high or 0


def unaccented(text: str) -> str:
    """Letters without their marks: "Ghaznī" → "Ghazni"; gazetteers and benchmarks transliterate differently."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def span_of(low: object, high: object) -> str:
    """ "9", "9–12", "9 or more", "up to 12"; days likewise."""
    if low == high:
        return str(low)
    if low is None or high is None:
        return f"up to {high}" if low is None else f"{low} or more"
    return f"{low}–{high}"


def event_marks(events: Sequence[Event]) -> tuple[Mark, ...]:
    """Where the events' values stand: triggers before the rest, since of marks that cross the first is shown."""
    spans: list[tuple[Span, str]] = [(event.trigger, event.type) for event in events]
    for event in events:
        spans += [(actor.span, "by") for actor in event.by] + [(actor.span, "on") for actor in event.on]
        spans += [(figure.span, f"{figure.measure} {span_of(figure.low, figure.high)}") for figure in event.figures]
        spans += [(event.place.span, f"at {event.place.name}")] if event.place else []
        spans += [(event.when.span, span_of(event.when.start, event.when.end))] if event.when else []
    return tuple(Mark(span.start, span.end, label, gold=False) for span, label in spans)
