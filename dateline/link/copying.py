"""Which reports of an archive repeat which: signatures meet within some days, the runs of words decide.

The same criterion as `read/copies.py` (one band of the MinHash signature in common, then the share of runs), worked on packed
signatures, so that one new report among a hundred thousand costs a millisecond.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from dateline.link.sketching import runs_from
from dateline.model.event import ReportHead
from dateline.read.copies import Sketch, compare
from dateline.store.workbench import SignedReport, Workbench

# Wires, reprints and updates follow their source within so many days.
COPY_DAYS = timedelta(days=14)
# So many days are worked on at once.
STRETCH = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Sources:
    """For each report that repeats others, the others, the earliest first; and their runs of words."""

    of: Mapping[str, tuple[str, ...]]
    runs: Mapping[str, frozenset[int]]


def sources_among(bench: Workbench, targets: Collection[str]) -> Sources:
    """For the reports in `targets`, and for every later report that repeats one of them."""
    of: dict[str, list[Sketch]] = defaultdict(list)
    runs: dict[str, frozenset[int]] = {}
    done: set[str] = set()
    wanted = set(targets)
    while wanted:  # a report that repeats a target needs all its sources, so it becomes a target itself
        for early, late in _copies(bench, wanted, runs):
            if early not in of[late.report_id]:
                of[late.report_id].append(early)
        done |= wanted
        wanted = of.keys() - done
    ordered = {late: sorted(early, key=lambda sketch: sketch.order) for late, early in of.items()}
    return Sources({late: tuple(sketch.report_id for sketch in early) for late, early in ordered.items()}, runs)


def _copies(bench: Workbench, targets: Collection[str], runs: dict[str, frozenset[int]]) -> Iterator[tuple[Sketch, Sketch]]:
    """Pairs of which the later repeats the earlier and one is a target; `runs` keeps what was read."""
    pairs, heads = _proposed(bench, targets)
    missing = {name for pair in pairs for name in pair} - runs.keys()
    runs.update((report_id, runs_from(stored)) for report_id, stored in bench.runs(missing))
    for pair in sorted(pairs):
        first, second = (_sketch(heads[name], runs[name]) for name in pair)
        early, late = sorted((first, second), key=lambda sketch: sketch.order)
        if compare(early, late) is not None:
            yield early, late


def _sketch(head: ReportHead, runs: frozenset[int]) -> Sketch:
    return Sketch(head.id, head.outlet, head.url, head.published, runs)


def _proposed(bench: Workbench, targets: Collection[str]) -> tuple[set[tuple[str, str]], dict[str, ReportHead]]:
    """Pairs (earlier, later) of which one is a target, in whose signatures a band is the same."""
    pairs: set[tuple[str, str]] = set()
    heads: dict[str, ReportHead] = {}
    for window, is_target in _windows(bench, targets):
        for early, late in _sharing_a_band(window, is_target):
            first, second = window[early].head, window[late].head
            if (first.id, second.id) not in pairs and _close(first.published, second.published):
                pairs.add((first.id, second.id))
                heads[first.id], heads[second.id] = first, second
    return pairs, heads


def _close(early: date | None, late: date | None) -> bool:
    return early == late or (early is not None and late is not None and late - early <= COPY_DAYS)


def _sharing_a_band(window: Sequence[SignedReport], is_target: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Positions (smaller first) that have a band in common; two 32-bit values of a signature are one 64-bit band."""
    packed = b"".join(report.signature for report in window)
    bands = np.frombuffer(packed, dtype=np.uint64).reshape(len(window), -1)
    for column in range(bands.shape[1]):
        order = np.argsort(bands[:, column], kind="stable")
        values = bands[order, column]
        starts = np.flatnonzero(np.concatenate(([True], values[1:] != values[:-1])))
        sizes = np.diff(np.append(starts, len(values)))
        for start, size in zip(starts[sizes > 1].tolist(), sizes[sizes > 1].tolist(), strict=True):
            group = order[start : start + size]
            if is_target[group].any():
                for left, right in combinations(sorted(group.tolist()), 2):
                    if is_target[left] or is_target[right]:
                        yield left, right


def _windows(bench: Workbench, targets: Collection[str]) -> Iterator[tuple[list[SignedReport], NDArray[np.bool_]]]:
    """Stretches of reports in order of publication, each with which of them are targets of its own days."""
    days: dict[date | None, set[str]] = defaultdict(set)
    for report_id, head in bench.heads(targets).items():
        days[head.published].add(report_id)
    for first, last, here in _stretches(days):
        window = list(bench.signed(first and first - COPY_DAYS, last and last + COPY_DAYS))
        is_target = np.array([report.head.id in here for report in window], dtype=np.bool_)
        if is_target.any():
            yield window, is_target


def _stretches(days: Mapping[date | None, set[str]]) -> Iterator[tuple[date | None, date | None, set[str]]]:
    """Days that lie together are worked on together, up to a month; undated reports by themselves."""
    if None in days:
        yield None, None, days[None]
    first: date | None = None
    last: date | None = None
    here: set[str] = set()
    for day in sorted(day for day in days if day is not None):
        if first is not None and last is not None and (day - last > COPY_DAYS or day - first > STRETCH):
            yield first, last, here
            first, here = None, set()
        first, last = first or day, day
        here |= days[day]
    if first is not None:
        yield first, last, here
