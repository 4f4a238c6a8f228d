"""UCDP GED's 49 columns: lethal violence with its deaths. `best` and `low` are the lowest count that an account gives, `high` the
highest; ids of conflicts, dyads and sides are UCDP's own and stay empty."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from dateline.codebook.crosswalk import Country, load_countries
from dateline.export.base import count_noted, notes_of, outlets_of, reason_to_leave_out
from dateline.export.table import csv_line, ends_of
from dateline.model.incident import Incident, IncidentFigure
from dateline.model.place import PlacePrecision

COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office", "source_date",
    "source_headline", "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity", "date_prec",
    "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa",
    "gwnob",
)  # fmt: skip
WHERE_PREC: dict[PlacePrecision, int] = {
    "point": 1, "town": 1, "district": 3, "province": 4, "region": 5, "country": 6, "sea": 7,
}  # fmt: skip
STATE = frozenset({"state_forces", "government", "external_forces"})
CIVILIANS = frozenset({"civilians", "media", "organisation", "protesters"})
CIVILIAN_WORDS = frozenset({"civilian", "civilians", "children", "women", "villagers", "residents", "journalists"})


class Ucdp:
    """Choose it for tools made for the Georeferenced Event Dataset."""

    name = "ucdp"
    suffix = "csv"

    def __init__(self) -> None:
        self.losses: Counter[str] = Counter()
        self._countries: dict[str, Country] = load_countries()

    def begin(self) -> Iterator[str]:
        yield csv_line(COLUMNS)

    def feed(self, incident: Incident) -> Iterator[str]:
        reason = reason_to_leave_out(incident)
        low, high = ends_of(incident, "killed")
        if reason is None and not (low or high):
            reason = "no death is told"
        if reason is not None:
            self.losses[reason] += 1
            return
        count_noted(incident, self.losses)
        yield csv_line(self._row(incident, low or high or 0, high))

    def finish(self) -> Iterator[str]:
        yield from ()

    def _row(self, incident: Incident, low: int, high: int | None) -> Sequence[object]:
        place = incident.place
        country = self._countries.get(place.country or "") if place else None
        start, end, precision = _days(incident)
        sides = [", ".join(actor.name for actor in side) or None for side in (incident.by, incident.on)]
        dyad = " - ".join(side or "Unknown" for side in sides)
        civilians, unknown = _of_whom(incident, low)
        first = incident.accounts[0] if incident.accounts else None
        point = place is not None and place.lat is not None and place.lon is not None
        return (
            incident.id, incident.id, start and start.year, None, "Clear", type_of_violence(incident), None, None, None, None,
            None, dyad, None, None, sides[0], None, None, sides[1], incident.witnesses, notes_of(incident),
            "; ".join(outlets_of(incident)), first and first.report.published, first and first.report.title, _speakers(incident),
            place and WHERE_PREC.get(place.precision), place and place.name, None, place and place.admin1,
            place and place.admin2, place and place.lat, place and place.lon,
            f"POINT ({place.lon} {place.lat})" if place and point else None,
            priogrid(place.lat, place.lon) if place and place.lat is not None and place.lon is not None else None,
            country and country.name, None, country and country.ucdp_region, 1, precision, start, end, None, None, civilians,
            unknown, low, high if high is not None else low, low, None, None,
        )  # fmt: skip


def type_of_violence(incident: Incident) -> int | None:
    """1 a state is a side, 2 none is, 3 civilians are the target; None when the sides are not told."""
    if incident.on and all(actor.kind in CIVILIANS for actor in incident.on):
        return 3
    kinds = [actor.kind for actor in (*incident.by, *incident.on) if actor.kind != "unknown"]
    if not kinds:
        return None
    return 1 if any(kind in STATE for kind in kinds) else 2


def _of_whom(incident: Incident, low: int) -> tuple[int | None, int | None]:
    """Deaths of civilians where the words say so; the rest is unknown."""
    killed = [figure for figure in incident.figures if figure.measure == "killed"]
    named = [figure for figure in killed if _is_civilian(figure)]
    civilians = max((figure.low or figure.high or 0 for figure in named), default=None)
    if civilians is None and type_of_violence(incident) == 3:
        civilians = low
    return civilians, max(0, low - (civilians or 0))


def _is_civilian(figure: IncidentFigure) -> bool:
    return bool(figure.whom) and bool(set((figure.whom or "").split()) & CIVILIAN_WORDS)


def _days(incident: Incident) -> tuple[date | None, date | None, int | None]:
    """First and last day, and 1 a day, 2 two to six days, 3 a week, 4 a month, 5 longer."""
    when = incident.when
    if when is None:
        return None, None, None
    start, end = when.start or when.end, when.end or when.start
    assert start is not None and end is not None
    length = (end - start).days + 1
    precision = 1 if length == 1 else 2 if length < 7 else 3 if length == 7 else 4 if length <= 31 else 5
    return start, end, precision


def _speakers(incident: Incident) -> str | None:
    names = dict.fromkeys(source.speaker for account in incident.accounts for source in account.event.sources)
    return "; ".join(names) or None


def priogrid(lat: float, lon: float) -> int:
    """The half-degree cell, counted from the south-west corner of the map, row by row."""
    row = min(359, math.floor((lat + 90) / 0.5))
    column = min(719, math.floor((lon + 180) / 0.5))
    return row * 720 + column + 1
