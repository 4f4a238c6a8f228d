"""One run of a yardstick: read, code, judge, measure; and how long it took in how much memory.

All but `seconds` and `peak_mb` follows from the data and the version, byte for byte, whatever the number of workers.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from dateline.evaluate.coder import Coder
from dateline.evaluate.data import sample
from dateline.evaluate.metrics import Measured, measure
from dateline.evaluate.pipeline_coder import PipelineCoder, Remembering
from dateline.evaluate.yardstick import Against, Data, Judged, Skipped, Yardstick
from dateline.settings import Settings


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run found. `reports` counts texts coded; `n` items judged."""

    yardstick: str
    n: int
    reports: int
    figures: tuple[Measured, ...]
    seconds: float
    peak_mb: float
    version: str
    skipped: tuple[Skipped, ...]
    judged: tuple[Judged, ...]

    @property
    def reports_a_second(self) -> float:
        return self.reports / self.seconds if self.seconds else 0.0

    def to_json(self) -> str:
        """The form that the yardsticks' README fixes; skipped lines are told on standard error."""
        return json.dumps(
            {
                "yardstick": self.yardstick,
                "n": self.n,
                "figures": {figure.name: figure.value for figure in self.figures},
                "intervals": {figure.name: [figure.low, figure.high] for figure in self.figures},
                "seconds": self.seconds,
                "peak_mb": self.peak_mb,
                "version": self.version,
            }
        )


@dataclass(frozen=True, slots=True)
class RivalOutcome:
    name: str
    figures: tuple[Measured, ...]


def evaluate(
    yardstick: Yardstick[Any],
    path: Path,
    settings: Settings,
    limit: int | None = None,
    workers: int | None = None,
    watch: Callable[[int, int], None] | None = None,
) -> Outcome:
    """Judge every item, or `limit` of them spread evenly over the file. `watch` is told how many of how many are done."""
    data = yardstick.read(path)
    coder = PipelineCoder(settings_of(yardstick, settings), workers)
    return evaluate_with(yardstick, data, coder, limit, watch)


def settings_of(yardstick: Yardstick[Any], settings: Settings) -> Settings:
    return settings.model_copy(update=dict(yardstick.settings))


def evaluate_with(
    yardstick: Yardstick[Any],
    data: Data[Any],
    coder: Coder,
    limit: int | None = None,
    watch: Callable[[int, int], None] | None = None,
) -> Outcome:
    items = sample(data.items, limit)
    begun = time.perf_counter()
    judged: list[Judged] = []
    for one in yardstick.judge(items, coder):
        judged.append(one)
        if watch:
            watch(len(judged), len(items))
    seconds = time.perf_counter() - begun
    return Outcome(
        yardstick=yardstick.name,
        n=len(items),
        reports=sum(one.reports for one in judged),
        figures=measure(yardstick.figures(items), [one.counts for one in judged]),
        seconds=round(seconds, 1),
        peak_mb=round(peak_mb(), 1),
        version=version("dateline"),
        skipped=data.skipped,
        judged=tuple(judged),
    )


def evaluate_rivals(
    yardstick: Yardstick[Any], path: Path, settings: Settings, limit: int | None = None, workers: int | None = None
) -> tuple[Outcome, tuple[RivalOutcome, ...], tuple[Against, ...]]:
    """Ours, the rivals that are installed, and those that are not; reports are coded once for all of them."""
    data = yardstick.read(path)
    coder = Remembering(settings_of(yardstick, settings), workers)
    ours = evaluate_with(yardstick, data, coder, limit)
    here = [against for against in yardstick.rivals if against.package is None or find_spec(against.package)]
    told = []
    for against in here:
        outcome = evaluate_with(yardstick, data, against.rival(coder, coder.resources), limit)
        told.append(RivalOutcome(against.name, tuple(f for f in outcome.figures if f.name.endswith(against.of))))
    return ours, tuple(told), tuple(against for against in yardstick.rivals if against not in here)


def peak_mb() -> float:
    """The largest process so far, ours or a worker's."""
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)
