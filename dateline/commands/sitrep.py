"""`sitrep`: the situation report of some days, as Markdown."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from dateline.commands.options import DAY, archive_option, known_of, known_option, open_archive
from dateline.errors import UsageError
from dateline.export.sitrep import markdown, situation
from dateline.store.query import Query


@click.command()
@click.option("--from", "first", type=DAY, required=True, help="First day.")
@click.option("--to", "last", type=DAY, required=True, help="Last day.")
@click.option("--place", help="Only there: part of a place's, province's or the country's name or code.")
@click.option("--new-since", type=DAY, help="What was first told on or after this day is listed as new. Default: the last day.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="A file; standard output without it.")
@known_option
@archive_option
def sitrep(
    first: datetime,
    last: datetime,
    place: str | None,
    new_since: datetime | None,
    output: Path | None,
    as_known_on: datetime | None,
    address: str | None,
) -> None:
    """Write the situation report: what happened, changes of control, rival counts, claims and denials, every sentence cited."""
    begin, end = first.date(), last.date()
    if begin > end:
        raise UsageError("--from is later than --to")
    known = known_of(as_known_on)
    with open_archive(address) as archive:
        found = archive.incidents(Query(since=begin, until=end, place=place, as_known_on=known))
        held = archive.holdings(None, known, place)
    made = markdown(situation(found, held, begin, end, place, new_since.date() if new_since else None))
    if output is None:
        click.echo(made, nl=False)
    else:
        output.write_text(made, encoding="utf-8")
