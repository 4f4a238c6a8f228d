"""The table of incidents, one row each, for a spreadsheet; ranges stay two columns, lists are joined by semicolons."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from dateline.export.base import outlets_of
from dateline.model.event import Measure
from dateline.model.incident import Incident, IncidentFigure

Kind = Literal["string", "date", "integer", "number"]


@dataclass(frozen=True, slots=True)
class Column:
    """`kind` is the name of the type in a data package; `explained` is what stands in its schema and in the docs."""

    name: str
    kind: Kind
    explained: str


COLUMNS = (
    Column("incident", "string", "the incident's id; stays while the incident does"),
    Column("type", "string", "what happened"),
    Column("status", "string", "happened, ongoing, planned, attempted, denied or hypothetical"),
    Column("standing", "string", "who stands behind it: told, claimed, confirmed, disputed, retracted"),
    Column("grade", "string", "how far it is to be trusted: confirmed, fair, weak, contested, discounted"),
    Column("start", "date", "first day on which it may have happened"),
    Column("end", "date", "last day on which it may have happened"),
    Column("when_precision", "string", "how precisely the words give the time"),
    Column("place", "string", "the place's name"),
    Column("admin1", "string", "province"),
    Column("country", "string", "ISO 3166 alpha-2"),
    Column("lat", "number", "WGS84 degrees; empty when no point is known"),
    Column("lon", "number", "WGS84 degrees; empty when no point is known"),
    Column("place_precision", "string", "what the point stands for: point, town, district, province, region, country"),
    Column("radius_km", "number", "the true place lies within this distance of the point"),
    Column("by", "string", "who did it, joined by semicolons"),
    Column("on", "string", "to whom it was done, joined by semicolons"),
    Column("killed_low", "integer", "the lowest count of killed that an account gives"),
    Column("killed_high", "integer", "the highest; empty when an account leaves it open"),
    Column("injured_low", "integer", "the lowest count of injured"),
    Column("injured_high", "integer", "the highest; empty when open"),
    Column("displaced_low", "integer", "the lowest count of displaced"),
    Column("displaced_high", "integer", "the highest; empty when open"),
    Column("holder_before", "string", "who held the place before"),
    Column("holder_after", "string", "who holds it after"),
    Column("disputed", "string", "the fields on which accounts disagree, joined by semicolons"),
    Column("witnesses", "integer", "independent accounts, copies left out"),
    Column("accounts", "integer", "all accounts"),
    Column("outlets", "string", "who told it, joined by semicolons"),
    Column("first_told", "date", "publication day of the first account"),
    Column("last_told", "date", "publication day of the last account"),
    Column("words", "string", "the sentence of the first account that tells it"),
)
# A cell that begins so would run as a formula in a spreadsheet.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\n")


class Csv:
    """Choose it for spreadsheets and statistics packages."""

    name = "csv"
    suffix = "csv"

    def __init__(self) -> None:
        self.losses: Counter[str] = Counter()

    def begin(self) -> Iterator[str]:
        yield csv_line([column.name for column in COLUMNS])

    def feed(self, incident: Incident) -> Iterator[str]:
        count_losses(incident, self.losses)
        yield csv_line(row_of(incident))

    def finish(self) -> Iterator[str]:
        yield from ()


def csv_line(cells: Sequence[object], delimiter: str = ",") -> str:
    """One row; words from a report can never become a formula, nor a lone carriage return the end of a row."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n", delimiter=delimiter).writerow([_safe(cell) for cell in cells])
    return buffer.getvalue()


def _safe(cell: object) -> object:
    if not isinstance(cell, str):
        return "" if cell is None else cell
    plain = cell.replace("\r\n", "\n").replace("\r", "\n")
    return f"'{plain}" if plain.startswith(FORMULA_STARTS) else plain


def count_losses(incident: Incident, losses: Counter[str]) -> None:
    """What a row of one incident leaves behind."""
    if len(incident.accounts) > 1:
        losses["accounts beside the first: only their number and outlets (jsonl has them)"] += 1
    if incident.disputes:
        losses["who says what where accounts disagree (jsonl has it)"] += 1


def row_of(incident: Incident) -> tuple[object, ...]:
    place, when = incident.place, incident.when
    first = incident.accounts[0].event if incident.accounts else None
    return (
        incident.id, incident.type, incident.status, incident.standing, incident.grade,
        when and when.start, when and when.end, when and when.precision,
        place and place.name, place and place.admin1, place and place.country, place and place.lat, place and place.lon,
        place and place.precision, place and place.radius_km,
        "; ".join(actor.name for actor in incident.by), "; ".join(actor.name for actor in incident.on),
        *ends_of(incident, "killed"), *ends_of(incident, "injured"), *ends_of(incident, "displaced"),
        incident.holder_before, incident.holder_after, "; ".join(dispute.field for dispute in incident.disputes),
        incident.witnesses, len(incident.accounts), "; ".join(outlets_of(incident)), incident.first_told, incident.last_told,
        (first.evidence[0].text if first.evidence else first.trigger.text) if first else None,
    )  # fmt: skip


def ends_of(incident: Incident, measure: Measure) -> tuple[int | None, int | None]:
    figure = main_figure(incident, measure)
    return (None, None) if figure is None else (figure.low, figure.high)


def main_figure(incident: Incident, measure: Measure) -> IncidentFigure | None:
    """The figure for all people when there is one, else the largest for some of them."""
    found = [figure for figure in incident.figures if figure.measure == measure]
    return min(found, key=lambda figure: (figure.whom is not None, -(figure.low or figure.high or 0)), default=None)
