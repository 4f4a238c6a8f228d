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
from dateline.read.copies import Sketch, compare, repeats
from dateline.store.workbench import SignedReport, Workbench

# Wires, reprints and updates follow their source within so many days.
COPY_DAYS = timedelta(days=14)
# So many days are worked on at once.
STRETCH = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Sources:
    """`reports`: those that repeat others; `of`: for each of their events that is only repeated, the report that told it
    first."""

    reports: frozenset[str]
    of: Mapping[str, str]


def sources_among(bench: Workbench, targets: Collection[str]) -> Sources:
    """For the reports in `targets`, and for every later report that repeats one of them."""
    of: dict[str, str] = {}
    copies: set[str] = set()
    done: set[str] = set()
    wanted = set(targets)
    while wanted:  # a report that repeats a target needs all its sources, so it becomes a target itself
        for window, is_target in _windows(bench, wanted):
            late = _copies(bench, window, is_target)
            copies.update(late)
            here = {report.head.id for report, wanted_here in zip(window, is_target, strict=True) if wanted_here}
            # Of the others the window may lack a source: their turn comes.
            of.update(_repeated(bench, {name: early for name, early in late.items() if name in here}))
        done |= wanted
        wanted = copies - done
    return Sources(frozenset(copies), of)


def _copies(bench: Workbench, window: Sequence[SignedReport], is_target: NDArray[np.bool_]) -> dict[str, list[Sketch]]:
    """For each report of the window that repeats others, of which one or the other is a target: the others, as sketches."""
    pairs = {
        (early, late)
        for early, late in _sharing_a_band(window, is_target)
        if _close(window[early].head.published, window[late].head.published)
    }
    stored = dict(bench.runs({window[number].head.id for pair in pairs for number in pair}))
    sketches = {number: _sketch(window[number].head, stored) for pair in pairs for number in pair}
    found: dict[str, list[Sketch]] = defaultdict(list)
    for pair in sorted(pairs):
        early, late = sorted((sketches[number] for number in pair), key=lambda sketch: sketch.order)
        if compare(early, late) is not None:
            found[late.report_id].append(early)
    return found


def _sketch(head: ReportHead, runs: Mapping[str, bytes]) -> Sketch:
    return Sketch(head.id, head.outlet, head.url, head.published, runs_from(runs[head.id]))


def _repeated(bench: Workbench, sources: Mapping[str, Sequence[Sketch]]) -> Iterator[tuple[str, str]]:
    """Event and source: the earliest report in which the sentence that tells the event stands; what a copy adds is its own."""
    for report_id, event_id, sentence in bench.sentences(sources):
        for sketch in sorted(sources[report_id], key=lambda sketch: sketch.order):
            if repeats(sentence, sketch.runs):
                yield event_id, sketch.report_id
                break


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
    for report_id, published in bench.published(targets):
        days[published].add(report_id)
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
