"""Code reports and add them to an archive, with progress; atomic for each report, so that a killed run loses nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from dateline.engines import map_reports
from dateline.link.run import link_incidents
from dateline.model.text import Report
from dateline.settings import Settings
from dateline.store.archive import Archive


def add_reports(
    reports: Iterable[Report], settings: Settings, address: str, workers: int | None, as_json: bool, link: bool
) -> int:
    """Number of reports coded; those that the archive already holds unchanged are not coded again."""
    count = 0
    with Archive.open(address) as archive, _progress() as progress:
        task = progress.add_task("reports", total=None)
        waiting: list[Report] = []
        for record in map_reports(_kept(reports, waiting), settings, workers):
            archive.add(waiting.pop(0), record)
            count += 1
            progress.update(task, completed=count)
            if as_json:
                click.echo(record.to_json())
        if link:
            progress.update(task, description="linking")
            link_incidents(archive)
    return count


def _kept(reports: Iterable[Report], waiting: list[Report]) -> Iterator[Report]:
    """The reports as they are, each kept until its record comes back in the same order."""
    for report in reports:
        waiting.append(report)
        yield report


def _progress() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)
