"""Who does the pieces of a linking: this process, or several. Answers come in the order of the pieces, whoever works."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Protocol, TypeVar

from dateline.workers import end_with_parent

Piece = TypeVar("Piece")
Answer = TypeVar("Answer")
# So many pieces a worker are made ahead: enough that none idles, few enough that they do not fill the memory.
AHEAD = 2


class Hands(Protocol):
    """`work` and the pieces can be pickled, and `work` looks at its piece alone: so any machine may do it."""

    def map(self, work: Callable[[Piece], Answer], pieces: Iterable[Piece]) -> Iterator[Answer]: ...


class Here:
    """Choose it for little work: nothing is started."""

    def map(self, work: Callable[[Piece], Answer], pieces: Iterable[Piece]) -> Iterator[Answer]:
        return map(work, pieces)


@dataclass(frozen=True, slots=True)
class Processes:
    """Choose it on one machine, by `processes`. A worker that dies ends the linking, which then has changed nothing."""

    pool: ProcessPoolExecutor
    workers: int

    def map(self, work: Callable[[Piece], Answer], pieces: Iterable[Piece]) -> Iterator[Answer]:
        waiting: deque[Future[Answer]] = deque()
        for piece in pieces:
            waiting.append(self.pool.submit(work, piece))
            if len(waiting) > AHEAD * self.workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


@contextmanager
def processes(workers: int | None = None) -> Iterator[Processes]:
    """So many workers, or one a core."""
    count = workers or os.cpu_count() or 1
    # spawn: a forked child would share the database's connections
    pool = ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=end_with_parent)
    try:
        yield Processes(pool, count)
    finally:
        pool.shutdown(cancel_futures=True)
