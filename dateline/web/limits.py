"""How often one caller may ask: a bucket of calls that refills evenly, kept in this process."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

MOST_CALLERS = 10_000


@dataclass(frozen=True, slots=True)
class Bucket:
    calls: float
    seen: float


class Limit:
    """`per_minute` calls for each caller, as many at once; 0 sets no limit."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.per_minute = per_minute
        self._clock = clock
        self._lock = threading.Lock()
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()

    def wait(self, caller: str) -> float:
        """Takes one call; the seconds to wait when there is none left, else 0."""
        if not self.per_minute:
            return 0.0
        with self._lock:
            now = self._clock()
            old = self._buckets.pop(caller, Bucket(self.per_minute, now))
            calls = min(self.per_minute, old.calls + (now - old.seen) * self.per_minute / 60)
            allowed = calls >= 1
            self._buckets[caller] = Bucket(calls - 1 if allowed else calls, now)
            while len(self._buckets) > MOST_CALLERS:
                self._buckets.popitem(last=False)
        return 0.0 if allowed else (1 - calls) * 60 / self.per_minute
