"""How the desk stands a large archive: `python -m bench.desk [--events N] [--archive FILE]`; the pages need chromium.

Prints a table: filling the shelf, the page's first paint and readiness, frames while the map is dragged, answers of the API.
"""

from __future__ import annotations

import argparse
import itertools
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
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from bench.record import fill
from bench.synthetic import TYPES
from dateline.link.run import link_incidents
from dateline.store.archive import Archive
from dateline.web.shelf import Shelf

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
    asked.add_argument("--events", type=int, default=140_000, help="about 100,000 incidents")
    asked.add_argument("--archive", type=Path, help="an archive that is there already")
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        address = options.archive or Path(folder) / "desk.sqlite"
        if not options.archive:
            fill(str(address), options.events)
            with Archive.open(str(address)) as archive:
                link_incidents(archive)
        print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}")
        print("\n| what | figure |\n|---|---|")
        for name, figure in figures(str(address)):
            print(f"| {name} | {figure} |", flush=True)


def figures(address: str) -> Iterator[tuple[str, str]]:
    with Archive.open(address, create=False) as archive:
        begun = time.perf_counter()
        outlines = Shelf(archive).all()
        yield "incidents", f"{len(outlines):,}"
        yield "filling the shelf, once at start", f"{time.perf_counter() - begun:.1f} s"
        sample = [item.id for item in random.Random(3).sample(outlines, min(CALLS, len(outlines)))]
    with served(address) as base:
        for _ in range(20):  # the shelf of every process is full from here on
            urllib.request.urlopen(f"{base}/api/v1/incidents?limit=1").read()
        ledger = [f"/api/v1/holdings?on={day}&place=UA" for day in days(300)]
        yield "API, one incident, each another, 8 callers", rate(base, [f"/api/v1/incidents/{one}" for one in sample])
        yield (
            "API, holdings of a day, each another, 8 callers",
            rate(base, ledger, 300),
        )
        yield "API, pages of 20 incidents, each another, 8 callers", rate(base, list(pages()))
        yield "API, the same page of 20 again and again, 8 callers", rate(base, ["/api/v1/incidents?limit=20&type=airstrike"])
        yield "API, a mix of all, 8 callers", rate(base, list(mix(sample)), 1_000)
        chromium = shutil.which("chromium")
        if chromium:
            yield from page_figures(base, chromium)


def days(number: int) -> list[date]:
    return [date(2014, 6, 1) + timedelta(days=7 * week) for week in range(number)]


def pages() -> Iterator[str]:
    """Windows of a year by type: no page twice."""
    for kind, day in itertools.product(list(TYPES)[:12], days(50)):
        yield f"/api/v1/incidents?limit=20&type={kind}&since={day}&until={day + timedelta(days=365)}"


def mix(sample: list[str]) -> Iterator[str]:
    """What programs ask: mostly one incident, then pages, the ledger of a town, what was asked before."""
    listed = itertools.cycle(pages())
    for number, one in enumerate(sample):
        yield f"/api/v1/incidents/{one}"
        if number % 5 == 0:
            yield next(listed)
        if number % 10 == 0:
            yield f"/api/v1/holdings?on={days(300)[number % 300]}&place=UA"
            yield "/api/v1/incidents?limit=20&group=control"


def rate(base: str, paths: list[str], calls: int = CALLS) -> str:
    """Answers a second and the slowest of twenty."""

    def call(number: int) -> float:
        begun = time.perf_counter()
        urllib.request.urlopen(base + paths[number % len(paths)]).read()
        return time.perf_counter() - begun

    begun = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        waits = sorted(pool.map(call, range(calls)))
    whole = time.perf_counter() - begun
    return f"{calls / whole:.0f} a second, p95 {1000 * waits[int(0.95 * len(waits))]:.0f} ms"


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


@contextmanager
def served(address: str) -> Iterator[str]:
    """The desk in a process of its own, as `dateline serve` runs it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "dateline",
        "serve",
        "--archive",
        address,
        "--port",
        str(port),
        "--workers",
        str(min(2, os.cpu_count() or 1)),
    ]
    desk = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert desk.stdout is not None
        desk.stdout.readline()
        yield f"http://127.0.0.1:{port}"
    finally:
        desk.terminate()
        desk.wait(timeout=20)


if __name__ == "__main__":
    main()
