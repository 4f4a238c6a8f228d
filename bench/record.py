"""How the archive and the linking stand a million events: `python -m bench.record [--events N] [--postgres] [--keep FILE]`.

Prints a table, line by line as it is measured, and progress to the error stream: filling, linking (time by the clock and by
the processors, memory of all processes together, and how the processors' time grows from 10,000 events: other work on the
machine changes the clock's, hardly theirs), then of a hundred reads of each kind the time that nineteen of twenty stay under
(p95), and adding one report more. With --postgres a server is started, the linked archive is copied into it, and the same reads
are measured there.
"""

from __future__ import annotations

import argparse
import math
import os
import platform
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from pathlib import Path

from bench.postgres import server
from bench.synthetic import START, coded_reports
from dateline.link.run import link_incidents
from dateline.store.archive import Archive
from dateline.store.backup import restore
from dateline.store.engine import open_engine
from dateline.store.query import Box, Query

PORTION = 500
READS = 100
# What growth is measured from.
SMALL = 10_000


def fill(address: str, events: int) -> tuple[float, int]:
    """Seconds and reports. In portions: what is measured here is the linking; one report's adding is measured below."""
    begun = time.perf_counter()
    coded, count, told = coded_reports(events), 0, 0
    with Archive.open(address) as archive:
        while portion := list(islice(coded, PORTION)):
            count += len(archive.add_many([(report, record, None) for report, record in portion]))
            told += sum(len(record.events) for _report, record in portion)
            if count % (40 * PORTION) == 0:
                say(f"filling: {told:,} of {events:,} events after {time.perf_counter() - begun:.0f} s")
    return time.perf_counter() - begun, count


def link(address: str) -> tuple[float, int]:
    """Seconds and incidents; run in a process of its own, so that its memory can be read."""
    begun = time.perf_counter()
    counted: Counter[str] = Counter()

    def progress(what: str, number: int) -> None:
        before, counted[what] = counted[what], counted[what] + number
        if before // 20_000 != counted[what] // 20_000:
            say(f"{what}: {counted[what]:,} after {time.perf_counter() - begun:.0f} s")

    with Archive.open(address) as archive:
        done = link_incidents(archive, progress=progress)
    return time.perf_counter() - begun, done.incidents


@dataclass(frozen=True, slots=True)
class Linked:
    seconds: float
    processor_seconds: float
    incidents: int
    gigabytes: float


def link_apart(address: str) -> Linked:
    """Linking in a process of its own; its processor's time and peak memory with those of the processes that it started."""
    command = [sys.executable, "-m", "bench.record", "--link-only", address]
    out = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.split()
    return Linked(float(out[0]), float(out[1]), int(out[2]), float(out[3]))


def used() -> tuple[float, float]:
    """Processor seconds of this process and its finished children, and peak memory in GB: its own and, for each core, that of
    the largest child."""
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    seconds = own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
    return seconds, (own.ru_maxrss + (os.cpu_count() or 1) * children.ru_maxrss) / 1024**2


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def p95(read: Callable[[int], object], times: int = READS) -> float:
    """Milliseconds that nineteen of twenty reads stay under."""
    taken = []
    for number in range(times):
        begun = time.perf_counter()
        read(number)
        taken.append(1000 * (time.perf_counter() - begun))
    return statistics.quantiles(taken, n=20)[-1]


def reads(archive: Archive) -> dict[str, float]:
    chance = random.Random(5)
    sample = [incident for incident in archive.incidents(Query(limit=2000)) if incident.place and incident.place.lat]
    spots = [incident.place for incident in sample if incident.place]
    days = [START + timedelta(days=chance.randrange(3600)) for _ in range(READS)]

    def window(number: int) -> object:
        spot = spots[number % len(spots)]
        lat, lon = spot.lat or 0.0, spot.lon or 0.0
        day = days[number]
        box = Box(lon - 2, lat - 2, lon + 2, lat + 2)
        return archive.incidents(Query(box=box, since=day, until=day + timedelta(days=30), limit=200))

    return {
        "incidents in a map window and month": p95(window),
        "text search": p95(lambda n: archive.search(f'"{spots[n % len(spots)].name}" official')),
        "holdings on a day, one country": p95(lambda n: archive.holdings(days[n], place="UA")),
        "one incident with its accounts": p95(lambda n: archive.incident(sample[n % len(sample)].id)),
    }


def add_one_by_one(archive: Archive) -> float:
    more = list(islice(coded_reports(10_000, seed=99), READS))
    return p95(lambda n: archive.add(*more[n]))


def link_one(archive: Archive) -> float:
    more = list(islice(coded_reports(10_000, seed=98), 20))

    def step(number: int) -> None:
        archive.add(*more[number])
        link_incidents(archive)

    return p95(step, 20)


def measure(folder: Path, events: int, keep: Path | None, postgres: bool) -> None:
    tell(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; {events:,} synthetic events\n")
    tell("| what | figure |\n|---|---|")
    small, large = folder / "small.sqlite", keep or folder / "large.sqlite"
    if not large.exists():
        fill(str(small), SMALL)
        little = link_apart(str(small))
        seconds, reports = fill(str(large), events)
        tell(f"| filling with {reports:,} reports | {seconds:.0f} s |")
        done = link_apart(str(large))
        times = f"{done.seconds:.0f} s by the clock, {done.processor_seconds:.0f} s of processors"
        tell(f"| linking to {done.incidents:,} incidents | {times}, {done.gigabytes:.2f} GB |")
        growth = math.log(done.processor_seconds / little.processor_seconds) / math.log(events / SMALL)
        tell(f"| growth exponent from {SMALL:,} events ({little.processor_seconds:.0f} s of processors) | {growth:.2f} |")
    if postgres:
        with server() as address:
            engine = open_engine(address, create=True)
            begun = time.perf_counter()
            rows = restore(large, engine)
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql("VACUUM ANALYZE")
            engine.dispose()
            tell(f"| copying {rows:,} rows into PostgreSQL | {time.perf_counter() - begun:.0f} s |")
            read_and_add(address, "PostgreSQL")
    read_and_add(str(large), "SQLite")


def read_and_add(address: str, kind: str) -> None:
    with Archive.open(address) as archive:
        for name, milliseconds in reads(archive).items():
            tell(f"| {kind}: {name}, p95 | {milliseconds:.0f} ms |")
        tell(f"| {kind}: adding one report, p95 | {add_one_by_one(archive):.0f} ms |")
        tell(f"| {kind}: adding and linking one report, p95 | {link_one(archive):.0f} ms |")


def tell(words: str) -> None:
    print(words, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path, metavar="FILE", help="keep the linked archive there; one that is there is only read")
    parser.add_argument("--postgres", action="store_true", help="measure the reads on a PostgreSQL server as well")
    parser.add_argument("--link-only", metavar="ADDRESS")
    options = parser.parse_args()
    if options.link_only:
        seconds, incidents = link(options.link_only)
        processor_seconds, gigabytes = used()
        tell(f"{seconds} {processor_seconds} {incidents} {gigabytes}")
        return
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), options.events, options.keep, options.postgres)


if __name__ == "__main__":
    main()
