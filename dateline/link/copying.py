"""Which reports of an archive repeat which: signatures meet within some days, the runs of words decide.

The same criterion as `read/copies.py` (one band of the MinHash signature in common, then the share of runs), worked on packed
signatures, so that one new report among a hundred thousand costs a millisecond.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from dateline.link.sketching import runs_from
from dateline.model.event import ReportHead
from dateline.read.copies import Sketch, compare
from dateline.store.workbench import SignedReport, Workbench

# Wires, reprints and updates follow their source within so many days.
COPY_DAYS = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Sources:
    """For each report that repeats others, the others, the earliest first; and their runs of words."""

    of: Mapping[str, tuple[str, ...]]
    runs: Mapping[str, frozenset[int]]


def sources_among(bench: Workbench, targets: Collection[str]) -> Sources:
    """For the reports in `targets`, and for every later report that repeats one of them."""
    pairs: set[tuple[str, str]] = set()
    heads: dict[str, ReportHead] = {}
    wanted = set(targets)
    while wanted:  # a report that repeats a target needs all its sources, so it becomes a target itself
        found, near = _proposed(bench, wanted)
        pairs.update(found)
        heads.update(near)
        wanted = {late for _early, late in found} - set(targets) - wanted
        targets = {*targets, *wanted}
    runs = {report_id: runs_from(stored) for report_id, stored in bench.runs({name for pair in pairs for name in pair})}
    sketches = {name: _sketch(heads[name], runs[name]) for name in runs}
    of: dict[str, list[str]] = defaultdict(list)
    for early, late in sorted(pairs, key=lambda pair: (sketches[pair[1]].order, sketches[pair[0]].order)):
        if compare(sketches[early], sketches[late]) is not None:
            of[late].append(early)
    return Sources({late: tuple(early) for late, early in of.items()}, runs)


def _sketch(head: ReportHead, runs: frozenset[int]) -> Sketch:
    return Sketch(head.id, head.outlet, head.url, head.published, runs)


def _proposed(bench: Workbench, targets: Collection[str]) -> tuple[set[tuple[str, str]], dict[str, ReportHead]]:
    """Pairs (earlier, later) of which one is a target, in whose signatures a band is the same."""
    pairs: set[tuple[str, str]] = set()
    heads: dict[str, ReportHead] = {}
    for window, numbers in _windows(bench, targets):
        bands = _bands(window)
        for number in numbers:
            for other in np.flatnonzero((bands == bands[number]).any(axis=1)).tolist():
                if other != number:
                    early, late = (window[n].head for n in sorted((number, other)))
                    pairs.add((early.id, late.id))
                    heads[early.id], heads[late.id] = early, late
    return pairs, heads


def _bands(reports: Sequence[SignedReport]) -> NDArray[np.uint64]:
    """A row a report; two 32-bit values of its signature are one 64-bit band."""
    packed = b"".join(report.signature for report in reports)
    return np.frombuffer(packed, dtype=np.uint64).reshape(len(reports), -1)


def _windows(bench: Workbench, targets: Collection[str]) -> Iterator[tuple[list[SignedReport], list[int]]]:
    """Reports in order, with the positions of the targets among them: a window a day of publication."""
    days: dict[date | None, set[str]] = defaultdict(set)
    for report_id, head in bench.heads(targets).items():
        days[head.published].add(report_id)
    for day, here in sorted(days.items(), key=lambda item: item[0] or date.max):
        first, last = (day - COPY_DAYS, day + COPY_DAYS) if day else (None, None)
        window = list(bench.signed(first, last))
        numbers = [number for number, report in enumerate(window) if report.head.id in here]
        if numbers:
            yield window, numbers
