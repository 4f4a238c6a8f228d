"""`export`: incidents in another program's format, and what that format could not hold."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from dateline.commands.options import as_published, filter_options, open_archive, precision_option, query_of, warn_if_behind
from dateline.errors import UsageError
from dateline.export.base import export as run_export
from dateline.export.formats import FORMATS, advice
from dateline.export.release import Precision

TEXT = ("csv", "json", "jsonl", "geojson", "tsv")
HELP = f"""Write incidents in another program's format.

One walk over the archive feeds the format. What it cannot hold is counted on standard error, and goes into its notes if it
has any. A cell that a spreadsheet would run as a formula gets an apostrophe. docs/exports.md has each format's columns.

\b
{advice()}

\b
dateline export --format geojson --since 2021-08-01 --output august.geojson
dateline export --format acled --place AF --type violence > afghanistan.csv
dateline export --format package --as-known-on 2021-09-01 --output record.zip
"""


@click.command(help=HELP)
@click.option("--format", "name", type=click.Choice(list(FORMATS)), required=True, metavar="FORMAT", help="One of the above.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="A file; standard output without it.")
@precision_option
@filter_options
def export(name: str, output: Path | None, precision: Precision | None, **options: Any) -> None:
    exporter = FORMATS[name]()
    if output is None and exporter.suffix not in TEXT and sys.stdout.isatty():
        raise UsageError(f"{name} is no text for a terminal: name a file with --output incidents.{exporter.suffix}")
    with open_archive(options["address"]) as archive:
        found = as_published(archive, precision).incidents(query_of(options))
        warn_if_behind(archive)
    pieces = run_export(found, exporter)
    if output is None:
        for piece in pieces:
            sys.stdout.buffer.write(piece)
    else:
        with output.open("wb") as file:
            file.writelines(pieces)
    for reason, count in sorted(exporter.losses.items()):
        click.echo(f"dateline: {name} does not hold {count}: {reason}", err=True)
