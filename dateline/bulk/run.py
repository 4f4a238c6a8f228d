"""A bulk run: a source is read in order and cut into parts; parts that are whole already are not coded again.

The parts depend on the source and the part's size only, each part's bytes on its reports only: whatever engine, however many
workers, however often the run was killed, the folder ends up the same.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from itertools import chain

from dateline.batches import BATCH, Coded
from dateline.bulk.parts import Parts, Whole
from dateline.bulk.sources import Source
from dateline.engines import Engine
from dateline.errors import UsageError
from dateline.model.event import Record
from dateline.model.text import Report
from dateline.read.sources import SetAside
from dateline.settings import Settings


@dataclass(frozen=True, slots=True)
class Part:
    """So many documents of the source: reports to code, and what is no report."""

    number: int
    digest: str
    reports: tuple[Report, ...]
    aside: tuple[SetAside, ...]
    read: int  # bytes of the source read up to its end


@dataclass(frozen=True, slots=True)
class Step:
    """A part that is whole now; `is_new` when this run coded it."""

    part: Whole
    read: int
    is_new: bool


def run(source: Source, target: Parts, engine: Engine, settings: Settings, size: int) -> Iterator[Step]:
    """Each part as it becomes whole. Raises UsageError when the source is not the one that the run was begun with."""
    target.begin({"dateline": version("dateline"), "model": settings.language_model, "part": size, "vague": settings.vague_table})
    skipped: deque[Step] = deque()
    fresh = _not_whole(cut(source, size), target, skipped.append)
    first = next(fresh, None)  # when nothing is left to code, no engine is started
    for part, coded in code_parts(engine, chain((first,), fresh)) if first else ():
        while skipped:
            yield skipped.popleft()
        pairs, aside = [], list(part.aside)
        for report, one in zip(part.reports, coded, strict=True):
            if isinstance(one, Record):
                pairs.append((report, one))
            else:
                aside.append(one)
        yield Step(target.write(part.number, part.digest, pairs, aside), part.read, is_new=True)
    yield from skipped


def cut(source: Source, size: int) -> Iterator[Part]:
    """Parts of `size` documents in the source's order."""
    reports: list[Report] = []
    aside: list[SetAside] = []
    number, read = 0, 0
    for found in source:
        if isinstance(found.item, Report):
            reports.append(found.item)
        else:
            aside.append(found.item)
        read = found.read
        if len(reports) + len(aside) == size:
            yield _part(number, reports, aside, read)
            number, reports, aside = number + 1, [], []
    if reports or aside:
        yield _part(number, reports, aside, read)


def _part(number: int, reports: list[Report], aside: list[SetAside], read: int) -> Part:
    digest = hashlib.sha256()
    for report in reports:
        digest.update(report.model_dump_json().encode("utf-8", "surrogatepass"))
    for one in aside:
        digest.update(f"{one.where}\x1f{one.reason}\x1e".encode("utf-8", "surrogatepass"))
    return Part(number, digest.hexdigest(), tuple(reports), tuple(aside), read)


def _not_whole(parts: Iterable[Part], target: Parts, skip: Callable[[Step], None]) -> Iterator[Part]:
    for part in parts:
        standing = target.whole(part.number)
        if standing is None:
            yield part
        elif standing.digest != part.digest:
            raise UsageError(
                f"part {part.number} of {target.root} was made of other reports: the source has changed; name a new folder"
            )
        else:
            skip(Step(standing, part.read, is_new=False))


def code_parts(engine: Engine, parts: Iterable[Part]) -> Iterator[tuple[Part, list[Coded]]]:
    """Parts with the results of their reports. Batches follow one another over the ends of parts, so that no worker idles."""
    begun: deque[Part] = deque()
    held: list[Coded] = []

    def batches() -> Iterator[tuple[Report, ...]]:
        for part in parts:
            begun.append(part)
            for start in range(0, len(part.reports), BATCH):
                yield part.reports[start : start + BATCH]

    for coded in engine.map(batches()):
        held += coded
        while begun and len(held) >= len(begun[0].reports):
            part = begun.popleft()
            count = len(part.reports)
            yield part, held[:count]
            held = held[count:]
    for part in begun:  # without a report
        yield part, []
