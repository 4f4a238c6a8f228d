"""How the archive and the linking stand a million events: `python -m bench.record [--events N] [--postgres ADDRESS]`.

Prints a table: filling, linking (time by the clock and by the processors, memory, and how the processors' time grows from a
tenth of the events: other work on the machine changes the clock's, hardly theirs), then the slowest of twenty
of a hundred reads (p95) of each kind, and adding one report more.
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
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from pathlib import Path

from bench.synthetic import START, coded_reports
from dateline.link.run import link_incidents
from dateline.store.archive import Archive
from dateline.store.query import Box, Query

PORTION = 500
READS = 100


def fill(address: str, events: int) -> tuple[float, int]:
    """Seconds and reports. In portions: what is measured here is the linking; one report's adding is measured below."""
    begun = time.perf_counter()
    coded, count = coded_reports(events), 0
    with Archive.open(address) as archive:
        while portion := list(islice(coded, PORTION)):
            count += len(archive.add_many([(report, record, None) for report, record in portion]))
    return time.perf_counter() - begun, count


def link(address: str) -> tuple[float, int]:
    """Seconds and incidents; run in a process of its own, so that its memory can be read."""
    begun = time.perf_counter()
    with Archive.open(address) as archive:
        done = link_incidents(archive)
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
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return Linked(float(out[0]), float(out[1]), int(out[2]), float(out[3]))


def used() -> tuple[float, float]:
    """Processor seconds and peak memory in GB of this process and its finished children."""
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in both), max(one.ru_maxrss for one in both) / 1024**2


def p95(read: Callable[[int], object], times: int = READS) -> float:
    """Milliseconds that nineteen of twenty reads stay under."""
    taken = []
    for number in range(times):
        begun = time.perf_counter()
        read(number)
        taken.append(1000 * (time.perf_counter() - begun))
    return statistics.quantiles(taken, n=20)[-1]


def reads(archive: Archive, events: int) -> dict[str, float]:
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


def add_one_by_one(archive: Archive, events: int) -> float:
    more = list(islice(coded_reports(10_000, seed=99), READS))
    return p95(lambda n: archive.add(*more[n]))


def link_one(archive: Archive) -> float:
    more = list(islice(coded_reports(10_000, seed=98), 20))

    def step(number: int) -> None:
        archive.add(*more[number])
        link_incidents(archive)

    return p95(step, 20)


def measure(folder: Path, events: int, postgres: str | None) -> None:
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; {events:,} synthetic events")
    small = str(folder / "small.sqlite")
    fill(small, events // 10)
    little = link_apart(small)
    address = postgres or str(folder / "large.sqlite")
    seconds, reports = fill(address, events)
    print(f"| filling with {reports:,} reports | {seconds:.0f} s |")
    done = link_apart(address)
    times = f"{done.seconds:.0f} s by the clock, {done.processor_seconds:.0f} s of processors"
    print(f"| linking to {done.incidents:,} incidents | {times}, {done.gigabytes:.2f} GB |")
    growth = math.log10(done.processor_seconds / little.processor_seconds)
    print(f"| growth exponent from {events // 10:,} | {growth:.2f} |")
    with Archive.open(address) as archive:
        for name, milliseconds in reads(archive, events).items():
            print(f"| {name}, p95 | {milliseconds:.0f} ms |")
        print(f"| adding one report, p95 | {add_one_by_one(archive, events):.0f} ms |")
        print(f"| adding and linking one report, p95 | {link_one(archive):.0f} ms |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--postgres", help="an empty database to measure on instead of a file")
    parser.add_argument("--link-only", metavar="ADDRESS")
    options = parser.parse_args()
    if options.link_only:
        seconds, incidents = link(options.link_only)
        processor_seconds, gigabytes = used()
        print(seconds, processor_seconds, incidents, gigabytes)
        return
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), options.events, options.postgres)


if __name__ == "__main__":
    main()
