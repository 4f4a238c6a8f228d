"""The pairs that may be one happening, found for a stretch of days by itself: of those that meet in it, the ones whose score can
reach what speaks for it.

Whoever meets on several days, or in several stretches, is found in each: the answers of all stretches together are a set.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import numpy as np

from dateline.link.bounds import Ints, columns_of, highest_scores
from dateline.link.candidates import day_keys, meeting_days, place_keys
from dateline.link.trace import Trace
from dateline.link.weights import Weights

# No more than fit into one number, a bit each.
STRETCH_DAYS = 30
# Blocks of more members are paired by numpy.
LARGE = 12
# Pairs are judged in portions, so that a crowded month needs no gigabyte.
PORTION = 1_000_000
# What rounding may take from a score.
ROUNDING = 1e-4

Blocks = dict[object, list[int]]


@dataclass(frozen=True, slots=True, order=True)
class Days:
    """From `first` to `last`, both in it; days are numbers as in `candidates.py`."""

    first: int
    last: int


def stretch_of(day: int) -> Days:
    """A fixed piece of the calendar: a day is always in the same one."""
    first = day - day % STRETCH_DAYS
    return Days(first, first + STRETCH_DAYS - 1)


def likely_pairs(
    traces: Sequence[Trace], stretch: Days, weights: Weights, fresh: Collection[str] | None = None
) -> list[tuple[int, int]]:
    """Pairs of positions, the smaller first, in order; with `fresh` (event ids) only pairs that one of them is in."""
    if len(traces) < 2:
        return []
    columns, found = columns_of(traces, weights), []
    wanted = np.array([fresh is None or trace.id in fresh for trace in traces])
    for codes in _meeting(traces, stretch):
        left, right = np.divmod(codes, len(traces))
        asked = wanted[left] | wanted[right]
        codes, left, right = codes[asked], left[asked], right[asked]
        found.append(codes[highest_scores(columns, left, right, weights) > weights.least - ROUNDING])
    left, right = np.divmod(np.unique(np.concatenate(found)) if found else np.empty(0, np.int64), len(traces))
    return list(zip(left.tolist(), right.tolist(), strict=True))


def _meeting(traces: Sequence[Trace], stretch: Days) -> Iterator[Ints]:
    """Pairs that share a block and a day of the stretch, each as one number, in portions."""
    here = [_bits(day_keys(trace), stretch) for trace in traces]
    about = [_bits(meeting_days(trace), stretch) for trace in traces]
    by_place, by_topic = _blocks(traces, here, about)
    for blocks, days in ((by_place, np.array(here, dtype=np.int64)), (by_topic, np.array(about, dtype=np.int64))):
        portion: list[Ints] = []
        for codes in _paired(blocks, days, len(traces)):
            portion.append(codes)
            if sum(map(len, portion)) > PORTION:
                yield np.unique(np.concatenate(portion))
                portion = []
        if portion:
            yield np.unique(np.concatenate(portion))


def _blocks(traces: Sequence[Trace], here: Sequence[int], about: Sequence[int]) -> tuple[Blocks, Blocks]:
    by_place: Blocks = defaultdict(list)
    by_topic: Blocks = defaultdict(list)
    for number, trace in enumerate(traces):
        if here[number]:
            for key in place_keys(trace):
                by_place[trace.group, key].append(number)
        if about[number]:
            for topic in trace.topics:
                by_topic[trace.group, topic].append(number)
    return by_place, by_topic


@lru_cache(maxsize=20_000)
def _bits(days: tuple[int, ...], stretch: Days) -> int:
    return sum(1 << (day - stretch.first) for day in days if stretch.first <= day <= stretch.last)


def _paired(blocks: Blocks, days: Ints, count: int) -> Iterator[Ints]:
    small: list[tuple[int, int]] = []
    for members in blocks.values():
        if len(members) < LARGE:
            small.extend(combinations(members, 2))
            continue
        numbers = np.array(members, dtype=np.int64)
        rows = max(1, PORTION // len(members))
        for start in range(0, len(members), rows):
            meet = (days[numbers[start : start + rows], None] & days[numbers]) != 0
            first, second = np.nonzero(np.triu(meet, start + 1))
            yield numbers[first + start] * count + numbers[second]
    if small:
        left, right = np.array(small, dtype=np.int64).T
        meet = (days[left] & days[right]) != 0
        yield left[meet] * count + right[meet]
