"""CSV: one row an incident, for a spreadsheet; ranges stay two columns, lists are joined by semicolons."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence

from dateline.model.event import Measure
from dateline.model.incident import Incident, IncidentFigure

COLUMNS = (
    "incident", "type", "status", "standing", "grade", "start", "end", "when_precision", "place", "admin1", "country",
    "lat", "lon", "place_precision", "radius_km", "by", "on", "killed_low", "killed_high", "injured_low", "injured_high",
    "displaced_low", "displaced_high", "holder_before", "holder_after", "disputed", "witnesses", "accounts", "outlets",
    "first_told", "last_told", "words",
)  # fmt: skip
# A cell that begins so would run as a formula in a spreadsheet.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class Csv:
    """Choose it for spreadsheets and statistics packages."""

    name = "csv"

    def __init__(self) -> None:
        self.losses: Counter[str] = Counter()

    def begin(self) -> Iterator[str]:
        yield csv_line(COLUMNS)

    def feed(self, incident: Incident) -> Iterator[str]:
        yield csv_line(row_of(incident))

    def finish(self) -> Iterator[str]:
        yield from ()


def csv_line(cells: Sequence[object]) -> str:
    """One line; words from a report can never become a formula."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow([_safe(cell) for cell in cells])
    return buffer.getvalue()


def _safe(cell: object) -> object:
    if cell is None:
        return ""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell


def row_of(incident: Incident) -> tuple[object, ...]:
    place, when = incident.place, incident.when
    outlets = dict.fromkeys(account.report.outlet for account in incident.accounts if account.report.outlet)
    first = incident.accounts[0].event
    return (
        incident.id, incident.type, incident.status, incident.standing, incident.grade,
        when and when.start, when and when.end, when and when.precision,
        place and place.name, place and place.admin1, place and place.country, place and place.lat, place and place.lon,
        place and place.precision, place and place.radius_km,
        "; ".join(actor.name for actor in incident.by), "; ".join(actor.name for actor in incident.on),
        *ends_of(incident, "killed"), *ends_of(incident, "injured"), *ends_of(incident, "displaced"),
        incident.holder_before, incident.holder_after, "; ".join(dispute.field for dispute in incident.disputes),
        incident.witnesses, len(incident.accounts), "; ".join(outlets), incident.first_told, incident.last_told,
        first.evidence[0].text if first.evidence else first.trigger.text,
    )  # fmt: skip


def ends_of(incident: Incident, measure: Measure) -> tuple[int | None, int | None]:
    figure = main_figure(incident, measure)
    return (None, None) if figure is None else (figure.low, figure.high)


def main_figure(incident: Incident, measure: Measure) -> IncidentFigure | None:
    """The figure for all people when there is one, else the largest for some of them."""
    found = [figure for figure in incident.figures if figure.measure == measure]
    return min(found, key=lambda figure: (figure.whom is not None, -(figure.low or figure.high or 0)), default=None)
