"""Which pairs are worth comparing: traces that share a block of place, day and group of types.

A trace without a place stands where its report's other events are. One that leads its report meets others that lead
theirs, wherever they are, when the reports share a rare word or name. Blocks are worked through day by day, so that
neither the number of pairs nor the memory grows faster than the number of traces.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import combinations

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


def propose_pairs(traces: Sequence[Trace], fresh: Collection[str] | None = None) -> Iterator[tuple[int, int]]:
    """Pairs of positions, the smaller first, each once; the order depends on the set of traces alone. With `fresh` (event
    ids) only the pairs that one of them is in."""
    active: dict[int, list[int]] = defaultdict(list)
    days = [day_keys(trace) for trace in traces]
    for number, held in enumerate(map(meeting_days, traces)):
        for day in held:
            active[day].append(number)
    for day in sorted(active):
        yield from _of_day(day, active.pop(day), traces, days, fresh)


def _of_day(
    day: int,
    numbers: Sequence[int],
    traces: Sequence[Trace],
    days: Sequence[tuple[int, ...]],
    fresh: Collection[str] | None,
) -> Iterator[tuple[int, int]]:
    """The pairs that meet on this day and have not met on an earlier one."""
    blocks: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for number in numbers:
        trace = traces[number]
        for topic in trace.topics:
            blocks[trace.group, "about", topic].append(number)
        if day in days[number]:
            for place in place_keys(trace):
                blocks[trace.group, place].append(number)
    met: set[tuple[int, int]] = set()
    for members in blocks.values():
        if fresh is None:
            met.update(combinations(members, 2))
        elif any(traces[number].id in fresh for number in members):
            met.update(pair for pair in combinations(members, 2) if any(traces[number].id in fresh for number in pair))
    for left, right in sorted(met):
        if _first_meeting(traces[left], traces[right]) == day:
            yield left, right


def _first_meeting(left: Trace, right: Trace) -> int:
    """The first day that brings them together, by a topic or else by their places."""
    of = day_keys if left.topics.isdisjoint(right.topics) else meeting_days
    first, second = of(left), of(right)
    return next(day for day in first if day in second)


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
