"""`sitrep`: the situation report of some days, as Markdown, a web page, PDF or a Word document."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Literal, get_args

import click

from dateline.commands.options import DAY, archive_option, as_published, known_of, known_option, open_archive, precision_option
from dateline.errors import UsageError
from dateline.export.release import Precision
from dateline.export.sitrep import SitRep, markdown, situation
from dateline.store.query import Query

Form = Literal["md", "html", "pdf", "docx"]


@click.command()
@click.option("--from", "first", type=DAY, required=True, help="First day.")
@click.option("--to", "last", type=DAY, required=True, help="Last day.")
@click.option("--place", help="Only there: part of a place's, province's or the country's name or code.")
@click.option("--new-since", type=DAY, help="What was first told on or after this day is listed as new. Default: the last day.")
@click.option("--format", "form", type=click.Choice(get_args(Form)), help="Default: what --output ends with, else md.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="A file; standard output without it.")
@known_option
@precision_option
@archive_option
def sitrep(
    first: datetime,
    last: datetime,
    place: str | None,
    new_since: datetime | None,
    form: Form | None,
    output: Path | None,
    as_known_on: datetime | None,
    precision: Precision | None,
    address: str | None,
) -> None:
    """Write the situation report: what happened, changes of control, rival counts, claims and denials, every sentence cited.

    \b
    dateline sitrep --from 2021-08-06 --to 2021-08-12 --place AF
    dateline sitrep --from 2021-08-06 --to 2021-08-12 --new-since 2021-08-11 --output week.pdf
    """
    begin, end = first.date(), last.date()
    if begin > end:
        raise UsageError("--from is later than --to")
    known = known_of(as_known_on)
    with open_archive(address) as archive:
        seen = as_published(archive, precision)
        found = seen.incidents(Query(since=begin, until=end, place=place, as_known_on=known))
        held = seen.holdings(None, known, place)
    report = situation(found, held, begin, end, place, new_since.date() if new_since else None)
    made = written(report, form or form_of(output))
    if output is None:
        sys.stdout.buffer.write(made)
    else:
        output.write_bytes(made)


def form_of(output: Path | None) -> Form:
    ending = output.suffix.lstrip(".").casefold() if output else ""
    forms: tuple[Form, ...] = get_args(Form)
    return next((form for form in forms if form == ending), "md")


def written(report: SitRep, form: Form) -> bytes:
    """Charts and their libraries are loaded only where they are drawn."""
    if form == "md":
        return markdown(report).encode("utf-8")
    from dateline.export.boundaries import Boundaries
    from dateline.export.drawing import svg
    from dateline.export.sitrep_charts import Charts, charts_of
    from dateline.export.sitrep_docx import docx
    from dateline.export.sitrep_pdf import pdf
    from dateline.web.pages import FOLDER, page_of

    vendor = FOLDER / "static" / "vendor"
    charts: Charts = charts_of(report, Boundaries.read(vendor / "boundaries.json"))
    if form == "html":
        return page_of("sitrep_alone.html", report=report, charts=charts, svg=svg).encode("utf-8")
    writer: Callable[[SitRep, Charts, Path], bytes] = pdf if form == "pdf" else docx
    return writer(report, charts, vendor)
