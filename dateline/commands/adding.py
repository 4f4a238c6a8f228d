"""Code reports and add them to an archive, with progress; atomic for each report, so that a killed run loses nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from itertools import chain, islice
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from dateline.link.run import link_incidents
from dateline.model.text import Report
from dateline.settings import Settings
from dateline.store.archive import Archive

if TYPE_CHECKING:
    from dateline.bulk.parts import Parts

PORTION = 500  # reports a transaction: large enough for speed, small enough that readers and other writers get their turn


def add_reports(
    reports: Iterable[Report],
    settings: Settings,
    address: str,
    workers: int | None,
    as_json: bool,
    link: bool,
    as_published: bool = False,
) -> int:
    """Number of reports taken in; those that the archive already holds unchanged are not coded again."""
    count = 0
    with Archive.open(address) as archive, _progress() as progress:
        task = progress.add_task("reports", total=None)
        held: list[str] = []
        waiting: list[Report] = []
        fresh = reports if as_json else _not_held(reports, archive, held)
        first = next(iter_fresh := iter(fresh), None)
        if first is not None:
            from dateline.engines import map_reports

            coded = map_reports(_kept(chain((first,), iter_fresh), waiting), settings, workers)
        else:
            coded = iter(())  # nothing new: the language model need not be loaded
        for record in coded:
            report = waiting.pop(0)
            archive.add(report, record, _end_of(report.published) if as_published else None)
            count += 1
            progress.update(task, completed=count + len(held))
            if as_json:
                click.echo(record.to_json())
        if link:
            progress.update(task, description="linking")
            link_incidents(archive)
    return count + len(held)


def add_coded(parts: Parts, address: str, link: bool, as_published: bool) -> int:
    """Number of reports taken in from a bulk run, so many in one transaction; a repeated run changes nothing."""
    count = 0
    with Archive.open(address) as archive, _progress() as progress:
        task = progress.add_task("reports", total=sum(part.reports for part in parts))
        for part in parts:
            coded = iter(parts.rows(part))
            while portion := list(islice(coded, PORTION)):
                known = [_end_of(report.published) if as_published else None for report, _record in portion]
                archive.add_many([(*pair, moment) for pair, moment in zip(portion, known, strict=True)])
                count += len(portion)
                progress.update(task, completed=count)
            for one in part.set_aside:
                archive.put_aside(one.where, one.reason)
        if link:
            progress.update(task, description="linking")
            link_incidents(archive)
    return count


def _end_of(day: date | None) -> datetime | None:
    return datetime.combine(day, time(23, 59, 59), UTC) if day else None


def _not_held(reports: Iterable[Report], archive: Archive, held: list[str]) -> Iterator[Report]:
    """A run that was interrupted goes on where it stood."""
    for report in reports:
        if archive.holds(report):
            held.append(report.id)
        else:
            yield report


def _kept(reports: Iterable[Report], waiting: list[Report]) -> Iterator[Report]:
    """The reports as they are, each kept until its record comes back in the same order."""
    for report in reports:
        waiting.append(report)
        yield report


def _progress() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)
