"""What every engine does with a batch of reports: as many results as reports, in their order, however bad one of them is."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from dateline.model.event import Record
from dateline.model.text import Report
from dateline.pipeline import Resources, code_report, code_reports
from dateline.read.sources import SetAside

BATCH = 16  # reports a worker takes at once: enough to keep spaCy's batches full, few enough to stream
AHEAD = 3  # batches a worker that wait or are coded: none is idle, and a long input is never wholly in memory
DEADLY = "its worker died while coding it, twice"
# What a report can make the pipeline raise; all else, such as a missing file, is the run's fault and stops it.
POISON = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, AssertionError, RecursionError, MemoryError)

Coded = Record | SetAside
Batch = Sequence[Report]


def batches_of(reports: Iterable[Report]) -> Iterator[list[Report]]:
    waiting = iter(reports)
    while batch := list(islice(waiting, BATCH)):
        yield batch


def code_batch(reports: Batch, resources: Resources) -> list[Coded]:
    """All at once; when one of them cannot be coded, each by itself."""
    try:
        return list(code_reports(reports, resources))
    except POISON:
        return [_code_alone(report, resources) for report in reports]


def _code_alone(report: Report, resources: Resources) -> Coded:
    try:
        return code_report(report, resources)
    except POISON as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        return SetAside(report.id, f"{type(error).__name__} in {Path(where.filename).name}, line {where.lineno}: {error}")
