"""ACLED's 31 columns. Fatalities are the lowest count that an account gives, as ACLED's coders choose; the day is the first
on which it may have happened, with time_precision saying how sure; what the columns cannot hold stands in the notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from dateline.codebook.crosswalk import AcledCrosswalk, Country, load_acled, load_countries
from dateline.export.base import count_noted, name_of, notes_of, others_of, outlets_of, reason_to_leave_out, variant_of
from dateline.export.table import csv_line, ends_of
from dateline.model.actor import Actor
from dateline.model.incident import Incident
from dateline.model.place import PlacePrecision

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso", "region",
    "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source", "source_scale",
    "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
GEO_PRECISION: dict[PlacePrecision, int] = {"point": 1, "town": 1, "district": 2, "province": 3, "region": 3, "country": 3}
CIVILIANS = frozenset({"civilians", "media", "organisation"})


class Acled:
    """Choose it for tools made for ACLED's files. Only what happened is held; the rest is counted as a loss."""

    name = "acled"
    suffix = "csv"

    def __init__(self) -> None:
        self.losses: Counter[str] = Counter()
        self._crosswalk: AcledCrosswalk = load_acled()
        self._countries: dict[str, Country] = load_countries()

    def begin(self) -> Iterator[str]:
        yield csv_line(COLUMNS)

    def feed(self, incident: Incident) -> Iterator[str]:
        reason = reason_to_leave_out(incident)
        if reason is None and incident.type not in self._crosswalk.types:
            reason = f"{incident.type} is no event of ACLED's"
        if reason is not None:
            self.losses[reason] += 1
            return
        count_noted(incident, self.losses)
        yield csv_line(self._row(incident))

    def finish(self) -> Iterator[str]:
        yield from ()

    def _row(self, incident: Incident) -> Sequence[object]:
        place = incident.place
        country = self._countries.get(place.country or "") if place else None
        day, precision = _day(incident)
        kind, sub = variant_of(incident, self._crosswalk.types[incident.type])
        disorder = self._crosswalk.disorder
        first, second = (self._inter(actors) for actors in (incident.by, incident.on))
        lowest, _highest = ends_of(incident, "killed")
        targeted = bool(incident.on) and incident.on[0].kind in CIVILIANS and kind != "Strategic developments"
        return (
            f"{country.alpha3 if country else ''}{incident.id}", day, day and day.year, precision,
            disorder.get(sub, disorder[kind]), kind, sub,
            name_of(incident.by), others_of(incident.by), first, name_of(incident.on), others_of(incident.on), second,
            "-".join(part for part in (first, second) if part), "Civilian targeting" if targeted else None,
            country and country.numeric, country and country.acled_region, country and country.name,
            place and place.admin1, place and place.admin2, None, place and place.name, place and place.lat,
            place and place.lon, place and GEO_PRECISION.get(place.precision), "; ".join(outlets_of(incident)), None,
            notes_of(incident), lowest or 0, None,
            int(incident.known_from.timestamp()) if incident.known_from else None,
        )  # fmt: skip

    def _inter(self, actors: Sequence[Actor]) -> str | None:
        return self._crosswalk.inter.get(actors[0].kind) if actors else None


def _day(incident: Incident) -> tuple[date | None, int | None]:
    """The first day, and 1 for a day, 2 for a week, 3 for more."""
    when = incident.when
    if when is None:
        return None, None
    start, end = when.start or when.end, when.end or when.start
    assert start is not None and end is not None
    length = (end - start).days
    return start, 1 if length == 0 else 2 if length <= 7 else 3
