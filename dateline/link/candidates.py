"""Which pairs are worth comparing: traces that share a block of place, day and group of types.

A trace without a place stands where its report's other events are. One that leads its report meets others that lead
theirs, wherever they are, when the reports share a rare word or name.
"""

from __future__ import annotations

import math
from functools import lru_cache

from dateline.link.trace import NARROW, Spot, Trace

CELL_DEGREES = 0.5
# An interval of more days than this is put in the blocks of its first and last days only.
LONGEST_RUN = 7
# One day more, for "Friday" in one report and "Saturday" in another.
SLACK = 1
# An event without a day happened on one of so many days before its report.
TOLD_BACK = 3
# The same for one that leads its report: what was news a week ago is led with still.
LEAD_BACK = 7
# Days are numbers; an undated event of an undated report has this one.
NO_DAY = 0


def meet(left: Trace, right: Trace) -> bool:
    """Whether anything brings the two together: a place and a day, or a topic of both and a day."""
    if left.group != right.group:
        return False
    if not left.topics.isdisjoint(right.topics) and not set(meeting_days(left)).isdisjoint(meeting_days(right)):
        return True
    if set(day_keys(left)).isdisjoint(day_keys(right)):
        return False
    return not place_keys(left).isdisjoint(place_keys(right))


def meeting_days(trace: Trace) -> tuple[int, ...]:
    """The days on which a trace may meet others, by place or by what its report is about, as numbers in order."""
    if trace.days or trace.published is None or not trace.topics:
        return day_keys(trace)
    return _told(trace.published.toordinal(), LEAD_BACK)


def day_keys(trace: Trace) -> tuple[int, ...]:
    """The days on which a trace is met by others in its place, as numbers in order."""
    if trace.days:
        return _dated(trace.days[0].toordinal(), trace.days[1].toordinal())
    return (NO_DAY,) if trace.published is None else _told(trace.published.toordinal(), TOLD_BACK)


@lru_cache(maxsize=20_000)
def _dated(first: int, last: int) -> tuple[int, ...]:
    if last - first > LONGEST_RUN:
        return tuple(sorted({first, first + SLACK, last, last + SLACK}))
    return tuple(range(first, last + SLACK + 1))


@lru_cache(maxsize=20_000)
def _told(day: int, back: int) -> tuple[int, ...]:
    return tuple(range(day - back, day + 1))


def place_keys(trace: Trace) -> set[object]:
    """Where a trace is met by others."""
    if trace.spot is not None:
        return _spot_keys(trace.spot)
    return set(trace.setting) or {("nowhere", trace.source_id)}


def _spot_keys(spot: Spot) -> set[object]:
    """A narrow place: the cells around it in two grids, so that neighbours across a border meet; what it is called, for
    traces without a place; and its province, for wider ones."""
    keys: set[object] = set()
    if spot.precision in NARROW or spot.precision == "unknown":
        keys.update(spot.keys)
        if spot.lat is not None and spot.lon is not None:
            row, column = spot.lat / CELL_DEGREES, spot.lon / CELL_DEGREES
            rows, columns = (_two_grids(value) for value in (row, column))
            keys.update((r, c) for r in rows for c in columns)
    if spot.admin1:
        keys.add(("admin1", spot.country, spot.admin1))
    elif spot.precision == "country":
        keys.add(("country", spot.country or spot.name.casefold()))
    return keys


def _two_grids(value: float) -> tuple[float, float]:
    return float(math.floor(value)), math.floor(value + 0.5) - 0.5
