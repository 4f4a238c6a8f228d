"""`read`: code reports and print their records. `add`: code them and keep them in the archive."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dateline.errors import UsageError
from dateline.model.text import Report
from dateline.read.article import Given
from dateline.read.sources import SetAside, open_sources
from dateline.settings import Settings

if TYPE_CHECKING:
    from dateline.bulk.parts import Parts


class Aside:
    """Counts the reports set aside and says each on standard error as it comes."""

    def __init__(self) -> None:
        self.reasons: list[str] = []

    def reports(self, found: Iterator[Report | SetAside]) -> Iterator[Report]:
        for item in found:
            if isinstance(item, SetAside):
                self.reasons.append(item.reason)
                click.echo(f"dateline: set aside: {item.reason}", err=True)
            else:
                yield item


def given_options(function: click.decorators.FC) -> click.decorators.FC:
    """--published, --outlet, --title: what the user knows of a document outranks what is found in it."""
    for option in (
        click.option("--title", help="The report's headline."),
        click.option("--outlet", help='Who published it, such as "Arab News".'),
        click.option("--published", type=click.DateTime(["%Y-%m-%d"]), help="Day of publication: weekdays are read against it."),
    ):
        function = option(function)
    return function


def given(published: datetime | None, outlet: str | None, title: str | None) -> Given:
    day: date | None = published.date() if published else None
    return Given(published=day, outlet=outlet, title=title)


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="FILE|-…")
@given_options
@click.option("--json", "as_json", is_flag=True, help="One line of JSON a report, exactly the record (docs/record.md).")
@click.option("--workers", type=click.IntRange(0), default=None, help="Worker processes; 0: one a core. Default: 1 for one file.")
@click.option("--no-model", is_flag=True, help="Rules alone: all that the codebook evokes, unweighed (DATELINE_LEARNED=false).")
def read(
    paths: tuple[str, ...],
    published: datetime | None,
    outlet: str | None,
    title: str | None,
    as_json: bool,
    workers: int | None,
    no_model: bool,
) -> None:
    """Code reports and print their records; nothing is kept.

    FILE is plain text, HTML, or JSON lines ({"id","outlet","published","title","text"} each); - is standard input.
    JSON lines give JSON lines, in order, while they are read.

    \b
    dateline read report.txt --published 2021-08-10 --outlet "Arab News"
    curl -s https://example.org/report.html | dateline read -
    dateline read --json reports.jsonl > records.jsonl
    """
    from dateline.commands.table import print_record
    from dateline.engines import map_reports

    settings = Settings().model_copy(update={"learned": False} if no_model else {})
    aside = Aside()
    reports = aside.reports(open_sources(paths, given(published, outlet, title), settings.max_chars, sys.stdin.buffer))
    lines = as_json or any(path.endswith((".jsonl", ".ndjson")) for path in paths)
    told = 0
    for record in map_reports(reports, settings, workers if workers is not None else _workers_for(paths)):
        told += 1
        if lines:
            click.echo(record.to_json())
        else:
            print_record(record)
    _finish(aside, told)


def _workers_for(paths: tuple[str, ...]) -> int | None:
    """One document needs no second process; standard input streams, so it is coded here as it comes."""
    single = len(paths) == 1 and not paths[0].endswith((".jsonl", ".ndjson"))
    return 1 if single else None


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@given_options
@click.option("--archive", default=None, help="The archive's file or address. Default: DATELINE_ARCHIVE or dateline.sqlite.")
@click.option("--json", "as_json", is_flag=True, help="Print each record as one line of JSON.")
@click.option("--workers", type=click.IntRange(0), default=None, help="Worker processes; 0: one a core.")
@click.option(
    "--as-published",
    is_flag=True,
    help="A backlog: count each report as known since the end of its day of publication, so that --as-known-on has a past.",
)
@click.option("--no-link", is_flag=True, help="Do not link the new reports to incidents now (`dateline link` does it later).")
def add(
    paths: tuple[str, ...],
    published: datetime | None,
    outlet: str | None,
    title: str | None,
    archive: str | None,
    as_json: bool,
    workers: int | None,
    as_published: bool,
    no_link: bool,
) -> None:
    """Code reports and keep them in the archive; then link what they tell to incidents.

    Adding the same report twice changes nothing, so an interrupted run is simply started again. A folder that
    `dateline bulk` filled is taken in as it is coded.
    """
    from dateline.commands.adding import add_coded, add_reports

    settings = Settings()
    aside = Aside()
    if len(paths) == 1 and paths[0] != "-" and (bulk := bulk_run(paths[0])):
        add_coded(bulk, archive or settings.archive, link=not no_link, as_published=as_published)
        return
    reports = aside.reports(open_sources(paths, given(published, outlet, title), settings.max_chars, sys.stdin.buffer))
    address = archive or settings.archive
    count = add_reports(reports, settings, address, workers, as_json, link=not no_link, as_published=as_published)
    _finish(aside, count)


def bulk_run(path: str) -> Parts | None:
    """The run that `dateline bulk` left in the folder, which may lie in any storage that fsspec knows."""
    if "://" not in path and not (Path(path) / "_run.json").is_file():
        return None
    from dateline.bulk.parts import Parts

    parts = Parts.open(path)
    if not parts.is_run:
        raise UsageError(f"{path} holds no bulk run: `dateline bulk SOURCE {path}` makes one")
    return parts


def _finish(aside: Aside, told: int) -> None:
    """All set aside is an error; some is exit code 1 after the rest is done."""
    if aside.reasons and not told:
        raise SystemExit(3)
    if aside.reasons:
        click.echo(f"dateline: {told} coded, {len(aside.reasons)} set aside (reasons above)", err=True)
        raise SystemExit(1)
    if not told:
        raise UsageError("no report found: give a file, a folder with .txt, .html or .jsonl files, or - for standard input")
