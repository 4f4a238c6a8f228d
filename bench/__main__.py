"""`make bench`: speed on this machine, printed and written to docs/performance.md. Figures of another machine do not compare."""

from __future__ import annotations

import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from importlib.metadata import version
from pathlib import Path

from bench.growth import exponent, seconds_by_size
from bench.reports import reports_of_500_words
from bench.stages import stage_seconds
from dateline.batches import BATCH
from dateline.engines import map_reports
from dateline.model.text import Report
from dateline.pipeline import Resources, load_resources
from dateline.settings import Settings

PAGE = Path("docs/performance.md")


def main() -> None:
    settings = Settings()
    reports = reports_of_500_words(400)
    lines = [*_heading(settings), f"| cold `dateline read` of one report, model load included | {cold_start():.2f} s |"]
    for workers in (1, 2):
        whole, started = rates_over(reports, settings, workers)
        processes = "1 process" if workers == 1 else f"{workers} processes"
        lines.append(f"| {len(reports)} reports, {processes}, start included | {whole:.1f} reports/s |")
        lines.append(f"| {len(reports)} reports, {processes}, once started | {started:.1f} reports/s |")
    resources = load_resources(settings)
    stages, bare = stage_seconds(reports[:116], resources, settings.language_model)
    lines += [
        f"| bare spaCy pipeline, 1 process, start not included | {1 / bare:.1f} reports/s |",
        f"| dateline, 1 process, start not included | {1 / sum(stages.values()):.1f} reports/s |",
        f"| ratio to the bare pipeline | {bare / sum(stages.values()):.2f} |",
        f"| memory of one process | {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB |",
        "",
        "| stage | ms a report |",
        "|---|---|",
        *(f"| {stage} | {1000 * seconds:.1f} |" for stage, seconds in stages.items()),
        f"| all stages | {1000 * sum(stages.values()):.1f} |",
        "",
        *_growth(resources),
    ]
    text = "\n".join(lines)
    print(text)
    PAGE.write_text(text, encoding="utf-8")


def _heading(settings: Settings) -> list[str]:
    return [
        "# Performance",
        "",
        f"Made by `make bench` on {date.today()} with dateline {version('dateline')}, {settings.language_model}, "
        f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}.",
        "Reports are 500 words each, joined from the example dispatches.",
        "",
        "| what | figure |",
        "|---|---|",
    ]


def _growth(resources: Resources) -> list[str]:
    taken = seconds_by_size(resources)
    return [
        "| reports | processor seconds, 1 process, start not included | ms a report |",
        "|---|---|---|",
        *(f"| {size:,} | {seconds:.1f} | {1000 * seconds / size:.1f} |" for size, seconds in taken.items()),
        "",
        f"Fitted exponent: {exponent(taken):.3f} (1 is linear).",
        "",
    ]


def cold_start() -> float:
    """Seconds of `dateline read` as a process of its own, the best of three."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.txt"
        path.write_text(reports_of_500_words(1)[0].text, encoding="utf-8")
        times = []
        for _ in range(3):
            start = time.perf_counter()
            subprocess.run([sys.executable, "-m", "dateline", "read", str(path)], check=True, capture_output=True)
            times.append(time.perf_counter() - start)
    return min(times)


def rates_over(reports: list[Report], settings: Settings, workers: int) -> tuple[float, float]:
    """Reports a second: from the command to the last record, and from the first batches to the last record."""
    start = time.perf_counter()
    moments = []
    for _ in map_reports(reports, settings, workers):
        moments.append(time.perf_counter())
    before = BATCH * workers  # what the workers have coded when the first batch comes, or are about to hand over
    return len(reports) / (moments[-1] - start), (len(reports) - before) / (moments[-1] - moments[0])


if __name__ == "__main__":
    main()
