"""CSV with a row of HXL hashtags under the headings, for the Humanitarian Data Exchange and its tools."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from dateline.codebook.crosswalk import Country, load_countries
from dateline.export.base import count_noted, notes_of, outlets_of, reason_to_leave_out
from dateline.export.table import csv_line, ends_of
from dateline.model.incident import Incident

COLUMNS = (
    ("Event", "#event+id"), ("Type", "#event+type"), ("Status", "#status"), ("Grade", "#meta+grade"),
    ("Start", "#date+start"), ("End", "#date+end"), ("First group", "#group+name+first"), ("Second group", "#group+name+second"),
    ("Place", "#loc+name"), ("Province", "#adm1+name"), ("District", "#adm2+name"), ("Latitude", "#geo+lat"),
    ("Longitude", "#geo+lon"), ("Country", "#country+name"), ("Country code", "#country+code"),
    ("Killed, at least", "#affected+killed+min"), ("Killed, at most", "#affected+killed+max"),
    ("Injured, at least", "#affected+injured+min"), ("Injured, at most", "#affected+injured+max"),
    ("Displaced, at least", "#affected+displaced+min"), ("Displaced, at most", "#affected+displaced+max"),
    ("Sources", "#meta+source"), ("Description", "#description"),
)  # fmt: skip


class Hxl:
    """Choose it for humanitarian data exchange; ranges stay two columns."""

    name = "hxl"
    suffix = "csv"

    def __init__(self) -> None:
        self.losses: Counter[str] = Counter()
        self._countries: dict[str, Country] = load_countries()

    def begin(self) -> Iterator[str]:
        yield csv_line([heading for heading, _tag in COLUMNS])
        yield csv_line([tag for _heading, tag in COLUMNS])

    def feed(self, incident: Incident) -> Iterator[str]:
        reason = reason_to_leave_out(incident)
        if reason is not None:
            self.losses[reason] += 1
            return
        count_noted(incident, self.losses)
        place, when = incident.place, incident.when
        country = self._countries.get(place.country or "") if place else None
        row = (
            incident.id, incident.type, incident.status, incident.grade, when and when.start, when and when.end,
            "; ".join(actor.name for actor in incident.by), "; ".join(actor.name for actor in incident.on),
            place and place.name, place and place.admin1, place and place.admin2, place and place.lat, place and place.lon,
            country and country.name, country and country.alpha3,
            *ends_of(incident, "killed"), *ends_of(incident, "injured"), *ends_of(incident, "displaced"),
            "; ".join(outlets_of(incident)), notes_of(incident),
        )  # fmt: skip
        yield csv_line(row)

    def finish(self) -> Iterator[str]:
        yield from ()
