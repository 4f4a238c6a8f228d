"""`recode`: read every report of an archive again with this version, show what would change, and accept it when told to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import click

from dateline.commands.options import archive_option, open_archive
from dateline.engines import map_reports
from dateline.link.run import link_incidents
from dateline.model.event import Event, Record
from dateline.model.text import Report
from dateline.settings import Settings
from dateline.store.archive import Archive

SLOTS = ("type", "status", "by", "on", "place", "when", "figures", "control", "sources", "means", "aggregate", "background")


@dataclass(frozen=True, slots=True)
class Difference:
    """What another coding of one report changes: events that go, that come, and that are told otherwise (in which slots)."""

    report_id: str
    gone: tuple[Event, ...]
    new: tuple[Event, ...]
    changed: tuple[tuple[Event, tuple[str, ...]], ...]
    tallies: bool

    def __bool__(self) -> bool:
        return bool(self.gone or self.new or self.changed or self.tallies)


def difference(old: Record, new: Record) -> Difference:
    """Events are the same happening when their triggers share words; then their slots are compared."""
    waiting = list(new.events)
    gone: list[Event] = []
    changed: list[tuple[Event, tuple[str, ...]]] = []
    for event in old.events:
        heir = next((other for other in waiting if _same_words(event, other)), None)
        if heir is None:
            gone.append(event)
            continue
        waiting.remove(heir)
        slots = tuple(slot for slot in SLOTS if getattr(event, slot) != getattr(heir, slot))
        if slots:
            changed.append((heir, slots))
    return Difference(old.report.id, tuple(gone), tuple(waiting), tuple(changed), old.tallies != new.tallies)


def _same_words(left: Event, right: Event) -> bool:
    return left.trigger.start < right.trigger.end and right.trigger.start < left.trigger.end


def recoded(archive: Archive, settings: Settings, workers: int | None) -> Iterator[tuple[Report, Record, Difference]]:
    """Every report with its new record and what that changes."""
    reports = list(archive.texts())
    for report, record in zip(reports, map_reports(iter(reports), settings, workers), strict=True):
        old = archive.record(report.id)
        if old is not None:
            yield report, record, difference(old, record)


def lines_of(found: Difference) -> Iterator[str]:
    for event in found.gone:
        yield f"{found.report_id}: - {event.type} “{event.trigger.text}”"
    for event in found.new:
        yield f"{found.report_id}: + {event.type} “{event.trigger.text}”"
    for event, slots in found.changed:
        yield f"{found.report_id}: ~ {event.type} “{event.trigger.text}”: {', '.join(slots)}"
    if found.tallies:
        yield f"{found.report_id}: ~ tallies"


@click.command()
@click.option("--accept", is_flag=True, help="Take the new records in; the old ones stay as known earlier. Verdicts carry over.")
@click.option("--workers", type=click.IntRange(0), default=None, help="Worker processes; 0: one a core.")
@archive_option
def recode(accept: bool, workers: int | None, address: str | None) -> None:
    """Code every report of the archive anew and show what this version reads otherwise; nothing changes without --accept."""
    reports = changed = 0
    with open_archive(address) as archive:
        for report, record, found in recoded(archive, Settings(), workers):
            reports += 1
            changed += bool(found)
            for line in lines_of(found):
                click.echo(line)
            if accept:
                archive.add(report, record)
        if accept:
            link_incidents(archive)
    click.echo(
        f"{changed} of {reports} reports are read otherwise" + ("; accepted" if accept else "; accept with --accept"), err=True
    )
