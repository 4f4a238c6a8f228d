"""Map the pipeline over reports: here, or over worker processes. Records come in the order of the reports, always."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context

from dateline.model.event import Record
from dateline.model.text import Report
from dateline.pipeline import Resources, code_reports, load_resources
from dateline.settings import Settings

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")
BATCH = 16  # reports a worker takes at once: enough to keep spaCy's batches full, few enough to stream


def map_reports(reports: Iterable[Report], settings: Settings, workers: int | None = None) -> Iterator[Record]:
    """Records of the reports, in order. `workers`: 1 codes in this process; None takes the settings' (0: one a core)."""
    count = workers if workers is not None else settings.workers
    count = count or os.cpu_count() or 1
    if count == 1:
        yield from code_reports(reports, load_resources(settings))
        return
    waiting = iter(reports)
    first = list(islice(waiting, BATCH + 1))
    if len(first) <= BATCH:  # not worth a second process
        yield from code_reports(first, load_resources(settings))
        return
    yield from _over_processes(first, waiting, settings, count)


def _over_processes(first: list[Report], rest: Iterator[Report], settings: Settings, count: int) -> Iterator[Record]:
    # spawn: a forked child would share locks and threads of libraries that do not expect it
    with _one_thread_each(), get_context("spawn").Pool(count, initializer=_start_worker, initargs=(settings,)) as pool:
        for records in pool.imap(_code_batch, _batches(first, rest)):
            yield from records


@contextmanager
def _one_thread_each() -> Iterator[None]:
    """Children inherit one thread for linear algebra: a worker a core, each with a thread a core, get in each other's way."""
    kept = {name: os.environ.get(name) for name in THREADS}
    os.environ.update(dict.fromkeys(THREADS, "1"))
    try:
        yield
    finally:
        for name, value in kept.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _batches(first: list[Report], rest: Iterator[Report]) -> Iterator[list[Report]]:
    yield first
    while batch := list(islice(rest, BATCH)):
        yield batch


_WORKER: list[Resources] = []  # a worker's own resources: a process is the one place where multiprocessing allows to keep them


def _start_worker(settings: Settings) -> None:
    _WORKER.append(load_resources(settings))


def _code_batch(reports: list[Report]) -> list[Record]:
    return list(code_reports(reports, _WORKER[0]))
