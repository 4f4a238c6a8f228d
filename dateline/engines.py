"""Map the pipeline over reports: here, over worker processes, or over Ray. Records come in the order of the reports, always.

A report that the pipeline cannot code, or that ends its worker twice, is set aside with the reason; the others of its batch
are coded all the same. So the results do not depend on the engine, on the number of workers, nor on which of them die.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing import get_context
from typing import Protocol

from dateline.batches import AHEAD, BATCH, DEADLY, Batch, Coded, batches_of, code_batch
from dateline.errors import SkipReport
from dateline.link.hands import Hands, Here, processes
from dateline.model.event import Record
from dateline.model.text import Report
from dateline.pipeline import Resources, code_reports, load_resources
from dateline.read.sources import SetAside
from dateline.settings import Settings
from dateline.threads import THREADS
from dateline.workers import end_with_parent


class Engine(Protocol):
    """Codes batches: for each, in order, as many results as it has reports."""

    def map(self, batches: Iterable[Batch]) -> Iterator[list[Coded]]: ...


@dataclass(frozen=True, slots=True)
class Local:
    """Choose it for few reports: nothing is started."""

    settings: Settings

    def map(self, batches: Iterable[Batch]) -> Iterator[list[Coded]]:
        resources = load_resources(self.settings)
        for batch in batches:
            yield code_batch(batch, resources)


@dataclass(frozen=True, slots=True)
class Processes:
    """Choose it on one machine. `workers` processes, each with its own resources; one that dies is replaced."""

    settings: Settings
    workers: int

    def map(self, batches: Iterable[Batch]) -> Iterator[list[Coded]]:
        waiting: deque[tuple[Batch, Future[list[Coded]]]] = deque()
        pool = self._pool()
        try:
            for batch in batches:
                pool, future = self._submitted(pool, batch)
                waiting.append((batch, future))
                if len(waiting) >= AHEAD * self.workers:
                    pool, coded = self._first(pool, waiting)
                    yield coded
            while waiting:
                pool, coded = self._first(pool, waiting)
                yield coded
        finally:
            pool.shutdown(wait=True, cancel_futures=True)

    def _submitted(self, pool: ProcessPoolExecutor, batch: Batch) -> tuple[ProcessPoolExecutor, Future[list[Coded]]]:
        with _one_thread_each():  # processes start when they are needed
            try:
                return pool, pool.submit(_code_batch, self.settings, batch)
            except BrokenProcessPool:
                pool = self._pool()
                return pool, pool.submit(_code_batch, self.settings, batch)

    def _first(
        self, pool: ProcessPoolExecutor, waiting: deque[tuple[Batch, Future[list[Coded]]]]
    ) -> tuple[ProcessPoolExecutor, list[Coded]]:
        """The first batch's results. When a worker died, its reports are coded one at a time with nothing else under way:
        so it is plain which report did it."""
        batch, future = waiting.popleft()
        try:
            return pool, future.result()
        except BrokenProcessPool:
            pool.shutdown(wait=True, cancel_futures=True)
            coded = list(self._one_by_one(batch))
            pool = self._pool()
            for position, (other, _lost) in enumerate(waiting):
                pool, again = self._submitted(pool, other)
                waiting[position] = (other, again)
            return pool, coded

    def _one_by_one(self, batch: Batch) -> Iterator[Coded]:
        pool = self._pool(1)
        for report in batch:
            coded: Coded = SetAside(report.id, DEADLY)
            for _attempt in range(2):
                try:
                    with _one_thread_each():
                        coded = pool.submit(_code_batch, self.settings, [report]).result()[0]
                    break
                except BrokenProcessPool:
                    pool = self._pool(1)
            yield coded
        pool.shutdown()

    def _pool(self, workers: int | None = None) -> ProcessPoolExecutor:
        # spawn: a forked child would share locks and threads of libraries that do not expect it
        return ProcessPoolExecutor(workers or self.workers, mp_context=get_context("spawn"), initializer=end_with_parent)


def engine_of(name: str, settings: Settings, workers: int | None = None, address: str | None = None) -> Engine:
    """`local`, `processes` or `ray`; `workers` None takes the settings' (0: one a core, on Ray one a core of the cluster)."""
    count = workers if workers is not None else settings.workers
    if name == "ray":
        from dateline.engines_ray import Ray

        return Ray(settings, count, address)
    return Local(settings) if name == "local" else Processes(settings, count or os.cpu_count() or 1)


@contextmanager
def hands_of(name: str, workers: int | None = None, address: str | None = None) -> Iterator[Hands]:
    """Who does a linking's pieces: `local`, `processes` or `ray`; `workers` None or 0 is one a core."""
    if name == "ray":
        from dateline.engines_ray import ray_hands

        with ray_hands(workers or 0, address) as made:
            yield made
    elif name == "local":
        yield Here()
    else:
        with processes(workers) as made:
            yield made


def map_reports(reports: Iterable[Report], settings: Settings, workers: int | None = None) -> Iterator[Record]:
    """Records of the reports, in order. `workers`: 1 codes in this process; None takes the settings' (0: one a core).
    Raises SkipReport for a report that cannot be coded."""
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
    for coded in Processes(settings, count).map(batches_of(chain(first, waiting))):
        for one in coded:
            if isinstance(one, SetAside):
                raise SkipReport(f"report {one.where!r} cannot be coded: {one.reason}")
            yield one


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


_WORKER: list[Resources] = []  # a worker's own resources: a process is the one place where multiprocessing allows to keep them


def _code_batch(settings: Settings, reports: Batch) -> list[Coded]:
    if not _WORKER:  # not when the process starts: what is missing then would look like a worker that died
        _WORKER.append(load_resources(settings))
    return code_batch(reports, _WORKER[0])
