"""`bulk`: code a corpus into a folder of Parquet files, on this machine or on a cluster."""

from __future__ import annotations

import time

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from dateline.engines import engine_of
from dateline.settings import Settings


@click.command()
@click.argument("source", metavar="SOURCE")
@click.argument("dest", metavar="DEST")
@click.option("--engine", type=click.Choice(["local", "processes", "ray"]), default="processes", help="Where reports are coded.")
@click.option("--workers", type=click.IntRange(0), default=None, help="Processes or actors; 0: one a core.")
@click.option("--address", default=None, help="With --engine ray: the cluster's address. Without it, one on this machine.")
@click.option("--part", type=click.IntRange(1), default=2000, show_default=True, help="Documents a part.")
def bulk(source: str, dest: str, engine: str, workers: int | None, address: str | None, part: int) -> None:
    """Code a corpus: JSON lines, Parquet or WARC files, here or in cloud storage, to Parquet by day of publication.

    SOURCE is a file, a folder or a pattern, DEST a folder; both may be addresses that fsspec knows (s3://bucket/news).
    A run that was stopped goes on after its last whole part; the result is the same, byte for byte. `dateline add DEST`
    takes it into an archive without coding it again.

    \b
    dateline bulk reports.jsonl coded/
    dateline bulk s3://news/2021/ s3://coded/2021/ --engine ray --address ray://head:10001
    """
    from dateline.bulk.parts import Parts
    from dateline.bulk.run import run
    from dateline.bulk.sources import Source

    settings = Settings()
    opened = Source.open(source, settings.max_chars)
    steps = run(opened, Parts.open(dest), engine_of(engine, settings, workers, address), settings, part)
    coded = held = aside = events = 0
    begun = time.monotonic()
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(elapsed_when_finished=True),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("starting", total=opened.size)
        for step in steps:
            for one in step.part.set_aside if step.is_new else ():
                reason = one.reason if one.reason.startswith(one.where) else f"{one.where}: {one.reason}"
                progress.console.print(f"dateline: set aside: {reason}", markup=False, highlight=False)
            coded += step.part.reports if step.is_new else 0
            held += 0 if step.is_new else step.part.reports
            aside += len(step.part.set_aside)
            events += step.part.events
            rate = coded / (time.monotonic() - begun)
            progress.update(task, completed=step.read, description=f"{coded + held:,} reports, {rate:.1f}/s")
    click.echo(f"{coded} coded, {held} held already, {aside} set aside, {events} events in {dest}")
    if aside:
        raise SystemExit(1 if coded or held else 3)
