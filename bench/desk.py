"""How the desk stands a large archive: `python -m bench.desk [--events N] [--archive FILE]`; the pages need chromium.

Makes the archive (kept where `--archive` says, and used again), then prints a table: answers of the API with the processors'
time that they take, the page's first paint and readiness, frames while the map is dragged. The callers run on the same
processors as the desk.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import platform
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from bench.record import fill, link_apart
from bench.synthetic import TYPES

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
CALLS = 600
AT_ONCE = 8
WATCH_FRAMES = """() => {
  window.frames_seen = []; let last = performance.now();
  const step = (now) => { window.frames_seen.push(now - last); last = now; requestAnimationFrame(step); };
  requestAnimationFrame(step);
}"""


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--events", type=int, default=165_000, help="somewhat more than 100,000 incidents")
    asked.add_argument("--archive", type=Path, help="where the archive is kept, or is already")
    options = asked.parse_args()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}")
    print("\n| what | figure |\n|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        address = options.archive or Path(folder) / "desk.sqlite"
        found = itertools.chain(() if address.exists() else made(str(address), options.events), figures(str(address)))
        for name, figure in found:
            print(f"| {name} | {figure} |", flush=True)


def made(address: str, events: int) -> Iterator[tuple[str, str]]:
    begun = time.perf_counter()
    fill(address, events)
    link_apart(address)
    yield f"making an archive of {events:,} events", f"{time.perf_counter() - begun:.0f} s"


def figures(address: str) -> Iterator[tuple[str, str]]:
    with served(address) as desk:
        begun = time.perf_counter()
        for _ in range(20):  # the shelf of every process is full from here on
            urllib.request.urlopen(f"{desk.base}/api/v1/incidents?limit=1").read()
        points = json.load(urllib.request.urlopen(f"{desk.base}/api/v1/points"))
        yield "incidents", f"{points['n']:,}"
        yield "from the start to the first answers", f"{time.perf_counter() - begun:.1f} s"
        sample = random.Random(3).sample(points["id"], min(2 * CALLS, points["n"]))
        ledger = [f"/api/v1/holdings?on={day}&place=UA" for day in days(300)]
        yield "API, one incident, each another, 8 callers", rate(desk, [f"/api/v1/incidents/{one}" for one in sample[:CALLS]])
        yield "API, holdings of a day, each another, 8 callers", rate(desk, ledger, 300)
        yield "API, pages of 20 incidents, each another, 8 callers", rate(desk, list(pages()))
        yield "API, the same page of 20 again and again, 8 callers", rate(desk, ["/api/v1/incidents?limit=20&type=airstrike"])
        yield "API, a mix of all, 8 callers", rate(desk, list(mix(sample[CALLS:])), 800)
        chromium = shutil.which("chromium")
        if chromium:
            yield from page_figures(desk.base, chromium)


def days(number: int) -> list[date]:
    return [date(2014, 6, 1) + timedelta(days=7 * week) for week in range(number)]


def pages(span: int = 365) -> Iterator[str]:
    """Windows of so many days by type: no page twice."""
    for kind, day in itertools.product(list(TYPES)[:12], days(50)):
        yield f"/api/v1/incidents?limit=20&type={kind}&since={day}&until={day + timedelta(days=span)}"


def mix(sample: list[str]) -> Iterator[str]:
    """What programs ask: mostly one incident, then pages, the ledger of a country, and, the only one that comes again, a page."""
    listed = itertools.cycle(pages(90))
    for number, one in enumerate(sample):
        yield f"/api/v1/incidents/{one}"
        if number % 5 == 0:
            yield next(listed)
        if number % 10 == 0:
            yield f"/api/v1/holdings?on={days(300)[number // 10 % 300]}&place=AF"
            yield "/api/v1/incidents?limit=20&group=control"


def rate(desk: Served, paths: list[str], calls: int = CALLS) -> str:
    """Answers a second, the slowest of twenty, and the processors' time that one call takes the desk and its caller."""
    host, port = desk.base.removeprefix("http://").split(":")

    def call(number: int) -> float:
        begun = time.perf_counter()
        connection = HTTPConnection(host, int(port))
        connection.request("GET", paths[number % len(paths)])
        answer = connection.getresponse()
        answer.read()
        connection.close()
        if answer.status != HTTPStatus.OK:
            raise RuntimeError(f"{paths[number % len(paths)]}: {answer.status}")
        return time.perf_counter() - begun

    begun, desk_used, caller_used = time.perf_counter(), desk.processor_seconds(), time.process_time()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        waits = sorted(pool.map(call, range(calls)))
    whole = time.perf_counter() - begun
    of_desk, of_caller = desk.processor_seconds() - desk_used, time.process_time() - caller_used
    used = f"{1000 * of_desk / calls:.1f} + {1000 * of_caller / calls:.1f} ms of processors a call"
    return f"{calls / whole:.0f} a second, p95 {1000 * waits[int(0.95 * len(waits))]:.0f} ms; {used}"


def page_figures(base: str, chromium: str) -> Iterator[tuple[str, str]]:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        begun = time.perf_counter()
        page.goto(base)
        page.wait_for_selector("body[data-ready]", timeout=120_000)
        ready = time.perf_counter() - begun
        painted = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
        yield "first paint", f"{painted / 1000:.2f} s"
        yield "map, list and timeline stand", f"{ready:.2f} s"
        yield "dragging the map", frames(page)
        browser.close()


def frames(page: Page) -> str:
    page.evaluate(WATCH_FRAMES)
    page.mouse.move(800, 400)
    page.mouse.down()
    for step in range(80):
        page.mouse.move(800 - 4 * step, 400 + step)
        page.wait_for_timeout(12)
    page.mouse.up()
    seen = page.evaluate("window.frames_seen")[2:]
    return f"{1000 * len(seen) / sum(seen):.0f} frames/s, median {statistics.median(seen):.0f} ms, worst {max(seen):.0f} ms"


@dataclass(frozen=True, slots=True)
class Served:
    base: str
    process: int

    def processor_seconds(self) -> float:
        """Of all the desk's processes so far."""
        children = Path(f"/proc/{self.process}/task/{self.process}/children").read_text().split()
        fields = [Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split() for one in (self.process, *children)]
        return sum(int(own[11]) + int(own[12]) for own in fields) / os.sysconf("SC_CLK_TCK")


@contextmanager
def served(address: str) -> Iterator[Served]:
    """The desk in processes of its own, as `dateline serve` runs it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    workers = str(min(2, os.cpu_count() or 1))
    command = [sys.executable, "-m", "dateline", "serve", "--archive", address, "--port", str(port), "--workers", workers]
    desk = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert desk.stdout is not None
        desk.stdout.readline()
        yield Served(f"http://127.0.0.1:{port}", desk.pid)
    finally:
        desk.terminate()
        desk.wait(timeout=20)


if __name__ == "__main__":
    main()
